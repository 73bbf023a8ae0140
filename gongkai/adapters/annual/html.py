"""网页:正文的文字和表格,发布日期,标题。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..files.decode import decode
from ..files.markup import bounded
from .source import Grid, Source, Span, expand

_SILENT = {"script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "head", "button"}
_BREAKS = {
    *("p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "tr", "ul", "ol"),
    *("table", "header", "footer", "blockquote", "pre", "dd", "dt", "center"),
}
_DATED = re.compile(r"(20\d\d)\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})")
_DATE_NAMES = ("pubdate", "publishdate", "publishtime", "pub_date", "createdate")
SHORTEST_TABLE = 3  # 列;少于此的表格只是版面


def load(data: bytes, name: str) -> Source:
    """Read a page. Raises Unreadable if the bytes are no text."""
    tree = LexborHTMLParser(bounded(decode(data, name)[0]))
    blocks: list[str | Grid] = []
    if tree.body is not None:
        blocks = list(_blocks(tree.body))
    return Source(tuple(blocks), _title(tree), _published(tree))


def _walk(root: LexborNode) -> Iterator[tuple[bool, LexborNode]]:
    """(entering, node) depth first without recursion; silent elements are left out."""
    node: LexborNode = root
    depth = 0
    while True:
        entered = node.tag not in _SILENT
        if entered:
            yield True, node
            if node.first_child is not None:
                node, depth = node.first_child, depth + 1
                continue
            yield False, node
        following = node.next
        while depth and following is None:
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            following = node.next
            yield False, node
        if not depth or following is None:
            return
        node = following


def _blocks(body: LexborNode) -> Iterator[str | Grid]:
    """Lines and tables in order; a table that holds another one, or has few columns, is layout and gives lines."""
    line: list[str] = []
    inside = 0
    for entering, node in _walk(body):
        tag = node.tag or ""
        if tag == "table" and not inside and _is_data(node):
            if entering:
                yield from _flush(line)
                yield expand(_rows(node))
                inside = 1
            continue
        if tag == "table" and inside:
            inside += 1 if entering else -1
            continue
        if inside:
            continue
        if tag == "-text" and entering:
            line.append(node.text_content or "")
        elif tag in _BREAKS:
            yield from _flush(line)
        elif tag in ("td", "th") and not entering:
            line.append(" ")
    yield from _flush(line)


def _flush(line: list[str]) -> Iterator[str]:
    text = re.sub(r"\s+", " ", "".join(line)).strip()
    line.clear()
    if text:
        yield text


def _is_data(table: LexborNode) -> bool:
    nested = table.css("table")
    if any(other != table for other in nested):
        return False
    return any(len(row.css("td,th")) >= SHORTEST_TABLE for row in table.css("tr"))


def _rows(table: LexborNode) -> Iterator[list[Span]]:
    for row in table.css("tr"):
        yield [
            Span(_text(cell), _span(cell.attributes.get("colspan")), _span(cell.attributes.get("rowspan")))
            for cell in row.css("td,th")
        ]


def _text(node: LexborNode) -> str:
    return re.sub(r"\s+", " ", node.text(deep=True)).strip()


def _span(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,3})", value or "")
    return min(max(int(found[1]), 1), 100) if found else 1


def _title(tree: LexborHTMLParser) -> str:
    for selector, attribute in (("meta[name=ArticleTitle]", "content"), ("h1", ""), ("title", "")):
        node = tree.css_first(selector)
        text = (node.attributes.get(attribute) if attribute else _text(node)) if node is not None else ""
        if text and "报告" in text:
            return text.strip()
    return ""


def _published(tree: LexborHTMLParser) -> date | None:
    for node in tree.css("meta[name]"):
        if (node.attributes.get("name") or "").lower() in _DATE_NAMES and (
            day := day_in(node.attributes.get("content") or "")
        ):
            return day
    marked = tree.css_first("publishtime")
    return day_in(_text(marked)) if marked is not None else None


def day_in(text: str) -> date | None:
    """The first date in a text."""
    for hit in _DATED.finditer(text):
        try:
            return date(int(hit[1]), int(hit[2]), int(hit[3]))
        except ValueError:
            continue
    return None
