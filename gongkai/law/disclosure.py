"""主动公开:谁公开、何时公开、公开前要查什么、不公开的多久再看一次(条例第十条、第十二条、第十八至二十六条)。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from . import calendar, params
from .errors import NotInForce, RuleBroken
from .sources import cite, implements
from .terms import Term


class Origin(Term):
    """政府信息从哪里来;由此定谁负责公开。"""

    MADE = "made", "本机关制作"
    FROM_PUBLIC = "public", "从公民、法人和其他组织获取"
    FROM_AGENCY = "agency", "从其他行政机关获取"
    JOINT = "joint", "几个行政机关共同制作"
    BRANCH = "branch", "派出机构、内设机构以自己名义履行职能时制作"


RESPONSIBLE = {
    Origin.MADE: "制作该信息的行政机关",
    Origin.FROM_PUBLIC: "保存该信息的行政机关",
    Origin.FROM_AGENCY: "制作或者最初获取该信息的行政机关",
    Origin.JOINT: "牵头制作的行政机关",
    Origin.BRANCH: "该派出机构、内设机构",
}

#: 条例第十二条第二款、第三款:指南和目录各要有哪些内容。
GUIDE_ELEMENTS = (
    "政府信息的分类",
    "编排体系",
    "获取方式",
    "政府信息公开工作机构的名称",
    "办公地址",
    "办公时间",
    "联系电话",
    "传真号码",
    "互联网联系方式",
)
CATALOGUE_ELEMENTS = ("索引", "名称", "内容概述", "生成日期")

#: 按别的期限公开的事项:信息类型 → 参数名(条例第二十六条“法律、法规另有规定的,从其规定”)。
EXCEPTIONS = {"licence-result": "disclosure.credit_publicity_days", "penalty": "disclosure.credit_publicity_days"}


@dataclass(frozen=True, slots=True)
class PublicationDue:
    """最迟哪天公开:哪天、几个工作日、依据、逐日说明、是不是推定的、要不要注明口径。"""

    due: date
    days: int
    source: str
    note: str
    explanation: tuple[calendar.Day, ...]
    provisional: bool


@implements("ogi:10")
def responsible(origin: Origin) -> str:
    """Who publishes information of this origin (公开主体).

    >>> responsible(Origin.JOINT)
    '牵头制作的行政机关'
    """
    return RESPONSIBLE[origin]


@implements("ogi:26")
def publication_due(made_on: date, item: str = "", *, provisional: bool = False) -> PublicationDue:
    """The last day to publish information of one's own accord (主动公开期限).

    Args:
        made_on: 信息形成或者变更之日; it is not counted.
        item: the record type; some have a shorter period of their own.
        provisional: give an answer by weekends and statutory days where the holiday notice is missing.

    Raises:
        NoCalendar: the count runs into a year without notice and no provisional answer was asked for.
        NotInForce: the day is before 2008-05-01, when no regulation set a period.

    >>> publication_due(date(2021, 9, 26)).due
    datetime.date(2021, 10, 28)
    """
    name = EXCEPTIONS.get(item, "disclosure.publication_days")
    try:
        allowed = params.at(name, made_on)
    except NotInForce:
        allowed = params.at("disclosure.publication_days", made_on)
    counted = calendar.count(made_on, allowed.value, provisional=provisional)
    return PublicationDue(
        counted.due, allowed.value, allowed.source, allowed.note, counted.days, counted.provisional
    )


def is_late(made_on: date, published_on: date, item: str = "") -> bool:
    """Whether information was published later than it should have been; never for what has no period.

    >>> is_late(date(2021, 9, 26), date(2021, 10, 29)), is_late(date(2006, 1, 1), date(2010, 1, 1))
    (True, False)
    """
    try:
        return published_on > publication_due(made_on, item, provisional=True).due
    except NotInForce:
        return False


@implements("ogi:18")
def reassessment_due(withheld_on: date, assessed_years: frozenset[int], year: int) -> bool:
    """Whether information withheld since ``withheld_on`` is to be assessed in ``year`` (年度评估审查):
    each year once, for what was withheld in an earlier year.

    >>> [reassessment_due(date(2024, 5, 1), frozenset(), year) for year in (2024, 2025)]
    [False, True]
    """
    return withheld_on.year < year and year not in assessed_years


@implements("ogi:12.2", "ogi:12.3")
def missing_elements(given: frozenset[str], wanted: tuple[str, ...] = GUIDE_ELEMENTS) -> tuple[str, ...]:
    """Elements that a guide (or, with ``CATALOGUE_ELEMENTS``, a catalogue) lacks, in the order of the article."""
    return tuple(one for one in wanted if one not in given)


@implements("secrets_rules:42")
def secrecy_review_source() -> str:
    """The article by which every item is examined for secrets before it is published (先审查、后公开)."""
    return cite("secrets_rules:42")


def check_dates(
    *, made_on: date | None, published_on: date | None, effective_on: date | None, expires_on: date | None
) -> list[RuleBroken]:
    """Which dates are out of order: 成文 ≤ 发布, 施行 ≤ 有效期至, 成文 ≤ 有效期至. Findings, nothing is raised."""
    findings = []
    if made_on and published_on and made_on > published_on:
        findings.append(
            RuleBroken(
                f"发布日期{published_on}早于成文日期{made_on}", source=cite("document9704"), fix="请核对两个日期。"
            )
        )
    if effective_on and expires_on and effective_on > expires_on:
        findings.append(RuleBroken(f"有效期至{expires_on}早于施行日期{effective_on}", fix="请核对两个日期。"))
    if made_on and expires_on and made_on > expires_on:
        findings.append(RuleBroken(f"有效期至{expires_on}早于成文日期{made_on}", fix="请核对两个日期。"))
    return findings
