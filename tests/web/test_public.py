"""公众网站:四个法定栏目、列表和分面、详情、四种撤下、附件、meta 标签;不设 Cookie,查询次数有数。"""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.org.models import Place
from gongkai.records import actions, browse, validity
from gongkai.records.models import Record
from gongkai.records.terms import RelationKind, WithdrawalKind
from tests.records.office import AT, Office, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(duties="办文办会", address="明湖区人民路", phone="0000-00000001")


def page(client, url):
    response = client.get(url)
    return response, response.content.decode()


PUBLIC = (
    "home",
    "records",
    "guide",
    "rules",
    "statutory",
    "annual_reports",
    "apply",
    "agencies",
    "places",
    "sitemap",
    "accessibility",
    "feedback",
)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_column_opens_even_when_nothing_is_there(client, name):
    response, text = page(client, reverse(f"public:{name}"))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers and not response.cookies
    assert 'lang="zh-CN"' in text and "网站标识码" in text and "党政机关网站标识" in text
    assert "<script>" not in text and "style=" not in text and "onclick" not in text
    for label in ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"):
        assert label in text


def test_a_record_shows_its_elements_and_meta_tags(client, office):
    record = office.publish(
        "normative",
        doc_number="明政办发〔2024〕18号",
        effective_on=date(2024, 10, 1),
        expires_on=date(2029, 9, 30),
        body="<h2>一、总则</h2><p>内容</p><script>x</script>",
        subject="综合政务/政务公开",
    )
    response, text = page(client, record.get_absolute_url())
    for value in (
        "明政办发〔2024〕18号",
        record.index_number,
        "2024-08-26",
        "2029-09-30",
        '<h2 id="part-1">一、总则</h2>',
        "有效",
    ):
        assert value in text
    for name in (
        "SiteName",
        "SiteDomain",
        "SiteIDCode",
        "ColumnName",
        "ColumnType",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
    ):
        assert re.search(rf'<meta name="{name}" content="[^"]+">', text), name
    assert re.search(r'name="PubDate" content="\d{4}-\d\d-\d\d \d\d:\d\d"', text)
    assert "<script>x" not in text
    assert response.headers["Cache-Control"] == "no-cache" and response.headers["ETag"]
    assert (
        client.get(record.get_absolute_url(), headers={"if-none-match": response.headers["ETag"]}).status_code
        == 304
    )
    printed = client.get(reverse("public:record_print", args=[record.pk])).content.decode()
    assert "内容" in printed and "依申请公开" not in printed


def test_drafts_scheduled_and_withheld_are_unseen(client, office):
    draft = office.draft()
    scheduled = office.sign(office.draft(title="定时"), publish_at=moment(2099, 1, 1))
    withheld = office.publish(openness="withheld", ground="过程性信息", title="不公开的")
    for pk in (draft.record_id, scheduled.pk, withheld.pk, 999999):
        assert client.get(reverse("public:record", args=[pk])).status_code == 404
    text = client.get(reverse("public:records")).content.decode()
    assert "定时" not in text and "不公开的" not in text


def withdraw(office, record, kind, **options):
    return actions.withdraw(
        record, kind, reason="原因一句话", on=date(2024, 9, 5), by=office.office, at=moment(2024, 9, 5), **options
    )


def test_four_kinds_of_withdrawal(client, office):
    old, retracted, secret, moved, new = (office.publish(title=f"文件{n}号") for n in "甲乙丙丁戊")
    withdraw(office, old, WithdrawalKind.REPEALED, basis="明政办发〔2024〕9号", successor=new)
    withdraw(office, retracted, WithdrawalKind.RETRACTED)
    withdraw(office, secret, WithdrawalKind.CONFIDENTIAL)
    withdraw(office, moved, WithdrawalKind.MOVED, successor=new)
    response, text = page(client, old.get_absolute_url())
    assert response.status_code == 200 and "废止" in text and "文件戊号" in text and "现就做好秋季绿化" in text
    response, text = page(client, retracted.get_absolute_url())
    assert response.status_code == 410 and "原因一句话" in text and "绿化" not in text
    response, text = page(client, secret.get_absolute_url())
    assert response.status_code == 404 and "原因" not in text
    response = client.get(moved.get_absolute_url())
    assert (response.status_code, response.url) == (301, new.get_absolute_url())
    listed = client.get(reverse("public:records")).content.decode()
    assert "文件甲号" in listed and "文件戊号" in listed
    assert not any(name in listed for name in ("文件乙号", "文件丙号", "文件丁号"))
    assert "文件丙号" not in client.get(reverse("public:home")).content.decode()
    assert "文件丙号" not in client.get(reverse("public:records"), {"format": "csv"}).content.decode()
    actions.lift(secret, reason="已隐去个人信息", by=office.office, at=moment(2024, 9, 6))
    assert client.get(secret.get_absolute_url()).status_code == 200


def test_attachments_live_and_die_with_their_record(client, office):
    draft = office.draft()
    actions.attach(draft, "补助标准.txt", "标准".encode(), by=office.clerk, at=AT)
    record = office.sign(office.fresh(draft))
    file = record.live.attachments.get()
    url = reverse("public:attachment", args=[file.pk, file.name])
    assert url.split("/")[-1] in client.get(record.get_absolute_url()).content.decode()
    response = client.get(url)
    assert b"".join(response.streaming_content).decode() == "标准"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in response.headers["Content-Disposition"]
    withdraw(office, record, WithdrawalKind.CONFIDENTIAL)
    assert client.get(url).status_code == 404


def test_attachments_of_drafts_are_unreachable(client, office):
    draft = office.draft()
    file = actions.attach(draft, "稿.txt", "稿".encode(), by=office.clerk, at=AT)
    assert client.get(reverse("public:attachment", args=[file.pk, file.name])).status_code == 404


def test_a_correction_shows_only_when_signed(client, office):
    record = office.publish()
    edition = actions.revise(record, by=office.clerk, at=moment(2024, 9, 5), change_note="更正日期")
    edition = actions.save(
        edition, {"body": "<p>新的正文</p>"}, by=office.clerk, at=moment(2024, 9, 5), revision=edition.revision
    )
    assert "新的正文" not in client.get(record.get_absolute_url()).content.decode()
    office.sign(edition, at=moment(2024, 9, 6))
    text = client.get(record.get_absolute_url()).content.decode()
    assert "新的正文" in text and "更正日期" in text


def test_relations_speak_both_ways(client, office):
    old, new = office.publish(title="旧办法"), office.publish(title="新办法")
    actions.relate(new, old, RelationKind.AMENDS, by=office.clerk, at=moment(2024, 9, 5), note="修改第五条。")
    assert "修改" in client.get(new.get_absolute_url()).content.decode()
    text = client.get(old.get_absolute_url()).content.decode()
    assert "已被修改" in text and "新办法" in text and "修改第五条" in text
    withdraw(office, new, WithdrawalKind.CONFIDENTIAL)
    assert "新办法" not in client.get(old.get_absolute_url()).content.decode()


@pytest.fixture
def library(office):
    other = Office(code="MH0112", name="明湖区住房和城乡建设局")
    office.publish(title="甲通知", made_on=date(2023, 3, 1))
    office.publish("notice", title="乙公告", made_on=date(2024, 5, 1))
    other.publish(
        "normative",
        title="丙办法",
        doc_number="明建发〔2020〕3号",
        made_on=date(2020, 1, 6),
        effective_on=date(2020, 2, 1),
        expires_on=date(2022, 1, 31),
    )
    other.publish(
        "normative",
        title="丁办法",
        doc_number="明建发〔2024〕1号",
        made_on=date(2024, 1, 6),
        effective_on=date(2099, 1, 1),
    )
    return office, other


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", "甲乙丙丁"),
        ("agency=MH0112", "丙丁"),
        ("duty=normative", "甲丙丁"),
        ("year=2024", "乙丁"),
        ("validity=ended", "丙"),
        ("validity=pending", "丁"),
        ("validity=in_force", "甲乙"),
        ("q=办法", "丙丁"),
        ("q=明建发〔2020〕3号", "丙"),
        ("q=办法&year=2024", "丁"),
        ("year=abc&duty=no&validity=x&agency=", "甲乙丙丁"),
        ("agency=none", ""),
        ("q=%00%27%22<script>", ""),
    ],
)
def test_filters(client, library, query, wanted):
    response, text = page(client, f"{reverse('public:records')}?{query}")
    assert response.status_code == 200
    found = "".join(
        mark
        for mark, name in zip("甲乙丙丁", ("甲通知", "乙公告", "丙办法", "丁办法"), strict=True)
        if f">{name}<" in text
    )
    assert found == wanted
    if not wanted:
        assert "没有符合的信息" in text and "<script>" not in text


def test_facets_leave_out_their_own_filter_and_count_right(library):
    at, on = timezone.now(), timezone.localdate()
    filters = browse.Filters(agency="MH0112", year=2024)
    counts = {
        facet.name: {option.value: option.count for option in facet.options}
        for facet in browse.facets(filters, at, on)
    }
    assert counts["agency"] == {"MH0101": 1, "MH0112": 1}
    assert counts["year"] == {"2024": 1, "2020": 1}
    assert counts["duty"] == {"normative": 1}
    assert counts["validity"] == {"pending": 1}


def test_validity_in_lists_and_on_pages_agree(library):
    on = timezone.localdate()
    for state in browse.VALIDITY:
        for record in browse.Filters(validity=state).apply(Record.objects.all(), on):
            found = validity.validity_on(record, on, [])
            assert {
                "in_force": found.binds,
                "pending": found.value == "pending",
                "ended": found.value in ("expired", "repealed"),
            }[state]


def test_paging_forth_and_back(client, office):
    for n in range(23):
        office.publish(title=f"第{n:02}件")
    first = client.get(reverse("public:records")).content.decode()
    assert first.count('<span class="keep">发布') == 20 and "较早" in first and "较新" not in first
    older = client.get(
        reverse("public:records") + re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    ).content.decode()
    assert older.count('<span class="keep">发布') == 3 and "较新" in older
    assert client.get(reverse("public:records"), {"after": "坏游标"}).status_code == 200


def test_csv_is_formula_safe(client, office):
    office.publish(title="=cmd|' /C calc'!A0")
    text = client.get(reverse("public:records"), {"format": "csv"}).content.decode()
    assert "'=cmd" in text


def test_the_number_of_queries_does_not_grow_with_the_rows(client, office, django_assert_max_num_queries):
    for n in range(5):
        office.publish(title=f"第{n}件")
    with django_assert_max_num_queries(12):
        client.get(reverse("public:records"))
    with django_assert_max_num_queries(22):  # 每间屋子在信息页上问一句
        client.get(Record.objects.first().get_absolute_url())
    with django_assert_max_num_queries(19):  # 一块问一句,不随行数增
        client.get(reverse("public:home"))


def test_agency_and_places(client, office):
    office.publish(title="甲通知")
    text = client.get(office.agency.get_absolute_url()).content.decode()
    assert "办文办会" in text and "0000-00000001" in text and "甲通知" in text
    Place.objects.create(
        agency=office.agency, name="档案馆查阅点", kind="archive", address="湖滨路", hours="工作日"
    )
    assert "档案馆查阅点" in client.get(reverse("public:places")).content.decode()
    assert client.get("/agencies/none/").status_code == 404


def test_the_apply_page_takes_its_figures_from_the_law(client, office):
    text = client.get(reverse("public:apply")).content.decode()
    assert "20个工作日" in text and "第三十三条第二款" in text and "不用说明用途" in text


def test_robots_and_errors(client, settings):
    assert "Disallow: /desk/" in client.get("/robots.txt").content.decode()
    response, text = page(client, "/nothing/")
    assert response.status_code == 404 and "没有找到" in text and not response.cookies
    client.raise_request_exception = False


def test_security_headers(client):
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY" and headers["X-Content-Type-Options"] == "nosniff"


def test_counts_change_the_moment_something_is_withdrawn(client, library):
    office, _ = library

    def total():
        return re.search(r"已公开<b class=\"num\">(\d+)</b>", client.get("/").content.decode())[1]

    assert (total(), total()) == ("4", "4")
    record = Record.objects.get(title="甲通知")
    withdraw(office, record, WithdrawalKind.CONFIDENTIAL)
    assert total() == "3"
    assert "甲通知" not in client.get("/").content.decode()


def test_home_shows_the_readings_of_a_policy_and_when_it_begins(client, office):
    paper = office.publish(
        "document", title="关于做好某项工作的通知", doc_number="明政办发〔2026〕1号", effective_on=date(2099, 1, 1)
    )
    office.publish("document", title="关于某件事的说明")
    reading = office.publish("interpretation", title="《通知》图解", fields={"form": "图表图解"})
    actions.relate(reading, paper, RelationKind.INTERPRETS, by=office.clerk, at=AT)
    _, text = page(client, reverse("public:home"))
    policies, newest = text.split('id="h-newest"')
    assert "明政办发〔2026〕1号" in policies and "2099年1月1日起施行" in policies
    assert "某件事的说明" in newest and "某件事的说明" not in policies, "没有文号的不是发文"
    assert f'<a href="{reading.get_absolute_url()}">图表图解' in text
