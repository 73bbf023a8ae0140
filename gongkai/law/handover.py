"""移交档案馆:满几年移交,移交以后申请归谁办,目录最迟哪天公布。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from . import calendar, params
from .backfile import years_after
from .marks import long_day
from .sources import cite, implements
from .terms import Term

#: 移交时每一件都要附具的三项。
STATEMENTS = ("到期开放意见", "政府信息公开情况", "密级变更情况")


@implements("archives_rules:20.2")
def handover_due(formed_on: date | None, year: int, on: date) -> date:
    """When an archive has to be handed over; of one whose year alone is known, the end of that year counts.

    >>> handover_due(date(2010, 3, 5), 2010, date(2026, 1, 1)), handover_due(None, 2010, date(2026, 1, 1))
    (datetime.date(2020, 3, 5), datetime.date(2020, 12, 31))
    """
    years = int(params.at("backfile.handover_years", on).value)
    return years_after(formed_on or date(year, 12, 31), years)


def formed_until(on: date) -> date:
    """The last day of making whose papers are due for the archive by a day.

    >>> formed_until(date(2026, 2, 28)), formed_until(date(2024, 2, 29))
    (datetime.date(2016, 2, 29), datetime.date(2014, 2, 28))
    """
    last = years_after(on, -int(params.at("backfile.handover_years", on).value))
    following = last + timedelta(days=1)
    return following if handover_due(following, following.year, on) <= on else last


class Office(Term):
    """谁答复关于它的申请。"""

    OWN = "own", "本机关"
    ARCHIVE = "archive", "档案馆"


@dataclass(frozen=True, slots=True)
class Route:
    """一件申请归谁办、为什么、依据。"""

    office: Office
    why: str
    source: str


@implements("archives:15.2")
def route(
    formed_on: date | None, year: int, *, handed_over: date | None, extended_until: date | None, on: date
) -> Route:
    """Who answers an application for a paper: both must hold, that it was handed over and that its time had come.

    >>> route(date(2010, 3, 5), 2010, handed_over=date(2018, 1, 1), extended_until=None, on=date(2019, 1, 1)).office.label
    '本机关'
    """
    source = cite("archives:15.2")
    if handed_over is None or handed_over > on:
        return Route(Office.OWN, "还没有移交。", source)
    due = max(handover_due(formed_on, year, on), extended_until or date.min)
    if on < due:
        return Route(Office.OWN, f"提前交档案馆保管，移交期限{due}才届满，仍由原单位办理。", source)
    return Route(Office.ARCHIVE, f"已于{handed_over}移交，移交期限届满，按照档案利用的规定办理。", source)


@dataclass(frozen=True, slots=True)
class Reply:
    """对一件已经移交的怎样答复:处理结果(``replies.toml`` 的键)、要写明的事实、理由的检验、给承办人的话、依据。"""

    outcome: str
    facts: dict[str, str]
    answers: dict[str, str]
    said: str
    source: str


def reply(route: Route, *, archive: str, where: str, handed_on: date | None, public: bool) -> Reply | None:
    """How to answer an application for a paper in the archive; None where the agency itself answers as ever.

    What is public is answered as public (条例第三十六条第一项); what is not is to be had by the law of archives, which
    is a special provision on how to get it (第七项).

    Args:
        where: its place in the archive, in words.
    """
    if route.office is not Office.ARCHIVE:
        return None
    held = f"原件在{archive}（{where}）"
    if public:
        return Reply("already_public", {"where": held}, {}, "网上公开着，按已主动公开答复。", cite("ogi:36.0.1"))
    day = long_day(handed_on) if handed_on else ""
    return Reply(
        "special_law",
        {
            "reason": f"该信息已于{day}移交{archive}（{where}），移交期限已经届满",
            "where": f"请向{archive}提出利用",
        },
        {
            "law": f"{route.source}规定，移交期限届满的，涉及政府信息公开事项的档案按照档案利用规定办理，向{archive}查询"
        },
        "移交期限已经届满，由档案馆按照档案利用的规定办理。",
        f"{cite('ogi:36.0.7')}、{route.source}",
    )


def catalogue_due(handed_on: date) -> calendar.Count:
    """By when the public catalogue of a batch is to be on the web.

    >>> catalogue_due(date(2026, 3, 2)).due
    datetime.date(2026, 3, 30)
    """
    return calendar.count(handed_on, params.at("backfile.catalogue_days", handed_on).value, provisional=True)
