"""什么人在哪个环节能办决策卷、会议的什么:对照 ``tables/dossier_acts.csv``,每个岗位、每个环节、每件事都按网址办一遍。

表里有的办得成,记下一条;表里没有的什么都不变。外单位的人一样也办不成。
"""

from datetime import date
from functools import partial

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from gongkai.decisions import actions
from gongkai.decisions.models import Dossier, Meeting
from gongkai.desk import submitting
from gongkai.law.agencies import Role
from gongkai.law.decisions import Stage, Step
from gongkai.org.models import LogEntry, Membership, User
from tests import acts
from tests.decisions import test_pages
from tests.decisions.office import DISCUSSION, REVIEW, START, Council
from tests.decisions.test_pages import now  # noqa: F401
from tests.records.office import Office, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
table = partial(acts.table, "dossier_acts.csv")
SENT, REVIEWED, MET, HERE = (moment(2026, *when, 9) for when in ((9, 2), (9, 15), (9, 24), (9, 25)))
hold = test_pages.TestMeetings().hold


@pytest.fixture
def council(monkeypatch):
    # 这里看的是办成没有;没有办成的那一页长什么样,别处测
    monkeypatch.setattr(submitting, "render", lambda *_, status, **__: HttpResponse(status=status))
    made = Council()
    for role, person in made.office.people.items():
        Membership.objects.get_or_create(user=person, agency=made.government, role=role)
        made.office.people[role] = User.objects.get(pk=person.pk)
    made.stranger = Office("MH0123", "明湖区水利局").clerk
    return made


def walk(client, council, what, things, post):
    """Try every act in every state by everybody; what did not end as the table says."""
    allowed, faults = table(what), []
    first = {key: (state, min(roles)) for (key, state), roles in reversed(allowed.items())}
    people = [(role.label, council.office.people[role]) for role in Role] + [("外单位的信息员", council.stranger)]
    for who, person in people:
        client.force_login(person)
        for state, thing in things.items():
            for key, (sample, doer) in first.items():
                right = who in allowed.get((key, state), ())
                # 每个环节由办得了这件事的一个岗位试;别的岗位,每件事在一个环节试
                if who != doer and state != sample:
                    continue
                before = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
                with transaction.atomic():
                    post(client, thing, key)
                    done = LogEntry.objects.filter(pk__gt=before).exists()
                    transaction.set_rollback(True)
                if done is not right:
                    faults.append((who, state, key, done))
    return faults


def dossier_at(council, stage):
    """A dossier that is not for publication, so that every step of it is taken here, at a stage."""
    office, people = council.office, council.office.people
    made = council.dossier(start=False, title=stage.label, withheld_basis="工作秘密")
    enter = {
        Stage.REVIEW: lambda: council.step(made, Step.HAND_IN, at=SENT, by=office.clerk),
        Stage.REVIEWED: lambda: council.enter(
            made,
            "review",
            REVIEWED.date(),
            REVIEW | {"sent_on": "2026-09-02"},
            at=REVIEWED,
            by=people[Role.LEGAL_REVIEWER],
        ),
        Stage.DISCUSSED: lambda: [
            council.enter(made, "discussion", MET.date(), DISCUSSION, at=MET, by=people[Role.HEAD]),
            council.enter(made, "party", MET.date(), {"number": "明政请〔2026〕9号"}, at=MET),
        ],
        Stage.PUBLISHED: lambda: council.step(made, Step.PUBLISH, at=HERE),
    }
    if stage is Stage.DECLINED:
        return council.step(made, Step.DECLINE, at=START, reason="条件不成熟")
    if stage is not Stage.PROPOSED:
        council.step(made, Step.START, at=START)
    last = {Stage.SUSPENDED: Stage.PUBLISHED, Stage.ARCHIVED: Stage.PUBLISHED}.get(stage, stage)
    straight = list(enter)
    for reached in straight[: straight.index(last) + 1] if last in straight else ():
        enter[reached]()
    aside = {Stage.SUSPENDED: Step.SUSPEND, Stage.ARCHIVED: Step.ARCHIVE, Stage.ENDED: Step.END}
    if step := aside.get(stage):
        council.step(made, step, at=HERE, by=office.clerk if step is Step.ARCHIVE else office.head, reason="变化")
    return council.fresh(made)


def test_every_act_on_a_dossier_at_every_stage_by_every_role(client, council, now):  # noqa: F811
    things = {stage.value: dossier_at(council, stage) for stage in Stage}
    assert {key: made.stage for key, made in things.items()} == {stage.value: stage for stage in Stage}
    filled = (
        REVIEW
        | DISCUSSION
        | {"sent_on": "2026-09-02", "number": "1号", "unit": "甲", "list": "全", "reason": "理由"}
    )
    now(HERE)

    def post(client, dossier, key):
        name, *rest = key.split()
        data = filled | {"on": HERE.date(), "seen": Dossier.objects.get(pk=dossier.pk).mark}
        data |= {"conclusion": "达到预期"} if key == "enter evaluation" else {}
        data |= {"title": "改了的", "category": "policy", "withheld_basis": "工作秘密"} if key == "edit" else {}
        client.post(reverse(f"desk:decisions_{name}", args=[dossier.pk, *rest]), data)

    assert walk(client, council, "dossier", things, post) == []


def meeting_at(council, state, number):
    """A meeting that takes sign-ups, at a state; with one item on its agenda."""
    clerk, options = council.office.clerk, {"secret_basis": "涉及国家秘密"} if state == "secret" else {}
    meeting = hold(
        council, number=number, held_on=date(2026, 9, 24 if state in ("held", "published") else 29), **options
    )
    item = {"title": "公交", "reporter": council.office.agency, "result": "同意。"}
    actions.add_agenda(meeting, item, by=clerk, at=START)
    if state == "open":
        Meeting.objects.filter(pk=meeting.pk).update(signup_until=moment(2026, 9, 28))
    if state != "secret":
        actions.sign_up(meeting, {"name": "甲某", "phone": "1"}, "专家", "", at=START)
    if state in ("drawn", "held", "published"):
        actions.draw(meeting, by=clerk, at=moment(2026, 9, 21))
    if state == "published":
        council.office.sign(actions.draft_minutes(meeting, by=clerk, at=HERE), at=HERE)
    return Meeting.objects.get(pk=meeting.pk)


def test_every_act_on_a_meeting_in_every_state_by_every_role(client, council, now):  # noqa: F811
    states = ("open", "closed", "drawn", "held", "published", "secret")
    things = {state: meeting_at(council, state, number) for number, state in enumerate(states, 41)}
    now(HERE)

    def post(client, meeting, key):
        agenda, row = meeting.agenda.get(), meeting.representatives.first()
        pk = {"edit_agenda": agenda.pk, "remove_agenda": agenda.pk, "tell": row.pk if row else 0}.get(
            key, meeting.pk
        )
        data = {"title": "公交", "reporter": council.office.agency.pk, "opinion": "好", "reply": "采纳"}
        data |= {
            "kind": "executive",
            "term": 18,
            "number": meeting.number,
            "held_on": "2026-09-30",
            "place": "二楼",
        }
        data |= {"secret_basis": meeting.secret_basis, "seats": 0}
        client.post(reverse(f"desk:decisions_{key}", args=[pk]), data)

    assert walk(client, council, "meeting", things, post) == []
