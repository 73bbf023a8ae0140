"""随便谁、按什么次序办,都办不出不合法的结果:两个公开版、没过关口就公开、自己批自己、悄悄变回公开。"""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.agencies import Role
from gongkai.law.errors import LawError
from gongkai.law.openness import Openness
from gongkai.records import actions
from gongkai.records.actions import derived
from gongkai.records.models import Edition, Record
from gongkai.records.terms import OPEN_STAGES, ReviewKind, Stage, Verdict
from tests.conftest import examples
from tests.records.office import AT, Office

PEOPLE = 5
NEXT = {Stage.DRAFT: "submit", Stage.RETURNED: "submit", Stage.FIRST: "first", Stage.SECOND: "second"}
OTHER = (
    "submit",
    "recall",
    "first",
    "second",
    "final",
    "secrecy",
    "send back",
    "save",
    "discard",
    "revise",
    "withhold",
    "retract",
    "repeal",
    "lift",
)
#: 三步里两步是往前走的下一步,不然随机的次序几乎走不到签发,测不出什么。
EVENTS = st.lists(
    st.tuples(
        st.one_of(st.just("onward"), st.just("hasty"), st.just("onward"), st.sampled_from(OTHER)),
        st.integers(0, PEOPLE - 1),
    ),
    min_size=12,
    max_size=40,
)


def onward(edition: Edition) -> str:
    """The step that leads on from where the edition is."""
    if edition.stage in NEXT:
        return NEXT[Stage(edition.stage)]
    if edition.stage == Stage.FINAL:
        return (
            "final" if edition.reviews.filter(kind="secrecy", valid=True, verdict="pass").exists() else "secrecy"
        )
    return "revise"


def act(event: str, record: Record, by, hands: dict[int, set[int]]) -> None:
    edition = record.editions.order_by("-nth").first()
    if event == "hasty":  # 往前走,但不管关口
        event = "final" if edition.stage == Stage.FINAL else onward(edition)
    event = onward(edition) if event == "onward" else event
    options = {"by": by, "at": AT}
    if event in ("submit", "recall"):
        getattr(actions, event)(edition, **options)
    elif event == "save":
        actions.save(edition, {"body": f"<p>{edition.revision}</p>"}, revision=edition.revision, **options)
        hands.setdefault(edition.pk, set()).add(by.pk)
    elif event == "withhold":
        values = {"openness": Openness.WITHHELD, "ground": "第十六条"}
        actions.save(edition, values, revision=edition.revision, **options)
        hands.setdefault(edition.pk, set()).add(by.pk)
    elif event == "discard":
        actions.discard(edition, reason="作废", **options)
    elif event == "revise":
        actions.revise(record, change_note="更正", **options)
    elif event == "retract":
        actions.withdraw(record, "retracted", reason="错", on=AT.date(), **options)
    elif event == "repeal":
        actions.withdraw(record, "repealed", reason="清理", basis="决定", on=AT.date(), **options)
    elif event == "lift":
        actions.lift(record, reason="恢复", **options)
    elif event == "send back":
        kind = edition.stage if edition.stage in ("first", "second", "final") else "secrecy"
        actions.judge(edition, ReviewKind(kind), Verdict.RETURN, "请改", **options)
    else:
        actions.judge(edition, ReviewKind(event), Verdict.PASS, **options)


def check(record: Record, hands: dict[int, set[int]]) -> None:
    """What must hold after every single step."""
    record.refresh_from_db()
    editions = record.editions.all()
    assert sum(one.stage == Stage.LIVE for one in editions) <= 1
    assert sum(one.stage in OPEN_STAGES for one in editions) <= 1
    for edition in editions:
        if edition.stage in (Stage.LIVE, Stage.SUPERSEDED):
            passed = {one.kind: one for one in edition.reviews.filter(valid=True, verdict=Verdict.PASS)}
            assert set(passed) == {"first", "second", "final", "secrecy"}
            assert {one.revision for one in passed.values()} == {edition.revision}
            writers = {edition.author_id} | hands.get(edition.pk, set())
            assert writers.isdisjoint(one.by_id for one in passed.values())
            assert len({passed[kind].by_id for kind in ("first", "second", "final")}) == 3
        if edition.stage in (Stage.DRAFT, Stage.RETURNED):
            assert not edition.reviews.filter(valid=True, verdict=Verdict.PASS).exists()
    live = record.live
    if record.published_at:
        assert live and live.openness == Openness.ACTIVE, "公开过的信息不会悄悄变成不公开(C103)"
    public = record.is_public(AT)
    assert public is Record.objects.public(AT).filter(pk=record.pk).exists()
    if public:
        assert live and live.openness == Openness.ACTIVE and record.title == live.title
        assert not record.withdrawals.filter(lifted_at=None).exclude(kind="repealed").exists()
    stored = {name: getattr(record, name) for name in derived.COLUMNS}
    derived.derive(record)
    assert {name: getattr(record, name) for name in derived.COLUMNS} == stored


@pytest.mark.django_db
def test_no_order_of_actions_makes_an_unlawful_state():
    office = Office()
    everything = (
        Role.CLERK,
        Role.FIRST_REVIEWER,
        Role.SECOND_REVIEWER,
        Role.FINAL_REVIEWER,
        Role.SECRECY_REVIEWER,
    )
    people = [office.person(f"p{n}", f"第{n}人", *everything) for n in range(PEOPLE)]
    reached: Counter[str] = Counter()

    @settings(max_examples=examples(120), suppress_health_check=list(HealthCheck))
    @given(EVENTS)
    def walk(events):
        with transaction.atomic():
            record = office.draft(by=people[0]).record
            hands: dict[int, set[int]] = {}
            for event, who in events:
                try:
                    with transaction.atomic():
                        act(event, record, people[who], hands)
                except (LawError, PermissionDenied):
                    reached["refused"] += 1
                    continue
                reached["done"] += 1
                check(record, hands)
            stages = list(record.editions.values_list("stage", flat=True))
            reached["signed"] += "live" in stages
            reached["corrected"] += "superseded" in stages
            transaction.set_rollback(True)

    walk()
    for what in ("done", "refused", "signed", "corrected"):
        assert reached[what], f"走了这么多步,没有一次{what}:这个测试什么也没有测到"
