"""救济:对答复不服的,向谁、在多少时间内、是否先要复议。按作出答复之日和答复的种类分支(law.md 8.1)。"""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date

from . import calendar, params
from .agencies import AgencyKind
from .replies import Group, outcomes
from .sources import cite, implements


@dataclass(frozen=True, slots=True)
class Remedy:
    """救济的告知。``review_first``:先复议,对复议决定不服才可以起诉;两个“最后一天”收到之日知道了才有。"""

    review_first: bool
    reviewer: str
    text: str
    review_due: date | None
    suit_due: date | None
    source: str


#: 行政复议法第二十三条第一款第四项:申请政府信息公开,行政机关不予公开。
_WITHHELD = frozenset({Group.REFUSED, Group.PARTIAL})
#: 依条例第三十六条第七项告知另行查询,不是依第十四条至第十六条不予公开。
_NOT_WITHHELD = frozenset({"special_law"})


@implements("reconsideration:20", "reconsideration:23", "litigation:45", "litigation:46")
def remedy(
    outcome: str,
    decided_on: date,
    *,
    kind: AgencyKind,
    government: str,
    above: str = "",
    court: str = "有管辖权的人民法院",
    received_on: date | None = None,
) -> Remedy:
    """What a reply must tell of remedies, by the law of the day on which it was made.

    Args:
        outcome: of the case (``replies.outcomes``).
        government: the government of the same level, which reviews its departments.
        above: the government or department one level up, which reviews the government itself or an agency under
            vertical lead; empty if not known.
        received_on: when the applicant got the reply, for the last days.
    """
    one = outcomes()[outcome]
    first = params.at("remedy.review_first", decided_on)
    review_days = params.at("remedy.review_days", decided_on)
    suit_months = params.at("remedy.suit_months", decided_on)
    after = params.at("remedy.suit_days_after_review", decided_on)
    review_first = bool(first.value) and one.group in _WITHHELD and outcome not in _NOT_WITHHELD
    reviewer = reviewed_by(kind, government, above)
    if review_first:
        text = (
            f"如对本答复不服，应当自收到本答复之日起{review_days.value}{review_days.unit}内先向{reviewer}申请行政复议；"
            f"对行政复议决定仍不服的，可以自收到行政复议决定书之日起{after.value}{after.unit}内向{court}提起行政诉讼。"
        )
        source = "、".join((review_days.source, first.source, after.source))
    else:
        text = (
            f"如对本答复不服，可以自收到本答复之日起{review_days.value}{review_days.unit}内向{reviewer}申请行政复议，"
            f"或者自收到本答复之日起{suit_months.value}{suit_months.unit}内直接向{court}提起行政诉讼。"
        )
        source = "、".join((review_days.source, suit_months.source))
    review_due = suit_due = None
    if received_on:
        review_due = _not_on_a_day_off(received_on + review_days.value * calendar.DAY)
        if not review_first:
            suit_due = _not_on_a_day_off(_months_after(received_on, suit_months.value))
    return Remedy(review_first, reviewer, text, review_due, suit_due, source)


@implements("reconsideration:24", "reconsideration:27")
def reviewed_by(kind: AgencyKind, government: str, above: str = "") -> str:
    """Who decides on the review: the government of the same level for its departments, the one above for a
    government; a town's government is reviewed by that of the county.

    >>> reviewed_by(AgencyKind.DEPARTMENT, "明湖区人民政府"), reviewed_by(AgencyKind.GOVERNMENT, "明湖区人民政府", "云州市人民政府")
    ('明湖区人民政府', '云州市人民政府')
    """
    if kind is AgencyKind.GOVERNMENT:
        return above or "上一级人民政府"
    return above or government


def answer_due(notified_on: date, *, simple: bool, provisional: bool = True) -> date:
    """The last day to hand in the written answer and evidence to the reviewing body (复议答复期限).

    Args:
        notified_on: the day on which the copy of the application for review came.
        simple: 适用简易程序 (政府信息公开案件可以适用).
    """
    name = "remedy.answer_days_simple" if simple else "remedy.answer_days_ordinary"
    return calendar.add(notified_on, params.at(name, notified_on).value, provisional=provisional)


def _months_after(day: date, count: int) -> date:
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


@implements("admin_procedure_interpretation:48")
def _not_on_a_day_off(day: date) -> date:
    """A last day on a holiday moves to the first day after it."""
    while not calendar.is_workday(day, provisional=True):
        day += calendar.DAY
    return day


def silence(government: str) -> str:
    """What an applicant may do when no answer came in time; the wording is for the legal officer to settle.

    The interpretation of 2025 names review and litigation both, the law on reconsideration puts review first for
    inaction (disputed).
    """
    return f"逾期没有答复的，申请人可以向{government}申请行政复议，也可以依法提起行政诉讼（{cite('litigation2025:2')}）。"
