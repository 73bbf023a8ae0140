"""样式:沿“基于”一路往上找一项属性;标题级别、隐藏、字号、居中、编号都可能写在样式里。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .xml import Node, attribute, child, local, number, switch, value

_DEEPEST = 20
_HEADING = re.compile(r"(?:heading|标题)(\d)")
_ALIGN = {"center": "center", "right": "right", "end": "right"}


class Styles:
    """一份文件的样式表;没有样式表的也能问,什么都没有。"""

    def __init__(self, root: Node | None) -> None:
        self._styles: dict[str, Node] = {}
        self._default = ""
        self._size = 0.0
        for node in root if root is not None else ():
            if local(node) == "style":
                name = attribute(node, "styleId")
                self._styles[name] = node
                if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true"):
                    self._default = name
            elif local(node) == "docDefaults":
                self._size = _points(child(node, "rPrDefault", "rPr"))

    def lists(self) -> dict[str, str]:
        """Style id → the numId in it."""
        found = {name: value(node, "pPr", "numPr", "numId") for name, node in self._styles.items()}
        return {name: one for name, one in found.items() if one}

    def chain(self, style: str) -> Iterator[Node]:
        """A style and those that it is based on."""
        for _ in range(_DEEPEST):
            node = self._styles.get(style)
            if node is None:
                return
            yield node
            style = value(node, "basedOn")

    def style_of(self, paragraph: Node) -> str:
        """The style of a paragraph, the default one if it names none."""
        return value(paragraph, "pPr", "pStyle") or self._default

    def align(self, paragraph: Node) -> str:
        """``""``, ``"center"`` or ``"right"``."""
        own = value(paragraph, "pPr", "jc")
        for node in () if own else self.chain(self.style_of(paragraph)):
            if own := value(node, "pPr", "jc"):
                break
        return _ALIGN.get(own, "")

    def heading(self, paragraph: Node) -> int:
        """The heading level from 1, 0 if it is none: by a style's name or by an outline level."""
        outline = value(paragraph, "pPr", "outlineLvl")
        for node in self.chain(self.style_of(paragraph)):
            name = value(node, "name").lower().replace(" ", "")
            if name in ("title", "标题"):
                return 1
            if match := _HEADING.match(name):
                return min(int(match[1]) or 1, 6)
            outline = outline or value(node, "pPr", "outlineLvl")
        level = number(outline, 9)
        return level + 1 if 0 <= level < 6 else 0

    def list_of(self, paragraph: Node) -> tuple[str, int | None]:
        """The paragraph's numId (empty or ``"0"`` if it has none) and its level; None if only a style gives it."""
        own = child(paragraph, "pPr", "numPr")
        level = value(own, "ilvl")
        name = value(own, "numId")
        if not name:
            for node in self.chain(self.style_of(paragraph)):
                level = level or value(node, "pPr", "numPr", "ilvl")
                if name := value(node, "pPr", "numPr", "numId"):
                    break
        return name, number(level) if level else None

    def hidden(self, run: Node | None, style: str) -> bool:
        """Whether a run (or, with None, a paragraph's style) is hidden text."""
        props = child(run, "rPr")
        found = switch(props, "vanish")
        for name in (value(props, "rStyle"), style):
            for node in () if found is not None else self.chain(name):
                found = switch(child(node, "rPr"), "vanish")
                if found is not None:
                    break
        return bool(found)

    def size(self, run: Node | None, style: str) -> float:
        """The size of a run in points, 0 if it is not known."""
        props = child(run, "rPr")
        if own := _points(props):
            return own
        for name in (value(props, "rStyle"), style):
            for node in self.chain(name):
                if own := _points(child(node, "rPr")):
                    return own
        return self._size


def _points(props: Node | None) -> float:
    return number(value(props, "sz")) / 2 if props is not None else 0.0
