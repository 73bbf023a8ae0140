"""装入新一年的放假安排:推定的最迟公开日随即重算,逐件记入操作记录,再跑一次没有变化(C08)。"""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from gongkai.law import calendar, params, watched
from gongkai.org.models import LogEntry
from gongkai.records import actions
from gongkai.records.actions import derived
from gongkai.records.models import Record
from tests.foi.desk import Desk, fresh
from tests.records.office import AT, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forget_calendars():
    yield
    calendar.extra(None)


def test_a_new_notice_moves_provisional_days(office, tmp_path):
    record = office.draft(made_on=moment(2026, 12, 21).date(), at=moment(2026, 12, 21)).record
    assert record.due_provisional
    before = record.publication_due_on
    days = [{"name": "元旦", "date": f"2027-01-{n:02}", "isOffDay": True} for n in (1, 2, 3, 4, 5)]
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"year": 2027, "papers": ["https://www.gov.cn/x"], "days": days}), "utf-8")
    out = io.StringIO()
    call_command("calendar", "add", str(file), stdout=out, stderr=io.StringIO())
    record.refresh_from_db()
    assert record.publication_due_on > before and not record.due_provisional
    entry = LogEntry.objects.filter(action="records.recount").get()
    assert str(before) in entry.summary and str(record.publication_due_on) in entry.summary
    again = io.StringIO()
    call_command("recount", stdout=again, stderr=io.StringIO())
    assert again.getvalue() == ""


def test_a_dry_run_changes_nothing(office):
    record = office.draft().record
    Record.objects.filter(pk=record.pk).update(publication_due_on="2030-01-01")
    out = io.StringIO()
    call_command("recount", "--dry-run", stdout=out, stderr=io.StringIO())
    assert record.index_number in out.getvalue()
    record.refresh_from_db()
    assert str(record.publication_due_on) == "2030-01-01"


def test_a_withdrawal_between_reading_and_writing_stands(office, monkeypatch):
    """The row that was read before the withdrawal once was written after it: what had been withdrawn was public again."""
    record = office.publish()
    Record.objects.filter(pk=record.pk).update(publication_due_on="2030-01-01")
    locked = derived.locked

    def withdrawn_meanwhile(stale):
        actions.withdraw(
            Record.objects.get(pk=record.pk), "retracted", by=office.head, at=AT, on=AT.date(), reason="内容有误"
        )
        return locked(stale)

    monkeypatch.setattr(derived, "locked", withdrawn_meanwhile)
    call_command("recount", stdout=io.StringIO(), stderr=io.StringIO())
    record.refresh_from_db()
    assert str(record.publication_due_on) != "2030-01-01"
    assert record.withdrawn == "retracted" and not Record.objects.public(AT).filter(pk=record.pk).exists()


def test_open_applications_move_at_once_and_are_listed(tmp_path):
    desk = Desk()
    case = desk.case("2026-12-21")
    before = fresh(case).due_on
    days = [{"name": "元旦", "date": f"2027-01-{n:02}", "isOffDay": True} for n in range(1, 9)]
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"year": 2027, "papers": ["https://www.gov.cn/x"], "days": days}), "utf-8")
    out = io.StringIO()
    call_command("calendar", "add", str(file), stdout=out, stderr=io.StringIO())
    after = fresh(case).due_on
    assert after > before and f"{case.number}\t{before} → {after}" in out.getvalue()


def test_a_running_process_sees_a_notice_that_another_installed(tmp_path, monkeypatch):
    """The site computed with the old notice until it was started anew."""
    monkeypatch.setattr(watched, "EVERY", 0)
    calendar.extra(tmp_path)
    assert not calendar.is_recorded(2027)
    text = calendar.from_holiday_cn(
        {
            "year": 2027,
            "papers": ["https://www.gov.cn/x"],
            "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}],
        }
    )
    (tmp_path / "2027.toml").write_text(text, "utf-8")
    assert calendar.is_recorded(2027) and calendar.explain_day(date(2027, 1, 1)).counted is False


def test_a_running_process_sees_changed_terms_of_the_office(tmp_path, monkeypatch):
    monkeypatch.setattr(watched, "EVERY", 0)
    own = tmp_path / "params.toml"
    params.override(own)
    on = date(2026, 10, 12)
    assert params.at("foi.chase_after", on).value == 7
    own.write_text(
        '["foi.chase_after"]\nvalues = [{ from = 2020-01-01, value = 3, source = "本区规定" }]', "utf-8"
    )
    assert params.at("foi.chase_after", on).value == 3
    own.unlink()
    assert params.at("foi.chase_after", on).value == 7
    params.override(None)
