"""把表格各行认到报告格式的行和列上。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.law.report import labels
from gongkai.law.report.facts import Line
from gongkai.law.report.finding import Finding, Severity, found
from gongkai.law.report.form import Form, Row
from gongkai.law.report.value import Kind, Value, number, read

from .source import Cell, Grid

WIDTH = 7  # 表三的列数
_RESULTS = {
    "结果维持": 0,
    "维持": 0,
    "结果纠正": 1,
    "纠正": 1,
    "其他结果": 2,
    "其它结果": 2,
    "其他": 2,
    "尚未审结": 3,
    "未审结": 3,
    "总计": 4,
    "合计": 4,
}
_WORDS = re.compile(r"[一-龥]")
GONE = "\0"  # 表头里没有这一列
LONGEST_LABEL = 60  # 字;更长的格是正文
FEWEST_HEADS = 2  # 一行里有这么多个表二的列名,就是表二的表头
LONGEST_VALUE = 12  # 字;更长的格是文字,不是填数


class Tables:
    """三张表的收集处。``table2`` 等是行key → 一行;``remarks`` 是认行认列时发现的问题。"""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.table2: dict[str, Line] = {}
        self.table3: dict[str, Line] = {}
        self.table4: dict[str, Line] = {}
        self.remarks: list[Finding] = []
        self.order: list[str] = []
        self.group = ""
        self._columns: tuple[list[int], list[int]] | None = None
        self._heads_of_two = {head for block in form.blocks for head in block.columns}

    # --- 表格 ---

    def read_grid(self, grid: Grid) -> Iterator[str]:
        """Take a grid's rows in; yields the rows that belong to no table, as lines of text."""
        results: dict[int, tuple[str, int]] | None = None
        heads: list[str] = []
        above: list[tuple[Cell, ...]] = []
        for row in grid.rows:
            texts = [cell.text for cell in row if not cell.left and cell.text.strip()]
            if header := _results_header(self.form, row, above):
                results = header
            elif results and self._take_results(row, results):
                pass
            elif self._take_disclosure(row) or self._take_request(row):
                heads = []
            elif texts:
                heads = _merge_heads(heads, row)
                self._read_heads(heads)
                yield " ".join(texts)
            above.append(row)

    def _read_heads(self, heads: list[str]) -> None:
        """Where the seven columns are, once the head rows name 自然人 and 总计."""
        places: list[int] = []
        order: list[int] = []
        for place, head in enumerate(heads):
            column = _column_of(self.form, head)
            if column is not None and column not in order:
                places.append(place)
                order.append(column)
        names = [self.form.columns[index].key for index in order]
        if "person" in names and len(order) >= 5:
            self._columns = (places, order)

    def _take_request(self, row: Sequence[Cell]) -> bool:
        """A row of table 3; the head of table 2 (本年新公开数量…) sounds like one and is none."""
        if sum("".join(cell.text.split()) in self._heads_of_two for cell in row if not cell.left) >= FEWEST_HEADS:
            return False
        last, match, group = -1, None, self.group
        for place, cell in enumerate(row):
            if cell.left or not cell.text.strip():
                continue
            named = _WORDS.search(cell.text) and len(cell.text) <= LONGEST_LABEL
            got = labels.match_row(self.form, [cell.text], group) if named else None
            if got:
                last, match, group = place, got, got.group or group
            elif match:
                break
        if match is None:
            return False
        after = last + 1
        while after < len(row) and row[after].left:
            after += 1
        raw = self._values(row, after)
        if any(labels.match_column(self.form, value) for value in raw if _WORDS.search(value)):
            return False
        written = row[last].text
        if not any(value.strip() for value in raw) and (len(raw) < WIDTH or not labels.split(written).mark):
            self.group = match.group or self.group
            return False
        self.put_request(match.key, match.group, written, [read(value) for value in raw])
        return True

    def _values(self, row: Sequence[Cell], after: int) -> list[str]:
        """The value cells of a row: by the head row if it fits this row, else what follows the label."""
        plain = [cell.text for cell in row[after:] if not cell.left]
        by_head = self._by_head(row, after, len(plain))
        if by_head and (_adds_up(by_head) or len(plain) == WIDTH):
            return by_head
        while len(plain) > WIDTH and not plain[-1].strip():
            plain.pop()
        while len(plain) > WIDTH and not plain[0].strip():
            plain.pop(0)
        return plain if not by_head or (len(plain) == WIDTH and _adds_up(plain)) else by_head

    def _by_head(self, row: Sequence[Cell], after: int, many: int) -> list[str]:
        """The values under the seven heads; a head that is missing gives ``GONE``; empty if the row does not fit."""
        if not self._columns:
            return []
        places, order = self._columns
        texts = [cell.text for cell in row]
        if places[0] < after or places[-1] >= len(row) or any(row[place].left for place in places):
            if len(order) < WIDTH or many != WIDTH or order == sorted(order):
                return []
            texts, places = [cell.text for cell in row[after:] if not cell.left], list(range(WIDTH))
        elif len(order) < WIDTH and many != len(order):
            return []
        if order != sorted(order):
            self._once(found("E14", "表三/列名", "表三各列的顺序与官方格式不一致。"))
        self._short_columns(order)
        line = {column: texts[place] for place, column in zip(places, order, strict=True)}
        return [line.get(column, GONE) for column in range(WIDTH)]

    def _short_columns(self, order: list[int]) -> None:
        for index, column in enumerate(self.form.columns):
            if index not in order:
                gone = f"表三缺少“{column.label}”一列。"
                self._once(found("E7", f"表三/{column.label}", gone, expected=column.label))

    def _once(self, finding: Finding) -> None:
        if finding not in self.remarks:
            self.remarks.append(finding)

    # --- 收下一行 ---

    def put_request(self, key: str, group: str, written: str, values: list[Value]) -> bool:
        """Put a row of table 3; a group heading with values stands for the group's own rows."""
        self.group = group or self.group
        if not key:
            return self._put_group(group, values)
        if key in self.table3:
            return False
        row = self.form.row(key)
        self._remark_label(row, written)
        self.order.append(key)
        self.table3[key] = self._fit(row, values)
        return True

    def _put_group(self, group: str, values: list[Value]) -> bool:
        rows = [
            row.key for row in self.form.rows if row.key.startswith(f"{group}_") and row.key not in self.table3
        ]
        if not group or not rows or not values:
            return False
        if len(values) == WIDTH * len(rows) and len(rows) > 1:
            for index, key in enumerate(rows):
                self.order.append(key)
                self.table3[key] = tuple(values[index * WIDTH : (index + 1) * WIDTH])
            return True
        merged = self.form.merged
        if group == merged.group and len(values) == WIDTH and merged.into not in self.table3:
            if not merged.official:
                names = "、".join(f"“{row.label}”" for row in self.form.rows if row.key.startswith(f"{group}_"))
                told = f"表三“{merged.label}”写成了一行，官方格式分{names}填报。"
                self._once(found("E14", f"表三/{merged.label}", told))
            for key in merged.empty:
                self.table3.setdefault(key, (number(0),) * WIDTH)
            self.order.append(merged.into)
            self.table3[merged.into] = self._fit(self.form.row(merged.into), values)
            return True
        return False

    def _fit(self, row: Row, values: list[Value]) -> Line:
        if len(values) == WIDTH:
            return tuple(None if value.raw == GONE else value for value in values)
        self.remarks.append(
            found(
                "E7",
                f"表三/{row.short}",
                f"表三“{row.short}”一行应有{WIDTH}格，读出{len(values)}格，各列对不上。",
                expected=WIDTH,
                actual=len(values),
                remedy="请补齐该行各列，没有发生的填0。",
            )
        )
        return (None,) * WIDTH

    def _remark_label(self, row: Row, written: str) -> None:
        official = labels.difference(self.form, row.key, written)
        short = re.sub(r"\s+", "", written)[:60]
        if official:
            self.remarks.append(
                found(
                    "E14",
                    f"表三/{row.short}/行名",
                    f"表三有一行的行名写作“{short}”，官方行名为“{official}”。",
                    expected=official,
                    actual=short,
                )
            )

    # --- 表二、表四 ---

    def _take_disclosure(self, row: Sequence[Cell]) -> bool:
        """A row of table 2."""
        starts = [cell for cell in row if not cell.left]
        place = next((i for i, cell in enumerate(starts) if _WORDS.search(cell.text)), None)
        if place is None or any(_WORDS.search(c.text) and not _is_value(c.text) for c in starts[place + 1 :]):
            return False
        known = labels.match_disclosure(self.form, starts[place].text)
        if known is None or known.key in self.table2 or len(starts) == place + 1:
            return False
        block = self.form.block_of(known.key)
        values = [cell.text for cell in starts[place + 1 :]][: len(block.columns)]
        if len(values) == len(block.columns):
            self.table2[known.key] = tuple(read(value) for value in values)
        else:
            self.remarks.append(
                found(
                    "E7",
                    f"表二/{known.short}",
                    f"表二“{known.label}”应有{len(block.columns)}格，读出{len(values)}格。",
                    expected=len(block.columns),
                    actual=len(values),
                )
            )
            self.table2[known.key] = (None,) * len(block.columns)
        return True

    def _take_results(self, row: Sequence[Cell], header: dict[int, tuple[str, int]]) -> bool:
        """The row of figures under the heads of table 4."""
        plain = [cell.text for cell in row if not cell.left]
        while len(plain) > 15 and not plain[-1].strip():
            plain.pop()
        if len(plain) == 15 and len(header) != 15:
            header = {place: (self.form.remedies[place // 5].key, place % 5) for place in range(15)}
            cells = dict(enumerate(plain))
        else:
            cells = {place: cell.text for place, cell in enumerate(row) if place in header and not cell.left}
        if len(cells) < 5 or any(not _is_value(text) for text in cells.values()):
            return False
        if not any(read(text).kind is Kind.NUMBER for text in cells.values()) and len(cells) < len(header):
            return False
        lines: dict[str, list[Value | None]] = {}
        for place, text in cells.items():
            block, index = header[place]
            lines.setdefault(block, [None] * 5)[index] = read(text)
        for block, line in lines.items():
            self.table4.setdefault(block, tuple(line))
        return True


def notice(where: str, message: str) -> Finding:
    """A remark that the reader itself is not sure."""
    return found(
        "E14", where, message, severity=Severity.NOTICE, remedy="请对照原件核对，或者换用表格完整的文件重读。"
    )


def _adds_up(values: Sequence[str]) -> bool:
    """Whether the last value is the sum of the others."""
    amounts = [read(value).sum for value in values]
    return None not in amounts and sum(amounts[:-1]) == amounts[-1]  # type: ignore[arg-type]


def _is_value(text: str) -> bool:
    return len(text) <= LONGEST_VALUE and (
        read(text).kind is not Kind.TEXT or read(text).number is not None or text in ("无", "暂无")
    )


def _column_of(form: Form, head: str) -> int | None:
    """The column that a stack of head cells names by its end (申请人情况 法人或其他组织 商业企业)."""
    flat = labels.core(head)
    for index, column in enumerate(form.columns):
        if flat == column.label or flat.endswith(column.label):
            if column.key == "other" and flat.endswith("法人或其他"):
                continue
            return index
    found_column = labels.match_column(form, flat[-6:])
    return form.columns.index(found_column) if found_column else None


def _merge_heads(heads: list[str], row: Sequence[Cell]) -> list[str]:
    """Head rows stacked: the text over each column, upper cells first, a merged cell once."""
    width = max(len(heads), len(row))
    merged = heads + [""] * (width - len(heads))
    for place, cell in enumerate(row):
        if not cell.above:
            merged[place] += cell.text
    return merged


def _results_header(
    form: Form, row: Sequence[Cell], above: Sequence[Sequence[Cell]]
) -> dict[int, tuple[str, int]] | None:
    """Column → (block, result) if a row is the lowest head row of table 4."""
    results = {place: _RESULTS.get(labels.core(cell.text)) for place, cell in enumerate(row) if not cell.left}
    named = [place for place, result in results.items() if result is not None]
    if len(named) < 4 or sum(results[place] in (0, 1, 3) for place in named) < 3:
        return None
    header: dict[int, tuple[str, int]] = {}
    for count, place in enumerate(named):
        block = next(
            (
                known.key
                for upper in reversed(above[-4:])
                if place < len(upper) and (known := labels.match_remedy(form, upper[place].text))
            ),
            "",
        )
        by_order = form.remedies[min(count // 5, 2)].key
        header[place] = (block or by_order, results[place] or 0)
    if len(set(header.values())) != len(header):
        header = {place: (form.remedies[min(n // 5, 2)].key, results[place] or 0) for n, place in enumerate(named)}
    return header
