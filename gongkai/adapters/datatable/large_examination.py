"""收一份很大的 CSV(上百万行):引擎把全部行过几遍,规则还是收小表的那些;拣出可疑的格,再由同样的函数逐格判。

只在受限的进程里用。干净的表直接写成 Parquet,内存同行数无关。
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..readers.opendata.columns import HALF
from ..readers.opendata.columns import Column as Read
from ..readers.opendata.layout import Layout
from ..readers.opendata.profile import profiled
from . import examination, faults, large
from .columns import MISSING, Column
from .engine import _PARQUET, ROW, _string, literal, quoted
from .faults import Fault
from .large_table import ODD, Big, Counts, clean

TABLE = "data.parquet"
#: 一列里至多逐格判这么多可疑的,其余的只报数。
SUSPECTS = 2000
_MASK = r"\*{2,}|[xX×]{3,}|＊{2,}"
_SHOWN_GROUPS, _TOP = 1000, 5
#: 不同的值大约这么多以内的再数一遍,多的写约数。
_EXACT = 20_000


def take_large(
    path: str,
    folder: str,
    fields: Sequence[Mapping[str, Any]] = (),
    sums: Sequence[str] = (),
    personal: bool = False,
    least: int = 0,
) -> dict[str, Any]:
    """What ``examination.examine`` says of a table, of a CSV file on the disk; the clean table is ``folder``'s ``data.parquet``.

    Raises:
        Unreadable: it is no text table, or cannot be read as one.
    """
    given = Path(path)
    encoding, bom = large._encoding(given)
    with tempfile.TemporaryDirectory(dir=folder) as work, large._engine(work) as link:
        link.execute("SET preserve_insertion_order = true")
        plain = given if encoding == "utf-8" else large._transcoded(given, encoding, Path(work) / "plain.csv")
        one = _Examination(link, plain, encoding, bom, Path(work) / "raw.parquet")
        return one.examine(Path(folder) / TABLE, fields, sums, personal, least)


class _Examination(Big):
    """体检、写出、描述。"""

    def examine(
        self,
        target: Path,
        fields: Sequence[Mapping[str, Any]],
        sums: Sequence[str],
        personal: bool,
        least: int,
    ) -> dict[str, Any]:
        counts = self.counts()
        profile = profiled(self.table, self.found, self.read)
        columns = self.typed(counts, fields, profile)
        wrong = [
            *self._shape(),
            *examination._quirks(self._quirks(profile["quirks"], counts)),
            *self._cells(counts),
        ]
        wrong += examination._against(self.read, fields)
        misfits = self._misfits(columns, fields)
        wrong += [fault for found, _ in misfits for fault in found]
        sensitive = set(profile["sensitive_columns"]) | {
            one.column for one in wrong if one.code == "PERSONAL" and one.column
        }
        wrong += self._small(columns, least)
        if personal:
            wrong = [
                replace(one, stops=False) if one.code in ("PERSONAL", "MASK_UNEVEN") else one for one in wrong
            ]
        if any(one.stops for one in wrong):
            return self._answer(wrong, [], {})
        self._write(columns, target)
        described = self._described(columns, counts, sensitive, profile["key"], target)
        valid = sum(count for _, count in misfits)
        answer = self._answer(wrong, described, self._quality(columns, counts, valid, sums, target))
        return answer | {"digest": self._digest(columns, target)}

    def _digest(self, columns: Sequence[Column], target: Path) -> str:
        """The same for the same rows in the same order: tells whether anything changed."""
        cells = ", ".join(quoted(column.name) for column in columns)
        source = f"read_parquet({literal(target)}, file_row_number=true)"
        (found,) = self.first_row(f"SELECT bit_xor(hash({ROW}, {cells})) FROM {source}")  # noqa: S608
        return f"{self.rows}:{found}"

    def _answer(
        self, wrong: Sequence[Fault], columns: list[dict[str, Any]], quality: dict[str, Any]
    ) -> dict[str, Any]:
        answer = examination._answer(self.table, self.found, list(wrong), columns, quality, "")
        return answer | {"rows": self.rows}

    def _shape(self) -> Iterator[Fault]:
        yield from (one for one in faults.of_table(self.table, self.found, []) if one.code != "RAGGED")
        lines = [
            Fault(
                "RAGGED",
                f"这一行的格比表头{'少' if 'MISSING' in kind else '多'}",
                "请核对分隔符、引号；文末的注请去掉",
                line,
            )
            for line, kind in self.rejected
        ]
        yield from faults._most(iter(lines))
        if not self.rows:
            yield Fault("EMPTY", "只有表头，没有数据", "空的表不收，请给有数据的")

    def _quirks(self, quirks: Sequence[Mapping[str, Any]], counts: Mapping[int, Counts]) -> list[dict[str, Any]]:
        """Those of the beginning; half empty and unevenly masked by every row."""
        kept = [dict(one) for one in quirks if one["code"] not in ("LOW_COMPLETENESS", "MASK_UNEVEN")]
        for column in self.read:
            if counts[column.place].filled <= self.rows * HALF:
                kept.append({"code": "LOW_COMPLETENESS", "column": column.name, "line": None})
            c = f"c{column.place}"
            masks = self.link.execute(
                f"SELECT DISTINCT list_transform(regexp_extract_all({c}, '{_MASK}'), lambda m: length(m)) FROM {self.source} "  # noqa: S608
                f"WHERE {self.within} AND {c} IS NOT NULL AND regexp_matches({c}, '{_MASK}') LIMIT 2"
            ).fetchall()
            if len(masks) > 1 or (masks and self._unmasked(c)):
                kept.append({"code": "MASK_UNEVEN", "column": column.name, "line": None})
        return kept

    def _unmasked(self, c: str) -> bool:
        """Whether some cells of a masked column are not masked."""
        statement = f"SELECT count(*) FROM {self.source} WHERE {self.within} AND {c} IS NOT NULL AND NOT regexp_matches({c}, '{_MASK}')"  # noqa: S608
        return bool(self.first_row(statement)[0])

    def _cells(self, counts: Mapping[int, Counts]) -> Iterator[Fault]:
        """What the engine picked out, judged cell by cell as in a small table."""
        for column in self.read:
            odd = counts[column.place].odd
            if not odd:
                continue
            c = f"c{column.place}"
            rows = self.link.execute(
                f"SELECT {ROW}, {c} FROM {self.source} WHERE {self.within} AND (length({c}) > {faults.MOST_CELL} OR "  # noqa: S608
                f"regexp_matches({c}, '{ODD}')) ORDER BY {ROW} LIMIT {SUSPECTS}"
            ).fetchall()
            picked = Read(column.name, column.place, tuple(cell for _, cell in rows))
            place = Layout(data=[number + self.first - 1 for number, _ in rows])
            for check in (faults._cells, faults._personal):
                found = list(check(picked, place))
                yield from faults._most(iter(found))
                if found and odd > len(rows):
                    last = found[-1]
                    yield replace(
                        last, message=f"看了{len(rows)}处可疑的，另有{odd - len(rows)}处没有看", line=None
                    )

    def _misfits(
        self, columns: Sequence[Column], fields: Sequence[Mapping[str, Any]]
    ) -> list[tuple[list[Fault], int]]:
        """Of each column the faults to show, and how many cells do not fit."""
        codes = {field["title"]: list(field["codes"]) for field in fields if field.get("codes")}
        found: list[tuple[list[Fault], int]] = []
        for column, read in zip(columns, self.read, strict=True):
            c, conditions, values = f"c{read.place}", [], []
            if column.kind != "string":
                blanks = ", ".join(_string(word) for word in sorted(MISSING) if word)
                conditions.append(f"({c} NOT IN ({blanks}) AND {clean(column, c)} IS NULL)")
            if allowed := codes.get(column.title):
                conditions.append(f"{c} NOT IN ({', '.join('?' * len(allowed))})")
                values = allowed
            if not conditions or not fields:
                found.append(([], 0))
                continue
            where = f"{self.within} AND {c} IS NOT NULL AND ({' OR '.join(conditions)})"
            (count,) = self.first_row(f"SELECT count(*) FROM {self.source} WHERE {where}", values)  # noqa: S608
            rows = self.link.execute(
                f"SELECT {ROW}, {c} FROM {self.source} WHERE {where} ORDER BY {ROW} LIMIT {faults.SHOWN}",  # noqa: S608
                values,
            ).fetchall()
            fix = "请改成登记的写法，或者先改字段"
            shown = [
                Fault(
                    "MISFIT", f"“{cell[:40]}”不合这一列登记的类型或者代码表", fix, number + self.first, read.name
                )
                for number, cell in rows
            ]
            if count > len(shown):
                shown.append(Fault("MISFIT", f"另有{count - len(shown)}处同样的", fix, None, read.name))
            found.append((shown, count))
        return found

    def _small(self, columns: Sequence[Column], least: int) -> Iterator[Fault]:
        for column, read in zip(columns, self.read, strict=True):
            if column.kind == "integer" and examination._PEOPLE.search(column.title):
                (small,) = self.first_row(
                    f"SELECT count(*) FROM {self.source} WHERE {self.within} AND {clean(column, f'c{read.place}')} "  # noqa: S608
                    f"BETWEEN 1 AND {int(least) - 1}"
                )
                if small:
                    yield examination.small_cell(column.title, small, least)

    def _write(self, columns: Sequence[Column], target: Path) -> None:
        cells = ", ".join(
            f"{clean(column, f'c{read.place}')} AS {quoted(column.name)}"
            for column, read in zip(columns, self.read, strict=True)
        )
        self.link.execute(
            f"COPY (SELECT {cells} FROM {self.source} WHERE {self.within} ORDER BY {ROW}) TO {literal(target)} ({_PARQUET})"  # noqa: S608
        )

    def _described(
        self,
        columns: Sequence[Column],
        counts: Mapping[int, Counts],
        sensitive: set[str],
        key: str | None,
        target: Path,
    ) -> list[dict[str, Any]]:
        source = f"read_parquet({literal(target)})"
        asked = [
            f"count({name}), approx_count_distinct({name}), CAST(min({name}) AS VARCHAR), CAST(max({name}) AS VARCHAR)"
            for name in (quoted(column.name) for column in columns)
        ]
        row = self.first_row(f"SELECT {', '.join(asked)} FROM {source}")  # noqa: S608
        described = []
        for n, (column, read) in enumerate(zip(columns, self.read, strict=True)):
            filled, distinct, low, high = row[4 * n : 4 * n + 4]
            filled -= counts[read.place].blank if column.kind == "string" else 0
            name, hidden = quoted(column.name), column.title in sensitive
            told: dict[str, Any] = {}
            if filled and not hidden:
                told = {"least": (low or "")[:60], "most": (high or "")[:60], "top": []}
                if distinct <= _SHOWN_GROUPS:
                    tops = self.link.execute(
                        f"SELECT CAST({name} AS VARCHAR), count(*) AS n FROM {source} WHERE {name} IS NOT NULL "  # noqa: S608
                        f"GROUP BY 1 ORDER BY n DESC, 1 LIMIT {_TOP}"
                    ).fetchall()
                    told["top"] = [(value[:60], times) for value, times in tops]
            is_key = key == read.name and self._is_key(source, name)
            few = distinct <= _EXACT
            if few:
                (distinct,) = self.first_row(f"SELECT count(DISTINCT {name}) FROM {source}")  # noqa: S608
            described.append(
                {
                    **column.as_dict(),
                    "filled": filled,
                    "distinct": filled if is_key else min(distinct, filled),
                    "about": not (few or is_key),
                    "sensitive": hidden,
                    "is_key": is_key,
                    **told,
                }
            )
        return described

    def _is_key(self, source: str, name: str) -> bool:
        statement = f"SELECT count(DISTINCT hash({name})), count({name}) FROM {source}"  # noqa: S608
        different, filled = self.first_row(statement)
        return bool(different == filled == self.rows)

    def _quality(
        self,
        columns: Sequence[Column],
        counts: Mapping[int, Counts],
        misfits: int,
        sums: Sequence[str],
        target: Path,
    ) -> dict[str, Any]:
        total = self.rows * len(columns)
        filled = sum(count.filled - count.blank for count in counts.values())
        cells = ", ".join(quoted(column.name) for column in columns)
        source = f"read_parquet({literal(target)})"
        (distinct,) = self.first_row(f"SELECT count(DISTINCT hash({cells})) FROM {source}")  # noqa: S608
        off = self._unbalanced(columns, sums, source)
        return {
            "complete": examination._percent(filled, total),
            "unique": examination._percent(distinct, self.rows),
            "valid": examination._percent(total - misfits, total),
            "balanced": None if off is None else examination._percent(self.rows - off, self.rows),
        }

    def _unbalanced(self, columns: Sequence[Column], sums: Sequence[str], source: str) -> int | None:
        names = {column.title: column for column in columns}
        wrong = []
        for whole, parts_ in examination.sum_rules(sums, names):
            if any(names[name].kind not in ("integer", "number") for name in (whole, *parts_)):
                wrong.append("true")  # 不是数,加不起来
                continue
            counted = f"coalesce({quoted(names[whole].name)}, 0)::DOUBLE"
            rest = " + ".join(f"coalesce({quoted(names[name].name)}, 0)::DOUBLE" for name in parts_)
            wrong.append(f"abs({counted} - ({rest})) > 0.005 * greatest(1.0, abs({counted}))")
        if not wrong:
            return None
        return int(self.first_row(f"SELECT count_if({' OR '.join(wrong)}) FROM {source}")[0])  # noqa: S608
