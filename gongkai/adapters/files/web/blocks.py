"""网页的块:段落、标题、自动编号的列表、预排的文字、表格(套着的、排版用的)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from ..counting import written
from ..document import Block, Cell, Heading, Paragraph, Table
from ..symbols import lowered, raised
from .nodes import BLOCKS, GAP, SPACE, walk

_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "decimal-leading-zero": "decimalZero",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
    "cjk-decimal": "ideographDigital",
    "simp-chinese-formal": "chineseLegalSimplified",
    "cjk-heavenly-stem": "ideographTraditional",
    "none": "none",
}
_STYLE_TYPE = re.compile(r"list-style(?:-type)?\s*:[^;:]*?(?<![\w-])([a-z-]+)", re.I)
_NUMBERED = re.compile(
    r"^(?:[（(]?[\d一二三四五六七八九十]{1,3}[.．、)）]|第[\d一二三四五六七八九十百]+[条章项]|[①-⑳])"
)
_LABEL_GAP = re.compile(r"^([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]) +")
_DEEPEST = 12
_LAYOUT_TEXT = 300


@dataclass(slots=True)
class _List:
    form: str
    next: int
    step: int = 1


def blocks(root: LexborNode, skip: frozenset[int] = frozenset(), depth: int = 0) -> Iterator[Block]:
    """Cut the content into blocks; text outside any paragraph makes its own."""
    line: list[str] = []
    align, level, number = "", 0, ""
    lists: list[_List] = []
    aligns = [""]  # 居中、居右由外层传下来
    preformatted = shifted = 0

    def flush() -> Iterator[Block]:
        nonlocal line, number
        for part in "".join(line).split("\n"):
            text = _LABEL_GAP.sub(r"\1", SPACE.sub(" ", part).strip())
            if text:
                if number and not _NUMBERED.match(text):
                    text = f"{number}{text}"
                number = ""
                yield Heading(text, level) if level else Paragraph(text, align)
        line = []

    for step, node in walk(root, skip, leaf="table"):
        tag = node.tag or ""
        opened = step == "open"
        if step == "leaf":
            yield from flush()
            yield from table(node, skip, depth + 1)
        elif tag == "-text":
            if opened:
                text = node.text_content or ""
                line.append(_shift(node, text) if shifted else text if preformatted else SPACE.sub(" ", text))
        elif tag in ("sup", "sub"):
            shifted += 1 if opened else -1
        elif tag == "br":
            line.append("\n" if opened else "")
        elif tag in BLOCKS:
            yield from flush()
            level = int(tag[1]) if opened and re.fullmatch(r"h[1-6]", tag) else 0
            if tag == "pre":
                preformatted += 1 if opened else -1
            elif tag in ("ol", "ul"):
                if opened:
                    lists.append(_list(node))
                elif lists:
                    lists.pop()
            elif tag == "li" and opened:
                number = _number(node, lists[-1]) if lists else ""
            if opened:
                aligns.append(_align(node) or aligns[-1])
            elif len(aligns) > 1:
                aligns.pop()
            align = aligns[-1]
    yield from flush()


def _shift(node: LexborNode, text: str) -> str:
    """Text in a superscript or a subscript."""
    text = SPACE.sub(" ", text)
    above = node.parent
    for _ in range(6):
        if above is None:
            break
        if above.tag in ("sup", "sub"):
            return raised(text) if above.tag == "sup" else lowered(text)
        above = above.parent
    return text


def _list(node: LexborNode) -> _List:
    attributes = node.attributes
    style = _STYLE_TYPE.search(attributes.get("style") or "")
    kind = (style[1].lower() if style else "") or (attributes.get("type") or "1")
    form = _FORMS.get(kind, "decimal") if node.tag == "ol" else "none"
    start = attributes.get("start") or ""
    backwards = "reversed" in attributes
    first = (
        int(start)
        if re.fullmatch(r"-?\d{1,6}", start)
        else sum(c.tag == "li" for c in node.iter())
        if backwards
        else 1
    )
    return _List(form, first, -1 if backwards else 1)


def _number(node: LexborNode, within: _List) -> str:
    value = node.attributes.get("value") or ""
    if re.fullmatch(r"-?\d{1,6}", value):
        within.next = int(value)
    style = _STYLE_TYPE.search(node.attributes.get("style") or "")
    form = _FORMS.get(style[1].lower(), within.form) if style and within.form != "none" else within.form
    label = written(within.next, form)
    within.next += within.step
    if not label:
        return ""
    return f"{label}. " if label.isascii() else f"{label}、"


def _align(node: LexborNode) -> str:
    attributes = node.attributes
    found = re.search(r"text-align\s*:\s*(center|right)", attributes.get("style") or "", re.I)
    value = found.group(1) if found else (attributes.get("align") or "")
    if node.tag == "center":
        return "center"
    return value.lower() if value.lower() in ("center", "right") else ""


def table(node: LexborNode, skip: frozenset[int] = frozenset(), depth: int = 1) -> Iterator[Block]:
    """A table; one that only lays out the page gives what is in its cells."""
    rows = [list(_own(row, ("td", "th"))) for row in _own(node, ("tr",))]
    cells = [cell for row in rows for cell in row]
    if depth > _DEEPEST:
        for line in node.text(deep=True, separator="\n").split("\n"):
            if line.strip():
                yield Paragraph(SPACE.sub(" ", line).strip())
        return
    read = {cell.mem_id: list(blocks(cell, skip, depth)) for cell in cells}
    total = sum(len(block.text) for one in read.values() for block in one)
    if max(map(len, rows), default=0) <= 1 or any(_lays_out(cell, read, total) for cell in cells):
        for caption in _own(node, ("caption",)):
            yield from blocks(caption, skip, depth)
        for cell in cells:
            yield from read[cell.mem_id]
        return
    made = tuple(tuple(_cell(cell, read[cell.mem_id]) for cell in row) for row in rows if row)
    for caption in _own(node, ("caption",)):
        yield from blocks(caption, skip, depth)
    if made:
        yield Table(made)


def _own(node: LexborNode, tags: tuple[str, ...]) -> Iterator[LexborNode]:
    """Rows of a table or cells of a row, not those of a table within."""
    for child in node.iter():
        if child.tag in tags:
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _own(child, tags)


def _lays_out(cell: LexborNode, read: dict[int, list[Block]], total: int) -> bool:
    """Whether one cell holds a page: much text on many lines, and nearly all of the table's."""
    inside = read[cell.mem_id]
    size = sum(len(block.text) for block in inside)
    if size < _LAYOUT_TEXT or len(inside) < 3:
        return False
    return size > 0.75 * total


def _cell(cell: LexborNode, inside: list[Block]) -> Cell:
    lines = []
    for block in inside:
        if isinstance(block, Table):
            lines += ["\u3000".join(one.text.replace("\n", " ") for one in row if one.text) for row in block.rows]
        else:
            lines.append(block.text)
    attributes = cell.attributes
    text = "\n".join(line for line in lines if line)
    return Cell(text, cell.tag == "th", _span(attributes.get("colspan")), _span(attributes.get("rowspan")))


def _span(value: str | None) -> int:
    return (
        min(int(value), 100)
        if value and value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0
        else 1
    )


def visible_text(node: LexborNode, skip: frozenset[int] = frozenset()) -> str:
    """Everything a reader sees: blocks on lines, short table cells apart by tabs."""
    buffers: list[list[str]] = [[]]
    shifted = preformatted = 0
    for step, element in walk(node, skip):
        tag = element.tag
        opened = step == "open"
        if tag == "-text":
            if opened:
                text = element.text_content or ""
                text = GAP.sub(" ", text) if preformatted else SPACE.sub(" ", text)
                buffers[-1].append(_shift(element, text) if shifted else text)
        elif tag in ("sup", "sub"):
            shifted += 1 if opened else -1
        elif tag == "br":
            buffers[-1].append("\n" if opened else "")
        elif tag in ("td", "th"):
            if opened:
                buffers.append([])
            elif len(buffers) > 1:
                cell = buffers.pop()
                buffers[-1].append(_cell_text("".join(cell)))
        elif tag in BLOCKS:
            preformatted += (1 if opened else -1) if tag == "pre" else 0
            buffers[-1].append("\n")
    lines = [_line(line) for line in "".join(part for buffer in buffers for part in buffer).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _line(line: str) -> str:
    return re.sub(r" {2,}", " ", re.sub(r" *\t *", "\t", line)).strip(" ")


def _cell_text(text: str) -> str:
    """A short cell stays on its row's line; a cell that holds a page (布局表格) keeps its own lines."""
    lines = [line for line in map(_line, text.split("\n")) if line.strip()]
    if len(lines) <= 3 and sum(map(len, lines)) <= 200 and not any("\t" in line for line in lines):
        return " ".join(lines) + "\t"
    return "\n" + "\n".join(lines) + "\n"
