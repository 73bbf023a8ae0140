"""网页的元素:哪些看不见,怎样不用递归走一遍。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..markup import bounded

#: 里面的字读者看不见。
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
        "dialog",
        "rt",
        "rp",
        "del",
        "-comment",
        "_comment",
        "-doctype",
    ]
)
BLOCKS = frozenset(
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
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.I,
)
_DELETED = re.compile(r"(?:^|\s)msoDel(?:$|\s)", re.I)
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
SPACE = re.compile(r"[ \t\r\n\f\xa0\u3000\u2000-\u200a]+")
GAP = re.compile(r"[ \t\r\f\xa0\u2000-\u200a]+")


def depth(text: str) -> int:
    """How deep the tags nest, unclosed ones included."""
    now = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _UNNESTED:
            now = max(0, now - 1) if tag[1] else now + (not tag[0].endswith("/>"))
            deepest = max(deepest, now)
    return deepest


def page_tree(text: str) -> tuple[LexborHTMLParser, bool]:
    """The page, bounded as any real one is, and whether it nests so deep that only its words were taken."""
    is_too_deep = depth(text) > DEEPEST
    return LexborHTMLParser(bounded(without_tags(text) if is_too_deep else text)), is_too_deep


def without_tags(text: str) -> str:
    """The text with every tag as a line's end."""
    return _TAG.sub("\n", text)


def veiled(node: LexborNode) -> bool:
    """Whether a style hides the element (perhaps until a script shows it)."""
    attributes = node.attributes
    if not attributes:
        return False
    return _HIDDEN.search(attributes.get("style") or "") is not None or "hidden" in attributes


def unseen(node: LexborNode) -> bool:
    """Whether a reader does not see the element."""
    tag = node.tag
    if tag in _SILENT:
        return True
    if not tag or tag.startswith("-"):
        return False
    return veiled(node) or _DELETED.search(node.attributes.get("class") or "") is not None


def walk(root: LexborNode, skip: frozenset[int] = frozenset(), leaf: str = "") -> Iterator[tuple[str, LexborNode]]:
    """Depth first, ``open`` and ``close``, without recursion (pages may nest as deep as an attacker likes).

    Args:
        skip: ids (``mem_id``) of elements to leave out with what is in them.
        leaf: a tag whose elements are given as ``leaf`` and not entered; the root is.
    """
    node, depth = root, 0
    while True:
        inner = node is not root
        entered = not inner or not (unseen(node) or node.mem_id in skip)
        if entered and inner and node.tag == leaf:
            yield "leaf", node
        elif entered:
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
