"""正文在哪里:一遍数清每个元素里的字、链接和句号;成句的是正文,一串链接和几个词的是导航。"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .nodes import BLOCKS, DEEPEST, veiled, walk

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:bd)?(?:share\w*|nav\w*|menu\w*|crumbs?|breadcrumbs?|foot(?:er)?|copyright|tool(?:bar|s)?|"
    r"qr-?code|ewm|sidebar|related|recommend\w*|hot|login|search\w*|wzgl|fontsize|pages?nation|"
    r"dangqian|position|weizhi|location)(?:$|[\s_-])",
    re.I,
)
_CHROME = frozenset({"nav", "footer", "aside"})
_CONTAINERS = BLOCKS - {
    "p",
    "td",
    "th",
    "tr",
    "tbody",
    "thead",
    "body",
    "html",
    "h1",
    "h2",
    "h3",
    "h4",
    "pre",
    "main",
    "li",
}
_STOPS = re.compile(r"[。；]")
_FEW = 150  # 名字像导航的,字这么少、没有句号,才算导航
_ENDS_HERE = frozenset({"p", "table", "ul", "ol", "tr", "tbody", "-text", "pre"})


@dataclass(slots=True)
class Weight:
    """一个元素里的字数:链接外的、链接里的,链接数,句号数。"""

    plain: int = 0
    linked: int = 0
    links: int = 0
    stops: int = 0

    @property
    def text(self) -> int:
        """What counts as running text."""
        return self.plain + 10 * self.stops

    def add(self, other: Weight) -> None:
        self.plain += other.plain
        self.linked += other.linked
        self.links += other.links
        self.stops += other.stops


def weigh(root: LexborNode) -> dict[int, Weight]:
    """Every visible element's weight, by ``mem_id``, in one pass."""
    weights: dict[int, Weight] = {}
    stack: list[Weight] = []
    links = 0
    for step, node in walk(root):
        tag = node.tag
        if tag == "-text":
            if step == "open" and stack:
                text = (node.text_content or "").strip()
                if links:
                    stack[-1].linked += len(text)
                else:
                    stack[-1].plain += len(text)
                    stack[-1].stops += len(_STOPS.findall(text))
        elif step == "open":
            stack.append(Weight())
            links += tag == "a"
            stack[-1].links += tag == "a"
        else:
            links -= tag == "a"
            done = stack.pop()
            weights[node.mem_id] = done
            if stack:
                stack[-1].add(done)
    return weights


def chrome(root: LexborNode, weights: dict[int, Weight]) -> frozenset[int]:
    """The ids of navigation, tool bars and footers: lists of links, or a few words in a container so named.

    Whatever its name, a container with sentences in it is text.
    """
    found = set()
    for step, node in walk(root):
        if step != "open" or node is root or node.tag not in _CONTAINERS:
            continue
        weight = weights[node.mem_id]
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        named = node.tag in _CHROME or _NAMED.search(names) is not None
        menu = weight.links >= 3 and weight.linked > 0.6 * (weight.plain + weight.linked) and not weight.stops
        few = weight.plain < _FEW and (not weight.stops or (weight.stops <= 1 and node.tag == "footer"))
        if menu or (named and few and not _heads(node)):
            found.add(node.mem_id)
    return frozenset(found)


def _heads(node: LexborNode) -> bool:
    """Whether the page's heading is in it."""
    return node.css_first("h1") is not None


def main_content(body: LexborNode, weights: dict[int, Weight], skip: frozenset[int]) -> LexborNode:
    """The element that holds most of the running text: from the body down, always into the child that holds
    nearly all of it, until the text spreads over several children."""
    node = body
    for _ in range(DEEPEST):
        inner = [
            (weights[child.mem_id].text, child)
            for child in node.iter()
            if child.mem_id in weights and child.mem_id not in skip
        ]
        loose = weights[node.mem_id].text if node.mem_id in weights else 0
        if not inner:
            return node
        total = max(loose, sum(weight for weight, _ in inner))
        weight, heaviest = max(inner, key=lambda pair: pair[0])
        if weight < total * 0.75 or not weight or heaviest.tag in _ENDS_HERE:
            return node
        node = heaviest
    return node


def veiled_content(body: LexborNode) -> LexborNode | None:
    """The largest element that a style hides and that holds sentences: a body which a script would show."""
    best, most = None, 100
    for node in body.css("[style], [hidden]")[:500]:
        if node.tag in BLOCKS and veiled(node):
            text = node.text(deep=True)
            if len(text) > most and len(_STOPS.findall(text)) >= 2:
                best, most = node, len(text)
    return best


def heading_before(body: LexborNode, main: LexborNode, skip: frozenset[int]) -> LexborNode | None:
    """The last heading before the main element, for pages that set the title outside of it."""
    last, count = None, 0
    for step, node in walk(body, skip):
        if step == "open" and node.mem_id == main.mem_id:
            return last
        if step == "open" and node.tag in ("h1", "h2", "h3") and len(node.text(deep=True).strip()) >= 6:
            last, count = node, count + 1
    # 正文隐藏着的,走不到它:整页只有一个标题,就是它的
    return last if count == 1 else None
