"""信息的正文(清洗过的 HTML)分成一块一块。给了散列的图片自成一块,没有给的只留一句话。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import html as parser
from lxml.html import HtmlElement

from .model import Block, Run

_STYLES = {"strong": "b", "b": "b", "sup": "sup", "sub": "sub"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLANKS = re.compile(r"[ \t\r\n]+")
#: 嵌得再深就不再往下分。
_DEEPEST = 30
#: 正文里的图:附件的号。
_FILE = re.compile(r"/files/(\d{1,18})/")
#: 一段里的图,后面是它的散列。
_PICTURE = "img:"


def blocks_of(body: str, pictures: Mapping[int, str] | None = None) -> tuple[Block, ...]:
    """The blocks of a body, in reading order.

    Args:
        pictures: attachment's key → hash of its content; other pictures (and those within tables) leave their words.

    >>> [(block.kind, block.text) for block in blocks_of("<h2>一、总则</h2><p>第一条　为了<strong>修路</strong>。</p>")]
    [('h', '一、总则'), ('p', '第一条　为了修路。')]
    """
    if not body.strip():
        return ()
    root = parser.fragment_fromstring(body, create_parent="div")
    for image in root.iter("img"):
        found = _FILE.match(image.get("src") or "")
        digest = (pictures or {}).get(int(found[1]), "") if found else ""
        if digest and not any(True for _ in image.iterancestors("table")):
            image.set("data-sha", digest)
    blocks = (part for block in _walk(root, 0) for part in _parted(block))
    return tuple(block for block in blocks if block.rows or block.picture or block.text.strip())


def text_of(body: str) -> str:
    """The words of a body, one block a line."""
    return "\n".join(block.text for block in blocks_of(body))


def _parted(block: Block) -> Iterator[Block]:
    """A block with pictures in it, as its words and its pictures one after the other."""
    words: list[Run] = []
    marker = block.marker
    for run in block.runs:
        if run.style.startswith(_PICTURE):
            yield replace(block, runs=tuple(words), marker=marker)
            yield Block("img", picture=run.style.removeprefix(_PICTURE), alt=run.text.strip())
            marker, words = "", []
        else:
            words.append(run)
    yield replace(block, runs=tuple(words), marker=marker)


def _walk(element: HtmlElement, depth: int) -> Iterator[Block]:
    if element.text and element.text.strip():
        yield Block("p", (Run(_blank(element.text)),))
    number = int(element.get("start") or 1) if element.tag == "ol" else 0
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _HEADINGS:
            yield Block("h", _runs(child))
        elif tag == "table":
            yield Block("table", rows=_rows(child))
        elif tag == "li":
            yield from _item(child, f"{number}. " if number else "· ", depth)
            number += bool(number)
        elif tag in ("ul", "ol", "blockquote", "div") and depth < _DEEPEST:
            yield from _walk(child, depth + 1)
        elif tag == "p":
            yield from _lines(child)
        elif tag not in ("hr", "br", ""):
            yield Block("p", _runs(child))
        if child.tail and child.tail.strip():
            yield Block("p", (Run(_blank(child.tail)),))


def _item(item: HtmlElement, marker: str, depth: int) -> Iterator[Block]:
    """An item of a list: its own words, then the lists within it."""
    inner = [child for child in item if child.tag in ("ul", "ol")]
    for child in inner:
        item.remove(child)
    yield Block("li", _runs(item), marker=marker)
    for child in inner:
        if depth < _DEEPEST:
            yield from _walk(child, depth + 1)


def _lines(paragraph: HtmlElement) -> Iterator[Block]:
    """A paragraph; a line break within it begins another."""
    align = next((name for name in ("right", "center") if name in (paragraph.get("class") or "").split()), "")
    line: list[Run] = []
    for run in _runs(paragraph):
        parts = run.text.split("\n")
        line.append(Run(parts[0], run.style))
        for part in parts[1:]:
            yield Block("p", tuple(line), align)
            line = [Run(part, run.style)]
    yield Block("p", tuple(line), align)


def _runs(element: HtmlElement, style: str = "") -> tuple[Run, ...]:
    found: list[Run] = []

    def add(text: str | None, how: str) -> None:
        if text:
            found.append(Run(_blank(text), how))

    add(element.text, style)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            found.append(Run("\n", style))
        elif tag == "img" and child.get("data-sha"):
            # 没有说明的也要占一个字,下面才不当作空的去掉
            found.append(Run(child.get("alt") or " ", _PICTURE + child.get("data-sha")))
        elif tag == "img":
            found.append(Run(f"〔图：{child.get('alt') or '见网页'}〕", style))
        elif tag:
            found += _runs(child, _STYLES.get(tag, style))
        add(child.tail, style)
    return tuple(run for run in found if run.text)


def _rows(table: HtmlElement) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in table.iter("tr"):
        cells = [child for child in row if child.tag in ("td", "th")]
        rows.append(tuple(_blank("".join(run.text for run in _runs(cell))).strip() for cell in cells))
    width = max((len(row) for row in rows), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in rows if row)


def _blank(text: str) -> str:
    return _BLANKS.sub(" ", text)
