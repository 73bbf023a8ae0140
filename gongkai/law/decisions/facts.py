"""一项决策的事实,规则只看这些;和规则说出来的一处不合。"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..consultation import Period, Tally
from .terms import Legality, MeetingKind, Outcome, Stage


@dataclass(frozen=True, slots=True)
class Round:
    """一轮公开征求意见。"""

    period: Period
    reason: str
    tally: Tally
    fed_back_on: date | None
    published: bool = True
    #: 网上以外提意见的方式,照公告写的。
    ways: tuple[str, ...] = ()
    #: 计作采纳的里面,只表了态、没有建议的几条。
    attitudes: int = 0


@dataclass(frozen=True, slots=True)
class Hearing:
    """一次听证会。"""

    announced_on: date | None
    list_on: date | None
    material_on: date | None
    held_on: date
    selection_published: bool
    attended: int
    signed: int
    unsigned_reason: str = ""


@dataclass(frozen=True, slots=True)
class Expert:
    """一位论证的专家。"""

    name: str
    has_interest: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class Risk:
    """风险评估。"""

    points: bool
    measures: bool
    plan: bool
    controllable: bool


@dataclass(frozen=True, slots=True)
class Review:
    """合法性审查。``by_body``:由负责合法性审查的部门出具;会签“无意见”不算。"""

    conclusion: Legality
    by_body: bool
    counsel: bool
    risk_stated: str
    sent_on: date
    given_on: date
    draft: int
    #: 出具意见时卷里文件的散列;那时还没有放文件的是空的。
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Discussion:
    """一次集体讨论。"""

    meeting: MeetingKind
    held_on: date
    outcome: Outcome
    dissent: str
    head_last: bool
    head_reason: str
    against_majority: bool
    #: 讨论时卷里文件的散列。
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Execution:
    """公布以后的执行:公布的日子,最近一次报告执行情况的日子,执行分工登记的日子,和它定的最迟报告的日子。"""

    published_on: date | None
    reported_on: date | None = None
    assigned_on: date | None = None
    report_set_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """一项决策现在的事实;``draft`` 是草案改到第几稿。"""

    stage: Stage
    level: str = "government"
    leads: int = 1
    specialised: bool = False
    risky: bool = False
    market: bool = False
    vital: bool = False
    groups: bool = False
    disputed: bool = False
    hearing_by_law: bool = False
    withheld_basis: str = ""
    draft: int = 1
    #: 卷里的文件现在的散列;照审查意见改过、照会议决定改过的,登记时是哪一份。
    paper: str = ""
    adjusted: str = ""
    amended: str = ""
    ways: int = 0
    group_talks: int = 0
    dispute_told: bool = False
    rounds: tuple[Round, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    experts: tuple[Expert, ...] = ()
    risk: Risk | None = None
    fair_competition_on: date | None = None
    review: Review | None = None
    discussion: Discussion | None = None
    party_report_on: date | None = None
    interpreted: bool = False
    published_on: date | None = None
    execution_reports: int = 0
    reported_on: date | None = None
    assigned_on: date | None = None
    report_set_on: date | None = None
    assessors: frozenset[str] = field(default_factory=frozenset)
    evaluator: str = ""
    #: 公告、草案、决策文件里同引用库对不上的引用。
    wrong_citations: tuple[str, ...] = ()

    @property
    def execution(self) -> Execution:
        """What the next report of the execution depends on."""
        return Execution(self.published_on, self.reported_on, self.assigned_on, self.report_set_on)


@dataclass(frozen=True, slots=True)
class Finding:
    """一处不合规定或者要留意的:代号、什么不对、依据、怎样办。"""

    code: str
    what: str
    source: str
    fix: str

    def __str__(self) -> str:
        return f"{self.what}（{self.source}）。{self.fix}" if self.source else f"{self.what}。{self.fix}"
