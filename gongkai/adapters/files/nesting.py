"""网页交给解析器以前:标签套得太深的,只留前几百层。每开一个标签,解析器要沿着开着的一层层找,二十万层要找到天黑。

这里照解析器的规矩估计深浅,估不准的一律往深里估;去掉的只是标签,字都留着。
"""

from __future__ import annotations

import re

DEEPEST = 400
#: Formatting that was not closed is opened again in every later block.
MOST_FORMATS = 16
#: How far an end tag is followed down.
_REACH = 48
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/><]{0,60})")
_COMMENT_END = re.compile(r"--!?>")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed frame hr img input link meta param source track wbr html head body")
_FORMATS = _names("b big code em font i nobr s small strike strong tt u a")
_RAW = _names("script style textarea title")
_WALLS = _names("table td th caption button object applet marquee template")
_CELLS = frozenset(("td", "th"))
#: An element that ends where the next of its kind begins → what keeps it open.
_UNTIL = {
    "p": (frozenset(("p",)), _WALLS),
    "li": (frozenset(("li",)), _WALLS | {"ul", "ol", "menu", "dir", "section", "article", "blockquote"}),
    "dt": (frozenset(("dt", "dd")), _WALLS | {"dl", "section", "article", "blockquote"}),
    "dd": (frozenset(("dt", "dd")), _WALLS | {"dl", "section", "article", "blockquote"}),
    "option": (frozenset(("option",)), _WALLS | {"select", "optgroup"}),
    "td": (_CELLS, frozenset(("table", "tr"))),
    "th": (_CELLS, frozenset(("table", "tr"))),
    "tr": (frozenset(("tr",)), frozenset(("table", "tbody", "thead", "tfoot"))),
    "tbody": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    "thead": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
    "tfoot": (frozenset(("tbody", "thead", "tfoot")), frozenset(("table",))),
}
_BLOCKS = _names(
    "div table ul ol dl h1 h2 h3 h4 h5 h6 section article center blockquote pre form header footer li dd dt hr"
)


def shallow(text: str) -> str:
    """The page without the tags that would stand deeper than any real page goes; every word of it stays."""
    if text.count("<") <= MOST_FORMATS:
        return text
    kept, start, depth = [], 0, _Depth()
    at, foreign = 0, False
    while (begin := text.find("<", at)) >= 0:
        at = begin + 1
        if text.startswith("<!--", begin):
            if (at := _after_comment(text, begin)) < 0:
                break
            continue
        tag = _TAG.match(text, begin)
        if tag is None:
            continue
        at, name = tag.end(), tag[2].lower()
        foreign = foreign or name in ("svg", "math")
        if tag[1]:
            depth.close(name)
        elif name in _RAW and not foreign:
            # 其中的尖括号不是标签
            at = max(text.find(f"</{name}", at), at)
        elif not depth.open(name):
            end = text.find(">", at)
            kept.append(text[start:begin])
            start = at = end + 1 if end >= 0 else len(text)
    return "".join([*kept, text[start:]]) if kept else text


def _after_comment(text: str, begin: int) -> int:
    """Where the comment that begins here is over; -1 if it never is."""
    for empty in ("<!-->", "<!--->"):
        if text.startswith(empty, begin):
            return begin + len(empty)
    end = _COMMENT_END.search(text, begin + 4)
    return end.end() if end else -1


class _Depth:
    """What is open at a place of the page, at least as deep as the parser has it."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.formats: dict[str, int] = {}

    def open(self, name: str) -> bool:
        """Take in a start tag; False if it would be one too many."""
        if name in _VOID:
            return True
        if name in _FORMATS:
            if name != "a" and sum(self.formats.values()) >= MOST_FORMATS:
                return False
            self.formats[name] = 1 if name == "a" else self.formats.get(name, 0) + 1
            return True
        if name in _BLOCKS:
            self._end(frozenset(("p",)), _WALLS)
        if name in _UNTIL:
            self._end(*_UNTIL[name])
        if len(self.opened) >= DEEPEST:
            return False
        self.opened.append(name)
        return True

    def close(self, name: str) -> None:
        """Take in an end tag."""
        if name in _FORMATS:
            self.formats[name] = max(self.formats.get(name, 0) - 1, 0)
        elif name in _WALLS or name in ("tr", "tbody", "thead", "tfoot"):
            walls = frozenset() if name == "table" else frozenset(("table",))
            self._end(frozenset((name,)), walls)
        else:
            self._end(frozenset((name,)), _WALLS)

    def _end(self, names: frozenset[str], walls: frozenset[str]) -> None:
        """Drop what is open down to the nearest of these names, if nothing keeps it open."""
        for back in range(1, min(_REACH, len(self.opened)) + 1):
            if self.opened[-back] in names:
                del self.opened[-back:]
                return
            if self.opened[-back] in walls:
                return
