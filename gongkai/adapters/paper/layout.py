"""排版用的表:红头、文号和签发人、落款常放在没有边框的表里,摊成一行行的段落。"""

from __future__ import annotations

import dataclasses
import re

from ..files import Block, Document, Heading, Paragraph, Table
from . import agencies
from .signature import whole_date

_HEAD = re.compile(
    r"文件$|^签发人|[〔\[［【(（]\s*\d{4}\s*年?\s*[〕\]］】)）]\s*\d+(?:-\d+)?\s*号$|人民政府令$|^第\s*\d+\s*号$"
)
_MOST_CELLS = 16
#: Lines from the top among which a title may stand.
_TOP = 16
_LONGEST_CELL = 60


def unrolled(document: Document) -> Document:
    """The document with its layout tables as paragraphs, lines near its top that are set sign by sign closed up;
    tables of data stay."""
    blocks: list[Block] = []
    changed = False
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table) and _lays_out(block, number, document.blocks):
            lines = [line.strip() for row in block.rows for cell in row for line in cell.text.split("\n")]
            blocks += [Paragraph(line, "", 0, True) for line in lines if line]
            changed = True
        elif number < _TOP and isinstance(block, Paragraph | Heading) and _is_spread(block.text):
            blocks.append(dataclasses.replace(block, text=closed_up(block.text)))
            changed = True
        else:
            blocks.append(block)
    return dataclasses.replace(document, blocks=tuple(blocks)) if changed else document


def _is_spread(text: str) -> bool:
    """Whether a line is set sign by sign and has words only: “10:20 大 中 小” below a title is not."""
    return not re.search(r"[0-9０-９:：]", text) and closed_up(text) != text


def closed_up(text: str) -> str:
    """“关 于 做 好 防 汛 工 作 的 通 知” without its blanks; a line with words in it as it is."""
    words = re.split(r"[ \u3000\xa0]+", text.strip())
    apart = len(words) >= 5 and sum(len(word) == 1 for word in words) >= len(words) - 2
    return "".join(words) if apart else text


def _lays_out(table: Table, number: int, blocks: tuple[Block, ...]) -> bool:
    cells = [cell.text.strip() for row in table.rows for cell in row]
    filled = [text for text in cells if text]
    if not filled or len(cells) > _MOST_CELLS or any(len(text) > _LONGEST_CELL for text in filled):
        return False
    lines = [line.strip() for text in filled for line in text.split("\n") if line.strip()]
    if number < 8 and any(_HEAD.search(line) for line in lines):
        return all(_HEAD.search(line) or agencies.looks_like(line) or len(line) <= 20 for line in lines)
    signs = [
        agencies.looks_like(re.sub(r"[\s\u3000]", "", line)) or whole_date(line) is not None for line in lines
    ]
    dated = [*lines, *(block.text for block in blocks[number + 1 : number + 3])]
    return all(signs) and any(whole_date(line) for line in dated)
