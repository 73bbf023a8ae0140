"""读一整张标准目录(XLSX、DOCX、网页):找表头,逐行读出各列和时限,给出每列认得出的比率和认不出的行。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gongkai.law.due_clauses import clauses

from ... import apart
from ...files.entry import apart_from, lane_of
from ...files.errors import Unreadable
from .channels import channels
from .columns import NAMES, UNDER, cells_of, layout
from .grid import Grid, grids

_WITHIN_WORD = re.compile(r"(?<=[\u3400-\u9fff，。、；：])[ \t\u3000\xa0]+(?=[\u3400-\u9fff，。、；：])")
_BASIS = re.compile(r"《[^《》]+》|〔\d{4}〕|\[\d{4}\]|\(\d{4}\)\d+号|第\d+号")
_TREE_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)*[.、．]?|[（(]?[一二三四五六七八九十]+[)）、.])\s*(?=\D)")
_COUNTED = ("within", "display", "min_period", "before_event", "withdraw_after", "extension")
#: 一张表里连续这么多行也没有表头的,就不是目录。
_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Line:
    """一行:在原表第几行、各列、时限、渠道、从上面合并下来的列、要人看的话。"""

    at: int
    columns: dict[str, Any]
    due: list[dict[str, Any]]
    channels: list[str] | None
    merged: list[str]
    doubts: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张目录:各行、有哪些列、每列认得出的比率(百分之几,没有这一列的是 None)、没有读的行和为什么。"""

    lines: list[Line]
    columns: list[str]
    rates: dict[str, int | None]
    skipped: list[tuple[int, str]] = field(default_factory=list)


def read_sheet(data: bytes, name: str) -> Sheet:
    """Read a catalogue in a limited process.

    Raises:
        Unreadable: no table, no header that is a catalogue's, broken or over a limit.
    """
    return apart_from(lane_of(data, apart.DESK), read_here, data, name)


def read_here(data: bytes, name: str) -> Sheet:
    """The same in this process; see ``read_sheet``."""
    lines: list[Line] = []
    skipped: list[tuple[int, str]] = []
    known: set[str] = set()
    found = False
    places: list[tuple[str | None, str | None]] = []
    for grid in grids(data, name):
        header = _header(grid)
        if header is not None:
            start, heads = header
            places = layout(grid.rows[start : start + heads], max(map(len, grid.rows)))
            found = True
            body = start + heads
        elif not places:
            continue
        else:
            body = 0  # 换页以后没有表头的一段,接着前面的列
        known |= {column for column, _ in places if column}
        _read(grid, body, places, lines, skipped)
    if not found:
        raise Unreadable(
            name, "没有找到标准目录的表头", "表头要有“一级事项”“公开内容”“公开时限”“公开主体”这些列名，请核对"
        )
    if not lines:
        raise Unreadable(name, "表头下面没有内容", "请核对是否传错了文件")
    _same_as_above(lines)
    order = [column for column in (*NAMES, *UNDER) if column in known]
    return Sheet(lines, list(dict.fromkeys(order)), _rates(lines, known), skipped)


def _header(grid: Grid) -> tuple[int, int] | None:
    """Where the header begins and of how many rows it is: names of the columns, and names under them."""
    for start, row in enumerate(grid.rows[:_SEARCHED]):
        if _names(row) < 3:
            continue
        below = grid.rows[start + 1] if start + 1 < len(grid.rows) else []
        both = layout([row, below], len(row))
        is_double = any(under or column in ("一级事项", "二级事项") for column, under in both) and _is_head(below)
        return start, 2 if is_double else 1
    return None


def _names(row: Iterable[str]) -> int:
    return len({column for column, _ in layout([list(row)], len(list(row))) if column})


def _is_head(row: list[str]) -> bool:
    """Whether a row holds names of columns: most of its cells are such names, and none is long.

    A row of the catalogue itself may have some of them in its cells (全社会、主动、县级).
    """
    filled = [cell for cell in row if cell.strip()]
    named = sum(layout([[cell]], 1)[0][0] is not None for cell in filled)
    return len(filled) >= 2 and max(map(len, filled)) <= 24 and named * 5 >= len(filled) * 3


def _read(grid: Grid, body: int, places: list[Any], lines: list[Line], skipped: list[tuple[int, str]]) -> None:
    for y in range(body, len(grid.rows)):
        row, above = grid.rows[y], grid.above[y]
        filled = [x for x, cell in enumerate(row) if cell.strip() and not above[x]]
        if not any(cell.strip() for cell in row):
            continue
        if _is_head(row):
            continue  # 每页重复的表头
        named = {places[x][0] for x in filled if x < len(places) and places[x][0]}
        if len(set(row)) == 1 or not named:
            skipped.append((y + 1, "只有一格，不是目录的一行"))
            continue
        if lines and len(named) == 1 and not (named & {"公开内容", "公开时限"}) and len(filled) == 1:
            _continue(lines[-1], next(iter(named)), row[filled[0]])
            continue
        lines.append(_line(y + 1, places, row, above))


def _continue(line: Line, column: str, text: str) -> None:
    """One cell was split over several rows (一行一个渠道): the rest of it belongs to the row above."""
    if column in UNDER:
        return
    joined = f"{line.columns.get(column, '')}\n{_tidy(text)}".strip()
    line.columns[column] = joined
    if column == "公开渠道和载体":
        ticked = channels(joined).ticked
        if line.channels is not None:
            line.channels[:] = ticked or ()


def _line(at: int, places: list[Any], row: list[str], above: list[bool]) -> Line:
    cells = cells_of(places, [_tidy(cell) for cell in row])
    for level in ("一级事项", "二级事项", "三级事项"):
        if isinstance(cells.get(level), str):
            cells[level] = _TREE_NUMBER.sub("", cells[level]).strip()
    merged = sorted(
        {places[x][0] for x, is_above in enumerate(above) if is_above and x < len(places) and places[x][0]}
    )
    found = channels(cells.get("公开渠道和载体"))
    due = [one.facts() for one in clauses(cells.get("公开时限"))]
    return Line(
        at, cells, due, None if found.ticked is None else list(found.ticked), merged, _doubts(cells, due, found)
    )


def _doubts(cells: dict[str, Any], due: list[dict[str, Any]], found: Any) -> list[str]:
    doubts = list(found.doubts)
    text = cells.get("公开时限") or ""
    if not text.strip():
        doubts.append("没有写公开时限")
    elif not due:
        doubts.append(f"公开时限“{text[:30]}”认不出来")
    elif any(one["kind"] == "unreadable" for one in due):
        doubts.append("公开时限被遮住或者截断了")
    elif any(one.get("presumed") for one in due):
        doubts.append("公开时限没有写从什么时候起算，按形成或者变更推定")
    if cells.get("公开依据") and not _BASIS.search(unicodedata.normalize("NFKC", cells["公开依据"])):
        doubts.append("公开依据不具体")
    if (cells.get("公开对象") or {}).get("特定群体") is True:
        doubts.append("特定群体没有写明是谁")
    return doubts


def _tidy(text: str) -> str:
    """Spaces inside words, as some sites print them, go; lines stay."""
    return _WITHIN_WORD.sub("", text).strip()


def _same_as_above(lines: list[Line]) -> None:
    """“同上”: the clauses of the row above whose own could be read."""
    last: list[dict[str, Any]] = []
    for line in lines:
        if line.due and line.due[0]["kind"] == "same_as_above":
            if last:
                line.due[:] = [one | {"same": True} for one in last]
            else:
                line.doubts.append("写着“同上”，上面却没有认得出的时限")
        elif line.due:
            last = line.due


def _rates(lines: list[Line], known: set[str]) -> dict[str, int | None]:
    """For each column the hundredths of the rows in which its cell could be made out."""
    total = len(lines)

    def rate(good: int) -> int:
        return round(100 * good / total)

    out: dict[str, int | None] = {}
    for name in NAMES:
        if name not in known:
            out[name] = None
        elif name in UNDER:
            out[name] = rate(sum(bool(line.columns.get(name)) for line in lines))
        elif name == "公开时限":
            out[name] = rate(
                sum(any(one["kind"] not in ("unreadable", "same_as_above") for one in line.due) for line in lines)
            )
        elif name == "公开渠道和载体":
            out[name] = rate(sum(line.channels is not None for line in lines))
        elif name == "公开依据":
            out[name] = rate(sum(bool(_BASIS.search(line.columns.get(name) or "")) for line in lines))
        else:
            out[name] = rate(sum(bool((line.columns.get(name) or "").strip()) for line in lines))
    return out
