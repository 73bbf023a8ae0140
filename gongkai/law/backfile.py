"""历史信息:形成时适用哪一部规则,底数怎样数,开放审核逐项的次序,抽检多少件。"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from . import params
from .errors import RuleBroken
from .grounds import grounds
from .sources import cite, implements
from .terms import Term


class Period(Term):
    """信息形成时的规则,四段。"""

    NONE = "none", "没有公开规则"
    LOCAL = "local", "宁波市的规定"
    FORMER = "former", "2007年条例"
    PRESENT = "present", "现行条例"


@dataclass(frozen=True, slots=True)
class Statute:
    """形成时的规则:依据,旧的公开属性怎样看,旧的索引号、答复期怎样读。现在能不能公开,一律按现行的法审。"""

    period: Period
    source: str
    attributes: tuple[str, ...]
    reading: str


_THREE = ("主动公开", "依申请公开", "免予公开")
_STATUTES = (
    (
        date(2019, 5, 15),
        Statute(
            Period.PRESENT, cite("ogi"), ("主动公开", "依申请公开", "不予公开"), "公开属性、索引号照现行的规定读。"
        ),
    ),
    (
        date(2008, 5, 1),
        Statute(
            Period.FORMER,
            f"{cite('ogi2007')}、{cite('ningbo124')}",
            _THREE,
            "“免予公开”不能直接照搬成“不予公开”，要重新审；旧的答复期是十五个工作日。",
        ),
    ),
    (
        date(2004, 11, 1),
        Statute(
            Period.LOCAL, cite("ningbo124"), _THREE, "主动公开的范围按当时市里规定的清单；索引号可能是六段的。"
        ),
    ),
)
_BEFORE = Statute(Period.NONE, "当时没有公开条例", (), "只作登记；公开与否按现行的法重新审。")


def statute_at(formed_on: date) -> Statute:
    """The rules under which information of this day was made: only for reading its old marks.

    >>> [statute_at(date(year, 6, 1)).period.value for year in (2003, 2005, 2009, 2020)]
    ['none', 'local', 'former', 'present']
    """
    return next((statute for since, statute in _STATUTES if since <= formed_on), _BEFORE)


# --- 底数 ---


@dataclass(frozen=True, slots=True)
class Milestone:
    """一个里程碑:哪年以来的,哪天以前完成。"""

    since: int
    by: date


def milestones(on: date) -> list[Milestone]:
    """The milestones, the nearest years first.

    >>> [one.since for one in milestones(date(2025, 1, 1))]
    [2016, 2008, 2005]
    """
    return [Milestone(row["since"], row["by"]) for row in params.at("backfile.milestones", on).value]


@dataclass(frozen=True, slots=True)
class Estimate:
    """由文号推算的总数。``total`` 是 None 的没有推;``formula`` 写给人看。"""

    highest: int
    held: int
    total: int | None
    formula: str


def inferred(numbers: Collection[int], on: date) -> Estimate:
    """How many papers a code had in a year, from the running numbers that are at hand.

    >>> inferred({3, 9, 14, 22, 40, 60}, date(2026, 1, 1)).formula
    '60×(1+1/6)−1=69'
    >>> inferred({3, 9}, date(2026, 1, 1)).total is None
    True
    """
    held, highest = len(set(numbers)), max(numbers, default=0)
    fewest = params.at("backfile.fewest_numbers", on).value
    if held < fewest:
        return Estimate(highest, held, None, f"只有{held}个文号，不足{fewest}个，不推算")
    total = round(highest * (1 + 1 / held) - 1)
    return Estimate(highest, held, total, f"{highest}×(1+1/{held})−1={total}")


def to_describe(registered: int | None, filed: int | None, estimated: int | None) -> int:
    """What there is to describe (应梳理): the largest of the counts, never their mean.

    >>> to_describe(62, None, 69), to_describe(None, None, None)
    (69, 0)
    """
    return max((count for count in (registered, filed, estimated) if count is not None), default=0)


def differences(counts: Mapping[str, int | None]) -> list[str]:
    """Which of the counts disagree, each pair once.

    >>> differences({"登记簿": 62, "归档目录": 60, "文号推算": None})
    ['登记簿62件，归档目录60件，差2件']
    """
    known = [(name, count) for name, count in counts.items() if count is not None]
    return [
        f"{name}{count}件，{other}{there}件，差{abs(count - there)}件"
        for place, (name, count) in enumerate(known)
        for other, there in known[place + 1 :]
        if count != there
    ]


@dataclass(frozen=True, slots=True)
class Progress:
    """一段里办到哪里:应梳理、已著录、已审、应主动公开、已上网、找不到的和其中没有写理由的;登记了底数的有几格。"""

    due: int = 0
    described: int = 0
    reviewed: int = 0
    active: int = 0
    online: int = 0
    lost: int = 0
    unexplained: int = 0
    registered: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def rates(self) -> tuple[int | None, int | None, int | None]:
        """著录率、审查率、上网率, whole percent, never rounded up to a hundred; None where there is nothing to do."""
        pairs = ((self.described, self.due), (self.reviewed, self.described), (self.online, self.active))
        return tuple(_percent(done, due) for done, due in pairs)  # type: ignore[return-value]

    @property
    def is_done(self) -> bool:
        """Everything described or explained as lost, and everything described reviewed. What is on the web is told apart."""
        found = self.described + self.lost - self.unexplained >= self.due
        return self.registered > 0 and found and self.reviewed >= self.described and not self.unexplained


def _percent(done: int, due: int) -> int | None:
    return min(100, done * 100 // due) if due else None


# --- 开放审核 ---


class Check(Term):
    """开放审核的一项;次序就是审的次序。"""

    SECRECY = "secrecy", "密级"
    PERSONAL = "personal", "个人信息"
    THIRD = "third", "第三方的商业秘密"
    SAFETY = "safety", "国家安全、公共安全、经济安全、社会稳定"
    PROCESS = "process", "内部事务和过程"
    FORCE = "force", "效力"


@dataclass(frozen=True, slots=True)
class Asked:
    """一项问什么、依据哪一条。"""

    check: Check
    question: str
    source: str


_ASKED = (
    Asked(Check.SECRECY, "有密级标志，或者内容可能涉及国家秘密？", cite("ogi:14")),
    Asked(Check.PERSONAL, "有姓名、住址、证件号等个人信息，公开会损害本人权益？", cite("ogi:15")),
    Asked(Check.THIRD, "有企业的商业秘密，公开会损害它的权益？", cite("ogi:15")),
    Asked(Check.SAFETY, "公开会危及国家安全、公共安全、经济安全、社会稳定？", cite("ogi:14")),
    Asked(Check.PROCESS, "是内部事务，或者讨论、请示、磋商等过程中的信息？", cite("ogi:16.2")),
    Asked(Check.FORCE, "已经废止或者失效？", cite("plan")),
)


def asked() -> tuple[Asked, ...]:
    """The questions in their order."""
    return _ASKED


class Conclusion(Term):
    """开放审核的结论。"""

    ACTIVE = "active", "主动公开"
    PART = "part", "区分处理以后公开"
    REQUEST = "request", "依申请公开"
    WITHHELD = "withheld", "不予公开"
    DECLASSIFY = "declassify", "送定密单位审核"


@implements("secrets:20.2")
def secrecy_ends(level: str, made_on: date, on: date) -> date | None:
    """The longest that a secret of this level may have lasted; None for a mark that is no level.

    >>> secrecy_ends("秘密", date(2006, 3, 1), date(2026, 1, 1))
    datetime.date(2016, 3, 1)
    """
    years = params.at("backfile.secrecy_years", on).value
    level = next((name for name in years if name in level), "")
    return years_after(made_on, years[level]) if level else None


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def concluded(
    answers: Mapping[str, bool],
    conclusion: Conclusion,
    *,
    ground: str = "",
    ended_on: date | None = None,
    note: str = "",
) -> None:
    """Whether the answers bear the conclusion.

    Args:
        answers: check → whether something was found.
        ended_on: since when the paper is no longer in force.

    Raises:
        RuleBroken: a question was left out, or the conclusion does not follow.
    """
    left = [one.check.label for one in _ASKED if one.check not in answers]
    if answers.get(Check.SECRECY):
        if conclusion is not Conclusion.DECLASSIFY:
            raise RuleBroken(
                "可能涉及国家秘密的，不能在这里定公开与否",
                source=cite("ogi:14"),
                fix="请选“送定密单位审核”，解密以后再审。",
            )
        return
    if left:
        raise RuleBroken(f"还有没有答的：{'、'.join(left)}", source=cite("ogi:17"), fix="请逐项答过再定。")
    if conclusion is Conclusion.DECLASSIFY:
        raise RuleBroken("没有密级标志，也不涉密，不用送定密单位", fix="请改结论。")
    hit = [one.check for one in _ASKED if answers[one.check] and one.check is not Check.FORCE]
    if conclusion is Conclusion.ACTIVE and hit:
        names = "、".join(check.label for check in hit)
        raise RuleBroken(
            f"查到了{names}，不能整件主动公开",
            source=cite("ogi:37"),
            fix="能够区分处理的，选“区分处理以后公开”；不能的，依申请或者不予公开，写明理由。",
        )
    if conclusion in (Conclusion.PART, Conclusion.WITHHELD) and not hit:
        raise RuleBroken(
            f"各项都没有查到，不能定为“{conclusion.label}”", source=cite("ogi:13"), fix="请改结论，或者改答案。"
        )
    if conclusion is Conclusion.WITHHELD and ground not in grounds():
        raise RuleBroken("不予公开没有选理由", source=cite("ogi:14"), fix="请选一条法定的理由。")
    if conclusion in (Conclusion.PART, Conclusion.REQUEST) and not note.strip():
        raise RuleBroken(f"“{conclusion.label}”没有写说明", fix="请写遮盖哪些地方，或者为什么依申请公开。")
    if answers[Check.FORCE] and ended_on is None:
        raise RuleBroken("已经废止或者失效的，没有填从哪一天起", fix="请填废止或者失效之日，公开时一并标明。")


def sample_size(total: int, on: date) -> int:
    """How many of a batch that was reviewed at once another person looks at again.

    >>> sample_size(45, date(2026, 1, 1)), sample_size(3, date(2026, 1, 1)), sample_size(0, date(2026, 1, 1))
    (5, 1, 0)
    """
    share = float(params.at("backfile.sample_percent", on).value)
    return math.ceil(total * share / 100)
