"""催报:催什么、隔几天、单位的待办、办了没有。"""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.law import params
from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions, urges
from gongkai.records.models import Urge
from tests.records.office import AT, Office, moment

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.fixture
def unit():
    return Office("MH0202", "明湖区教育局")


@pytest.fixture
def late(unit):
    """A draft whose last day has passed."""
    return unit.draft(title="关于学区的通知", made_on=date(2024, 7, 1), at=moment(2024, 7, 2)).record


def todo(user, on=ON):
    (panel,) = urges.panels(user, on)
    return [(task.title, task.badge, task.kind) for task in panel.tasks]


def urge(office, unit, *items, at=AT, note=""):
    return actions.urge(unit.agency, items, note, by=office.office, at=at)


def test_what_is_owed(unit, late):
    keys = [due.key for due in urges.owed(unit.agency, ON)]
    assert keys[-1] == f"record:{late.pk}" and "duty:fees" in keys
    actions.declare_absences(unit.agency, ["fees"], "没有收费", by=unit.clerk, at=AT)
    assert "duty:fees" not in [due.key for due in urges.owed(unit.agency, ON)], "申明了的等核准,不催"


def test_the_unit_sees_it_with_day_and_name(office, unit, late):
    urge(office, unit, "duty:fees", f"record:{late.pk}", note="请于9月25日前公开")
    assert todo(unit.clerk) == todo(unit.head)
    assert [badge for _, *badge in todo(unit.clerk)] == [["催报", "warn"]] * 2
    (panel,) = urges.panels(unit.clerk, ON)
    assert panel.count == 2 and panel.tasks[1].url == reverse("desk:record", args=[late.pk])
    assert all("区政府办主管2024-09-03催：请于9月25日前公开" in task.note for task in panel.tasks)
    assert not list(urges.panels(unit.first, ON)) and not list(urges.panels(office.office, ON))
    assert [panel.count for panel in urges.panels(office.clerk, ON)] == [0]
    entry = LogEntry.objects.get(action="records.urge")
    assert entry.agency == unit.agency and entry.detail["items"] == ["duty:fees", f"record:{late.pk}"]


def test_not_twice_within_so_many_working_days(office, unit):
    urge(office, unit, "duty:fees")
    days = params.at("disclosure.urge_days", ON).value
    assert days == 5
    # 2024-09-03 星期二,五个工作日到 9月10日,9月11日可以再催
    with pytest.raises(RuleBroken, match="2024-09-03由区政府办主管催过"):
        urge(office, unit, "duty:rules", "duty:fees", at=moment(2024, 9, 10))
    assert Urge.objects.count() == 1, "一件不能催,都不催"
    urge(office, unit, "duty:fees", at=moment(2024, 9, 11))
    assert todo(unit.clerk, date(2024, 9, 11))[0][1:] == ("第2次催", "stop")


def test_refused(office, unit, late):
    with pytest.raises(PermissionDenied):
        actions.urge(unit.agency, ["duty:fees"], by=unit.head, at=AT)
    for items, words in (([], "没有选"), (["duty:nothing"], "不是这个单位"), (["record:999999"], "不是这个单位")):
        with pytest.raises(RuleBroken, match=words):
            urge(office, unit, *items)
    other = Office("MH0303", "明湖区别的局")
    with pytest.raises(RuleBroken, match="不是这个单位"):
        urge(office, other, f"record:{late.pk}")
    assert not Urge.objects.exists()


def test_published_since_is_done(office, unit, late):
    unit.publish("document", title="早先的", made_on=date(2024, 7, 30), at=moment(2024, 8, 1))
    (duty, record) = urge(office, unit, "duty:fees", f"record:{late.pk}")
    assert urges.done([duty, record], AT) == {}
    after = moment(2024, 9, 6)
    unit.sign(late.editions.get(), at=after)
    record.record.refresh_from_db()
    assert urges.done([duty, record], after) == {record.pk: "2024-09-06公开"}
    assert [title for title, *_ in todo(unit.clerk, after.date())] == [str(duty)]


def test_an_item_published_since_or_approved_as_absent_is_done(office, unit):
    (first,) = urge(office, unit, "duty:planning")
    (second,) = urge(office, unit, "duty:fees")
    unit.publish("plan", fields={"plan_kind": "专项规划"}, at=moment(2024, 9, 6))
    actions.declare_absences(unit.agency, ["fees"], "没有收费", by=unit.clerk, at=moment(2024, 9, 6))
    at = moment(2024, 9, 9)
    assert urges.done([first, second], at) == {first.pk: "2024-09-06公开"}
    actions.judge_absences(unit.agency, ["fees"], True, by=office.office, at=at)
    assert urges.done([first, second], at)[second.pk] == "核准不涉及"
    (panel,) = urges.panels(unit.clerk, at.date())
    assert panel.count == 0


def test_a_row_is_of_one_thing(office, unit, late):
    for given in ({"duty": ""}, {"duty": "fees", "record": late}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Urge.objects.create(agency=unit.agency, by=office.office, at=AT, **given)


def test_pages(client, office, unit, late, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    monkeypatch.setattr(timezone, "localdate", lambda *a: ON)
    client.force_login(office.office)
    page = reverse("desk:urge", args=["MH0202"])
    shown = client.get(page, {"item": f"record:{late.pk}"}).content.decode()
    assert shown.count("checked") == 1 and "关于学区的通知" in shown
    assert client.post(page, {"note": ""}).status_code == 422
    assert client.post(page, {"items": ["duty:fees"], "note": "快"}).url == reverse("desk:urges")
    shown = client.get(page).content.decode()
    assert "近来催过" in shown and 'value="duty:fees"' not in shown
    listed = client.get(reverse("desk:urges")).content.decode()
    assert "区政府办主管" in listed and "没有</span>" in listed and "快" in listed
    client.force_login(unit.head)
    assert len(client.get(reverse("desk:urges")).context["page"].rows) == 1
    assert client.get(page).status_code == 403
    client.force_login(Office("MH0303", "明湖区别的局").head)
    assert not client.get(reverse("desk:urges")).context["page"].rows


def test_the_matrix_shows_one_kind_and_only_its_items(client, office, unit):
    Office("T1", "柳堤街道", kind="town")
    client.force_login(office.office)
    table = client.get(reverse("desk:catalogue")).context["table"]
    assert {row.agency.kind for row in table.rows} == {"department"}
    assert all(any(row.cells[nth] for row in table.rows) for nth in range(len(table.items)))
    page = client.get(reverse("desk:catalogue"), {"kind": "all"})
    assert len(page.context["table"].rows) == 3 and reverse("desk:urge", args=["MH0202"]) in page.content.decode()
    client.force_login(unit.people[Role.CLERK])
    assert "催：" not in client.get(reverse("desk:catalogue")).content.decode()


def test_each_page_leads_to_it_only_where_something_is_owed(client, office, unit, late, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    monkeypatch.setattr(timezone, "localdate", lambda *a: ON)
    unit.publish("document", title="关于放假的通知")
    client.force_login(office.office)
    leads = reverse("desk:urge", args=["MH0202"])

    def led(name, *given):
        return leads in client.get(reverse(f"desk:{name}", args=given)).content.decode()

    assert led("cell", "MH0202", "fees") and led("record", late.pk) and led("catalogue")
    assert not led("cell", "MH0202", "normative"), "刚公开过的不用催"
    assert led("reports_list")
    client.force_login(unit.head)
    assert not led("cell", "MH0202", "fees") and not led("record", late.pk) and not led("catalogue")
    assert not led("reports_list")
