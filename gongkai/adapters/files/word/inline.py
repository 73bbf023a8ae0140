"""一段里的字:读者看得见的,一个不少;删掉的、隐藏的、拼音,一个不要。"""

from __future__ import annotations

import re
from collections import Counter

from ..symbols import lowered, raised, symbol
from .math import formula
from .styles import Styles
from .xml import Node, attribute, child, local, number, switch, value

#: 不属于读者所见,连同里面的一起跳过。
_DROPPED = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "tblPr"}
)
_PLAIN = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
#: 带圈的字和拼音也常用 EQ 域来写,结果在指令里。
_ENCLOSED = re.compile(r"\\o\s*\\ac\s*\(\s*[○△□◇〇]\s*[,，;]\s*([^)]{1,4})\)")
_OVERLAID = re.compile(r"\\o\s*\\ad\s*\(\s*\\s\s*\\up[^)]*\)\s*[,，;]\s*([^)]{1,8})\)")
_TINIEST = 2.0  # 磅;再小的字印出来看不见
_CIRCLED = {str(n): chr(0x2460 + n - 1) for n in range(1, 21)}


class Inline:
    """读一段段的字;域可以跨段,所以一份文件用同一个。

    ``counts`` 数隐藏、图片、批注等;``boxes`` 是刚读的这段里的文本框;``notes`` 是脚注尾注的号。
    """

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.counts: Counter[str] = Counter()
        self.boxes: list[Node] = []
        self.notes: dict[tuple[str, str], int] = {}
        self.size = 0.0
        self._fields: list[list[str]] = []
        self._style = ""

    def text(self, paragraph: Node, *, open_ground: bool = True) -> str:
        """The visible text of a paragraph; ``size`` becomes that of its largest run.

        Args:
            open_ground: it stands on white paper, not in a cell or a box that may be coloured.
        """
        self._style = self.styles.style_of(paragraph)
        self.size = 0.0
        shaded = child(paragraph, "pPr", "shd") is not None
        return self._inside(paragraph, white_shows=shaded or not open_ground)

    def _inside(self, node: Node, white_shows: bool) -> str:
        return "".join(self._part(one, white_shows) for one in node)

    def _part(self, node: Node, white_shows: bool) -> str:
        name = local(node)
        if name == "r":
            return self._run(node, white_shows)
        if name in _DROPPED:
            self.counts["revision"] += name in ("del", "moveFrom")
            return ""
        if name == "t":
            return (node.text or "") if self._shown() else ""
        if name in _PLAIN:
            return _PLAIN[name] if self._shown() else ""
        if name == "br":
            return "\n"
        if name == "sym":
            return symbol(attribute(node, "font"), attribute(node, "char"))
        if name in ("oMath", "oMathPara"):
            return formula(node)
        if name == "AlternateContent":
            return self._alternate(node, white_shows)
        if name in ("drawing", "pict", "object"):
            return self._drawing(node, name)
        if name in ("footnoteReference", "endnoteReference"):
            return self._note(node, name)
        if name == "fldChar":
            return self._field(node)
        if name == "commentReference":
            self.counts["comment"] += 1
            return ""
        if name == "ins" or name == "moveTo":
            self.counts["revision"] += 1
        if name == "ruby":
            base = child(node, "rubyBase")
            return self._inside(base, white_shows) if base is not None else ""
        if name == "sdt":
            return self._control(node, white_shows)
        return self._inside(node, white_shows) if len(node) else ""

    def _run(self, run: Node, white_shows: bool) -> str:
        for one in run:  # 域的指令和界标不论显不显示都要数
            if local(one) == "instrText" and self._fields and self._fields[-1][0] == "begin":
                self._fields[-1][1] += one.text or ""
        props = child(run, "rPr")
        before = len(self._fields)
        text = self._inside(run, white_shows)
        if not text.strip() and len(self._fields) == before:
            return text
        if self.styles.hidden(run, self._style):
            self.counts["hidden"] += bool(text.strip())
            return ""
        size = self.styles.size(run, self._style)
        if props is not None and text.strip():
            white = value(props, "color").upper() == "FFFFFF" and not white_shows
            painted = child(props, "shd") is not None or child(props, "highlight") is not None
            if (white and not painted) or 0 < size < _TINIEST:
                self.counts["unseen"] += 1
                return ""
            self.counts["struck"] += bool(switch(props, "strike") or switch(props, "dstrike"))
            text = {"superscript": raised, "subscript": lowered}.get(value(props, "vertAlign"), str)(text)
        self.size = max(self.size, size)
        return text

    def _shown(self) -> bool:
        """Whether the place is in no field's instruction, only in results."""
        return all(phase == "separate" for phase, _ in self._fields)

    def _field(self, node: Node) -> str:
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self._fields.append(["begin", ""])
            box = child(node, "ffData", "checkBox")
            if box is not None:
                ticked = switch(box, "checked")
                ticked = switch(box, "default") if ticked is None else ticked
                return "☑" if ticked else "☐"
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "separate"
        elif kind == "end" and self._fields:
            phase, instruction = self._fields.pop()
            if phase == "begin" and self._shown():
                return _equation(instruction)
        return ""

    def _alternate(self, node: Node, white_shows: bool) -> str:
        """One of the alternatives: the first that shows something."""
        kept = len(self.boxes)
        for one in node:
            text = self._inside(one, white_shows)
            if text or len(self.boxes) > kept:
                return text
        return ""

    def _drawing(self, node: Node, name: str) -> str:
        boxes = list(_outermost(node, "txbxContent"))
        self.boxes += boxes
        if name == "object":
            self.counts["object"] += 1
        elif not boxes:
            self.counts["picture"] += any(
                local(one) in ("blip", "imagedata", "chart", "relIds")
                or attribute(one, "uri").rpartition("/")[2] in ("chart", "diagram", "chartex")
                for one in node.iter()
            )
        return ""

    def _note(self, node: Node, name: str) -> str:
        key = (name.removesuffix("Reference"), attribute(node, "id"))
        place = self.notes.setdefault(key, len(self.notes) + 1)
        custom = attribute(node, "customMarkFollows") in ("1", "true", "on")
        return "" if custom else f"[{place}]"

    def _control(self, node: Node, white_shows: bool) -> str:
        if switch(child(node, "sdtPr"), "showingPlcHdr"):
            return ""
        content = child(node, "sdtContent")
        return self._inside(content, white_shows) if content is not None else ""


def _equation(instruction: str) -> str:
    """What an EQ field without a stored result shows."""
    if match := _ENCLOSED.search(instruction):
        inner = match[1].strip()
        return _CIRCLED.get(inner, f"（{inner}）")
    if match := _OVERLAID.search(instruction):
        return match[1].strip()
    return ""


def _outermost(node: Node, name: str) -> list[Node]:
    """Descendants of a name that are not within another one, and of alternatives only the first."""
    found: list[Node] = []
    for one in node:
        if local(one) == name:
            found.append(one)
        elif local(one) == "AlternateContent":
            for choice in one:
                inner = _outermost(choice, name)
                if inner:
                    found += inner
                    break
        else:
            found += _outermost(one, name)
    return found


def merges(paragraph: Node) -> bool:
    """Whether the paragraph's own mark is deleted or hidden away, so that the next one goes on in it."""
    props = child(paragraph, "pPr", "rPr")
    if props is None:
        return False
    marks = ("del", "moveFrom")
    return any(child(props, one) is not None for one in marks) or bool(switch(props, "specVanish"))


def span(cell: Node) -> int:
    """How many columns a cell covers; absurd values are cut."""
    return max(1, min(number(value(cell, "tcPr", "gridSpan"), 1), 64))
