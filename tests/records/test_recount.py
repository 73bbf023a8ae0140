"""装入新一年的放假安排:推定的最迟公开日随即重算,逐件记入操作记录,再跑一次没有变化(C08)。"""

import io
import json

import pytest
from django.core.management import call_command

from gongkai.law import calendar
from gongkai.org.models import LogEntry
from gongkai.records.models import Record
from tests.records.office import moment

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
