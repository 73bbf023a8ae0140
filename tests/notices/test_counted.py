"""推送自己会数的数:没有回音的不当作送达,回音迟到的也数得对;没有名录的不估。"""

from datetime import date, timedelta

import pytest

from gongkai.desk.figures import figures
from gongkai.notices.models import Message
from gongkai.notices.terms import Result, State
from gongkai.supervision import actions, counts
from tests.notices.post import AT, Box, deliver, happen, subscribed
from tests.records.office import Office

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 1)


@pytest.fixture
def office():
    return Office()


def whole(key, on=ON):
    found = counts.counted(on, [key])[key].whole
    return found.part, found.whole


def test_what_was_delivered_is_what_an_answer_says(office):
    for number in range(3):
        subscribed(f"a{number}@mh.example", at=AT - timedelta(days=1))
    happen(agency=office.agency)
    deliver(box=Box(Result.DELIVERED, Result.ACCEPTED, Result.UNKNOWN))
    assert whole("notices.delivered") == (1, 3)
    actions.keep(ON, figures())
    Message.objects.filter(state=State.ACCEPTED, happening__isnull=False).update(
        state=State.DELIVERED, delivered_at=AT + timedelta(hours=1)
    )
    assert whole("notices.delivered") == (2, 3), "回音不记操作记录,存着的不能照用"
    assert whole("notices.delivered", ON - timedelta(days=1)) == (0, 0)
    shown = figures()["notices.delivered"].things([office.agency.pk], ON)
    titles = {(one.title, one.note) for one in shown.shown(shown.rows)}
    assert titles == {("《关于停车的通知》", "电子邮件，已送达"), ("《关于停车的通知》", "电子邮件，未知")}


def test_without_a_register_nothing_is_measured(office):
    happen(key="1", agency=office.agency, estimated=200)
    happen(key="2", agency=office.agency)
    assert whole("notices.measured") == (1, 2)
