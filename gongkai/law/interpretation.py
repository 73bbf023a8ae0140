"""政策解读:哪些形式、谁来解读、何时发布、要素齐不齐、是不是照抄、多元化占比(law.md 6.3)。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from . import calendar, params, plan
from .errors import NotInForce, RuleBroken
from .marks import titled
from .sources import implements
from .terms import Term


class Form(Term):
    """解读形式。"""

    TEXT = "text", "文字"
    CHART = "chart", "图表图解"
    VIDEO = "video", "视频"
    ANIMATION = "animation", "动漫"
    AUDIO = "audio", "音频"
    PROCESS = "process", "流程演示"
    PRESS = "press", "新闻发布会"
    INTERVIEW = "interview", "访谈"
    EXPERT = "expert", "专家解读"
    MEDIA = "media", "媒体解读"
    HEAD = "head", "负责人解读"

    @classmethod
    def named(cls, label: str) -> Form | None:
        """The form of this Chinese name, if there is one.

        >>> Form.named("图表图解"), Form.named("口头")
        (<Form.CHART: 'chart'>, None)
        """
        return next((one for one in cls if one.label == label), None)


class Exemption(Term):
    """文件可以不附解读的情形;一律另写理由。"""

    PLAIN = "plain", "内容简单明了，不需要解读"
    FORWARDED = "forwarded", "转发上级文件，上级已经解读"
    MINOR = "minor", "只作个别文字修改，或者只废止文件"
    OLD = "old", "补充公开以往的文件"
    URGENT = "urgent", "应急文件，解读随后补发"
    WITHDRAWN = "withdrawn", "解读撤下，新的解读另行发布"


#: 解读要素,和说到它时常用的词(国办发〔2016〕80号)。
ELEMENTS: dict[str, str] = {
    "背景依据": r"背景|依据|为了|必要性|根据",
    "目标任务": r"目标|任务|目的|要求达到",
    "主要内容": r"主要内容|重点内容|内容包括|框架",
    "适用范围": r"适用|范围|对象|哪些人|哪些企业|谁可以",
    "执行标准": r"标准|条件|额度|金额|比例|\d+(?:\.\d+)?\s*(?:元|%|％|万元)",
    "注意事项": r"注意|提醒|不得|需要说明|特别说明",
    "关键词诠释": r"是指|所称|名词|术语|关键词|指的是",
    "惠民利民举措": r"便民|惠民|利民|惠企|群众|减免|补助|补贴|奖励|方便",
    "新旧政策差异": r"新旧|差异|调整|变化|原(?:办法|规定|政策|标准)|修改|与.{0,12}相比|新增",
}


@implements("opening80")
def missing_elements(text: str) -> tuple[str, ...]:
    """The elements of a good interpretation of which the text says nothing, in their order. A prompt, not a rule.

    >>> missing_elements("一、背景依据。二、主要内容和适用范围。三、补助标准。")
    ('目标任务', '注意事项', '关键词诠释', '新旧政策差异')
    """
    return tuple(name for name, words in ELEMENTS.items() if not re.search(words, text))


_BREAK = re.compile(r"[。！？!?；;\n]+")
_NOISE = re.compile(r"[^\w]+|^第[一二三四五六七八九十百零]+[条章节]")
#: 短于这么多字的句子(标题、称谓)不比。
SHORTEST = 12


def _sentences(text: str) -> list[str]:
    plain = (_NOISE.sub("", one.strip()) for one in _BREAK.split(text))
    return [one for one in plain if len(one) >= SHORTEST]


@dataclass(frozen=True, slots=True)
class Repetition:
    """照抄:解读里有几个字在照抄原文的句子里、一共几个字、照抄的句子、上限和它的出处。"""

    copied: int
    length: int
    sentences: tuple[str, ...]
    ceiling: float
    source: str
    note: str

    @property
    def share(self) -> Fraction:
        """Characters in copied sentences over all characters that count; 0 for a text without sentences."""
        return Fraction(self.copied, self.length) if self.length else Fraction(0)

    @property
    def too_much(self) -> bool:
        """Whether the text mostly repeats the paper."""
        return self.share > Fraction(str(self.ceiling))


def repetition(text: str, policy: str, on: date) -> Repetition:
    """How much of an interpretation only repeats the paper (不得简单重复文件).

    A sentence counts as copied if it stands in the paper, punctuation and article numbers aside.

    >>> paper = "第三条 申请人应当向所在地街道办事处提出申请,并提交书面材料。"
    >>> repetition("申请人应当向所在地街道办事处提出申请，并提交书面材料。", paper, date(2024, 1, 2)).too_much
    True
    """
    allowed = params.at("interpretation.repeated_share", on)
    whole = _NOISE.sub("", "".join(_BREAK.split(policy)))
    source = "".join(_sentences(policy)) + whole
    own = _sentences(text)
    copied = tuple(one for one in own if one in source)
    return Repetition(
        sum(map(len, copied)), sum(map(len, own)), copied, allowed.value, allowed.source, allowed.note
    )


def is_bound(type: str, released_on: date) -> bool:
    """Whether a paper of this type may be released on that day only together with its interpretation (三同步).

    >>> [is_bound("normative", date(year, 1, 2)) for year in (2020, 2024)], is_bound("notice", date(2024, 1, 2))
    ([False, True], False)
    """
    try:
        return type in params.at("interpretation.bound_types", released_on).value
    except NotInForce:
        return False


def together(*, interpreted: bool, exempted: bool, title: str) -> None:
    """Pass a paper on to be signed only with its interpretation or a recorded exemption.

    Raises:
        RuleBroken: there is neither.
    """
    if not (interpreted or exempted):
        raise RuleBroken(
            f"{titled(title)}没有同时签发的解读，也没有记下不附解读的理由",
            source=params.at("interpretation.bound_types", date.max).source,
            fix="请在“同步发布”里放入解读材料，一并签发；确实不用解读的，请负责人写明理由。",
        )


class Timing(Term):
    """解读比文件早还是晚。"""

    TOGETHER = "together", "同步发布"
    EARLY = "early", "早于文件"
    LATE = "late", "迟于文件"
    OVERDUE = "overdue", "迟于文件，超过最长时间"

    @property
    def is_late(self) -> bool:
        """Whether it came out after its paper."""
        return self in (Timing.LATE, Timing.OVERDUE)


def timing(paper_on: date, interpretation_on: date) -> Timing:
    """How an interpretation stands to its paper in time: the same day is together (同步发布).

    >>> timing(date(2024, 1, 2), date(2024, 1, 2)).label
    '同步发布'
    """
    if interpretation_on <= paper_on:
        return Timing.TOGETHER if interpretation_on == paper_on else Timing.EARLY
    try:
        allowed = params.at("interpretation.late_days", paper_on).value
    except NotInForce:
        return Timing.LATE
    last = calendar.add(paper_on, allowed, provisional=True)
    return Timing.LATE if interpretation_on <= last else Timing.OVERDUE


def answer_due(asked_on: date) -> calendar.Count:
    """By when a question about a policy is answered; the day of asking is not counted.

    >>> answer_due(date(2024, 9, 3)).due
    datetime.date(2024, 9, 10)
    """
    return calendar.count(asked_on, params.at("interpretation.answer_days", asked_on).value, provisional=True)


@dataclass(frozen=True, slots=True)
class Share:
    """多元化解读占比:几件、一共几件、目标、目标从哪天起要做到。"""

    diverse: int
    total: int
    target: Fraction
    due: date

    @property
    def share(self) -> Fraction | None:
        """None where there is no interpretation at all."""
        return Fraction(self.diverse, self.total) if self.total else None

    @property
    def meets(self) -> bool | None:
        """Whether the target is met; None where there is nothing to measure."""
        return None if self.share is None else self.share >= self.target


def diverse_forms(on: date) -> frozenset[Form]:
    """The forms that count as diverse on a day (图表图解、视频动漫、流程演示等)."""
    try:
        return frozenset(map(Form.from_value, params.at("interpretation.diverse_forms", on).value))
    except NotInForce:
        return frozenset(
            map(Form.from_value, params.at("interpretation.diverse_forms", milestone().due or on).value)
        )


def milestone() -> plan.Milestone:
    """The plan's milestone for diverse interpretation (五年方案任务四).

    >>> milestone().due, milestone().target
    (datetime.date(2023, 12, 31), 0.3)
    """
    return next(one for one in plan.milestones() if one.clause == "4.5")


@implements("plan:0.0.4")
def diverse_share(forms: Iterable[frozenset[Form]], on: date) -> Share:
    """The share of interpretations in diverse forms (多元化解读占比).

    Args:
        forms: the forms of each interpretation; one with several counts once.
        on: the day whose list of diverse forms applies.

    >>> str(diverse_share([frozenset({Form.TEXT}), frozenset({Form.TEXT, Form.CHART})], date(2024, 1, 2)).share)
    '1/2'
    """
    diverse, goal, counted = diverse_forms(on), milestone(), list(forms)
    assert goal.target is not None and goal.due is not None
    return Share(sum(bool(one & diverse) for one in counted), len(counted), Fraction(str(goal.target)), goal.due)


@implements("opening80")
def interpreter_findings(drafter: str, interpreter: str, title: str) -> list[RuleBroken]:
    """Whether who drafted it interprets it (谁起草谁解读). A finding, nothing is raised.

    >>> [one.what for one in interpreter_findings("区住建局", "区教育局", "办法")]
    ['《办法》由区住建局起草，解读单位却是区教育局']
    """
    if not interpreter or interpreter == drafter:
        return []
    return [
        RuleBroken(
            f"{titled(title)}由{drafter}起草，解读单位却是{interpreter}",
            source=interpreter_findings.source,  # type: ignore[attr-defined]
            fix="请由起草单位解读；专家、媒体解读的，另附起草单位的解读。",
        )
    ]
