"""什么人在哪个环节能办活动的什么:对照 ``tables/event_acts.csv``,每个岗位、每个环节、每件事都按网址办一遍。

表里有的办得成,记下一条;表里没有的什么都不变。
"""

import csv
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Event, Signup
from gongkai.engagement.terms import EventKind
from gongkai.law.agencies import Role
from gongkai.org.models import LogEntry
from tests.engagement.test_engagement import AT, NEXT, now, office  # noqa: F401
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PATH = Path(__file__).parents[1] / "tables" / "event_acts.csv"
TABLE = {
    key: (set(roles.split()), set(states.split()))
    for key, roles, states in csv.reader(PATH.read_text("utf-8").splitlines()[1:])
}
VIEWS = {key: f"engagement_{key}" for key in TABLE} | {"edit": "engagement_edit_event"}
ENDS = {"over": 5, "held": 5}
HERE = moment(2026, 9, 16, 9)


def event(office, state):  # noqa: F811
    """One event that stands at this step on the sixteenth of September."""
    day = ENDS.get(state, 20)
    values = {
        "title": f"开放日{state}",
        "place": "城西水厂",
        "starts_at": moment(2026, 9, day, 9),
        "ends_at": moment(2026, 9, day, 11),
        "seats": 1,
        "signup_until": moment(2026, 9, 18 if state == "open" else 15 if day == 20 else 3, 18),
        "selection": "first" if state in ("open", "over", "held") else "draw",
    }
    made = actions.hold_event(office.agency, EventKind.OPEN_DAY, values, by=office.colleague, at=AT)
    if state != "draft":
        office.sign(actions.draft_notice(made, by=office.colleague, at=AT), at=AT)
        made = Event.objects.get(pk=made.pk)
        for name in ("甲某", "乙某"):
            actions.sign_up(made, {"name": name, "reach": "0571-00000001"}, at=NEXT)
    if state == "drawn":
        actions.draw(made, by=office.colleague, at=HERE)
    if state == "held":
        actions.finish_event(made, 1, "没有收到意见", by=office.colleague, at=HERE)
    return Event.objects.get(pk=made.pk)


def test_every_act_in_every_state_by_every_role(client, now):  # noqa: F811
    office, other = Office(), Office("MH0122", "明湖区民政局")  # noqa: F811
    found = {state: event(office, state) for state in ("draft", "open", "closed", "drawn", "over", "held")}
    now(HERE)
    filled = {
        "title": "开放日",
        "place": "城西水厂",
        "starts_at": "2026-09-20T09:00",
        "ends_at": "2026-09-20T11:00",
        "selection": "first",
        "seats": "3",
        "signup_until": "2026-09-18T18:00",
        "attended": "2",
        "outcome": "没有收到意见",
    }
    before = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    faults = []
    for who, own in ((office, True), (other, False)):
        for role in Role:
            client.force_login(who.people[role])
            for state, one in found.items():
                came = list(Signup.objects.filter(event=one, state="in").values_list("number", flat=True))
                for key, (roles, states) in TABLE.items():
                    with transaction.atomic():
                        client.post(reverse(f"desk:{VIEWS[key]}", args=[one.pk]), filled | {"came": came})
                        done = LogEntry.objects.filter(pk__gt=before).exists()
                        transaction.set_rollback(True)
                    reaches = own or role in (Role.OFFICE, Role.INSPECTOR)
                    if done is not (reaches and role.label in roles and state in states):
                        faults.append((own, role.label, state, key, done))
    assert {str(one) for one in faults} == set()
