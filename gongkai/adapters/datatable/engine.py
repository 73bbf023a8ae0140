"""嵌在程序里的引擎(DuckDB):表存成一份 Parquet,按行号翻页,按列筛选、排序、汇总。不联网,不装扩展,内存有限。

列名只来自登记的列,值只作参数交给引擎,不拼进语句。
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .columns import Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY, THREADS = "512MB", 2
#: 相等的筛选靠每一段的布隆过滤器跳过整段:字典要装得下一段里全部不同的值,才写得出过滤器。
_PARQUET = (
    "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 122880, "
    "STRING_DICTIONARY_PAGE_SIZE_LIMIT 4000000"
)
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


class Table:
    """一份 Parquet,读得到的列只有给的这些。"""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self.path, self.columns = path, tuple(columns)
        self._source = f"read_parquet({literal(path)}, file_row_number=true)"

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

    def smallest_group(self, columns: Sequence[Column]) -> int:
        """The fewest rows that are alike in these columns; 0 of an empty table."""
        names = ", ".join(quoted(column.name) for column in columns)
        found = self._ask(
            f"SELECT coalesce(min(n), 0) FROM (SELECT count(*) AS n FROM {self._source} GROUP BY {names})",  # noqa: S608
            [],
        )
        return int(found[0][0])

    def batches(self, size: int = 5000) -> Iterator[list[tuple[Any, ...]]]:
        """All rows in their order, so many at a time."""
        names = ", ".join(quoted(column.name) for column in self.columns)
        cursor = connection().cursor()
        cursor.execute(f"SELECT {names} FROM {self._source} ORDER BY {ROW}")  # noqa: S608
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
