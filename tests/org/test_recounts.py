"""装入放假安排:各应用存着的、还没有办完的期限当场重算,逐件说出来、记下来;办完的、告知过的不动(B7)。"""

import io
import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from gongkai.engagement.models import Letter
from gongkai.law import calendar
from gongkai.law import engagement as letters
from gongkai.law.engagement import LetterKind
from gongkai.law.opendata import using
from gongkai.opendata.models import Demand
from gongkai.org.models import Agency, LogEntry
from gongkai.questions.models import Question

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 28, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def forget_calendars():
    yield
    calendar.extra(None)


@pytest.fixture
def agency(db):
    return Agency.objects.create(code="MH0901", name="明湖区某局")


def install(tmp_path) -> str:
    """A notice that makes the first twelve days of 2027 a holiday."""
    days = [{"name": "元旦", "date": f"2027-01-{n:02}", "isOffDay": True} for n in range(1, 13)]
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"year": 2027, "papers": ["https://www.gov.cn/x"], "days": days}), "utf-8")
    out = io.StringIO()
    call_command("calendar", "add", str(file), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def letter(agency, number, **more):
    due = letters.letter_due(LetterKind.CONSULT, AT.date()).due
    given = {"kind": LetterKind.CONSULT, "number": number, "received_at": AT, "due_on": due}
    return Letter.objects.create(agency=agency, title="问", text="问", **given | more)


def test_everything_that_waits_moves_at_once(agency, tmp_path):
    demand = Demand.objects.create(
        number="D1", agency=agency, title="要数据", received_at=AT, due_on=using.demand_due(AT.date()).due
    )
    question = Question.objects.create(
        kind="policy", number="P1", agency=agency, text="问", asked_at=AT, due_on=date(2026, 12, 31)
    )
    waiting = letter(agency, "L1")
    before = {one: one.due_on for one in (demand, question, waiting)}
    said = install(tmp_path)
    for one in before:
        one.refresh_from_db()
        assert one.due_on > before[one], one
    assert waiting.due_on == letters.letter_due(LetterKind.CONSULT, AT.date()).due
    assert all(f"{number}\t" in said for number in ("D1", "P1", "L1"))
    assert LogEntry.objects.filter(action="org.recount", agency=agency).count() == 3
    assert f"由{before[waiting]}改为{waiting.due_on}" in "".join(
        LogEntry.objects.filter(action="org.recount").values_list("summary", flat=True)
    )


def test_what_is_answered_or_was_told_its_day_stays(agency, tmp_path):
    kept = [
        letter(agency, "L2", state="replied", replied_at=AT + timedelta(hours=1)),
        letter(agency, "L3", extended_reason="要会商"),
        Question.objects.create(
            kind="policy",
            number="P2",
            agency=agency,
            text="问",
            asked_at=AT,
            due_on=date(2026, 12, 31),
            state="answered",
        ),
    ]
    before = [one.due_on for one in kept]
    assert "L2" not in install(tmp_path)
    for one in kept:
        one.refresh_from_db()
    assert [one.due_on for one in kept] == before


def test_one_that_is_answered_meanwhile_is_left_alone(agency):
    from gongkai.org.actions import move_days

    one = letter(agency, "L4")
    rows = Letter.objects.open()

    def due(found):
        raise AssertionError("已经办完的不该再算")

    pks = rows.order_by("pk")
    Letter.objects.filter(pk=one.pk).update(state="replied")
    assert move_days(pks, due, unit=lambda found: found.agency, at=AT) == []
