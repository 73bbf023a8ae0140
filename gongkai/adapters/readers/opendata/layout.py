"""表的摆法:题名、单位、注在哪几行,表头在哪一行,哪些是数据。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .table import Rows
from .terms import TABLE, choice

_UNIT = re.compile(
    r"(?<![报管发位制作编供])(?:计量|数据)?单\s?位\s?[:：]\s?([^\s,，;；()（）、。]{1,12}(?:[、,，/][^\s,，;；()（）、。]{1,8}){0,4})"
)
_UNIT_WORD = re.compile(f"(?:{choice(TABLE['units'])})")
_BRACKETED = re.compile(rf"[（(]\s?({_UNIT_WORD.pattern})\s?[)）]\Z")
_OFFICE = re.compile(r"(?:局|委|办|公司|政府|院|校|中心|镇|街道|厅|所|队|站|处|科|集团|学|部)\Z")
_NOTE = re.compile(
    rf"[（(【\[*※]?\s?(?:{choice(TABLE['notes'])})\s?\d{{0,2}}\s?[】\])）]?\s?[:：.、]|[※*]|注\d?\s"
)
_NOTED = re.compile(r"(?:以上数据|数据截至|数据截止|本表)")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}(?:[（(][^（）()]{1,8}[)）])?\s?[:：]")
_POINT = re.compile(r"[（(]?\d{1,2}[)）.、．]")
_NUMBER = re.compile(r"[-+]?\d[\d,]{0,20}(?:\.\d{1,20})?[%‰]?\Z")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年|\.0)?\Z")
_LOOKED_AT = 500
_PREFACE = 12  # 表头以前最多多少行


@dataclass(slots=True)
class Layout:
    """摆法;行号从 0 起,``data`` 是数据行的行号。``quirks`` 是(代码,行号)。"""

    header_row: int | None = None
    header: list[str] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    footer_rows: int = 0
    unit: str | None = None
    quirks: list[tuple[str, int]] = field(default_factory=list)


def is_number(text: str) -> bool:
    """Is this cell a number as tables print it?"""
    return bool(_NUMBER.match(text))


def filled(row: list[str]) -> list[str]:
    """The cells with content."""
    return [cell for cell in row if cell]


def layout(rows: Rows) -> Layout:
    """How a table is laid out; ``header_row`` is None where the data begins at once."""
    found = Layout()
    with_content = [number for number, row in enumerate(rows) if filled(row)]
    if not with_content:
        return found
    lengths = Counter(_last(rows[number]) for number in with_content[:_LOOKED_AT])
    width = max(lengths, key=lambda length: (lengths[length], length))
    body = with_content[_preface(rows, with_content, width, found) :]
    body = body[: len(body) - _footer(rows, body, width, found)]
    if body and not _headless(rows, body):
        found.header_row, body = body[0], body[1:]
        found.header = rows[found.header_row]
        if len(body) > 1 and _goes_on(found.header, rows[body[0]], rows[body[1]]):
            found.quirks.append(("TWO_ROW_HEADER", body[0]))
            found.header, body = _joined(found.header, rows[body[0]]), body[1:]
        if body and _units_below(rows[body[0]]):
            found.quirks.append(("UNIT_ROW", body[0]))
            body = body[1:]
    found.data = body
    return found


def _last(row: list[str]) -> int:
    return max(number for number, cell in enumerate(row, 1) if cell)


def _preface(rows: Rows, numbers: list[int], width: int, found: Layout) -> int:
    """How many rows stand above the header: title, unit, date of compilation, notes."""
    for place, number in enumerate(numbers[:_PREFACE]):
        cells = filled(rows[number])
        text = " ".join(cells)
        if width > 1 and len(cells) < width and (unit := _unit(cells)):
            found.unit = unit
            alone = any(_UNIT.match(cell.lstrip("(（")) for cell in cells)
            found.quirks.append(("UNIT_ROW" if alone else "TITLE_ROW", number))
        elif width > 1 and len(cells) == 1 and len(numbers) > place + 1:
            found.quirks.append(("NOTE_ROW" if _is_note(cells[0]) else "TITLE_ROW", number))
        elif width > 4 and len(cells) <= 3 and all("：" in cell or ":" in cell for cell in cells):
            found.quirks.append(("NOTE_ROW", number))
        else:
            return place
        if not found.unit and (inside := _BRACKETED.search(text)):
            found.unit = inside[1]
    return 0 if len(numbers) <= _PREFACE else _PREFACE


def _unit(cells: list[str]) -> str | None:
    """The unit of measure that one of one or two cells (or of several that each have a label) states; no office."""
    for cell in cells:
        found = _UNIT.search(cell)
        if found and (_UNIT.match(cell.lstrip("(（")) or len(cells) == 1):
            unit = found[1].strip("、，,")
            if _UNIT_WORD.fullmatch(unit) or not _OFFICE.search(unit):
                return unit
    return None


def _is_note(cell: str) -> bool:
    return bool(_NOTE.match(cell) or _NOTED.match(cell))


def _footer(rows: Rows, body: list[int], width: int, found: Layout) -> int:
    """How many rows at the end are notes: from the first note of the last stretch of rows with one or two cells."""
    short = 0
    for number in reversed(body[1:]):
        if _signed(filled(rows[number])):
            short += 1
            continue
        if len(filled(rows[number])) > 2 or (width <= 2 and not _is_note(filled(rows[number])[0])):
            break
        short += 1
    stretch = body[len(body) - short :]
    for place, number in enumerate(stretch):
        cells = filled(rows[number])
        first = rows[number][0] or cells[0]
        if (
            _is_note(first)
            or _signed(cells)
            or (width > 2 and len(cells) == 1 and len(cells[0]) > 30 and _POINT.match(first))
        ):
            found.footer_rows = len(stretch) - place
            found.quirks.append(("NOTE_ROW", number))
            found.unit = found.unit or _unit([first])
            break
    return found.footer_rows


def _signed(cells: list[str]) -> bool:
    """A row of who filled the table in and when: every cell a label, a colon and perhaps a word."""
    return len(cells) > 1 and all(_LABELLED.match(cell) for cell in cells)


def _headless(rows: Rows, body: list[int]) -> bool:
    """No header: wherever the columns are numbers, the first row has a number too (and no year)."""
    first, rest = rows[body[0]], [rows[number] for number in body[1:_LOOKED_AT]]
    if len(rest) < 2:
        return False
    numeric = [
        column
        for column in range(len(first))
        if all(is_number(row[column]) for row in rest if column < len(row) and row[column])
        and any(column < len(row) and row[column] for row in rest)
    ]
    return bool(numeric) and all(is_number(first[c]) and not _YEAR.match(first[c]) for c in numeric)


def _goes_on(header: list[str], below: list[str], data: list[str]) -> bool:
    """Does the header go on in the row below: words under gaps of the header, where the data has numbers?"""
    words = [place for place, cell in enumerate(below) if cell]
    gaps = [place for place in words if place >= len(header) or not header[place]]
    return (
        bool(gaps)
        and len(words) > 1
        and not below[0]
        and not any(is_number(below[place]) for place in words)
        and all(place < len(data) and is_number(data[place]) for place in words)
    )


def _joined(header: list[str], below: list[str]) -> list[str]:
    """The names of both rows; a name over several columns goes with each of them."""
    names, over = [], ""
    for place in range(max(len(header), len(below))):
        upper = header[place] if place < len(header) else ""
        lower = below[place] if place < len(below) else ""
        over = upper or over
        names.append((over if lower else upper) + lower)
    return names


def _units_below(row: list[str]) -> bool:
    """A row of units under the header."""
    cells = [cell.strip("()（）") for cell in filled(row)]
    units = sum(bool(_UNIT_WORD.fullmatch(cell)) for cell in cells)
    return units >= 1 and units >= len(cells) - 1 and (units > 1 or len(cells) == 1)
