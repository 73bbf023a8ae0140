"""通报的明细和文字:明细由台账算出,文字里的数由明细算出,所以名单同数字对得上。"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from gongkai.law.marks import long_day
from gongkai.law.supervision import Light

from . import standing
from .models import Correction, Notice, Piece, Plan, Round
from .terms import NoticeKind, PieceState, PlanState

#: 一份通报的明细:核对了几项、办好几项、一行行的单位和事实。
Rows = dict[str, Any]


def rows(kind: NoticeKind, since: date, until: date, *, on: date, at: datetime, round: Round | None) -> Rows:
    """The particulars of a notice: how many were looked at, how many were well, and each unit with its facts."""
    if kind is NoticeKind.PRAISE:
        return _praise(since, until, round)
    plans = Plan.objects.filter(state=PlanState.CONFIRMED, starts_on__lte=until, ends_on__gte=since)
    views = standing.views(standing.tasks_of(plans), on=until, at=at)
    looked = [piece for one in views for piece in one.pieces if piece.piece.agency_id]
    found = [
        {
            "unit": str(piece.piece.agency),
            "what": f"任务逾期：{one.task}",
            "fact": f"应当在{day_in_words(piece.due)}以前完成",
            "basis": f"《{one.task.plan}》第{one.task.clause or one.task.order}项",
        }
        for one in views
        for piece in one.pieces
        if piece.light is Light.OVERDUE
    ]
    corrections = Correction.objects.filter(issued_on__lte=until).select_related("agency")
    late = [one for one in corrections if one.is_late(until) and one.due_on >= since]
    found += [
        {
            "unit": str(one.agency),
            "what": f"整改逾期：{one}",
            "fact": f"整改期限{day_in_words(one.due_on)}，到{day_in_words(until)}没有改好",
            "basis": one.basis or "整改通知",
        }
        for one in late
    ]
    total = len(looked) + corrections.count()
    return {"looked": total, "well": total - len(found), "rows": sorted(found, key=lambda row: row["unit"])}


def _praise(since: date, until: date, round: Round | None) -> Rows:
    if round is not None:
        system, results = round.system.parsed(), round.frozen["rows"]
        best = system.grades[0].name if system.grades else ""
        found = [
            {
                "unit": row["name"],
                "what": f"{round}：{row['grade']}",
                "fact": f"{row['total']}分",
                "basis": str(round.system),
            }
            for row in results
            if best and row["grade"] == best
        ]
        return {"looked": len(results), "well": len(found), "rows": found}
    pieces = Piece.objects.filter(state=PieceState.DONE, done_on__range=(since, until)).exclude(agency=None)
    timely = [
        one
        for one in pieces.select_related("agency", "task__plan")
        if one.task.due_on is None or (one.done_on and one.done_on <= one.task.due_on)
    ]
    found = [
        {
            "unit": str(one.agency),
            "what": f"按期完成：{one.task}",
            "fact": f"{day_in_words(one.done_on)}完成，已经验证",
            "basis": f"《{one.task.plan}》第{one.task.clause or one.task.order}项",
        }
        for one in timely
    ]
    return {"looked": pieces.count(), "well": len(found), "rows": sorted(found, key=lambda row: row["unit"])}


def day_in_words(day: date | None) -> str:
    """``2026年9月30日``."""
    return long_day(day) if day else ""


def share(given: Rows) -> str:
    """``62.5%``: how many were well; “—” where nothing was looked at."""
    return f"{round(100 * given['well'] / given['looked'], 1):g}%" if given["looked"] else "—"


def lead(kind: NoticeKind, given: Rows, since: date, until: date) -> str:
    """The first paragraph; its figures come from the particulars."""
    units = len({row["unit"] for row in given["rows"]})
    span = f"{day_in_words(since)}至{day_in_words(until)}"
    if kind is NoticeKind.PRAISE:
        return f"{span}，共核对{given['looked']}项，{units}个单位办得质量高、速度快（{given['well']}项），现予通报表扬。"
    return (
        f"{span}，共核对{given['looked']}项，按期办理{given['well']}项，占{share(given)}。"
        f"仍有{units}个单位的{len(given['rows'])}项逾期，现予通报。"
    )


def demand(kind: NoticeKind) -> str:
    """The last paragraph, to be worked over by hand."""
    if kind is NoticeKind.PRAISE:
        return "希望受到表扬的单位再接再厉。其他单位要学习先进，把政务公开的各项任务按期办好。"
    return "被通报的单位要查明原因，逐条整改，并按整改通知的期限报送结果。区政府办公室将逐条复核，逾期没有改好的，依法提出处理建议。"


def paragraphs(notice: Notice) -> list[str]:
    """The whole text, one line a paragraph."""
    given = notice.rows["rows"]
    heading = "二、表扬的单位和事项" if notice.kind == NoticeKind.PRAISE else "二、主要问题"
    lines = [
        f"{number}.{row['unit']}：{row['what']}。{row['fact']}（{row['basis']}）。"
        for number, row in enumerate(given, 1)
    ]
    return ["一、总体情况", notice.lead, heading, *lines, "三、要求", notice.demand]


def by_unit(notice: Notice) -> list[tuple[str, int]]:
    """How many particulars each unit has, to check the list against the figures."""
    return sorted(Counter(row["unit"] for row in notice.rows["rows"]).items())
