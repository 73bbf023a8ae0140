"""什么人在哪个环节能办来信的什么:对照 ``tables/letter_acts.csv``,每个岗位、每个环节、每件事都按网址办一遍。

表里有的办得成,记下一条;表里没有的什么都不变。"""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from gongkai.engagement import actions
from gongkai.engagement.models import Letter
from gongkai.engagement.terms import Elsewhere, LetterState
from gongkai.engagement.views.letters import ACTS
from gongkai.law.agencies import Role
from gongkai.org.models import LogEntry
from tests.engagement.test_engagement import AT, NEXT, now, sent  # noqa: F401
from tests.records.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROWS = csv.reader((Path(__file__).parents[1] / "tables" / "letter_acts.csv").read_text("utf-8").splitlines()[1:])
TABLE = {key: (set(roles.split()), set(states.split())) for key, roles, states in ROWS}

ACTING = set().union(*(roles for roles, _ in TABLE.values()))


def letters(office, asked):
    """One letter in each state; whoever drafts is not among those who act."""
    by, stranger = {"by": office.colleague, "at": NEXT}, {"by": office.reviewer, "at": NEXT}
    found = {state: sent(office)[0] for state in ("received", "handling", "asked", "drafted", "replied")}
    found |= {state: sent(office)[0] for state in ("published", "declined", "converted", "merged")}
    for state, letter in found.items():
        if state not in ("received", "merged"):
            actions.accept(letter, **by)
    actions.ask_help(found["asked"], asked.agency, "归谁管", **by)
    for state in ("drafted", "replied", "published"):
        actions.draft_reply(found[state], "修好。", promise="复查", promise_on=date(2026, 9, 9), **by)
    for state in ("replied", "published"):
        actions.reply(found[state], answered_all=True, **stranger)
        actions.rate(found[state], 1, "", at=NEXT)
    actions.publish_letter(found["published"], "路灯", "坏了", "修好", **stranger)
    actions.decline(found["declined"], Elsewhere.HOTLINE, "请打热线", **by)
    actions.convert(found["converted"], Elsewhere.CORRECTION, "正在改", record=office.publish(at=AT), **by)
    actions.merge(found["merged"], found["replied"], **by)
    return {state: Letter.objects.get(pk=letter.pk) for state, letter in found.items()}


def test_every_act_in_every_state_by_every_role(client, now):  # noqa: F811
    office, asked, other = Office(), Office("MH0122", "明湖区城管局"), Office("MH0123", "明湖区水利局")
    office.reviewer = office.person("reviewer", "另一位负责人", Role.HEAD)
    found = letters(office, asked)
    assert set(TABLE) == set(ACTS)
    assert {letter.state for letter in found.values()} == {state for state, _ in LetterState.choices()}
    now(NEXT)
    into = sent(office)[0]
    filled = {
        "reason": "理由",
        "text": "修好。",
        "title": "路灯",
        "answer": "修好。",
        "answered_all": "on",
        "note": "说明",
        "where": "petition",
        "number": "XF-1",
        "days": "3",
        "into": into.number,
    }
    faults = []
    for role in Role:
        client.force_login(office.people[role])
        for state, letter in found.items():
            for key, (roles, states) in TABLE.items():
                if role.label not in ACTING and state not in states:
                    continue  # 岗位、环节都不对的不必再试
                data = filled | {"seen": letter.mark, "agency": other.agency.pk}
                before = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
                with transaction.atomic():
                    client.post(reverse("desk:engagement_act", args=[letter.pk, key]), data)
                    done = LogEntry.objects.filter(pk__gt=before).exists()
                    changed = Letter.objects.get(pk=letter.pk).revision != letter.revision
                    transaction.set_rollback(True)
                right = role.label in roles and state in states
                if (done, changed) != (right, right):
                    faults.append((role.label, state, key, done, changed))
    assert faults == []
