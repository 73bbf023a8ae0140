"""表格里的指南写成带标题的文字:一行一份的(表头是要素名称)、一格标题一格内容的、材料单。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.adapters.readers.services.sections import LABELS

Rows = Sequence[Sequence[str]]
_KNOWN = frozenset(label for labels in LABELS.values() for label in labels)
_NAMES = frozenset(LABELS["item_name"])
#: 表头里没有写全的名称。
_SHORT = {"名称": "事项名称", "事项": "事项名称"}
#: 一行里至少有这么多个要素名称,才是一行一份的表的表头;表头以前至多这么多行。
_HEADS, _ABOVE = 3, 8
_MARK = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*")
_AROUND = " \t\r\n\u3000:：*＊"
_MATERIAL = re.compile(r"材料名称|申请材料|材料|资料名称")
_ABOUT = re.compile(r"份数|形式|来源|原件|复印件|必要|样表|介质|要求|规格|备注")
_AMOUNT = re.compile(r"\A\d{1,2}\s?份?\Z")


def label_of(cell: str) -> str:
    """The heading that a cell is; empty for anything else.

    >>> label_of("一、办理地点："), label_of("迎宾路6号"), label_of("* 咨询电话")
    ('办理地点', '', '咨询电话')
    """
    bare = cell.strip().lstrip("*＊ ")
    if mark := _MARK.match(bare):
        bare = bare[mark.end() :]
    bare = bare.rstrip(_AROUND)
    return bare if bare in _KNOWN else ""


def row_texts(rows: Rows) -> Iterator[str]:
    """Each row of a table whose heads name the elements, as a text under those headings; a title may stand above."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    for place, row in enumerate(filled[:_ABOVE]):
        heads = [_SHORT.get(cell, label_of(cell)) or cell for cell in row]
        if sum(label in _KNOWN for label in heads) < _HEADS or not _NAMES & set(heads) or _is_pairs(row):
            continue
        for below in filled[place + 1 :]:
            yield "\n".join(f"{head}：\n{cell}" for head, cell in zip(heads, below, strict=False) if head and cell)
        return


def _is_pairs(row: Sequence[str]) -> bool:
    """A row of heading, content, heading, content."""
    return (
        len(row) > 1
        and any(cell and not label_of(cell) for cell in row[1::2])
        and all(not cell or label_of(cell) for cell in row[::2])
    )


def lines(rows: Rows) -> Iterator[str]:
    """The lines of a table that is part of one guide."""
    filled = [_once([cell.strip() for cell in row]) for row in rows if any(cell.strip() for cell in row)]
    if filled and _MATERIAL.search("".join(filled[0])) and len(filled) > 1 and _ABOUT.search("".join(filled[0])):
        yield from _materials(filled)
        return
    for row in filled:
        yield from _pairs(row)


def _once(row: list[str]) -> list[str]:
    """A cell that spans several columns, once."""
    return [cell for place, cell in enumerate(row) if not place or cell != row[place - 1] or len(cell) < 2]


def _pairs(row: Sequence[str]) -> Iterator[str]:
    label, said = "", []
    for cell in row:
        if found := label_of(cell):
            if label or said:
                yield _line(label, said)
            label, said = found, []
        elif cell:
            said.append(cell)
    if label or said:
        yield _line(label, said)


def _line(label: str, said: Sequence[str]) -> str:
    text = "：".join(said)
    return f"{label}：\n{text}" if label and "\n" in text else "：".join(filter(None, (label, text)))


def _materials(rows: Rows) -> Iterator[str]:
    """A list of materials as numbered lines, with their form and copies."""
    heads = rows[0]
    name = next((place for place, head in enumerate(heads) if _MATERIAL.search(head)), 0)
    for number, row in enumerate(rows[1:], 1):
        if name >= len(row) or not row[name]:
            continue
        about = dict(zip(heads, row, strict=False))
        form = next((cell for cell in about.values() if cell in ("原件", "复印件")), "")
        copies = next(
            (cell.rstrip("份 ") for head, cell in about.items() if "份" in head and _AMOUNT.match(cell)), ""
        )
        told = f"（{form or '原件'}{copies}份）" if copies else f"（{form}）" if form else ""
        yield f"{number}. {row[name]}{told}"
