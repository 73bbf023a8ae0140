"""公众看一项决策的全过程:五公开(决策、执行、管理、服务、结果)各有什么、还缺什么,完整度是几分之几。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.desk.moments import local_day
from gongkai.law import decisions as law
from gongkai.records.models import Record

from . import evidence, facts
from .models import Dossier


@dataclass(frozen=True, slots=True)
class Point:
    """全过程里的一点:哪天、什么事、链到哪一件、一句说明。"""

    on: date
    label: str
    record: Record | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """五公开的一段:名称、应有的链接有没有。"""

    label: str
    links: tuple[tuple[str, bool], ...]

    @property
    def public_count(self) -> int:
        return sum(present for _, present in self.links)


def course_of(dossier: Dossier, at: datetime) -> dict[str, Any]:
    """What the public page shows of a dossier: ``points`` in time, ``parts``, ``public_count`` of ``due``."""
    rows, rounds = facts.entered(dossier), facts.rounds(dossier)
    points = [point for point in _points(dossier, rows, rounds, at) if point.on <= local_day(at)]
    parts = _parts(dossier, rows, rounds, at)
    return {
        "points": sorted(points, key=lambda point: point.on),
        "parts": parts,
        "public_count": sum(part.public_count for part in parts),
        "due": sum(len(part.links) for part in parts),
        "now": [(one, one.phase(at)) for one in rounds if one.record.is_public(at)],
    }


def parts(dossier: Dossier, at: datetime) -> list[Part]:
    """The five stages with what is due of each by now, and whether it is there."""
    return _parts(dossier, facts.entered(dossier), facts.rounds(dossier), at)


def _inspected(rows: facts.Rows, late: bool) -> tuple[tuple[str, bool], ...]:
    """An inspection is owed once the first report of the execution is there or ``late``."""
    owed = bool(rows["execution"] or rows["inspection"]) or late
    return (("督促检查", bool(rows["inspection"])),) if owed else ()


def _points(dossier: Dossier, rows: facts.Rows, rounds: list[Any], at: datetime) -> list[Point]:
    points = []
    item = dossier.item
    if item and item.year.record and item.year.record.is_public(at) and item.year.record.published_at:
        points.append(Point(local_day(item.year.record.published_at), "列入年度目录", item.year.record))
    if dossier.started_on:
        points.append(Point(dossier.started_on, "启动"))
    for one in rounds:
        if one.opened_on and one.record.is_public(at):
            points.append(Point(one.opened_on, f"第{one.number}轮公开征求意见", one.record, f"到{one.end_on}"))
        if one.feedback and one.feedback.is_public(at):
            points.append(
                Point(
                    local_day(one.feedback.published_at),
                    "公布采纳情况",
                    one.feedback,
                    one.published_tally.sentence,
                )
            )
    for key, kind in evidence.kinds().items():
        if kind.public:
            points += [
                Point(
                    row.on,
                    kind.label,
                    row.record if row.record and row.record.is_public(at) else None,
                    row.data["reason"] if kind.by_step else "",
                )
                for row in rows[key]
            ]
    if dossier.record and dossier.record.is_public(at):
        points.append(Point(local_day(dossier.record.published_at), "公布决策", dossier.record))
    return points


def _parts(dossier: Dossier, rows: facts.Rows, rounds: list[Any], at: datetime) -> list[Part]:
    """What is due at this stage only: a decision that is not made yet owes no report of its execution."""
    public = bool(dossier.record and dossier.record.is_public(at))
    catalogued = bool(dossier.item and dossier.item.year.record and dossier.item.year.record.is_public(at))
    fed_back = bool(rounds) and all(one.feedback and one.feedback.is_public(at) for one in rounds)
    links = [
        ("目录", catalogued),
        ("征求意见", any(one.record.is_public(at) for one in rounds)),
        ("采纳情况", fed_back),
    ]
    parts = [Part("决策", tuple(links) + ((("决策文件", public),) if dossier.published_on else ()))]
    if dossier.published_on:
        given = facts.dossier_facts(dossier, at, rows)
        due = law.report_due(given.execution)
        late = due is not None and local_day(at) > due
        parts += [
            Part("执行", (("执行情况", bool(rows["execution"]) and not late),)),
            Part("管理", (("执行分工", bool(rows["assignment"])), *_inspected(rows, late))),
            Part("服务", (("解读", given.interpreted),)),
            Part(
                "结果", (("决策后评估", bool(rows["evaluation"])),) if rows["voice"] or rows["evaluation"] else ()
            ),
        ]
    return [part for part in parts if part.links]
