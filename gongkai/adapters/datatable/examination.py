"""收一份外来的表:读、体检、归成一种写法。只在受限的进程里用(``apart``);交回的是体检表和干净的 CSV。"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..readers.opendata.columns import Column as Read
from ..readers.opendata.columns import is_code
from ..readers.opendata.layout import Layout
from ..readers.opendata.profile import parts, profiled
from ..readers.opendata.table import Table, read_table
from . import faults
from .columns import MISSING, Column, columns_of, kind_of, named, valued
from .faults import Fault
from .forms import other_form

_TOP = 5
_PEOPLE = re.compile("人数|户数|例数|报告数|患者|对象数")
_QUIRKS = {
    "TITLE_ROW": "跳过了题名行",
    "UNIT_ROW": "跳过了单位行",
    "NOTE_ROW": "去掉了注",
    "TWO_ROW_HEADER": "两行表头合成了一行",
    "LOW_COMPLETENESS": "一半以上是空的",
    "YEAR_TEXT": "年份带着“年”字",
    "INTEGER_AS_DECIMAL": "整数写成了“.0”",
    "CODE_AS_TEXT": "按文字存，不会丢开头的零",
    "UNIT_IN_CELL": "数和单位写在一格里",
    "LIST_IN_CELL": "一格里写了好几个值",
    "DATETIME_GLUED": "日期和时间粘在一起",
    "EXCEL_SERIAL_DATE": "日期成了表格软件的序号",
    "MIXED_YES_NO": "是和否有几种写法",
    "END_BEFORE_START": "结束早于开始",
    "MASK_UNEVEN": "打码的位数不一样，可能认得出",
}
#: 不改不收的。
_STOPPING = {"MASK_UNEVEN", "DATETIME_GLUED"}
#: 已经逐格报过的,不再报一遍列。
_ELSEWHERE = {"PHONE_IN_OTHER_COLUMN", "EMPTY_HEADER"}


def examine(
    data: bytes,
    name: str,
    fields: Sequence[Mapping[str, Any]] = (),
    sums: Sequence[str] = (),
    personal: bool = False,
    least: int = 0,
) -> dict[str, Any]:
    """Read a foreign table and say everything about it.

    Args:
        fields: the registered columns (name, title, kind, codes, sensitive); none for a first file.
        personal: personal data is expected in it (restricted data) and does not stop it.
        least: counts of people below this are small cells, by which somebody may be known.
        sums: relations that hold in each row, as ``总人口=乡村人口+城镇人口``.

    Returns:
        ``faults``, ``columns`` (the profile of each), ``quality`` (percent), ``rows``, ``encoding``, ``notes``, and
        ``text``, the table as clean CSV; empty when a fault stops it.

    Raises:
        Unreadable: it is no table, is broken or over a limit.
    """
    table = other_form(data, name, fields) or read_table(data, name)
    found, read = parts(table)
    wrong = list(faults.of_table(table, found, read))
    wrong += faults.merged(data, name, found.header_row + 1 if found.header_row is not None else None)
    if any(one.code == "TOO_WIDE" for one in wrong):
        return _answer(table, found, wrong, [], {}, "")
    read = [column for column in read if column.name]
    profile = profiled(table, found, read)
    wrong += _quirks(profile["quirks"])
    columns, cells, misfits = _typed(read, fields, book=table.encoding is None)
    wrong += _against(read, fields)
    wrong += _small_cells(columns, cells, least)
    wrong += faults._most(iter(misfit for misfit in _misfits(misfits, found)))
    sensitive = set(profile["sensitive_columns"])
    described = [
        _described(column, one, values, sensitive, profile)
        for column, one, values in zip(columns, read, cells, strict=True)
    ]
    quality = _quality(read, cells, misfits, _unbalanced(columns, cells, sums))
    if personal:
        wrong = [replace(one, stops=False) if one.code in ("PERSONAL", "MASK_UNEVEN") else one for one in wrong]
    stopped = any(one.stops for one in wrong)
    text = "" if stopped else _text(columns, cells)
    return _answer(table, found, wrong, described, quality, text)


def _answer(
    table: Table,
    found: Layout,
    wrong: list[Fault],
    columns: list[dict[str, Any]],
    quality: dict[str, Any],
    text: str,
) -> dict[str, Any]:
    return {
        "encoding": table.encoding or "",
        "bom": table.bom,
        "delimiter": table.delimiter or "",
        "rows": len(found.data),
        "unit": found.unit or "",
        "faults": [one.as_dict() for one in wrong],
        "columns": columns,
        "quality": quality,
        "notes": list(table.notes),
        "text": text,
    }


def _quirks(found: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for quirk in found:
        code = quirk["code"]
        if code not in _ELSEWHERE:
            stops = code in _STOPPING
            yield Fault(
                code,
                _QUIRKS.get(code, code),
                "请改正" if stops else "看看要不要改",
                quirk["line"],
                quirk["column"] or "",
                stops,
            )


def _typed(
    read: Sequence[Read], fields: Sequence[Mapping[str, Any]], *, book: bool = False
) -> tuple[list[Column], list[list[str]], list[list[tuple[int, str]]]]:
    """The columns with their types, their cells in the one writing, and (row, cell) of what does not fit."""
    known = {field["title"]: column for field, column in zip(fields, columns_of(fields), strict=True)}
    names = named([column.name for column in read])
    columns, cells, misfits = [], [], []
    for column, name in zip(read, names, strict=True):
        if column.name in known:
            own = known[column.name]
            places = own.places
            if own.kind == "number":
                places = max(places, kind_of(column.values, code=False)[1])
            own = Column(own.name, own.title, own.kind, places)
        else:
            kind, places = kind_of(column.values, code=is_code(column))
            own = Column(name, column.name, kind, places)
        values = [valued(cell, own.kind) for cell in column.cells]
        if book and own.kind == "datetime":  # 工作簿里零点的时刻只有日子
            values = [
                _midnight(cell) if value is None else value
                for value, cell in zip(values, column.cells, strict=True)
            ]
        columns.append(own)
        cells.append([_padded(value or "", own.places) for value in values])
        misfits.append([(row, column.cells[row]) for row, value in enumerate(values) if value is None])
    return columns, cells, _with_codes(read, fields, misfits)


def _midnight(cell: str) -> str | None:
    day = valued(cell, "date")
    return f"{day} 00:00:00" if day else None


def _padded(value: str, places: int) -> str:
    """A number with all its decimal places, so that one table has one writing."""
    return f"{Decimal(value):.{places}f}" if places and value else value


def _with_codes(
    read: Sequence[Read], fields: Sequence[Mapping[str, Any]], misfits: list[list[tuple[int, str]]]
) -> list[list[tuple[int, str]]]:
    """Values that the code list of a column does not hold are misfits too."""
    codes = {field["title"]: set(field["codes"]) for field in fields if field.get("codes")}
    for place, column in enumerate(read):
        if allowed := codes.get(column.name):
            misfits[place] += [
                (row, cell) for row, cell in enumerate(column.cells) if cell and cell not in allowed
            ]
    return [[(row, f"{read[place].name}\0{cell}") for row, cell in found] for place, found in enumerate(misfits)]


def _small_cells(columns: Sequence[Column], cells: list[list[str]], least: int) -> Iterator[Fault]:
    """Counts of people so small that somebody may be known by them; to be looked at, not refused."""
    for column, values in zip(columns, cells, strict=True):
        if column.kind == "integer" and _PEOPLE.search(column.title):
            small = sum(0 < int(value) < least for value in values if value)
            if small:
                yield small_cell(column.title, small, least)


def small_cell(title: str, count: int, least: int) -> Fault:
    """So many counts of people below ``least`` in a column."""
    said = f"有{count}格是1到{least - 1}，人数太小可能认得出是谁"
    return Fault("SMALL_CELL", said, f"请合并，或者写成“小于{least}”", column=title, stops=False)


def _misfits(misfits: list[list[tuple[int, str]]], found: Layout) -> Iterator[Fault]:
    for column in misfits:
        for row, said in column:
            name, _, cell = said.partition("\0")
            yield Fault(
                "MISFIT",
                f"“{cell[:40]}”不合这一列登记的类型或者代码表",
                "请改成登记的写法，或者先改字段",
                found.data[row] + 1,
                name,
            )


def _against(read: Sequence[Read], fields: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Columns that are not registered, and registered ones that are not there."""
    if not fields:
        return
    have, want = {column.name for column in read}, {field["title"] for field in fields}
    for title in sorted(want - have):
        yield Fault("LACKS", f"少了登记过的“{title}”这一列", "请补上，或者先在字段里删去", column=title)
    for title in sorted(have - want):
        yield Fault("SURPLUS", f"“{title}”这一列没有登记过", "请去掉，或者先在字段里登记、定级", column=title)


def _described(
    column: Column, read: Read, cells: Sequence[str], sensitive: set[str], profile: Mapping[str, Any]
) -> dict[str, Any]:
    """The profile of a column; of a sensitive one no value is told."""
    filled = [cell for cell in cells if cell and (column.kind != "string" or cell not in MISSING)]
    counts = Counter(filled)
    hidden = column.title in sensitive
    told: dict[str, Any] = {}
    if filled and not hidden:
        ordered = sorted(filled, key=float) if column.kind in ("integer", "number") else sorted(filled)
        told = {
            "least": ordered[0][:60],
            "most": ordered[-1][:60],
            "top": [(value[:60], n) for value, n in counts.most_common(_TOP)],
        }
    return {
        **column.as_dict(),
        "filled": len(filled),
        "distinct": len(counts),
        "sensitive": hidden,
        "is_key": profile["key"] == read.name,
        **told,
    }


def _quality(
    read: Sequence[Read], cells: list[list[str]], misfits: list[list[Any]], unbalanced: int | None
) -> dict[str, Any]:
    """The four rates in percent; None where there is nothing to judge by."""
    rows = len(cells[0]) if cells else 0
    total = rows * len(cells)
    if not total:
        return {}
    filled = sum(bool(cell) and cell not in MISSING for column in read for cell in column.cells)
    distinct = len(set(zip(*cells, strict=True)))
    wrong = sum(len(column) for column in misfits)
    return {
        "complete": _percent(filled, total),
        "unique": _percent(distinct, rows),
        "valid": _percent(total - wrong, total),
        "balanced": None if unbalanced is None else _percent(rows - unbalanced, rows),
    }


def _percent(part: int, whole: int) -> float:
    """In percent to one decimal; 100 only where nothing is missing."""
    return 100.0 if part == whole else min(99.9, round(100 * part / whole, 1))


def _unbalanced(columns: Sequence[Column], cells: list[list[str]], sums: Sequence[str]) -> int | None:
    """Rows in which a registered sum does not come out."""
    places = {column.title: place for place, column in enumerate(columns)}
    rules = [[places[whole], *(places[name] for name in parts_of)] for whole, parts_of in sum_rules(sums, places)]
    if not rules:
        return None
    return sum(any(_off([row[place] for place in rule]) for rule in rules) for row in zip(*cells, strict=True))


def sum_rules(sums: Sequence[str], known: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """(title of the whole, titles of its parts) of each rule whose columns are all there.

    >>> list(sum_rules(["总数＝甲+乙", "总数=丙+丁"], {"总数": 0, "甲": 1, "乙": 2}))
    [('总数', ['甲', '乙'])]
    """
    for rule in sums:
        whole, _, rest = rule.replace("＝", "=").replace("＋", "+").partition("=")
        names = [whole.strip(), *(name.strip() for name in rest.split("+"))]
        if len(names) > 2 and all(name in known for name in names):
            yield names[0], names[1:]


def _off(cells: list[str]) -> bool:
    try:
        whole, *rest = (float(cell) for cell in cells if cell)
    except ValueError:
        return True
    return abs(whole - sum(rest)) > 0.005 * max(1.0, abs(whole))


def _text(columns: Sequence[Column], cells: list[list[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([column.name for column in columns])
    writer.writerows(zip(*cells, strict=True))
    return buffer.getvalue()
