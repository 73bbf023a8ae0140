"""公共企事业单位的信息公开(条例第五十五条):各行业应当公开什么,停水停气停电和变更要提前多久,申诉几天处理。

不设依申请公开的程序:条例第五十五条把它们的公开交给各主管部门的规定,有关规定采取主动公开的方式;公众可以咨询,
可以向主管部门申诉。
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from . import calendar, params
from .sources import cite, implements
from .terms import Term


class Interruption(Term):
    """停供、变更的种类。"""

    PLANNED = "planned", "计划检修、施工"
    TEMPORARY = "temporary", "临时检修"
    CHANGE = "change", "线路、站点、时间变更"
    REPAIR = "repair", "突发抢修"


@dataclass(frozen=True, slots=True)
class Content:
    """一项应当公开的内容和依据。"""

    key: str
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class Sector:
    """一个行业。"""

    key: str
    label: str
    rule: str
    interruptions: tuple[Interruption, ...]
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """要提前多久:小时数、写法、依据、要注明的话。"""

    hours: int
    label: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class LeadCheck:
    """核对一件通知的提前量:够不够(没有规定的是 None),差多少小时,一句话。"""

    enough: bool | None
    short: float
    said: str


@cache
def sectors() -> dict[str, Sector]:
    """Every sector by key, from ``data/enterprises.toml``."""
    table = tomllib.loads(files("gongkai.law").joinpath("data/enterprises.toml").read_text("utf-8"))
    return {
        key: Sector(
            key,
            row["label"],
            cite(row["rule"]),
            tuple(Interruption.from_value(one) for one in row["interruptions"]),
            tuple(Content(one["key"], one["label"], cite(one["source"])) for one in row["contents"]),
        )
        for key, row in table.items()
    }


_LEADS = {
    ("water", Interruption.PLANNED): "water_hours",
    ("gas", Interruption.PLANNED): "gas_hours",
    ("power", Interruption.PLANNED): "power_days",
    ("power", Interruption.TEMPORARY): "power_hours",
    ("transport", Interruption.CHANGE): "transport_days",
}


@implements("water:22", "gas:20", "power:28", "transport11")
def lead(sector: str, kind: Interruption, on: date) -> Lead | None:
    """How long before it begins an interruption is made known; None where no rule names a time.

    >>> lead("power", Interruption.PLANNED, date(2026, 9, 1)).label, lead("water", Interruption.REPAIR, date(2026, 9, 1))
    ('7日', None)
    """
    name = _LEADS.get((sector, kind))
    if name is None:
        return None
    found = params.at(f"standards.{name}", on)
    hours = found.value * (24 if found.unit == "日" else 1)
    return Lead(hours, f"{found.value}{found.unit}", found.source, found.note)


def check_lead(sector: str, kind: Interruption, posted: datetime, starts: datetime) -> LeadCheck:
    """Whether a notice came early enough.

    >>> check_lead("water", Interruption.PLANNED, datetime(2026, 9, 1, 8), datetime(2026, 9, 1, 20)).said
    '提前12小时，少于24小时（《城市供水条例》第二十二条）'
    """
    before = (starts - posted) / timedelta(hours=1)
    rule = lead(sector, kind, posted.date())
    if kind is Interruption.REPAIR:
        return LeadCheck(None, 0, "抢修的同时通知" if before <= 0 else "抢修以前就通知了")
    if rule is None:
        return LeadCheck(None, 0, "没有规定提前多久")
    if before >= rule.hours:
        return LeadCheck(True, 0, f"提前{_hours(before)}，够{rule.label}")
    told = f"提前{_hours(before)}" if before > 0 else "开始以后才通知"
    return LeadCheck(False, rule.hours - before, f"{told}，少于{rule.label}（{rule.source}）")


def _hours(count: float) -> str:
    days, rest = divmod(int(count), 24)
    return (f"{days}日" if days else "") + (f"{rest}小时" if rest or not days else "")


@implements("utilities50")
def complaint_due(received_on: date) -> calendar.Count:
    """By when a complaint to the supervising bureau is dealt with; the number is the office's own.

    >>> complaint_due(date(2026, 9, 1)).due
    datetime.date(2026, 9, 21)
    """
    return calendar.count(received_on, params.at("standards.complaint_days", received_on).value, provisional=True)


@implements("ogi:55")
def without_application() -> str:
    """Why there is no application procedure, for the page that says so."""
    return (
        f"公共企事业单位的信息公开按{cite('ogi:55')}由主管部门的规定办，采取主动公开的方式，不适用依申请公开的程序。"
        "要了解没有公开的，可以向单位的咨询窗口问；认为应当公开没有公开的，可以向主管部门申诉。"
    )
