"""符合不符合:几种固定的条件,拿回答去对,说出每一条符合、不符合还是不清楚。不碰数据库,不记回答。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.law.errors import RuleBroken
from gongkai.law.terms import Term

from .amounts import number

#: 公众的回答:问题的键 → 读好的值;没有回答的不在里面。
Answer = bool | str | Decimal | date
Answers = Mapping[str, Answer]


class Audience(Term):
    """政策给谁。"""

    PERSON = "person", "个人和家庭"
    ENTERPRISE = "enterprise", "企业和其他单位"


class FactKind(Term):
    """问题的类型,也是条件的类型。"""

    YES_NO = "yes_no", "是或者否"
    CHOICE = "choice", "选一项"
    NUMBER = "number", "数"
    PLACE = "place", "地方"
    DATE = "date", "日期"


class Verdict(Term):
    """对一条条件、一件政策的判断。"""

    FITS = "fits", "符合"
    NOT = "not", "不符合"
    UNKNOWN = "unknown", "还不清楚"


@dataclass(frozen=True, slots=True)
class Need:
    """一条条件要什么:是否(``yes``)、可选的几项(``among``)、数的上下限(含)、日期的起止(含)。"""

    fact: str
    kind: FactKind
    yes: bool = True
    among: frozenset[str] = frozenset()
    low: Decimal | None = None
    high: Decimal | None = None
    since: date | None = None
    until: date | None = None
    group: int = 0

    @classmethod
    def read(cls, fact: str, kind: str, wants: Mapping[str, Any], group: int = 0) -> Need:
        """From what is stored. Raises RuleBroken if it asks for nothing."""
        of = FactKind.from_value(kind)
        if of is FactKind.YES_NO:
            return cls(fact, of, yes=bool(wants.get("yes", True)), group=group)
        if of in (FactKind.CHOICE, FactKind.PLACE):
            among = frozenset(str(one) for one in wants.get("among", []))
            if not among:
                raise RuleBroken("条件没有写哪几项符合", fix="请写明符合的选项。")
            return cls(fact, of, among=among, group=group)
        if of is FactKind.NUMBER:
            low, high = (number(wants[key]) if wants.get(key) else None for key in ("low", "high"))
            _some(low, high)
            return cls(fact, of, low=low, high=high, group=group)
        since, until = (_day(wants.get(key)) for key in ("since", "until"))
        _some(since, until)
        return cls(fact, of, since=since, until=until, group=group)

    def holds(self, answer: Answer) -> bool:
        """Whether an answer meets it; the answer is of this kind."""
        if isinstance(answer, bool):
            return answer is self.yes
        if isinstance(answer, str):
            return answer in self.among
        if isinstance(answer, Decimal):
            return (self.low is None or answer >= self.low) and (self.high is None or answer <= self.high)
        return (self.since is None or answer >= self.since) and (self.until is None or answer <= self.until)

    def judge(self, answers: Answers) -> Verdict:
        """Fits, does not, or nobody knows yet."""
        if self.fact not in answers:
            return Verdict.UNKNOWN
        return Verdict.FITS if self.holds(answers[self.fact]) else Verdict.NOT


def judge(tests: Iterable[Need], answers: Answers) -> Verdict:
    """A whole policy: every test of group 0 must hold, and of each other group at least one.

    >>> old = Need("age", FactKind.NUMBER, low=Decimal(80))
    >>> judge([old], {"age": Decimal(81)}).label, judge([old], {}).label
    ('符合', '还不清楚')
    """
    groups: dict[int, list[Verdict]] = defaultdict(list)
    for test in tests:
        groups[test.group].append(test.judge(answers))
    found = [*groups.pop(0, []), *(_either(group) for group in groups.values())]
    if Verdict.NOT in found:
        return Verdict.NOT
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else Verdict.FITS


def _either(verdicts: list[Verdict]) -> Verdict:
    if Verdict.FITS in verdicts:
        return Verdict.FITS
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.NOT


def _some(first: object, second: object) -> None:
    if first is None and second is None:
        raise RuleBroken("条件没有写界限", fix="请填下限或者上限，至少一个。")


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        raise RuleBroken(f"“{str(text)[:20]}”不是日期", fix="请按年-月-日填写。") from None
