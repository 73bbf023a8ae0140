"""村(居)务公开:一期一本账,账接得上,监督委审过才能公布,不能公布的填不进来,名单到期撤下,异议有钟。"""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import strip_tags
from PIL import Image

from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.villages import Unit
from gongkai.standards import actions, notice
from gongkai.standards.forms.villages import entry_of
from gongkai.standards.models import Item, Objection, Period, Village
from gongkai.standards.privacy import forbidden
from gongkai.standards.terms import PeriodState
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT = moment(2026, 10, 12)
LINES = [
    (date(2026, 7, 3), True, "门面租金", Decimal("12000")),
    (date(2026, 8, 1), False, "道路修补", Decimal("3000.50")),
]


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def town():
    return Office("MH05", "明湖区白鹭镇人民政府", kind=AgencyKind.TOWN)


@pytest.fixture
def village(town):
    one = Village(town=town.agency, name="沙溪村", board="村口", committee="甲某、乙某", supervisors="丙某")
    return actions.save_village(one, by=town.clerk, at=AT)


def opened(town, village, number=3) -> Period:
    return actions.open_period(village, Unit.QUARTER, 2026, number, by=town.clerk, at=AT)


def filled(town, village, number=3, **more) -> Period:
    items = [{"kind": "village", "title": "临时救助名单", "content": "某人 600元", "is_list": True}]
    one = opened(town, village, number)
    lines = LINES if number == 3 else [(date(2026, 10, 2), True, "租金", Decimal("1"))]
    return actions.fill_period(one, items, lines, by=town.clerk, at=AT)


def posted(town, village, on=date(2026, 10, 12)) -> Period:
    one = filled(town, village)
    actions.submit_period(one, by=town.clerk, at=AT)
    actions.supervise(one, ["丙某"], "", True, date(2026, 10, 11), by=town.clerk, at=AT)
    return actions.posted(one, on, "", by=town.clerk, at=AT)


def test_one_period_has_one_ledger(town, village):
    opened(town, village)
    with pytest.raises(RuleBroken, match="一期只有一本账"):
        opened(town, village)


def test_what_was_left_is_carried_over(town, village):
    first = filled(town, village)
    assert first.sums["left"] == Decimal("8999.50")
    following = opened(town, village, 4)
    assert following.carried == Decimal("8999.50")
    actions.fill_period(following, [{"kind": "finance", "title": "说明"}], [], by=town.clerk, at=AT)
    Period.objects.filter(pk=following.pk).update(carried=Decimal("9000"))
    with pytest.raises(RuleBroken, match=r"差0\.50元"):
        actions.submit_period(following, by=town.clerk, at=AT)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ((date(2026, 6, 30), True, "x", Decimal(1)), "不在2026年第3季度里"),
        ((date(2026, 7, 1), True, "x", Decimal(0)), "不大于零"),
        ((date(2026, 7, 1), True, " ", Decimal(1)), "没有写摘要"),
    ],
)
def test_a_wrong_line_leaves_no_line(town, village, line, why):
    one = opened(town, village)
    with pytest.raises(RuleBroken, match=why):
        actions.add_entries(one, [LINES[0], line], by=town.clerk, at=AT)
    assert not one.entries.exists()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("张某 110101199003070011", "身份证"),
        ("张某，肢体残疾二级", "残疾"),
        ("账号 6217001234567890", "账号"),
        ("因肺癌救助", "肺癌"),
    ],
)
def test_numbers_and_illnesses_cannot_be_filled_in(town, village, text, what):
    assert any(what in one for one in forbidden(text))
    with pytest.raises(RuleBroken, match="不能公布"):
        actions.save_item(
            Item(period=opened(town, village)),
            {"kind": "village", "title": "救助", "content": text},
            by=town.clerk,
            at=AT,
        )


def test_names_and_amounts_may_be_posted():
    assert forbidden("陈某 800元，王某 600元；值班电话见公开栏") == []


def test_nothing_is_posted_before_the_supervisors_saw_it(town, village):
    one = filled(town, village)
    with pytest.raises(RuleBroken, match="不能再这样办"):
        actions.posted(one, date(2026, 10, 12), "", by=town.clerk, at=AT)
    actions.submit_period(one, by=town.clerk, at=AT)
    with pytest.raises(RuleBroken, match="甲某是村"):
        actions.supervise(one, ["甲某"], "", True, date(2026, 10, 11), by=town.clerk, at=AT)
    with pytest.raises(RuleBroken, match="没有写意见"):
        actions.supervise(one, ["丙某"], "", False, date(2026, 10, 11), by=town.clerk, at=AT)
    actions.supervise(one, ["丙某"], "第二笔没有票据", False, date(2026, 10, 11), by=town.clerk, at=AT)
    assert Period.objects.get().state == PeriodState.DRAFT


def test_the_photograph_keeps_its_pixels_only(town, village):
    one = filled(town, village)
    actions.submit_period(one, by=town.clerk, at=AT)
    actions.supervise(one, ["丙某"], "", True, date(2026, 10, 11), by=town.clerk, at=AT)
    buffer, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "PHONE"
    Image.new("RGB", (40, 30), "white").save(buffer, "JPEG", exif=exif)
    with pytest.raises(RuleBroken, match="照片收不了"):
        actions.post(one, date(2026, 10, 12), b"not a picture", by=town.clerk, at=AT)
    done = actions.post(one, date(2026, 10, 12), buffer.getvalue(), by=town.clerk, at=AT)
    from gongkai.records import store

    kept = store.read(done.photo)
    assert kept[:4] == b"\x89PNG" and b"PHONE" not in kept


def test_the_board_keeps_it_long_enough_and_lists_go_when_due(town, village):
    one = posted(town, village)
    with pytest.raises(RuleBroken, match="以前不能撤"):
        actions.take_down(one, date(2026, 10, 14), by=town.clerk, at=AT)
    actions.take_down(one, date(2026, 10, 17), by=town.clerk, at=AT)
    item = Item.objects.get(is_list=True)
    assert actions.remove_lists(on=item.list_until, at=AT) == 0
    assert actions.remove_lists(on=item.list_until + timedelta(days=1), at=AT) == 1
    item.refresh_from_db()
    assert item.content == "" and item.title == "临时救助名单"


def test_both_laws_are_told_of_a_period(town, village):
    one = posted(town, village)
    national, own = one.duties(date(2026, 10, 12))
    assert national.kept and own.kept and national.source != own.source
    village.heavy = True
    actions.save_village(village, by=town.clerk, at=AT)
    assert Period.objects.get().duties(date(2026, 10, 12))[0].kept is False


def test_an_objection_has_a_clock_and_an_answer(town, village, client):
    one = posted(town, village)
    answer = client.post(
        reverse("public:village_object", args=[village.pk, one.pk]),
        {"text": "道路修补报了两次", "name": "某人"},
        follow=True,
    )
    page = answer.content.decode()
    made = Objection.objects.get()
    assert made.number in page and "某人" not in page
    with pytest.raises(RuleBroken, match="没有答复"):
        actions.take_down(one, date(2026, 10, 20), by=town.clerk, at=AT)
    other = Office("MH06", "明湖区青石镇人民政府", kind=AgencyKind.TOWN)
    with pytest.raises(PermissionDenied):
        actions.answer_objection(made, "查过了", by=other.clerk, at=AT)
    actions.answer_objection(made, "两次是不同路段。", by=town.clerk, at=AT)
    shown = client.get(reverse("public:village_period", args=[village.pk, one.pk])).content.decode()
    assert "两次是不同路段" in shown and "某人 600元" in shown
    assert (
        client.post(reverse("public:village_look"), {"number": made.number, "code": "AAAA-AAAA-AAAA"}).status_code
        == 404
    )


def test_the_notice_and_the_pages(town, village, client):
    one = posted(town, village)
    paper = notice.document(one)
    assert paper.title == "沙溪村2026年第3季度村务公开" and any(
        "8999.50" in box.text for part in paper.parts for row in part.rows for box in row
    )
    pdf = client.get(one.get_absolute_url() + "?format=pdf")
    assert pdf.content[:4] == b"%PDF"
    assert "沙溪村" in client.get(reverse("public:villages")).content.decode()
    assert "8,999.50<" in client.get(village.get_absolute_url()).content.decode()


def test_the_public_sees_which_period_is_overdue(town, village, client, monkeypatch):
    posted(town, village)
    said = "2026年第4季度应在2027年1月20日以前公布，还没有公布"
    for day, is_late in ((moment(2027, 1, 20, 9), False), (moment(2027, 1, 21, 9), True)):
        monkeypatch.setattr("django.utils.timezone.now", lambda day=day: day)
        assert (said in strip_tags(client.get(village.get_absolute_url()).content.decode())) is is_late
        assert ("以后的过期没有公布" in client.get(reverse("public:villages")).content.decode()) is is_late


def test_what_is_not_posted_is_not_public(town, village, client):
    one = filled(town, village)
    for name, args in (
        ("village_period", [village.pk, one.pk]),
        ("village_object", [village.pk, one.pk]),
        ("village_photo", [village.pk, one.pk]),
    ):
        assert client.get(reverse(f"public:{name}", args=args)).status_code == 404


def test_the_clerk_of_a_village_needs_three_pages(town, village, client, settings):
    settings.REQUIRE_MFA = False
    client.force_login(town.clerk)
    assert "沙溪村" in client.get(reverse("desk:standards_villages")).content.decode()
    client.post(reverse("desk:standards_open_period", args=[village.pk]))
    one = Period.objects.get()
    first = one.span[0]
    step = reverse("desk:standards_period_act", args=[one.pk, "entries"])
    wrong = client.post(step, {"seen": one.mark, "lines": "昨天 收 租金 12"})
    assert wrong.status_code == 422 and "不是日期" in wrong.content.decode()
    client.post(step, {"seen": one.mark, "lines": f"{first.month}月{first.day}日 收 门面租金 12,000.50"})
    assert "12,000.50<" in client.get(reverse("desk:standards_period", args=[one.pk])).content.decode()
    assert client.get(reverse("desk:standards_objections")).status_code == 200
    client.force_login(Office("MH06", "明湖区青石镇人民政府", kind=AgencyKind.TOWN).clerk)
    assert client.get(reverse("desk:standards_period", args=[one.pk])).status_code == 404


@pytest.mark.parametrize("text", ["7月3日 收 租金", "13月3日 收 租金 1", "7月3日 得 租金 1", "7月3日 支 x 一百"])
def test_a_line_that_cannot_be_read_says_why(text):
    with pytest.raises(ValueError, match=r"不是|四样|没有"):
        entry_of(text, 2026)


def test_a_village_is_found_by_a_part_of_its_name(client, village):
    address = reverse("public:villages")
    for words in ("沙溪", "白鹭 沙"):
        assert "沙溪村" in client.get(address, {"q": words}).content.decode(), words
    page = client.get(address, {"q": "<b>没有"}).content.decode()
    assert "没有名称里有“&lt;b&gt;没有”的村" in page and "沙溪村" not in page
