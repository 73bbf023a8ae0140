"""专栏的页面:公众看到的每一种模块;工作台上没有脚本也能加、改、挪、去掉、预览、送、开通、关闭;表单核每一种设置。"""

import pytest
from django.urls import reverse

from gongkai.org.models import LogEntry, Place
from gongkai.records import actions as records
from gongkai.sections.forms import FORMS
from gongkai.sections.models import Block, Section
from gongkai.sections.terms import BlockKind, State
from tests.records.office import AT, Office
from tests.sections.office import draft, fresh, opened
from tests.sections.office import listing as block

pytestmark = pytest.mark.django_db


def test_every_kind_of_block_shows(client, office):
    record = office.publish()
    Place.objects.create(
        agency=office.agency, name="便民大厅", kind="reading", address="人民路", hours="周一至周五"
    )
    opened(
        office,
        "bailu",
        block(agency="MH0101"),
        (BlockKind.PICKED, {"records": [record.pk]}),
        (BlockKind.TEXT, {"text": "一段<b>\n二段"}),
        (
            BlockKind.LINKS,
            {"links": [{"label": "图书馆", "address": "https://example.cn/", "host": "example.cn"}]},
        ),
        (BlockKind.AGENCY, {"agency": "MH0101"}),
        (BlockKind.TILES, {"duties": [record.duty, "fees"]}),
        (BlockKind.PLACES, {"agency": "MH0101"}),
        (BlockKind.SEARCH, {"hint": "找白鹭镇的"}),
    )
    response = client.get("/sections/bailu/")
    text = " ".join(response.content.decode().split())
    assert response.status_code == 200 and not response.cookies
    assert text.count(record.title) == 2
    for words in (
        "一段&lt;b&gt;",
        "example.cn",
        "办文办会",
        "便民大厅",
        "找白鹭镇的",
        'name="unit" value="MH0101"',
        "暂无",
        'href="/agencies/MH0101/records/"',
        '<span class="num">1</span>',
    ):
        assert words in text, words
    for label in ("最新信息", "选定信息", "文字", "链接", "单位名片", "公开事项", "查阅点", "检索框"):
        assert f"<h2>{label}</h2>" in text, label


def test_what_is_not_public_does_not_show(client, office):
    record = office.publish()
    scheduled = office.sign(office.draft(title="还没有到时候的"), publish_at=AT.replace(year=2099))
    opened(office, "bailu", block(agency="MH0101"), (BlockKind.PICKED, {"records": [record.pk, scheduled.pk]}))
    assert "还没有到时候的" not in client.get("/sections/bailu/").content.decode()
    records.withdraw(record, "confidential", reason="核对", on=AT.date(), by=office.office, at=AT)
    assert record.title not in client.get("/sections/bailu/").content.decode()


def test_addresses_that_are_not_there(client, office):
    draft(office, "draft", block(agency="MH0101"))
    opened(office, "bailu", block(agency="MH0101"))
    for address in (
        "/sections/draft/",
        "/sections/none/",
        "/topics/bailu/",
        "/topics/draft/",
        "/feeds/topics/bailu.atom",
    ):
        assert client.get(address).status_code == 404, address


def test_words_and_validity_narrow_the_list(client, office):
    office.publish(title="春天的通知")
    office.publish(title="秋天的通知")
    opened(office, "autumn", block(type="document", words="秋天", validity="in_force"), topic=True)
    text = client.get("/topics/autumn/").content.decode()
    assert "秋天的通知" in text and "春天的通知" not in text
    feed = client.get("/feeds/topics/autumn.atom").content.decode()
    assert "秋天的通知" in feed and "春天的通知" not in feed


def test_the_queries_of_a_page_do_not_grow_with_what_it_lists(client, office, django_assert_max_num_queries):
    first = office.publish()
    blocks = [block(agency="MH0101"), (BlockKind.PICKED, {"records": [first.pk]})]
    opened(office, "bailu", *blocks)
    for n in range(6):
        office.publish(title=f"第{n}件")
    with django_assert_max_num_queries(5):
        client.get("/sections/bailu/")


# --- 工作台 ---


def test_a_clerk_builds_a_section_and_the_office_opens_it(client, office):
    """By plain forms only, as without scripts."""
    record = office.publish()
    client.force_login(office.clerk)
    new = {
        "kind": "unit",
        "agency": office.agency.pk,
        "title": "白鹭镇",
        "slug": "Bailu",
        "introduction": "镇里的事",
    }
    response = client.post(reverse("desk:sections_new"), new)
    section = Section.objects.get()
    assert response.url == reverse("desk:sections_one", args=[section.pk]) and section.slug == "bailu"
    assert client.post(reverse("desk:sections_new"), new).status_code == 422

    def add(kind: str, **given: str) -> None:
        url = reverse("desk:sections_add", args=[section.pk, kind])
        page = client.get(url)
        form = page.context["form"]
        assert "加模块：" in page.content.decode()
        given = {"revision": form.initial["revision"], **given}
        assert client.post(url, given).status_code == 302, kind

    add("records", agency="MH0101", count="5", wide="on")
    add("picked", records=f"{record.index_number}\n/records/{record.pk}/")
    add("text", text="欢迎", heading="说明")
    assert [one.settings for one in section.blocks.all()][1:] == [{"records": [record.pk]}, {"text": "欢迎"}]
    first = section.blocks.first()
    page = reverse("desk:sections_one", args=[section.pk])
    text = client.get(page).content.decode()
    assert "送区政府办" in text and reverse("desk:sections_open", args=[section.pk]) not in text

    def press(name: str, *args: int, **given: str) -> str:
        given = {"revision": fresh(section).revision, **given}
        response = client.post(reverse(f"desk:{name}", args=[section.pk, *args]), given, follow=True)
        return response.content.decode()

    assert "往后挪" in press("sections_move", first.pk, to="down")
    assert section.blocks.all()[1] == first
    assert "别人改过" in press("sections_remove", first.pk, revision="1")
    edit = reverse("desk:sections_block", args=[section.pk, section.blocks.get(kind="picked").pk])
    text = client.get(edit).content.decode()
    assert record.index_number in text and "改模块：" in text
    assert "已经去掉" in press("sections_remove", section.blocks.last().pk)
    assert record.title in client.get(reverse("desk:sections_preview", args=[section.pk])).content.decode()
    assert "已经送区政府办公室" in press("sections_submit")
    assert client.post(reverse("desk:sections_open", args=[section.pk])).status_code == 403

    client.force_login(office.office)
    home = client.get(reverse("desk:home")).content.decode()
    assert "待开通的专栏" in home and page in home
    confirm = client.get(reverse("desk:sections_open", args=[section.pk]))
    assert record.title in confirm.content.decode() and fresh(section).state is State.DRAFT
    given = {"revision": confirm.context["form"].initial["revision"], "order": "10"}
    assert client.post(reverse("desk:sections_open", args=[section.pk]), given).url == page
    assert fresh(section).state is State.OPEN and fresh(section).order == 10
    assert client.get("/sections/bailu/").status_code == 200
    assert client.get(reverse("desk:sections_close", args=[section.pk])).status_code == 200
    assert client.post(reverse("desk:sections_close", args=[section.pk]), {"reason": ""}).status_code == 422
    client.post(reverse("desk:sections_close", args=[section.pk]), {"reason": "并入"})
    assert client.get("/sections/bailu/").status_code == 410


def test_someone_elses_section_is_not_there(client, office):
    section = draft(office, "bailu", block(agency="MH0101"))
    client.force_login(Office(code="MH0999", name="明湖区别的局").clerk)
    for name in ("sections_one", "sections_edit", "sections_preview", "sections_submit"):
        assert client.post(reverse(f"desk:{name}", args=[section.pk])).status_code == 404, name
    assert section.title not in client.get(reverse("desk:sections_list")).content.decode()


def test_a_block_of_another_section_is_not_there(client, office):
    section, other = draft(office, "bailu"), draft(office, "qingshi", (BlockKind.TEXT, {"text": "x"}))
    client.force_login(office.clerk)
    for name in ("sections_block", "sections_move", "sections_remove"):
        url = reverse(f"desk:{name}", args=[section.pk, other.blocks.get().pk])
        assert client.post(url, {"revision": "1"}).status_code == 404
    assert client.get(reverse("desk:sections_add", args=[section.pk, "video"])).status_code == 404
    assert Block.objects.count() == 1 and LogEntry.objects.filter(action="sections.block").count() == 1


# --- 每一种模块的设置 ---


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("records", {"count": "8"}, "至少选一项"),
        ("records", {"count": "0", "agency": "MH0101"}, "不能小于1"),
        ("records", {"count": "99", "agency": "MH0101"}, "不能大于20"),
        ("records", {"count": "8", "agency": "NONE"}, "列出的里"),
        ("records", {"count": "8", "duty": "none"}, "列出的里"),
        ("picked", {"records": ""}, "请填写"),
        ("picked", {"records": "没有这个索引号"}, "没有公开的信息"),
        ("picked", {"records": "/records/999999/"}, "没有公开的信息"),
        ("picked", {"records": "\n".join(f"/records/{n}/" for n in range(21))}, "至多20件"),
        ("text", {"text": ""}, "请填写"),
        ("text", {"text": "联系人手机 138 0000 0000"}, "个人信息"),
        ("links", {"links": "图书馆"}, "缺了名称"),
        ("links", {"links": "图书馆 javascript:alert(1)"}, "网址不对"),
        ("links", {"links": "图书馆 //evil.example/"}, "网址不对"),
        ("links", {"links": "图书馆 /\\evil.example/"}, "网址不对"),
        ("links", {"links": "图书馆 ftp://example.cn/"}, "网址不对"),
        ("links", {"links": "长" * 600 + " /x/"}, "太长"),
        ("links", {"links": "\n".join(f"第{n}个 /x/" for n in range(21))}, "至多20个"),
        ("agency", {}, "请选择"),
        ("tiles", {}, "请选择"),
        ("tiles", {"duties": ["none"]}, "列出的里"),
        ("places", {"agency": "NONE"}, "列出的里"),
        ("search", {"hint": "字" * 31}, "30"),
    ],
)
def test_settings_that_are_refused(office, kind, given, said):
    section = draft(office)
    form = FORMS[BlockKind(kind)](given | {"revision": "1"}, section=section, at=AT)
    assert not form.is_valid() and said in str(form.errors), form.errors


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (
            "records",
            {"agency": "MH0101", "year": "2024", "words": " 春  秋 ", "count": "3"},
            {
                "agency": "MH0101",
                "duty": "",
                "type": "",
                "year": 2024,
                "words": "春 秋",
                "validity": "",
                "count": 3,
            },
        ),
        ("text", {"text": " 一 \n\n二"}, {"text": "一\n二"}),
        (
            "links",
            {"links": "区 图书馆 https://example.cn/a?b=c\n本站 /records/"},
            {
                "links": [
                    {"label": "区 图书馆", "address": "https://example.cn/a?b=c", "host": "example.cn"},
                    {"label": "本站", "address": "/records/", "host": ""},
                ]
            },
        ),
        ("agency", {"agency": "MH0101"}, {"agency": "MH0101"}),
        ("tiles", {"duties": ["normative", "fees"]}, {"duties": ["normative", "fees"]}),
        ("places", {"agency": ""}, {"agency": ""}),
        ("search", {"hint": ""}, {"hint": ""}),
    ],
)
def test_settings_that_are_kept_and_come_back(office, kind, given, kept):
    section = draft(office)
    form_class = FORMS[BlockKind(kind)]
    form = form_class(given | {"revision": "1"}, section=section, at=AT)
    assert form.is_valid(), form.errors
    assert form.settings() == kept
    again = form_class(form_class.initial_of(kept) | {"revision": "1"}, section=section, at=AT)
    assert again.is_valid() and again.settings() == kept


def test_every_kind_has_its_form_and_template():
    from django.template.loader import get_template

    assert set(FORMS) == set(BlockKind)
    for kind in BlockKind:
        get_template(f"sections/blocks/{kind.value}.html")
