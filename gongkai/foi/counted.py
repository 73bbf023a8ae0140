"""依申请公开自己会数的数(``desk.figures``):按时答复、转主动公开的审核、满意度、会商、审查、法律顾问、收费、信访类。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, answered_or_owed, first_day, of_rows, of_things
from gongkai.desk.moments import end_of, start_of
from gongkai.law import fees, replies
from gongkai.law.errors import NotInForce
from gongkai.law.fees import Basis

from .models import Application, Conversion, Fee, Opinion, Rating
from .terms import ConversionStage, OpinionKind, Verdict

#: 评价几分以上算满意(满分五分)。
SATISFIED = 4


def _answered(agencies: Sequence[int], on: date) -> QuerySet[Application]:
    """Answered in the year by that day, or run out in it unanswered; not what was closed otherwise by then."""
    rows = Application.objects.filter(
        answered_or_owed(on, answered="answered_on", due="due_on"), agency__in=agencies
    )
    return rows.exclude(answered_on=None, closed_on__lte=on)


def _timely(rows: QuerySet[Application], on: date) -> QuerySet[Application]:
    return rows.filter(answered_on__range=(first_day(on), on), late=False)


def _proposed(agencies: Sequence[int], on: date) -> QuerySet[Conversion]:
    rows = Conversion.objects.filter(application__agency__in=agencies).select_related("application")
    return rows.filter(proposed_at__range=(start_of(on.year), end_of(on)))


def _decided(rows: QuerySet[Conversion], on: date) -> QuerySet[Conversion]:
    return rows.exclude(stage=ConversionStage.PROPOSED).filter(decided_at__lte=end_of(on))


def _rated(agencies: Sequence[int], on: date) -> QuerySet[Rating]:
    rows = Rating.objects.filter(application__agency__in=agencies).select_related("application")
    return rows.filter(at__range=(start_of(on.year), end_of(on)))


def _heard(*kinds: OpinionKind, on: date, passed: bool = False) -> Exists:
    """Whether an opinion of one of these kinds that holds was given on a case by that day."""
    rows = Opinion.objects.filter(application=OuterRef("pk"), kind__in=kinds, valid=True, at__lte=end_of(on))
    return Exists(rows.filter(verdict=Verdict.PASS) if passed else rows)


def _conferred(agencies: Sequence[int], on: date) -> QuerySet[Application]:
    return _answered(agencies, on).filter(_heard(OpinionKind.CONSULTATION, on=on))


def _to_review(agencies: Sequence[int], on: date) -> QuerySet[Application]:
    """Answered in the year by that day in a way that asks for a review of its legality before it is signed."""
    rows = Application.objects.filter(agency__in=agencies, answered_on__range=(first_day(on), on))
    return rows.filter(outcome__in=replies.needing("legal"))


def _fees(agencies: Sequence[int], on: date) -> list[Shown]:
    """Fees of which somebody was told in the year by that day; those that the tariff gives count."""
    rows = Fee.objects.filter(application__agency__in=agencies, notified_on__range=(first_day(on), on))
    found = []
    for row in rows.select_related("application"):
        right = _by_tariff(row)
        note = f"收{row.yuan}元" + (
            "" if right == row.yuan else f"，按标准是{right}元" if right else "，按标准不收"
        )
        found.append(_case(row, right == row.yuan, note))
    return found


def _by_tariff(fee: Fee) -> Decimal:
    """What the tariff of the day of receipt gives for this fee; nothing where there was none."""
    price = fees.item_price if fee.basis == Basis.BY_ITEM else fees.pages_total
    try:
        return price(fee.quantity, fee.application.received_on)
    except NotInForce:
        return Decimal(0)


def _closed(agencies: Sequence[int], on: date) -> QuerySet[Application]:
    return Application.objects.filter(agency__in=agencies, counted_on__range=(first_day(on), on))


def _case(row: Any, counts: bool, note: str = "") -> Shown:
    """A case by its number alone: what was asked for may tell of a person."""
    case = row if isinstance(row, Application) else row.application
    return Shown(case.number, reverse("desk:foi_case", args=[case.pk]), case.agency_id, counts, note)


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_answered,
        meeting=_timely,
        owner="agency",
        show=_case,
        key="foi.timely",
        label="依申请公开按时答复率",
        above="按时答复的申请",
        below="当年答复和到期没有答复的申请",
        clauses=("12.1",),
        follows=("foi",),
        local=True,
    ),
    of_rows(
        rows=_proposed,
        meeting=_decided,
        owner="application__agency",
        show=_case,
        key="foi.converted",
        label="转主动公开审核率",
        above="已经审核的",
        below="当年提出转为主动公开的",
        clauses=("12.2",),
        follows=("foi",),
        local=True,
    ),
    of_rows(
        rows=_rated,
        meeting=lambda rows, on: rows.filter(score__gte=SATISFIED),
        owner="application__agency",
        show=_case,
        key="foi.satisfied",
        label="依申请公开满意度",
        above=f"评价{SATISFIED}分以上的",
        below="当年收到的评价（满分五分）",
        clauses=("0.1", "3.5"),
        follows=("foi",),
        local=True,
    ),
    of_rows(
        rows=_conferred,
        meeting=_timely,
        owner="agency",
        show=_case,
        key="foi.conferred",
        label="联合会商的申请按时答复率",
        above="按时答复的",
        below="当年答复和到期没有答复、会商过的申请",
        clauses=("12.3",),
        follows=("foi",),
        local=True,
        note="哪些申请要会商由机关判断，不定比例。",
    ),
    of_rows(
        rows=_to_review,
        meeting=lambda rows, on: rows.filter(_heard(OpinionKind.LEGAL, on=on, passed=True)),
        owner="agency",
        show=_case,
        key="foi.reviewed",
        label="答复合法性审查率",
        above="有通过的法制审核意见的",
        below="当年的答复里签发以前要法制审核的",
        clauses=("12.4",),
        follows=("foi",),
        local=True,
    ),
    of_rows(
        rows=_to_review,
        meeting=lambda rows, on: rows.filter(_heard(OpinionKind.COUNSEL, on=on)),
        owner="agency",
        show=_case,
        key="foi.counsel",
        label="法律顾问参与率",
        above="登记了法律顾问意见的",
        below="当年的答复里签发以前要法制审核的",
        clauses=("12.4",),
        follows=("foi",),
        local=True,
        note="方案说“积极引入”，没有定比例。",
    ),
    of_things(
        _fees,
        key="foi.fees",
        label="信息处理费计算正确率",
        above="金额同收费标准算出的一致的",
        below="当年通知收费的申请",
        clauses=("12.5",),
        follows=("foi",),
        local=True,
        note="按登记的件数、页数和收到之日的标准重算。",
    ),
    of_rows(
        rows=_closed,
        meeting=lambda rows, on: rows.filter(counted_outcome="petition"),
        owner="agency",
        show=_case,
        key="foi.petitions",
        label="信访举报投诉类申请占比",
        above="按信访、举报、投诉类处理的",
        below="当年办结的申请",
        clauses=("12.6",),
        follows=("foi",),
        more_is_better=False,
        local=True,
    ),
)
