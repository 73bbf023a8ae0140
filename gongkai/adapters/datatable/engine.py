"""嵌在程序里的引擎(DuckDB):表存成一份 Parquet,按行号翻页,按列筛选、排序、汇总。不联网,不装扩展,内存有限。

大表旁边另有索引(``build_index``):引擎自己格式的一份,范围的条件和按行号取行快得多;各列文字的 ``textindex``。
没有索引一样答得出,只是慢;列名只来自登记的列,值只作参数交给引擎,不拼进语句。
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import textindex
from .columns import Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY, THREADS = "512MB", 2
#: 相等的筛选靠每一段的布隆过滤器跳过整段:字典要装得下一段里全部不同的值,才写得出过滤器。
_PARQUET = (
    "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 122880, "
    "STRING_DICTIONARY_PAGE_SIZE_LIMIT 4000000"
)
#: 报告里引一列数的说法 → 怎样算。
_MEASURES = (("合计", "sum"), ("平均", "avg"), ("最大", "max"), ("最小", "min"))
#: 网址里的写法 → 比较。
OPERATORS = {"": "=", "gte": ">=", "lte": "<=", "gt": ">", "lt": "<", "contains": "contains"}
ROW = "file_row_number"

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Filter:
    """一个条件:哪一列、怎样比(``OPERATORS`` 的键)、同什么比。"""

    column: Column
    way: str
    value: str


def connection() -> DuckDBPyConnection:
    """This thread's own connection, in memory, with its limits set."""
    if getattr(_local, "owner", None) != os.getpid():
        _local.link, _local.owner = opened(), os.getpid()
    link: DuckDBPyConnection = _local.link
    return link


def opened(**more: Any) -> DuckDBPyConnection:
    """A connection of its own, in memory, with its limits set; ``more`` settings go over the usual ones."""
    import duckdb

    settings: dict[str, Any] = {
        "threads": THREADS,
        "memory_limit": MEMORY,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": "",
        "preserve_insertion_order": True,
    }
    return duckdb.connect(":memory:", config=settings | more)


def quoted(name: str) -> str:
    """An identifier of the statement."""
    return '"' + name.replace('"', '""') + '"'


def literal(path: Path) -> str:
    """A path within a statement."""
    return "'" + str(path).replace("'", "''") + "'"


def build(text: Path, target: Path, columns: Sequence[Column]) -> None:
    """Write the Parquet file out of a CSV file that ``examination`` wrote: UTF-8, commas, a header, one writing a type."""
    types = ", ".join(f"{_string(column.name)}: 'VARCHAR'" for column in columns)
    cells = ", ".join(
        f"CAST({quoted(column.name)} AS {column.sql}) AS {quoted(column.name)}" for column in columns
    )
    connection().execute(
        f"COPY (SELECT {cells} FROM read_csv({literal(text)}, header=true, delim=',', quote='\"', escape='\"', "  # noqa: S608
        f"auto_detect=false, columns={{{types}}}, nullstr='', max_line_size=8000000)) TO {literal(target)} ({_PARQUET})"
    )


def _string(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


#: 索引目录里引擎自己格式的一份;各列文字的索引叫 ``列名.text``。
NATIVE = "rows.duckdb"
#: 一个线程至多挂着几份。
_MOST_ATTACHED = 4
#: 一列不同的值不多于这么多,不另建文字的索引:引擎按字典看,本来就快。
_FEW_VALUES = 2000
#: 一次拿多少个候选的行去核对别的条件。
_CHUNK = 500


def build_index(path: Path, folder: Path, columns: Sequence[Column]) -> None:
    """Write the index of a table into a folder that is not there yet; it appears whole or not at all."""
    made = folder.with_name(folder.name + ".making")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    names = ", ".join(quoted(column.name) for column in columns)
    source = f"read_parquet({literal(path)}, file_row_number=true)"
    link = opened()
    try:
        link.execute(f"ATTACH {literal(made / NATIVE)} AS made")
        # 不写排序:一份文件照原来的次序读(preserve_insertion_order),排一遍要的内存放不下
        link.execute(f"CREATE TABLE made.t AS SELECT {names} FROM {source}")  # noqa: S608
        link.execute("DETACH made")
        for column in columns:
            if column.kind == "string" and _is_varied(link, source, column):
                values = _column(link, source, column)
                with suppress(textindex.NotIndexable):
                    textindex.build(values, made / f"{column.name}.text")
    finally:
        link.close()
    made.rename(folder)


def _is_varied(link: DuckDBPyConnection, source: str, column: Column) -> bool:
    """Whether a column has so many values that the engine's own dictionaries are of no help."""
    found = link.execute(f"SELECT approx_count_distinct({quoted(column.name)}) FROM {source}").fetchall()  # noqa: S608
    return int(found[0][0]) > _FEW_VALUES


def _column(link: DuckDBPyConnection, source: str, column: Column) -> Iterator[str | None]:
    cursor = link.cursor()
    cursor.execute(f"SELECT {quoted(column.name)} FROM {source}")  # noqa: S608
    while found := cursor.fetchmany(20_000):
        for (value,) in found:
            yield value


def _attached(path: Path) -> str:
    """The name under which this thread's connection has the file; what was used longest ago is let go."""
    link = connection()
    known: dict[Path, str] = _local.__dict__.setdefault("attached", {})
    if _local.__dict__.get("attached_to") is not link:
        known.clear()
        _local.attached_to = link
    if path in known:
        known[path] = known.pop(path)
        return known[path]
    while len(known) >= _MOST_ATTACHED:
        link.execute(f"DETACH {known.pop(next(iter(known)))}")
    _local.named = _local.__dict__.get("named", 0) + 1
    name = f"kept_{_local.named}"
    link.execute(f"ATTACH {literal(path)} AS {name} (READ_ONLY)")
    known[path] = name
    return name


class Table:
    """一份 Parquet,读得到的列只有给的这些;``index`` 是索引的目录,没有也行。"""

    def __init__(self, path: Path, columns: Sequence[Column], index: Path | None = None) -> None:
        self.path, self.columns = path, tuple(columns)
        self._source = f"read_parquet({literal(path)}, file_row_number=true)"
        self._index = index if index is not None and (index / NATIVE).is_file() else None

    def count(self, filters: Sequence[Filter] = ()) -> int:
        """How many rows meet the conditions."""
        where, values = self._where(filters)
        return int(self._ask(f"SELECT count(*) FROM {self._source} WHERE {where}", values)[0][0])  # noqa: S608

    def page(
        self,
        *,
        after: int = -1,
        limit: int = 50,
        filters: Sequence[Filter] = (),
        sort: Column | None = None,
        descending: bool = False,
        offset: int = 0,
    ) -> list[tuple[int, tuple[Any, ...]]]:
        """(row number, cells) of so many rows; by row number, or by a column with the row number after it.

        The row numbers come first and only these rows are read whole: columns that are not asked about cost nothing.
        Without a sort the engine gives the rows in their order (``preserve_insertion_order``) and stops at the limit.
        """
        where, values = self._where(filters)
        if not filters and sort is None:
            first = after + 1 + offset
            return self._rows(f"{ROW} BETWEEN {first} AND {first + limit - 1}")
        if sort is None and self._index is not None:
            return self._indexed(filters, after, limit, offset, self._index)
        way = "DESC" if descending else "ASC"
        order = f"ORDER BY {quoted(sort.name)} {way} NULLS LAST, {ROW} " if sort else ""
        found = self._ask(
            f"SELECT {ROW} FROM {self._source} WHERE {where} AND {ROW} > {int(after)} {order}"  # noqa: S608
            f"LIMIT {int(limit)} OFFSET {int(offset)}",
            values,
        )
        if not found:
            return []
        places = {number: place for place, (number,) in enumerate(found)}
        rows = self._rows(f"{ROW} IN ({', '.join(str(number) for number in places)})")
        return sorted(rows, key=lambda row: places[row[0]])

    def _indexed(
        self, filters: Sequence[Filter], after: int, limit: int, offset: int, index: Path
    ) -> list[tuple[int, tuple[Any, ...]]]:
        """The same by the index: rows that have the words first, if there is such a condition and few may meet it."""
        source = f"{_attached(index / NATIVE)}.t"
        chosen: list[int] = []
        found = self._candidates(filters, after, index)
        if found is None:
            where, values = self._where(filters)
            # 相等的条件靠 Parquet 的布隆过滤器跳过整段,别的靠引擎自己的格式
            equal = all(one.way == "" for one in filters)
            where_from, row = (self._source, ROW) if equal else (source, "rowid")
            asked = (
                f"SELECT {row} FROM {where_from} WHERE {where} AND {row} > {int(after)} "  # noqa: S608
                f"LIMIT {int(limit)} OFFSET {int(offset)}"
            )
            return self._fetched(source, [row for (row,) in self._ask(asked, values)])
        numbers, others = found
        where, values = self._where(others)
        for chunk in textindex.chunks(numbers, _CHUNK if others else offset + limit):
            if others:
                fitting = f"SELECT rowid FROM {self._of(source, chunk)} WHERE {where} ORDER BY 1"  # noqa: S608
                chunk = [row for (row,) in self._ask(fitting, values)]
            chosen += chunk
            if len(chosen) >= offset + limit:
                break
        return self._fetched(source, chosen[offset : offset + limit])

    @staticmethod
    def _candidates(
        filters: Sequence[Filter], after: int, index: Path
    ) -> tuple[Iterator[int], list[Filter]] | None:
        """The rows that meet the ``contains`` that the fewest blocks may meet, in their order, and the other
        conditions; None without one that an index helps."""
        found = None
        for one in filters:
            if one.way == "contains" and one.column.kind == "string":
                asked = textindex.search(index / f"{one.column.name}.text", one.value, after)
                if asked is not None and (found is None or asked.blocks < found[0].blocks):
                    found = asked, one
        if found is None:
            return None
        return found[0].rows(), [one for one in filters if one is not found[1]]

    @staticmethod
    def _of(source: str, numbers: Sequence[int]) -> str:
        """These rows of the table, as something to select from."""
        values = ", ".join(f"({int(number)})" for number in numbers)
        return f"(SELECT t.rowid, t.* FROM {source} t JOIN (VALUES {values}) v(i) ON t.rowid = v.i)"  # noqa: S608

    def _fetched(self, source: str, numbers: Sequence[int]) -> list[tuple[int, tuple[Any, ...]]]:
        if not numbers:
            return []
        names = ", ".join(quoted(column.name) for column in self.columns)
        found = self._ask(f"SELECT rowid, {names} FROM {self._of(source, numbers)} ORDER BY 1", [])  # noqa: S608
        return [(row[0], row[1:]) for row in found]

    def grouped(
        self, by: Column, value: Column | None, *, most: int, latest: bool = False
    ) -> list[tuple[Any, Any]]:
        """(value of ``by``, rows or the sum of ``value``), the largest first; or the ``latest`` values, the last first."""
        order = "1 DESC" if latest else "n DESC NULLS LAST, 1"
        measure = f"sum({quoted(value.name)})" if value else "count(*)"
        return self._ask(
            f"SELECT {quoted(by.name)}, {measure} AS n FROM {self._source} WHERE {quoted(by.name)} IS NOT NULL "  # noqa: S608
            f"GROUP BY 1 ORDER BY {order} LIMIT {int(most)}",
            [],
        )

    def measures(self) -> list[tuple[str, Decimal]]:
        """(what it is, value): the number of rows, then of each column what one would quote of it."""
        asked: list[tuple[str, str]] = [("行数", "count(*)")]
        for column in self.columns:
            name, title = quoted(column.name), f"“{column.title}”"
            if column.is_number:
                asked += [(f"{title}的{word}", f"{way}({name})") for word, way in _MEASURES]
            asked += [
                (f"{title}有值的行数", f"count({name})"),
                (f"{title}不同的值的个数", f"count(DISTINCT {name})"),
            ]
        row = self._ask(f"SELECT {', '.join(way for _, way in asked)} FROM {self._source}", [])[0]  # noqa: S608
        return [
            (what, Decimal(str(value))) for (what, _), value in zip(asked, row, strict=True) if value is not None
        ]

    def smallest_group(self, columns: Sequence[Column]) -> int:
        """The fewest rows that are alike in these columns; 0 of an empty table."""
        names = ", ".join(quoted(column.name) for column in columns)
        found = self._ask(
            f"SELECT coalesce(min(n), 0) FROM (SELECT count(*) AS n FROM {self._source} GROUP BY {names})",  # noqa: S608
            [],
        )
        return int(found[0][0])

    def chosen(
        self,
        filters: Sequence[Filter],
        *,
        sort: Column | None = None,
        descending: bool = False,
        most: int,
        size: int = 5000,
    ) -> Iterator[list[tuple[Any, ...]]]:
        """The rows that meet the conditions, sorted as ``page`` sorts them, so many at a time and ``most`` in all."""
        names = ", ".join(quoted(column.name) for column in self.columns)
        where, values = self._where(filters)
        way = "DESC" if descending else "ASC"
        order = f"ORDER BY {quoted(sort.name)} {way} NULLS LAST, {ROW} " if sort else ""
        cursor = connection().cursor()
        cursor.execute(
            f"SELECT {names} FROM {self._source} WHERE {where} {order}LIMIT {int(most)}",  # noqa: S608
            values,
        )
        while rows := cursor.fetchmany(size):
            yield rows

    def batches(self, size: int = 5000) -> Iterator[list[tuple[Any, ...]]]:
        """All rows in their order (of one file the engine keeps it, without a sort), so many at a time."""
        names = ", ".join(quoted(column.name) for column in self.columns)
        cursor = connection().cursor()
        cursor.execute(f"SELECT {names} FROM read_parquet({literal(self.path)})")  # noqa: S608
        while rows := cursor.fetchmany(size):
            yield rows

    def _rows(self, where: str) -> list[tuple[int, tuple[Any, ...]]]:
        names = ", ".join(quoted(column.name) for column in self.columns)
        found = self._ask(f"SELECT {ROW}, {names} FROM {self._source} WHERE {where} ORDER BY {ROW}", [])  # noqa: S608
        return [(row[0], row[1:]) for row in found]

    def _where(self, filters: Sequence[Filter]) -> tuple[str, list[Any]]:
        parts, values = ["true"], []
        for one in filters:
            name, operator = quoted(one.column.name), OPERATORS[one.way]
            if operator == "contains":
                parts.append(f"contains(CAST({name} AS VARCHAR), ?)")
            else:
                parts.append(f"{name} {operator} CAST(? AS {one.column.sql})")
            values.append(one.value)
        return " AND ".join(parts), values

    @staticmethod
    def _ask(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        return connection().execute(statement, values).fetchall()
