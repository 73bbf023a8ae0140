"""一份很大的 CSV 在引擎里:先原样存成文字列的 Parquet,数一遍各列,定类型;写法归成一种的 SQL 也在这里。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..files.errors import Unreadable
from ..readers.opendata.layout import layout
from ..readers.opendata.profile import parts
from ..readers.opendata.table import MOST_COLUMNS, Table, delimiter_of
from . import faults, large
from .columns import MISSING, Column, columns_of, named
from .engine import ROW, _string, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SPACE = "' ' || chr(9) || chr(13) || chr(10) || chr(12288) || chr(160)"
_INTEGER = r"-?(?:0|[1-9]\d{0,17})"
_NUMBER = r"-?(?:0|[1-9]\d{0,15})(?:\.\d{1,10})?"
_GROUPED = r"-?[1-9]\d{0,2}(?:,\d{3}){1,6}(?:\.\d{1,10})?"
_DAY = r"\d{4}(?:-|/|\.|年)\d{1,2}(?:-|/|\.|月)\d{1,2}日?"
_MOMENT = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}(?::\d{2})?"
#: 拣得宽些:网页的标记、公式的开头、太长、像手机号证件号卡号的(中间有空格横线的也算)。
ODD = r"^[=@＝＠+\-＋－]|</?[A-Za-z]|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[1-9]\d{16}[\dXx]|[3-6]\d{14}"


@dataclass(frozen=True, slots=True)
class Counts:
    """一列在全部行里的数:填了的、是空的写法的、各种类型合得上的、最多几位小数。"""

    filled: int
    blank: int
    integers: int
    numbers: int
    days: int
    moments: int
    places: int
    odd: int


class Big:
    """一份大表,先原样存成文字列的 Parquet,以后各遍都读它。"""

    def __init__(self, link: DuckDBPyConnection, path: Path, encoding: str, bom: bool, raw: Path) -> None:
        head, tail = large._ends(path)
        delimiter = delimiter_of(head)
        rows, lines = large._split(head, delimiter)
        found = layout(rows)
        if found.header_row is None or not found.data or len(found.header) > MOST_COLUMNS:
            raise Unreadable(path.name, "开头认不出表头，或者列太多", "请在第一行写各列的名称")
        self.link, self.table = link, Table(rows, encoding, bom, delimiter)
        self.found, self.read = parts(self.table)
        self.read = [column for column in self.read if column.name and column.place < len(found.header)]
        self.first = found.header_row + 2  # 头一行数据是第几行
        width = len(found.header)
        source = large._source(
            path, delimiter, lines[found.header_row + (found.data[0] - found.header_row - 1)], width
        )
        cells = ", ".join(f"nullif(trim(c{place}, {_SPACE}), '') AS c{place}" for place in range(width))
        link.execute(f"COPY (SELECT {cells} FROM {source}) TO {literal(raw)} (FORMAT parquet, COMPRESSION zstd)")  # noqa: S608
        self.rejected = self._rejected()
        footer = large._footer(found.header, large._split(tail, delimiter, large.TAIL)[0][-large.LAST :], width)
        total = self.first_row(f"SELECT count(*) FROM read_parquet({literal(raw)})")[0]  # noqa: S608
        self.rows = total - (footer if not self.rejected else 0)
        self.footer = footer
        self.source = f"read_parquet({literal(raw)}, file_row_number=true)"
        self.within = f"{ROW} < {self.rows}"

    def first_row(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self.link.execute(statement, list(values)).fetchall()[0]
        return found

    def numbers(self, asked: Sequence[str]) -> list[int]:
        """Counts over every row; none is nought."""
        return [
            n or 0
            for n in self.first_row(f"SELECT {', '.join(asked)} FROM {self.source} WHERE {self.within}")  # noqa: S608
        ]

    def _rejected(self) -> list[tuple[int, str]]:
        """(line, what is wrong) of rows that have too many or too few cells."""
        try:
            rows = self.link.execute(
                "SELECT line, min(error_type) FROM reject_errors GROUP BY line ORDER BY line"
            ).fetchall()
        except Exception:  # 一行也没有拒收时,有的版本没有这张表
            return []
        return [(line, kind) for line, kind in rows]

    def counts(self) -> dict[int, Counts]:
        asked = []
        blanks = ", ".join(_string(word) for word in sorted(MISSING) if word)
        for column in self.read:
            c = f"c{column.place}"
            given = f"({c} IS NOT NULL AND {c} NOT IN ({blanks}))"
            digit = f"({given} AND {c} < ':')"  # 数字、负号都排在冒号以前
            asked += [
                f"count({c})",
                f"count_if({c} IN ({blanks}))",
                f"count_if(CASE WHEN {digit} THEN regexp_full_match({c}, '{_INTEGER}') END)",
                f"count_if(CASE WHEN {digit} THEN regexp_full_match({c}, '{_NUMBER}|{_GROUPED}') END)",
                f"count_if(CASE WHEN {digit} AND length({c}) BETWEEN 8 AND 11 THEN {day(c)} IS NOT NULL END)",
                f"count_if(CASE WHEN {digit} AND length({c}) BETWEEN 12 AND 19 THEN {moment(c)} IS NOT NULL END)",
                f"coalesce(max(CASE WHEN {digit} AND contains({c}, '.') THEN length({c}) - instr({c}, '.') END), 0)",
                f"count_if(length({c}) > {faults.MOST_CELL} OR (length({c}) > 2 AND regexp_matches({c}, '{ODD}')))",
            ]
        row = self.numbers(asked)
        return {column.place: Counts(*row[8 * n : 8 * n + 8]) for n, column in enumerate(self.read)}

    def typed(
        self, counts: Mapping[int, Counts], fields: Sequence[Mapping[str, Any]], profile: Mapping[str, Any]
    ) -> list[Column]:
        known = {field["title"]: column for field, column in zip(fields, columns_of(fields), strict=True)}
        typed, codes = [], set(profile["text_codes"]) | self._codes(counts)
        for column, name in zip(self.read, named([column.name for column in self.read]), strict=True):
            count = counts[column.place]
            given = count.filled - count.blank
            kind, places = "string", 0
            if given and column.name not in codes:
                if count.integers == given:
                    kind = "integer"
                elif count.numbers == given:
                    kind, places = ("number", count.places) if count.places else ("integer", 0)
                elif count.days == given:
                    kind = "date"
                elif count.moments == given:
                    kind = "datetime"
            if own := known.get(column.name):
                most = max(own.places, count.places) if own.kind == "number" else 0
                typed.append(Column(own.name, own.title, own.kind, min(most, 10)))
            else:
                typed.append(Column(name, column.name, kind, places))
        return typed

    def _codes(self, counts: Mapping[int, Counts]) -> set[str]:
        """Columns of digits with a leading nought somewhere, or long ones throughout."""
        asked = []
        for column in self.read:
            c = f"c{column.place}"
            digits = f"CASE WHEN {c} >= '0' AND {c} < ':' THEN regexp_full_match({c}, '[0-9]+') END"
            asked += [
                f"count_if({digits})",
                f"count_if(CASE WHEN {c} >= '0' AND {c} < '1' THEN regexp_full_match({c}, '0[0-9]+') END)",
                f"count_if(CASE WHEN length({c}) >= {large._LONG} THEN {digits} END)",
            ]
        row = self.numbers(asked)
        return {
            column.name
            for n, column in enumerate(self.read)
            if row[3 * n] >= max(1, counts[column.place].filled * large._HALF)
            and (row[3 * n + 1] or row[3 * n + 2] >= row[3 * n] * large._MOST)
        }


def day(c: str) -> str:
    """A cell as a date; NULL for anything else."""
    plain = f"rtrim(regexp_replace({c}, '[/.年月]', '-', 'g'), '日')"
    return f"CASE WHEN regexp_full_match({c}, '{_DAY}') THEN TRY_CAST({plain} AS DATE) END"


def moment(c: str) -> str:
    plain = f"replace(replace({c}, '/', '-'), 'T', ' ')"
    return f"CASE WHEN regexp_full_match({c}, '{_MOMENT}') THEN TRY_CAST({plain} AS TIMESTAMP) END"


def clean(column: Column, c: str) -> str:
    """A cell in the one writing of its type; NULL where it is empty or does not fit."""
    if column.kind == "string":
        return c
    if column.is_number:
        shape = _INTEGER if column.kind == "integer" else _NUMBER
        plain = f"CASE WHEN regexp_full_match({c}, '{_GROUPED}') THEN replace({c}, ',', '') ELSE {c} END"
        return f"CASE WHEN regexp_full_match({plain}, '{shape}') THEN TRY_CAST({plain} AS {column.sql}) END"
    return day(c) if column.kind == "date" else moment(c)
