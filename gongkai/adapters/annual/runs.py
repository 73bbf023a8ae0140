"""没有表格的文字里认表:行名在前,数在后;数可能分行、粘连、被竖线隔开。"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from gongkai.law.report import labels
from gongkai.law.report.statements import statements
from gongkai.law.report.value import Value, number, read
from gongkai.law.report.wording import Figure

from .glued import split_any, split_blocks, split_sum
from .settle import settle
from .tables import WIDTH, Tables, notice

_ORDINAL = re.compile(r"([1-8])\s*[.、．]\s*(?=[一-龥])")
_VALUE = r"(?:-?\d[\d,]*(?:\.\d+)?|□|(?<![一-龥\w])[-—–/]+(?![一-龥\w]))"
_RUN = re.compile(rf"{_VALUE}(?:[\s|]*{_VALUE})*")
SURE = 0.95  # 行名相似到这个程度才拿来作证
_CIRCLED = {chr(0x2460 + n): f"{n + 1}." for n in range(8)}


def tokens(text: str) -> Iterator[tuple[str, list[str]]]:
    """Pairs of words and the values after them.

    >>> list(tokens("1.属于国家秘密00000002.其他法律行政法规禁止公开 0 0"))
    [('①属于国家秘密', ['0000000']), ('②其他法律行政法规禁止公开', ['0', '0'])]
    """
    flat = unicodedata.normalize("NFKC", text)
    lines = [
        "□" if re.fullmatch(r"[\s|]*\|[\s|]*", line) else line.strip().rstrip("|") for line in flat.split("\n")
    ]
    flat = _ORDINAL.sub(lambda hit: chr(0x2460 + int(hit[1]) - 1), "\n".join(lines))
    at = 0
    for run in _RUN.finditer(flat):
        word = re.sub(r"[\s|]+", "", flat[at : run.start()])
        at = run.end()
        yield word, ["" if value == "□" else value for value in re.findall(_VALUE, run[0])]


def take_requests(tables: Tables, text: str) -> None:
    """Rows of table 3 that no grid gave."""
    unsure: dict[str, list[tuple[int, ...]]] = {}
    for word, values in tokens(text):
        pieces = labels.pieces("".join(_CIRCLED.get(char, char) for char in word))
        if not pieces:
            continue
        outer = labels.match_row(tables.form, pieces[:-1], tables.group)
        match = labels.match_row(tables.form, [pieces[-1]], outer.group if outer else tables.group)
        if match is None or (match.key and match.key in tables.table3):
            continue
        many = not match.key and match.group and len(values) > WIDTH and len(values) % WIDTH == 0
        if len(values) == WIDTH or many:
            tables.put_request(match.key, match.group, pieces[-1], [read(value) for value in values])
            continue
        ways = _ways(values)
        if len(ways) > 1 and match.key:
            unsure[match.key] = ways
        line = [number(n) for n in ways[0]] if ways else _leftover(values)
        tables.put_request(match.key, match.group, pieces[-1], line)
    settle(tables, unsure)


def take_in_order(tables: Tables, text: str) -> None:
    """Where labels are broken up beyond reading: as many lines of seven figures as the form has rows are its rows.

    Nothing is taken if a label that can be read says otherwise.
    """
    rows = [row.key for row in tables.form.rows]
    found: list[list[str]] = []
    spoken: list[str] = []
    for line in text.split("\n"):
        pairs = list(tokens(line))
        if len(pairs) == 1 and len(pairs[0][1]) == WIDTH:
            match = labels.match_row(tables.form, [pairs[0][0]])
            spoken.append(match.key if match and match.score >= SURE else "")
            found.append(pairs[0][1])
    merged = tables.form.merged
    if len(found) == len(rows) - len(merged.empty):
        rows = [key for key in rows if key not in merged.empty]
    if len(found) != len(rows) or any(key and key != row for key, row in zip(spoken, rows, strict=True)):
        return
    tables.table3.clear()
    tables.order.clear()
    tables.remarks = [remark for remark in tables.remarks if not remark.where.startswith("表三")]
    for key, values in zip(rows, found, strict=True):
        tables.order.append(key)
        tables.table3[key] = tuple(read(value) for value in values)
    for key in merged.empty:
        tables.table3.setdefault(key, (number(0),) * WIDTH)


def _ways(values: list[str]) -> list[tuple[int, ...]]:
    digits = "".join(values)
    if not digits.isdigit() or len(values) > WIDTH:
        return []
    cuts = frozenset(itertools.accumulate(len(value) for value in values))
    ways = split_sum(digits, WIDTH, cuts)
    return ways or ([tuple(int(digit) for digit in digits)] if len(digits) == WIDTH else [])


def _leftover(values: list[str]) -> list[Value]:
    """More values than columns: a stray page number; the seven that add up are the row."""
    for start in range(max(len(values) - WIDTH + 1, 0)):
        line = [read(value) for value in values[start : start + WIDTH]]
        if sum((value.sum or Decimal(0) for value in line[:-1]), Decimal(0)) == line[-1].sum:
            return line
    return [read(value) for value in (values[:WIDTH] if len(values) > WIDTH else values)]


def take_disclosures(tables: Tables, text: str, narrative: str, year: int | None) -> None:
    """Rows of table 2 that no grid gave; glued counts are settled by what the narrative says of them."""
    text = re.sub(r"减少?(?=\d)", " -", re.sub(r"增加?(?=\d)", " ", text))
    rows = sorted(tables.form.disclosures, key=lambda row: -len(row.label))
    for word, values in tokens(text):
        flat = labels.core(word)
        row = next((row for row in rows if flat.endswith(labels.core(row.label))), None)
        if row is None or row.key in tables.table2:
            continue
        width = len(tables.form.block_of(row.key).columns)
        if len(values) >= width:
            tables.table2[row.key] = tuple(read(value) for value in values[:width])
            continue
        ways = split_any("".join(values), width) if "".join(values).isdigit() else []
        if len(ways) > 1 and row.key == "norm" and width == 3:
            ways = _told(ways, narrative, year)
        if len(ways) == 1:
            tables.table2[row.key] = tuple(number(n) for n in ways[0])
            continue
        tables.table2[row.key] = (None,) * width
        shown = "".join(values)
        tables.remarks.append(
            notice(
                f"表二/{row.short}", f"表二“{row.label}”的数字粘连成“{shown}”，分不清是哪{width}个数，没有采用。"
            )
        )


def _told(ways: list[tuple[int, ...]], narrative: str, year: int | None) -> list[tuple[int, ...]]:
    told = {statement.figure: statement.number for statement in statements(narrative, year)}
    for figure, index in ((Figure.MADE, 0), (Figure.ENDED, 1), (Figure.VALID, 2)):
        kept = [way for way in ways if way[index] == told.get(figure)]
        ways = kept or ways
    return ways


def take_remedies(tables: Tables, text: str) -> None:
    """The fifteen figures of table 4."""
    missing = [row.key for row in tables.form.remedies if row.key not in tables.table4]
    if len(missing) < len(tables.form.remedies):
        return
    for word, values in tokens(text):
        if not re.search(r"总计|合计|审结|起诉", word):
            continue
        ways: list[tuple[int, ...]] = []
        line = [read(value) for value in values[:15]]
        if len(values) < 15:
            digits = "".join(values)
            ways = split_blocks(digits, 3, 5) if digits.isdigit() else []
            if not ways and len(digits) == 15 and digits.isdigit():
                ways = [tuple(int(digit) for digit in digits)]
            if not ways:
                continue
            line = [number(n) for n in ways[0]]
        for index, key in enumerate(missing):
            tables.table4[key] = tuple(line[index * 5 : index * 5 + 5])
        if len(ways) > 1:
            tables.remarks.append(notice("表四", "表四的数字粘连，拆法不止一种，请对照原件核对。"))
        return
