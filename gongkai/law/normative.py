"""行政规范性文件:效力变动一行一行记,由此算出任何一天的有效性和文本;统一编号;有效期(law.md 7.1、7.4)。

施行、修改、废止各是一行(``Effect``),日期不明的写“最迟不晚于”。有效性不存,任何一天都从这些行里算。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from . import params
from .errors import NotInForce, RuleBroken
from .terms import Term
from .validity import Change, Validity, validity


class EffectKind(Term):
    """效力变动的一种。``label`` 是动词。"""

    COMMENCE = "commence", "施行"
    COMMENCE_PART = "commence_part", "部分条款施行"
    AMEND = "amend", "修改"
    REPEAL_PART = "repeal_part", "废止部分条款"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "宣布失效"
    SUSPEND = "suspend", "暂停执行"
    RESUME = "resume", "恢复执行"
    EXTEND = "extend", "延长有效期"
    KEEP = "keep", "继续有效"

    @property
    def ends(self) -> bool:
        """Whether the whole paper stops being in force."""
        return self in (EffectKind.REPEAL, EffectKind.LAPSE)

    @property
    def changes_text(self) -> bool:
        """Whether the words of the paper become others."""
        return self in (EffectKind.AMEND, EffectKind.REPEAL_PART)


@dataclass(frozen=True, slots=True)
class Effect:
    """一次效力变动。

    ``on`` 起算之日,不明的是 None,那时 ``by`` 是最迟不晚于的一天;``until`` 是延长到哪天;``articles`` 是哪几条;
    ``edition`` 是变动以后的文本是第几版,没有整理出来的是 None。
    """

    kind: EffectKind
    on: date | None
    by: date | None = None
    until: date | None = None
    articles: str = ""
    edition: int | None = None

    @property
    def sure(self) -> date | None:
        """From which day it has certainly begun."""
        return self.on or self.by

    def has_begun(self, day: date) -> bool:
        """Whether it has certainly begun on a day."""
        return self.sure is not None and self.sure <= day

    def may_have_begun(self, day: date) -> bool:
        """Whether on a day nobody can tell: its own day is unknown and the latest possible one still to come."""
        return self.on is None and not self.has_begun(day)


@dataclass(frozen=True, slots=True)
class State:
    """某日的有效性,和那一天说不准的变动(日期不明)。"""

    validity: Validity
    doubts: tuple[Effect, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether nothing of unknown date could change it."""
        return not self.doubts


def expiry(day: date, expires_on: date | None, effects: Iterable[Effect]) -> date | None:
    """The last day in force as it stood on ``day``: an extension decided in time moves it, one decided after the end
    revives the paper only from its own day on.

    >>> late = Effect(EffectKind.EXTEND, date(2021, 3, 1), until=date(2025, 12, 31))
    >>> [expiry(date(2021, month, 15), date(2020, 12, 31), [late]).year for month in (1, 4)]
    [2020, 2025]
    """
    last = expires_on
    extensions = [one for one in effects if one.kind is EffectKind.EXTEND and one.until and one.sure]
    for effect in sorted(extensions, key=lambda extension: extension.sure or date.max):
        if last is None or (effect.sure or date.max) <= last or effect.has_begun(day):
            last = effect.until
    return last


def state_at(
    day: date, effects: Sequence[Effect], *, effective_on: date | None = None, expires_on: date | None = None
) -> State:
    """What a normative document's validity is on a day, from its own dates and the rows of what happened to it.

    Args:
        effective_on: 文件自己写的施行日期; a row 施行 takes its place.
        expires_on: 文件自己写的有效期至.

    >>> state_at(date(2024, 1, 2), [Effect(EffectKind.REPEAL, None, by=date(2024, 6, 1))]).certain
    False
    """
    begun = [one for one in effects if one.has_begun(day)]
    starts = [one.sure for one in effects if one.kind is EffectKind.COMMENCE and one.sure]
    ends = [one.sure for one in effects if one.kind is EffectKind.REPEAL and one.sure]
    lapses = [one.sure for one in effects if one.kind is EffectKind.LAPSE and one.sure]
    kinds = {EffectKind.AMEND: Validity.AMENDED, EffectKind.REPEAL_PART: Validity.PARTLY}
    found = validity(
        day,
        effective_on=min(starts) if starts else effective_on,
        expires_on=expiry(day, expires_on, effects),
        repealed_on=min(ends) if ends else None,
        changes=tuple(Change(kinds[one.kind], one.sure) for one in begun if one.kind in kinds and one.sure),
    )
    if found is not Validity.REPEALED and lapses and min(lapses) <= day:
        found = Validity.EXPIRED
    if found is Validity.PENDING and any(one.kind is EffectKind.COMMENCE_PART for one in begun):
        found = Validity.PART_BEGUN
    if found.binds and _suspended(day, begun):
        found = Validity.SUSPENDED
    doubts = tuple(one for one in effects if one.may_have_begun(day) and one.kind is not EffectKind.KEEP)
    return State(found, doubts)


def _suspended(day: date, begun: list[Effect]) -> bool:
    """Whether the latest of the suspensions and resumptions is a suspension that has not run out."""
    turns = [one for one in begun if one.kind in (EffectKind.SUSPEND, EffectKind.RESUME)]
    last = max(turns, key=lambda turn: turn.sure or date.min, default=None)
    return last is not None and last.kind is EffectKind.SUSPEND and (last.until is None or day <= last.until)


@dataclass(frozen=True, slots=True)
class Text:
    """某日的文本:第几版;``behind`` 是已经生效、文本里还没有整理进去的修改。"""

    edition: int | None
    behind: tuple[Effect, ...] = ()


def text_at(day: date, editions: Sequence[int], effects: Sequence[Effect]) -> Text:
    """Which edition holds the words of a document on a day (文本溯往).

    A correction (更正) takes the place of the text it corrects, from the beginning; an amendment brings a new text from
    its own day on.

    Args:
        editions: the numbers of the signed editions, in any order.

    >>> amended = Effect(EffectKind.AMEND, date(2020, 1, 1), edition=3)
    >>> [text_at(date(year, 6, 1), [1, 2, 3, 4], [amended]).edition for year in (2019, 2020)]
    [2, 4]
    """
    changes = sorted(
        (one for one in effects if one.kind.changes_text and one.sure), key=lambda effect: effect.sure or day
    )
    texts = [one for one in changes if one.edition is not None]
    begun = [one for one in texts if one.has_begun(day)]
    last = max(begun, key=lambda effect: effect.edition or 0, default=None)
    later = [one.edition for one in texts if one.edition and one.edition > ((last.edition or 0) if last else 0)]
    low, high = (last.edition or 0) if last else 0, min(later, default=None)
    fitting = [nth for nth in editions if nth >= low and (high is None or nth < high)]
    since = last.sure if last else None
    behind = tuple(
        one
        for one in changes
        if one.edition is None and one.has_begun(day) and (since is None or (one.sure or day) > since)
    )
    return Text(max(fitting, default=None), behind)


def register_number(year: int, seq: int, on: date) -> str:
    """The unified number of a normative document (统一编号).

    >>> register_number(2024, 7, date(2024, 1, 2))
    'ZJMH00-2024-0007'
    """
    return f"{params.at('normative.register_code', on).value}-{year}-{seq:04d}"


_TRIAL = re.compile(r"暂行|试行")


def term_findings(title: str, effective_on: date | None, expires_on: date | None) -> list[RuleBroken]:
    """What is wrong with the term of a document (有效期): none, or longer than is allowed. Findings, nothing is raised.

    >>> [one.what for one in term_findings("停车试行办法", date(2024, 1, 1), date(2028, 12, 31))]
    ['有效期到2028-12-31,超过2年']
    """
    if effective_on is None:
        return []
    name = "normative.trial_years" if _TRIAL.search(title) else "normative.term_years"
    try:
        allowed = params.at(name, effective_on)
    except NotInForce:
        return []
    if expires_on is None:
        return [
            RuleBroken("没有写有效期", source=allowed.source, fix=f"一般不超过{allowed.value}{allowed.unit}。")
        ]
    limit = _years_on(effective_on, allowed.value)
    if expires_on >= limit:
        return [
            RuleBroken(
                f"有效期到{expires_on},超过{allowed.value}{allowed.unit}",
                source=allowed.source,
                fix="请核对有效期。",
            )
        ]
    return []


def _years_on(day: date, years: int) -> date:
    """The same day some years on; 1 March for 29 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def reminder(expires_on: date, on: date) -> int | None:
    """How many days are left, if this is one of the days on which to remind; None on other days.

    >>> reminder(date(2024, 1, 31), date(2024, 1, 1)), reminder(date(2024, 1, 31), date(2024, 1, 2))
    (30, None)
    """
    left = (expires_on - on).days
    return left if left in params.at("normative.remind_days", on).value else None


class Outcome(Term):
    """清理的结论。"""

    KEEP = "keep", "继续有效"
    AMEND = "amend", "拟修改"
    REPEAL = "repeal", "废止"
    LAPSE = "lapse", "宣布失效"
