"""体验区的几个率:开放率、设备完好率、资料更新率、当日答复率,和看得出的毛病。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from gongkai.law import calendar, params
from gongkai.law.calendar import DAY
from gongkai.law.terms import Term

from .models import Zone

#: 看最近这么多天。
WINDOW = 90
COUNTS = ("searches", "applications", "questions", "answered", "prints", "helped")


class Rate(Term):
    """体验区的率。"""

    OPEN = "open", "开放率"
    EQUIPMENT = "equipment", "设备完好率"
    PAPER = "paper", "资料更新率"
    ANSWERED = "answered", "咨询当日答复率"
    COMMENTS = "comments", "意见按时答复率"


@dataclass(frozen=True, slots=True)
class Figures:
    """一处的率(百分之几,没有可算的是 None)、近来的次数、毛病。"""

    rates: dict[Rate, int | None]
    sums: dict[str, int]
    faults: tuple[str, ...]

    @property
    def shown(self) -> list[tuple[str, int | None]]:
        return [(rate.label, value) for rate, value in self.rates.items()]


def _share(part: int, whole: int) -> int | None:
    return 100 * part // whole if whole else None


def figures(zone: Zone, on: date) -> Figures:
    """The rates of a place over the last three months."""
    patrols = [one.is_open for one in zone.patrols.filter(on__gt=on - DAY * WINDOW, on__lte=on)]
    equipment = list(zone.equipment.all())
    stock = list(zone.stock.all())
    days = params.at("standards.zone_paper_days", on).value
    fresh = [one for one in stock if calendar.add(one.updated_on, days, provisional=True) >= on]
    recent = zone.days.filter(on__gt=on - DAY * WINDOW, on__lte=on)
    sums = {name: value or 0 for name, value in recent.aggregate(**{name: Sum(name) for name in COUNTS}).items()}
    rates: dict[Rate, int | None] = {
        Rate.OPEN: _share(sum(patrols), len(patrols)),
        Rate.EQUIPMENT: _share(sum(one.works for one in equipment), len(equipment)),
        Rate.PAPER: _share(len(fresh), len(stock)),
        Rate.ANSWERED: _share(sums["answered"], sums["questions"]),
        Rate.COMMENTS: _comments(zone, on),
    }
    return Figures(rates, sums, tuple(faults(zone, on)))


def _comments(zone: Zone, on: date) -> int | None:
    """Of the comments of the last three months that fell due or were answered, those answered in time."""
    rows = [
        one
        for one in zone.comments.filter(on__gt=on - DAY * WINDOW, on__lte=on)
        if one.answered_on or one.due_on < on
    ]
    return _share(sum(bool(one.answered_on and not one.is_late) for one in rows), len(rows))


def faults(zone: Zone, on: date) -> list[str]:
    """What is wrong with a place, each as one phrase."""
    found = []
    missing = [unity.label for unity, checked in zone.unity_list if not checked]
    if missing:
        found.append(f"四统一还差：{'、'.join(missing)}")
    if zone.full_time < 1:
        found.append("没有专职人员")
    if gap := gap_day(zone, on.year):
        found.append(f"开放时间缺切换的日子：{gap.month}月{gap.day}日没有写开放时间")
    last = zone.patrols.first()
    every = int(params.at("standards.zone_patrol_days", on).value)
    if last is None or last.on < on - DAY * every:
        found.append(f"超过{every}天没有巡检")
    if waiting := zone.comments.open().filter(due_on__lt=on).count():
        found.append(f"意见簿有{waiting}条逾期没有答复")
    found += [f"{one}坏了：{one.fault or '没有写毛病'}" for one in zone.equipment.all() if not one.works]
    found += [f"“{one}”只剩{one.left}份" for one in zone.stock.all() if one.placed and one.left * 10 < one.placed]
    return found


def gap_day(zone: Zone, year: int) -> date | None:
    """The first day of a year that no season covers; None where none is missing."""
    seasons = list(zone.seasons.all())
    day = date(year, 1, 1)
    while day.year == year:
        if not any(one.covers(day) for one in seasons):
            return day
        day += DAY
    return None
