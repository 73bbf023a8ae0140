"""什么人在哪个环节能办什么:对照 ``tables/foi_acts.csv``,每个岗位、每个环节、每件事都按网址办一遍(C38)。

表里有的办得成,记下一条;表里没有的什么都不变。"""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from gongkai.foi import actions, acts, papers
from gongkai.foi.actions.common import record
from gongkai.foi.models import Application, Letter
from gongkai.foi.views import case as view
from gongkai.foi.views import letters
from gongkai.law.agencies import Role
from gongkai.law.errors import LawError
from gongkai.org.models import LogEntry
from tests.foi.desk import PDF, Desk, fresh, moment

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FOLDER = Path(__file__).parents[1] / "tables"


def table(name):
    """First column → (岗位, 环节)."""
    rows = csv.reader((FOLDER / name).read_text("utf-8").splitlines()[1:])
    return {key: (set(roles.split()), set(states.split())) for key, roles, states in rows}


TABLE, LETTERS = table("foi_acts.csv"), table("foi_letters.csv")
#: 清除要保管期满,别的在答复以后不久。
NOW = {"erase": moment("2036-01-04")}
LATER = moment("2025-04-30")
ON = {"on": "2025-04-29"}
SOON = {"on": "2025-02-27"}


def data(key, desk):
    """What a person would fill in."""
    given = {
        "assign": {"to": desk.clerk.pk},
        "split": {"items": "甲\n乙"},
        "served": SOON | {"party": "甲公司"},
        "heard": ON | {"party": "甲公司", "agrees": "no", "reason": "商业秘密"},
        "secrecy": {"verdict": "pass", "text": "同意"},
        "legal": {"verdict": "pass", "text": "同意"},
        "paid": SOON | {"receipt": "1"},
        "counsel": {"text": "同意"},
        "consultation": {"text": "同意", "parties": "财政局"},
        "propose": {"title": "支出明细", "why": "多人申请"},
        "file": {"role": "evidence", "file": SimpleUploadedFile("a.pdf", PDF)},
    }
    return given.get(key, ON | {"reason": "理由", "note": "说明"})


def free(desk):
    return desk.submit("2025-02-20")


def given(desk):
    case = desk.submit("2025-02-20")
    actions.assign(case, desk.clerk, by=desk.head, at=moment("2025-02-21"))
    return case


def handling(desk):
    return desk.case("2025-02-20")


def inquiring(desk):
    case = desk.case("2025-02-20")
    desk.letter(case, "third_party", "2025-02-24", party="甲公司", content="报价")
    return case


def heard(desk):
    case = inquiring(desk)
    actions.served(case, "甲公司", date(2025, 2, 25), by=desk.clerk, at=moment("2025-02-25"))
    actions.heard(case, "甲公司", date(2025, 2, 26), "no", "商业秘密", by=desk.clerk, at=moment("2025-02-26"))
    return case


def correcting(desk):
    case = desk.case("2025-02-20")
    desk.letter(case, "correction", "2025-02-24", defects="年度不明", guidance="写明年度", days="15")
    return case


def paying(desk):
    case = desk.case("2025-02-20")
    desk.letter(case, "fee", "2025-02-24", basis="item", quantity="31", payment="到窗口缴纳")
    return case


def decided(desk):
    case = desk.case("2025-02-20")
    desk.decide(case, "not_held", "2025-02-24", facts={"search": "检索了2015年以来的档案"})
    desk.gates(case, "2025-02-24", "legal")
    draft = actions.draft(case, "reply", {}, by=desk.clerk, at=moment("2025-02-24", 15))
    actions.issue(draft, by=desk.head, at=moment("2025-02-24", 16))
    return case


def replied(desk):
    case = desk.case("2025-02-20")
    desk.provide(case, "2025-04-10")
    return case


def withdrawn(desk):
    case = desk.case("2025-02-20")
    actions.withdraw(case, date(2025, 2, 24), by=desk.clerk, at=moment("2025-02-24"))
    return case


def lapsed(desk):
    case = correcting(desk)
    actions.lapse(case, "correction_lapsed", date(2025, 4, 10), by=desk.clerk, at=moment("2025-04-10"))
    return case


def transferred(desk):
    case = desk.case("2025-02-20")
    record(case, "transferred", date(2025, 2, 24), by=desk.clerk, at=moment("2025-02-24"))
    return case


def ready(desk):
    """Decided and reviewed: nothing is missing but the reply."""
    case = desk.case("2025-02-20")
    desk.decide(case, "not_held", "2025-02-24", facts={"search": "检索了2015年以来的档案"})
    desk.gates(case, "2025-02-24", "legal")
    return case


STATES = (
    free,
    given,
    handling,
    inquiring,
    heard,
    correcting,
    paying,
    decided,
    replied,
    withdrawn,
    lapsed,
    transferred,
)


def test_the_table_names_every_act_and_every_state_is_reached():
    desk = Desk()
    assert set(TABLE) == set(acts.ACTS)
    reached = {fresh(make(desk)).state for make in STATES}
    assert reached == {key for key, _ in Application._meta.get_field("state").choices}


@pytest.mark.parametrize("key", acts.ACTS)
def test_c38_every_act_in_every_state_by_every_role(client, monkeypatch, key):
    desk, now = Desk(), NOW.get(key, LATER)
    roles, states = TABLE[key]
    monkeypatch.setattr(view.timezone, "now", lambda: now)
    monkeypatch.setattr(view.timezone, "localdate", lambda *a: now.date())
    cases = {make.__name__: fresh(make(desk)) for make in STATES}
    faults = []
    for role in Role:
        client.force_login(desk.people[role])
        for state, case in cases.items():
            before = LogEntry.objects.about(case).count()
            with transaction.atomic():
                seen = {"seen": actions.given_mark(case)}
                client.post(reverse("desk:foi_act", args=[case.pk, key]), data(key, desk) | seen)
                done = LogEntry.objects.about(case).count() > before
                moved = fresh(case).state != case.state
                transaction.set_rollback(True)
            right = role.label in roles and state in states
            if done != right or (moved and not right):
                faults.append((role.label, state, done))
    assert faults == []


#: 各种文书各项都填上的样子。
FILLED = {
    "defects": "年度不明",
    "guidance": "写明年度",
    "days": "10",
    "excess": "一个月四十件",
    "why": "要检索多年档案",
    "party": "乙公司",
    "content": "报价",
    "basis": "item",
    "quantity": "31",
    "payment": "到窗口缴纳",
}


def test_the_table_of_letters_names_every_letter_that_is_a_step():
    assert set(LETTERS) == {key for key, paper in papers.all().items() if paper.step}


@pytest.mark.parametrize("kind", LETTERS)
def test_c38_every_letter_in_every_state_by_every_role(client, monkeypatch, kind):
    """Whoever else drafted it, a letter is issued only by its signer, where the law lets its step be taken."""
    desk, now = Desk(), moment("2025-02-27")
    roles, states = LETTERS[kind]
    monkeypatch.setattr(letters.timezone, "now", lambda: now)
    monkeypatch.setattr(letters.timezone, "localdate", lambda *a: now.date())
    faults = []
    for make in (*STATES, ready):
        case = fresh(make(desk))
        by = desk.colleague if kind != "reply" else desk.clerk
        blanks = {blank.key: FILLED.get(blank.key, "甲") for blank in papers.get(kind).blanks}
        letter = Letter.objects.create(application=case, kind=kind, drafted_by=by, drafted_at=now, fields=blanks)
        try:
            seen = actions.signing_mark(letter, actions.preview(letter, now.date()))
        except LawError:
            seen = ""
        for role in Role:
            client.force_login(desk.people[role])
            with transaction.atomic():
                client.post(reverse("desk:foi_issue", args=[case.pk, letter.pk]), {"seen": seen})
                done = Letter.objects.get(pk=letter.pk).issued_at is not None
                moved = fresh(case).state != case.state
                transaction.set_rollback(True)
            right = role.label in roles and make.__name__ in states
            if done != right or (moved and not right):
                faults.append((role.label, make.__name__, done))
    assert faults == []


@pytest.mark.parametrize(
    "role, url, key, why",
    [
        ("head", "foi_act", "chase", "现在没有可以催办的"),
        ("clerk", "foi_draft", "reply", "还没有人承办"),
    ],
)
def test_a_refusal_is_told_even_where_there_is_nothing_to_fill_in(client, role, url, key, why):
    desk = Desk()
    case = free(desk)
    client.force_login(getattr(desk, role))
    refused = client.post(reverse(f"desk:{url}", args=[case.pk, key]), {"sent": "1"})
    assert refused.status_code == 422 and why in refused.content.decode()
