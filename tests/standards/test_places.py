"""体验区的台账和率,公共企事业单位的名录、通知、申诉,和指数。"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.utilities import Interruption
from gongkai.org.models import Place
from gongkai.standards import actions, enterprise_figures, indices, zone_figures
from gongkai.standards.forms.zones import season_line, season_of
from gongkai.standards.models import Complaint, DayCount, Enterprise, Equipment, Patrol, Stock, Zone
from gongkai.standards.terms import BookKind
from gongkai.standards.zone_figures import Rate
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
AT, ON = moment(2026, 10, 12), date(2026, 10, 12)
SUMMER, WINTER = "夏令时 5月1日-9月30日 8:30-17:30", "冬令时 10月1日-4月30日 8:30-17:00"


@pytest.fixture
def office():
    return Office("MH0112", "明湖区住房和城乡建设局")


@pytest.fixture
def zone(office):
    place = Place.objects.create(agency=office.agency, name="体验区", kind="experience", address="x", hours="x")
    given = [season_of(SUMMER), season_of(WINTER)]
    return actions.save_zone(
        Zone(place=place, number="1"), given, ["layout", "signs"], by=office.clerk, on=ON, at=AT
    )


def test_a_season_without_its_switching_day_leaves_a_gap(office, zone):
    assert zone_figures.gap_day(zone, 2026) is None and zone.hours_on(ON).name == "冬令时"
    actions.save_zone(zone, [season_of(SUMMER)], [], by=office.clerk, on=ON, at=AT)
    assert zone_figures.gap_day(zone, 2026) == date(2026, 1, 1) and zone.hours_on(ON) is None
    assert season_line(season_of(SUMMER)) == SUMMER


def test_rates_and_faults_of_a_place(office, zone):
    for on, is_open in ((ON - timedelta(days=20), False), (ON - timedelta(days=2), True)):
        actions.patrol(zone, on, is_open, "" if is_open else "停电", by=office.clerk, at=AT)
    actions.save_equipment(Equipment(zone=zone, kind="printer", number="1", checked_on=ON), by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="什么毛病"):
        actions.save_equipment(
            Equipment(zone=zone, kind="kiosk", number="2", works=False, checked_on=ON), by=office.clerk, at=AT
        )
    actions.save_stock(
        Stock(zone=zone, title="公报", placed=100, left=4, updated_on=date(2026, 6, 1)), by=office.clerk, at=AT
    )
    actions.count_day(zone, ON, {"questions": 4, "answered": 3, "searches": 9}, by=office.clerk, at=AT)
    found = zone_figures.figures(zone, ON)
    assert found.rates == {
        Rate.OPEN: 50,
        Rate.EQUIPMENT: 100,
        Rate.PAPER: 0,
        Rate.ANSWERED: 75,
        Rate.COMMENTS: None,
    }
    assert (
        found.sums["searches"] == 9
        and any("设备配置" in one for one in found.faults)
        and any("只剩4份" in one for one in found.faults)
    )


def test_the_book_names_nobody_and_is_answered_in_public(office, zone, client):
    address = reverse("public:zone_write", args=[zone.pk])
    assert client.get(address).status_code == 200
    sent = client.post(address, {"text": "架上没有去年的公报。"}, follow=True)
    assert "没有记您是谁" in sent.content.decode()
    comment = zone.comments.get()
    assert (comment.kind, comment.is_public) == ("screen", False)
    book = reverse("public:zone_book", args=[zone.pk])
    assert "架上没有" not in client.get(book).content.decode()
    with pytest.raises(RuleBroken, match="没有写答复"):
        actions.answer_comment(comment, " ", True, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="不能公开"):
        actions.answer_comment(comment, "您的肢体残疾补助已发。", True, by=office.clerk, at=AT)
    client.force_login(office.clerk)
    assert "待答复" in client.get(reverse("desk:standards_zone", args=[zone.pk])).content.decode()
    answering = reverse("desk:standards_answer_comment", args=[comment.pk])
    assert "架上没有去年的公报" in client.get(answering).content.decode()
    client.post(answering, {"answer": "已经补齐，请来看。", "is_public": "on"})
    client.logout()
    page = client.get(book).content.decode()
    assert "架上没有去年的公报" in page and "已经补齐" in page


def test_an_answer_that_comes_late_is_shown_as_late(office, zone):
    old = ON - timedelta(days=40)
    comment = actions.write_comment(zone, "中午不开门。", old, BookKind.PAPER, by=office.clerk, at=AT)
    assert any("意见簿有1条逾期" in one for one in zone_figures.faults(zone, ON))
    comment = actions.answer_comment(comment, "已经值班。", True, by=office.clerk, at=AT)
    assert comment.is_late and zone_figures.figures(zone, ON).rates[Rate.COMMENTS] == 0
    stranger = Office("MH0188", "明湖区别的局")
    with pytest.raises(PermissionDenied):
        actions.write_comment(zone, "x", ON, BookKind.PAPER, by=stranger.clerk, at=AT)


def test_a_day_is_counted_once_and_not_before_it_came(office, zone):
    actions.count_day(zone, ON, {"searches": 1}, by=office.clerk, at=AT)
    actions.count_day(zone, ON, {"searches": 5}, by=office.clerk, at=AT)
    assert DayCount.objects.get().searches == 5
    with pytest.raises(RuleBroken, match="还没有到"):
        actions.count_day(zone, ON + timedelta(days=1), {}, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="比咨询的还多"):
        actions.count_day(zone, ON, {"answered": 1}, by=office.clerk, at=AT)
    with pytest.raises(PermissionDenied):
        actions.patrol(zone, ON, True, "", by=Office("MH0999", "别的局").clerk, at=AT)
    assert not Patrol.objects.exists()


@pytest.fixture
def water(office):
    unit = Office("MH0901", "明湖区自来水有限公司", kind=AgencyKind.ENTERPRISE)
    made = Enterprise(agency=unit.agency, bureau=office.agency, sector="water", hotline="0571-00009000")
    return actions.save_enterprise(made, by=office.clerk, at=AT)


def test_contents_by_sector_with_their_articles(office, water):
    assert enterprise_figures.coverage(water, ON) == 0
    actions.disclose(water, "price", "https://water.example/price/", date(2026, 9, 1), by=office.clerk, at=AT)
    actions.disclose(water, "stop", "https://water.example/stop/", date(2024, 9, 1), by=office.clerk, at=AT)
    rows = {one["content"].key: one for one in enterprise_figures.contents(water, ON)}
    assert (
        not rows["price"]["fault"]
        and rows["stop"]["fault"] == "很久没有更新"
        and "第二十二条" in rows["stop"]["content"].source
    )
    with pytest.raises(RuleBroken, match="没有“menu”"):
        actions.disclose(water, "menu", "x", ON, by=office.clerk, at=AT)


def test_a_notice_that_comes_too_late_is_entered_and_told(office, water):
    values = {
        "where": "滨湖路",
        "reason": "施工",
        "starts_at": AT + timedelta(hours=12),
        "ends_at": AT + timedelta(hours=20),
    }
    made = actions.post_outage(water, Interruption.PLANNED, values, by=office.clerk, at=AT)
    assert made.lead.enough is False and "少于24小时" in made.lead.said
    with pytest.raises(RuleBroken, match="没有“临时检修”"):
        actions.post_outage(water, Interruption.TEMPORARY, values, by=office.clerk, at=AT)
    with pytest.raises(RuleBroken, match="不在开始以后"):
        actions.post_outage(water, Interruption.PLANNED, values | {"ends_at": AT}, by=office.clerk, at=AT)


def test_a_complaint_goes_to_the_bureau_and_the_year_is_summed_up(office, water, client):
    page = client.post(
        reverse("public:complain", args=[water.pk]), {"text": "水质结果找不到", "name": "某人"}, follow=True
    )
    made = Complaint.objects.get()
    assert made.number in page.content.decode() and made.due_on > ON
    unit = Office("MH0902", "明湖区供电服务中心", kind=AgencyKind.ENTERPRISE)
    with pytest.raises(PermissionDenied):
        actions.tell_complaint(made, True, "查了", by=unit.clerk, at=AT)
    actions.tell_complaint(made, True, "已经补上。", by=office.clerk, at=made.received_at)
    year = made.received_at.year
    with pytest.raises(RuleBroken, match="没有写情况"):
        actions.publish_statement(office.agency, year, " ", by=office.head, at=made.received_at)
    done = actions.publish_statement(office.agency, year, "督促整改。", by=office.head, at=made.received_at)
    assert done.figures["units"] == done.figures["upheld"] == done.figures["in_time"] == 1
    text = client.get(reverse("public:enterprises")).content.decode()
    assert "督促整改" in text and "不适用依申请公开" in text and "某人" not in text


def test_the_enterprise_sees_its_own_page_but_not_who_complained(office, water, client, settings):
    settings.REQUIRE_MFA = False
    actions.send_complaint(water, "某项没有公开", at=AT, contact={"name": "申诉人某"})
    unit = water.agency.memberships.filter(role="clerk").first().user
    client.force_login(unit)
    page = client.get(reverse("desk:standards_enterprise", args=[water.pk])).content.decode()
    assert "应当公开的" in page and "某项没有公开" not in page
    assert client.get(reverse("desk:standards_complaint", args=[Complaint.objects.get().pk])).status_code == 404


def test_indices_count_what_is_there(office, zone, water):
    actions.install_areas(by=None, at=AT)
    found = {one.key: one for one in indices.indices(ON)}
    assert (found["built"].part, found["built"].whole) == (0, 26) and found["covered"].rate is None
    assert found["enterprises"].rate == 0 and found["villages"].rate is None
    assert all(one.url.startswith("/desk/") for one in found.values())


def test_the_desk_pages_of_both(office, zone, water, client, settings):
    settings.REQUIRE_MFA = False
    client.force_login(office.people["office"])
    names = ("zones", "new_zone", "enterprises", "new_enterprise", "statement", "complaints", "indices")
    for name in names:
        assert client.get(reverse(f"desk:standards_{name}")).status_code == 200, name
    for key in ("equipment", "stock", "patrol", "day", "closure"):
        assert client.get(reverse("desk:standards_zone_add", args=[zone.pk, key])).status_code == 200, key
    step = reverse("desk:standards_edit_zone", args=[zone.pk])
    given = {
        "place": zone.place_id,
        "number": "1",
        "level": "town",
        "area": 40,
        "full_time": 1,
        "functions": "查询区、申请区",
    }
    assert "看不懂" in client.post(step, given | {"seasons": "夏天早上"}).content.decode()
    client.post(step, given | {"seasons": f"{SUMMER}\n{WINTER}", "unities": ["layout"]})
    zone.refresh_from_db()
    assert zone.functions == ["查询区", "申请区"] and list(zone.unities) == ["layout"]
    assert "体验区" in client.get(reverse("public:zones")).content.decode()


def test_the_end_of_a_kiosk_asks_the_browser_to_forget(client):
    client.cookies["left"] = "behind"
    answer = client.get(reverse("public:kiosk_end"))
    assert answer.status_code == 302 and answer["Location"] == reverse("public:kiosk")
    assert '"storage"' in answer["Clear-Site-Data"] and answer.cookies["left"]["max-age"] == 0
    assert 'data-idle="60" data-left="30"' in client.get(reverse("public:kiosk")).content.decode()


def test_a_page_is_taken_along_without_what_was_typed(client):
    page = client.get(reverse("public:kiosk_take"), {"path": "/records/12/"}).content.decode()
    assert "/records/12/" in page and "<path d=" in page
    for path in ("//elsewhere.example/", "/a?b=c", "javascript:1", "/records/12"):
        assert client.get(reverse("public:kiosk_take"), {"path": path}).status_code == 404, path
