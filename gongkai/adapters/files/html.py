"""网页:去掉导航、脚本、分享按钮,留下正文的块、整页可见的文字、meta 标签和附件链接。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .document import Block, Cell, Document, Heading, Link, Paragraph, Table
from .kinds import Kind

_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "head",
        "audio",
        "video",
        "map",
        "form-control",
        "dialog",
    ]
)
_CHROME = frozenset({"nav", "footer", "aside"})
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "title",
    ]
)
_CHROME_NAME = re.compile(
    r"(?:^|[\s_-])(?:bd)?(?:share\w*|nav\w*|menu\w*|crumbs?|breadcrumbs?|foot(?:er)?|copyright|tool(?:bar|s)?|"
    r"qr-?code|ewm|sidebar|related|recommend\w*|hot|login|search\w*|wzgl|fontsize|pages?nation|"
    r"dangqian|position|weizhi|location)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|txt|csv|jpe?g|png)(?:$|[?#])", re.I)
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000\u2000-\u200a]+")
# 标签里不许再有“<”:没有收尾的标签一长串也只走一遍,不会越读越慢
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,40})[^<>]*>")
_UNNESTED = frozenset(  # 结束标签可省或没有的元素,不计入嵌套
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "source",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "wbr",
    ]
)
DEEPEST = 500  # 再深就不是人写的页面;解析的时间随深度的平方增长


def read_html(text: str, name: str, notes: tuple[str, ...] = ()) -> Document:
    """Read a web page, whole or a fragment."""
    if _depth(text) > DEEPEST:
        text = _TAG.sub("\n", text)
        notes = (*notes, "网页的标签嵌套过深，只取了文字")
    tree = LexborHTMLParser(text)
    body = tree.body or tree.root
    if body is None:
        return Document(name, Kind.HTML, ())
    main = main_content(body)
    return Document(
        name,
        Kind.HTML,
        tuple(_blocks(main)),
        page=visible_text(body),
        meta=_meta(tree),
        links=tuple(_links(main)),
        notes=notes,
    )


def visible_text(node: LexborNode) -> str:
    """Everything a reader sees: blocks on lines, short table cells apart by tabs.

    >>> visible_text(LexborHTMLParser("<table><tr><td>文号<td>无<tr><td>来源<td></table>").body)
    '文号\\t无\\t\\n\\n来源\\t\\t'
    """
    buffers: list[list[str]] = [[]]
    for step, element in _walk(node, chrome=True):
        tag = element.tag
        if tag == "-text":
            if step == "open":
                buffers[-1].append(_SPACE.sub(" ", element.text_content or ""))
        elif tag == "br":
            buffers[-1].append("\n" if step == "open" else "")
        elif tag in ("td", "th"):
            if step == "open":
                buffers.append([])
            elif len(buffers) > 1:
                cell = buffers.pop()
                buffers[-1].append(_cell_text("".join(cell)))
        elif tag in _BLOCKS:
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


def main_content(body: LexborNode) -> LexborNode:
    """The element that holds most of the page's running text: from the body down, always into the child
    that holds nearly all of it, until the text spreads over several children."""
    node = body
    for _ in range(DEEPEST):
        weights = [(_weight(child), child) for child in node.iter() if not _skipped(child, chrome=False)]
        if not weights:
            return node
        total = sum(weight for weight, _ in weights)
        weight, heaviest = max(weights, key=lambda pair: pair[0])
        if weight < total * 0.75 or heaviest.tag in ("p", "table", "ul", "ol", "tr", "tbody", "-text"):
            return node
        node = heaviest
    return node


def _depth(text: str) -> int:
    """How deep the tags nest, unclosed ones included."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _UNNESTED:
            depth = max(0, depth - 1) if tag[1] else depth + (not tag[0].endswith("/>"))
            deepest = max(deepest, depth)
    return deepest


def _weight(node: LexborNode) -> int:
    """Length of running text outside links."""
    total = 0
    for step, element in _walk(node, chrome=False, skip="a"):
        if step == "open" and element.tag == "-text":
            total += len((element.text_content or "").strip())
    return total


def _skipped(node: LexborNode, *, chrome: bool) -> bool:
    """Whether a reader does not see it or (without ``chrome``) it is no part of an article."""
    tag = node.tag
    if tag in _SILENT or tag in ("-comment", "_comment", "-doctype"):
        return True
    if not tag or tag.startswith("-"):
        return False
    attributes = node.attributes
    if _HIDDEN.search(attributes.get("style") or "") or "hidden" in attributes:
        return True
    if tag in _CHROME:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return not chrome and _CHROME_NAME.search(names) is not None and tag not in ("body", "html", "p", "td")


def _walk(root: LexborNode, *, chrome: bool, skip: str = "") -> Iterator[tuple[str, LexborNode]]:
    """Depth first, opening and closing, without recursion (pages may nest as deep as an attacker likes)."""
    node, depth = root, 0
    while True:
        entered = node is root or not (_skipped(node, chrome=chrome) or node.tag == skip)
        if entered:
            yield "open", node
            child = node.first_child
            if child is not None:
                node, depth = child, depth + 1
                continue
            yield "close", node
        while depth and node.next is None:
            parent = node.parent
            if parent is None:
                return
            node, depth = parent, depth - 1
            yield "close", node
        if not depth or node.next is None:
            return
        node = node.next


def _blocks(root: LexborNode) -> Iterator[Block]:
    """Cut the content into blocks; text outside any paragraph makes its own."""
    line: list[str] = []
    align = ""
    level = 0
    tables = 0

    def flush() -> Iterator[Block]:
        nonlocal line, align
        for part in "".join(line).split("\n"):
            text = _SPACE.sub(" ", part).strip()
            if text:
                yield Heading(text, level) if level else Paragraph(text, align)
        line, align = [], ""

    for step, element in _walk(root, chrome=False):
        tag = element.tag or ""
        if tag == "table" and element is not root:
            tables += 1 if step == "open" else -1
            if step == "open" and tables == 1:
                yield from flush()
                yield from _table(element)
            continue
        if tables:
            continue
        if tag == "-text":
            if step == "open":
                line.append(_SPACE.sub(" ", element.text_content or ""))
        elif tag == "br":
            line.append("\n" if step == "open" else "")
        elif tag in _BLOCKS:
            yield from flush()
            level = int(tag[1]) if step == "open" and re.fullmatch(r"h[1-6]", tag) else 0
            if step == "open":
                align = _align(element)
    yield from flush()


def _align(node: LexborNode) -> str:
    attributes = node.attributes
    found = re.search(r"text-align\s*:\s*(center|right)", attributes.get("style") or "", re.I)
    value = found.group(1) if found else (attributes.get("align") or "")
    return value.lower() if value.lower() in ("center", "right") else ""


def _table(node: LexborNode) -> Iterator[Block]:
    """A table; one that only lays out the page (few cells, much text in one) gives paragraphs."""
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    parts: list[str] | None = None
    for step, element in _walk(node, chrome=False):
        tag = element.tag
        if tag == "tr" and step == "close":
            if row:
                rows.append(tuple(row))
            row = []
        elif tag in ("td", "th"):
            if step == "open":
                parts = []
            elif parts is not None:
                attributes = element.attributes
                text = "\n".join(
                    filter(None, (_SPACE.sub(" ", part).strip() for part in "".join(parts).split("\n")))
                )
                row.append(
                    Cell(text, tag == "th", _span(attributes.get("colspan")), _span(attributes.get("rowspan")))
                )
                parts = None
        elif parts is not None:
            if tag == "-text" and step == "open":
                parts.append(_SPACE.sub(" ", element.text_content or ""))
            elif tag == "br" or (tag in _BLOCKS and step == "close"):
                parts.append("\n")
    if row:
        rows.append(tuple(row))
    if max((len(cells) for cells in rows), default=0) <= 1:
        for cells in rows:
            for line in cells[0].text.split("\n"):
                if line:
                    yield Paragraph(line)
    elif rows:
        yield Table(tuple(rows))


def _span(value: str | None) -> int:
    return min(int(value), 100) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The ``meta`` tags of a government website (PubDate, ContentSource, ArticleTitle …) and the title."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name], meta[property]")[:200]:
        attributes = node.attributes
        key = (attributes.get("name") or attributes.get("property") or "").strip()
        value = _SPACE.sub(" ", attributes.get("content") or "").strip()
        if key and value:
            found.setdefault(key, value[:500])
    title = tree.css_first("title")
    if title is not None and title.text(deep=True).strip():
        found.setdefault("title", _SPACE.sub(" ", title.text(deep=True)).strip()[:500])
    return found


def _links(main: LexborNode) -> Iterator[Link]:
    seen: set[str] = set()
    for node in main.css("a[href]"):
        address = (node.attributes.get("href") or "").strip()
        if address in seen or address.lower().startswith(("javascript:", "data:", "vbscript:")):
            continue
        label = _SPACE.sub(" ", node.text(deep=True)).strip()
        if _ATTACHED.search(address) or _ATTACHED.search(label):
            seen.add(address)
            yield Link(label or address.rsplit("/", 1)[-1], address)
