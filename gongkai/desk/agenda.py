"""今天:等一个人办的事,按最迟那一天排成一张单子;往后几天各有什么到期。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law import calendar, params

from .todo import Panel, Task

#: 每一段先列这么多件,其余的点开看;右边列往后几个日子。
LISTED, AHEAD = 8, 5


@dataclass(frozen=True, slots=True)
class Line:
    """一件:菜单上的组、哪一类、离最迟那一天还有多久。"""

    group: str
    panel: Panel
    task: Task
    left: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """一段:已经过期、今天到期、快到期、没有期限而要紧的。``more`` 是点开再看的。"""

    label: str
    lines: tuple[Line, ...]
    is_late: bool = False

    @property
    def first(self) -> tuple[Line, ...]:
        return self.lines[:LISTED]

    @property
    def more(self) -> tuple[Line, ...]:
        return self.lines[LISTED:]


def stretches(groups: Iterable[tuple[str, list[Panel]]], on: date) -> list[Stretch]:
    """The tasks that press, each once; of what is past its day the latest first, for it can still be mended."""
    dated, urgent = [], []
    for line in _lines(groups, on):
        if line.task.due is not None:
            dated.append((line.task.due, line))
        elif line.task.kind == "stop":
            urgent.append(line)
    days = params.at("management.soon_days", on).value
    soon = calendar.add(on, days, provisional=True)
    late = [line for due, line in sorted(dated, key=lambda pair: pair[0], reverse=True) if due < on]
    later = sorted((pair for pair in dated if on < pair[0] <= soon), key=lambda pair: pair[0])
    found = (
        Stretch("已经过期", tuple(late), is_late=True),
        Stretch("今天到期", tuple(line for due, line in dated if due == on)),
        Stretch(f"{days}个工作日内", tuple(line for _, line in later)),
        Stretch("没有期限，要紧的", tuple(urgent)),
    )
    return [stretch for stretch in found if stretch.lines]


def ahead(groups: Iterable[tuple[str, list[Panel]]], on: date) -> list[tuple[date, list[tuple[str, int]]]]:
    """The next days on which something is due: (day, [(kind of task, how many)])."""
    days: dict[date, Counter[str]] = {}
    for line in _lines(groups, on):
        if line.task.due is not None and line.task.due > on:
            days.setdefault(line.task.due, Counter())[line.panel.label] += 1
    return [(day, days[day].most_common(2)) for day in sorted(days)[:AHEAD]]


def _lines(groups: Iterable[tuple[str, list[Panel]]], on: date) -> Iterator[Line]:
    seen = set()
    for label, panels in groups:
        for panel in panels:
            for task in panel.tasks:
                if (task.url, task.title) not in seen:
                    seen.add((task.url, task.title))
                    yield Line(label, panel, task, _left(task.due, on))


def _left(due: date | None, on: date) -> str:
    if due is None:
        return ""
    days = (due - on).days
    return "今天" if not days else f"还有{days}天" if days > 0 else f"逾期{-days}天"
