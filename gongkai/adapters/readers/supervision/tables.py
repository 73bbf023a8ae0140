"""读任务表:按列名认列;合并单元格少了的格补回去;一行一项任务。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from . import due as limits
from . import spaced
from .model import Paper, Task, of_cell, tidy
from .units import Roles, dated, first_leads, first_led, roles, without_first

_COLUMNS = (
    ("index", re.compile(r"^(?:序号|编号|号|项次|No)$")),
    # 单位和人写在一列的(责任人员/科室),照单位读。
    ("unit", re.compile(r"^(?!牵头|主办)(?=.{0,8}责任人)(?=.{0,12}(?:单位|部门|[科处股]室))")),
    ("lead", re.compile(r"^(?:牵头|主办)(?:责任)?(?:单位|部门|[科处股]室)[及和、/]责任人")),
    (
        "note",
        re.compile(
            r"备注|(?:交办|督办|下达)(?:单位|部门|人)|考核单位|审核单位|监督单位|报送单位|投资|依据|来源|进展|完成情况|联系|责任领导|分管|责任人|牵头领导|领导|形式|渠道|级别|分值"
        ),
    ),
    ("lead", re.compile(r"牵头|主办|主责")),
    (
        "unit",
        re.compile(r"单位|部门|处室|科室|股室|[办站股]所|责任|配合|协办|协同|协作|参与|承办|落实者|机构|主体"),
    ),
    ("due", re.compile(r"时限|时间|期限|完成日期|进度|节点|日期|周期|频次|起止")),
    (
        "task",
        re.compile(
            r"任务|工作|要求|内容|分工|项目|举措|措施|事项|目标|要点|重点|指标|标准|类别|一级|二级|三级|领域"
        ),
    ),
)
#: 列名只由这些字词拼成;单位的名称、任务的内容不会。
_NAME = re.compile(
    "(?:序号|编号|项次|No|工作|重点|主要|目标|具体|任务|要求|内容|分工|细化|项目|举措|措施|事项|要点|指标|名称|类别|领域|标准|公开|年度|计划|改革|整改|问题|"
    "牵头|责任|配合|协办|协同|协助|参与|参加|主办|主责|负责|承办|落实|实施|单位|部门|处室|科室|股室|机构|领导|人员|人|完成|办理|办结|时限|时间|期限|进度|节点|"
    "安排|起止|日期|周期|频次|备注|建设|总|投资|[一二三四]级|形式|渠道|依据|来源|情况|进展|联系|电话|方式|成果|级|分值|和|及|与|、|/)+"
)
#: 列名“牵头单位(责任单位)”,格子里括号内的是责任单位。
_OTHERS_ASIDE = re.compile(r"[(（](?:责任|配合|协办|参与|协同)(?:单位|部门|科室|处室)?[)）]$")
_LAST_BRACKET = re.compile(r"[(（]([^()（）]{2,80})[)）]$")
_ASIDE = re.compile(r"[(（][^()（）]{0,12}[)）]")
_EVERY = re.compile(r"每|按[月季]")
_STEPS = re.compile(r"进度|节点")
_UNIT = re.compile(
    r"(?:[局委办厅处科室院会所心部府镇乡社股站队]|街道|单位|部门|公司|中心|分局|园区|机关|各自|指挥部|落实|配合|牵头|负责|[)）])$"
)
_DUE = re.compile(
    r"\d月|20\d\d|年[底末内]|长期|持续|每[年月季周]|季度|半年|常态|及时|推进$|全年|定期|实时|即时|按时"
)
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}部分)"
)
#: 列单位的列:牵头,责任,两者(括号里是责任单位),第一个牵头的。
_UNITS = ("lead", "unit", "both", "ranked")
_MOST_MISSING = 3
_LONGEST_NAME = 10


def is_table(text: str) -> bool:
    """Whether a text holds a table of tasks: a line of column names parted by bars or tabs."""
    lines = _set(text).splitlines()
    begins = _first(lines)
    return any(_header(line, first=number == begins) for number, line in enumerate(lines))


def _set(text: str) -> str:
    """The text with the columns of its table parted by one mark."""
    return spaced.tabbed(text, lambda names: _header("\t".join(names), first=False) is not None)


def _first(lines: list[str]) -> int:
    """The number of the first line with cells."""
    return next((number for number, line in enumerate(lines) if len(_cells(line)) > 2), -1)


def read(text: str, paper: Paper) -> Iterator[Task]:
    """The tasks of every row, in order; a cell left empty in a column of tasks takes what stood above it."""
    names: list[str] = []
    above: dict[int, str] = {}
    units: dict[int, str] = {}
    led = False
    for printed, kinds, following in _rows(text):
        if kinds != names:
            names, above, units, led = kinds, {}, {}, False
        cells = _fitted(printed, names)
        if _is_section(cells, names):
            units.clear()
            continue
        cells = _merged(cells, names, units, short=len(printed) < len(names))
        led = led or first_leads("".join(cells))
        wording = _wording(cells, names, above, following)
        if not wording:
            continue
        who = _who(cells, names, led)
        limit = _due(cells, names)
        if not limit and not {"due", "steps"} & set(names):
            yield _in_words(wording, who, paper)
            continue
        yield from of_cell(wording, who, limit, paper, steps="steps" in names)


def _in_words(wording: str, who: Roles, paper: Paper) -> Task:
    """The task of a row of a table without a column of limits: its wording may name one."""
    found = [due for due in paper.dues(wording) if due.day]
    return Task(
        wording,
        who,
        found[-1] if found else None,
        None,
        limits.recurrence(wording) if _EVERY.search(wording) else None,
    )


def _rows(text: str) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cells, kinds of columns and the next row's cells, of every row below a header."""
    kinds: list[str] = []
    rows: list[tuple[list[str], list[str]]] = []
    lines = _set(text).splitlines()
    begins = _first(lines)
    for number, line in enumerate(lines):
        cells = _cells(line)
        header = _header(line, first=number == begins)
        if header:
            kinds = header
        elif kinds and len(cells) > 1 and not all(re.fullmatch(r"[:\- ]*", cell) for cell in cells):
            rows.append((cells, kinds))
    for (cells, names), following in zip(rows, [*rows[1:], ([], [])], strict=False):
        yield cells, names, following[0]


def _cells(line: str) -> list[str]:
    mark = "|" if "|" in line else "\uff5c" if "\uff5c" in line else "\t"
    return [cell.strip() for cell in line.split(mark)] if mark in line else [line.strip()]


def _header(line: str, *, first: bool) -> list[str] | None:
    """The kinds of the columns, where a line is one of names; the first line may have names that are not known."""
    printed = [re.sub(r"\s+", "", cell) for cell in _cells(line)]
    if len(printed) < 2 or any(len(cell) > 24 for cell in printed):
        return None
    cells = [_ASIDE.sub("", cell) for cell in printed]
    if any(cell and not _NAME.fullmatch(cell) for cell in cells) and not (first and _are_names(cells)):
        return None
    kinds = [next((kind for kind, pattern in _COLUMNS if pattern.search(cell)), "note") for cell in cells]
    kinds = [
        "both"
        if kind in ("lead", "unit") and _OTHERS_ASIDE.search(cell)
        else "ranked"
        if kind == "unit" and first_leads(cell)
        else kind
        for cell, kind in zip(printed, kinds, strict=True)
    ]
    kinds = [
        "steps" if kind == "due" and _STEPS.search(cell) else kind for cell, kind in zip(cells, kinds, strict=True)
    ]
    return kinds if "task" in kinds and ({*_UNITS, "due", "steps"} & set(kinds)) else None


def _are_names(cells: list[str]) -> bool:
    """Whether the cells of a first line are short names without figures or stops."""
    return all(len(cell) <= _LONGEST_NAME and not re.search(r"[\d。;；，,：:]", cell) for cell in cells) and all(
        cells
    )


def _fitted(cells: list[str], names: list[str]) -> list[str]:
    """The cells under their columns; where a merged cell is left out, at the place that fits the rest best."""
    if len(cells) == len(names) + 1 and not cells[0]:
        return cells[1:]
    missing = len(names) - len(cells)
    if missing <= 0:
        return cells[: len(names)]
    if missing > _MOST_MISSING:
        return cells + [""] * missing
    best, score = cells + [""] * missing, -1
    for left_out in combinations(range(len(names)), missing):
        given = iter(cells)
        row = ["" if column in left_out else next(given) for column in range(len(names))]
        fits = sum(_fits(cell, kind) for cell, kind in zip(row, names, strict=True))
        if fits > score:
            best, score = row, fits
    return best


def _fits(cell: str, kind: str) -> int:
    if not cell:
        return 1 if kind in ("note", "due", "steps", "unit") else 0
    if kind == "index":
        return 3 if re.fullmatch(r"[(（]?[\d一二三四五六七八九十]{1,4}[)）.、]?", cell) else -3
    if kind in ("due", "steps"):
        return 3 if _DUE.search(cell) and len(cell) < 60 else -2
    if kind in _UNITS:
        return 3 if _UNIT.search(cell) else -1
    if kind == "task":
        return 2 if len(cell) > 5 and not _DUE.fullmatch(cell) else 0
    return 0


def _is_section(cells: list[str], names: list[str]) -> bool:
    """Whether a row is only the heading of those below it (一、加强公开|||)."""
    filled = [(cell, kind) for cell, kind in zip(cells, names, strict=False) if cell]
    return len(filled) == 1 and _SECTION.match(filled[0][0]) is not None


def _merged(cells: list[str], names: list[str], units: dict[int, str], *, short: bool) -> list[str]:
    """The row with the units of the merged cell above it, where it has none of its own.

    A cell is merged where another one of the row is: left out (``short``), or empty in a column of tasks above the finest.
    An empty cell of helping units in a whole row stays empty.
    """
    tasks = [column for column, kind in enumerate(names) if kind == "task"]
    merged = short or any(not cells[column] for column in tasks[:-1])
    columns = [column for column, kind in enumerate(names) if kind in _UNITS]
    needed = [column for column in columns if names[column] in ("lead", "both")] or columns[:1]
    whole = list(cells)
    for column in columns:
        if cells[column]:
            units[column] = cells[column]
        elif merged and column in units and (column in needed or not any(cells[other] for other in columns)):
            whole[column] = units[column]
    return whole


def _wording(cells: list[str], names: list[str], above: dict[int, str], following: list[str]) -> str:
    """The finest wording of a row, behind the one above it in rank where that belongs to this row alone."""
    columns = [column for column, kind in enumerate(names) if kind == "task"]
    filled = {column: tidy(cells[column]) for column in columns if tidy(cells[column])}
    if not filled:
        # 上一行的任务,另一家单位另有时限的。
        units_and_due = any(cell and kind in _UNITS for cell, kind in zip(cells, names, strict=False)) and any(
            cell and kind in ("due", "steps") for cell, kind in zip(cells, names, strict=False)
        )
        return above[max(above)] if above and units_and_due else ""
    finest = max(filled)
    shared = any(column not in filled for column in columns if column < finest)
    if following and len(following) <= len(names):
        after = _fitted(following, names)
        shared = shared or any(not after[column] and cells[column] for column in columns if column < finest)
    for column in columns:
        if column in filled:
            above[column] = filled[column]
    higher = [] if shared else [filled[column] for column in columns if column < finest and column in filled]
    own = filled[finest]
    return ":".join([*[word for word in higher if word not in own], own])


def _who(cells: list[str], names: list[str], first: bool) -> Roles:
    lead: list[str] = []
    others: list[str] = []
    for cell, kind in zip(map(without_first, cells), names, strict=False):
        if kind == "both" and _LAST_BRACKET.search(cell):
            cell = _LAST_BRACKET.sub(r"牵头，\1", cell)
        if kind in ("lead", "both"):
            found = roles(cell)
            lead += [*found.lead, *found.responsible] if not found.lead else found.lead
            others += found.responsible if found.lead else ()
        elif kind in ("unit", "ranked"):
            found = first_led(roles(cell)) if kind == "ranked" else roles(cell)
            lead += found.lead
            others += found.responsible
    who = Roles(tuple(dict.fromkeys(lead)), tuple(unit for unit in dict.fromkeys(others) if unit not in lead))
    return first_led(who) if first else who


def _due(cells: list[str], names: list[str]) -> str:
    """The cell of the limit; where there is none, what the cells of units say of it."""
    paired = list(zip(cells, names, strict=False))
    own = next((cell for cell, kind in paired if kind in ("due", "steps") and cell), "")
    return own or next((dated(cell) for cell, kind in paired if kind in _UNITS and dated(cell)), "")
