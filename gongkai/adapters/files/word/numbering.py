"""自动编号:每一级数到几、写成什么样,照读者看见的算出来(续编、重新起编、各级、样式带的)。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..counting import written
from ..symbols import bullet
from .xml import Node, attribute, child, local, number, switch, value

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_CLOSED = "、。．，,）)】〕〉》：:—–"
_UNIT = "条章节编款项"


@dataclass(slots=True)
class Level:
    """一级编号的写法。``restart`` 是遇到哪一级(从1起)重新起编,0 不重编,None 遇到上面任何一级。"""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """一个编号实例:哪个定义,自己改了哪几级,哪几级头一次用时从几起。"""

    definition: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """一份文件的自动编号。按段落的次序逐段问 ``label``。"""

    def __init__(self, root: Node | None, style_lists: dict[str, str] | None = None) -> None:
        """``root`` is the numbering part (None if there is none); ``style_lists``: style id → its numId."""
        self._definitions: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}
        for node in root if root is not None else ():
            if local(node) == "abstractNum":
                name = attribute(node, "abstractNumId")
                self._definitions[name] = {
                    number(attribute(one, "ilvl")): _level(one) for one in node if local(one) == "lvl"
                }
                if style := value(node, "numStyleLink"):
                    linked[name] = style
            elif local(node) == "num":
                self._lists[attribute(node, "numId")] = _list(node)
        for name, style in linked.items():  # 定义写在样式里的,从样式再找到编号
            target = self._lists.get((style_lists or {}).get(style, ""))
            if target is not None and self._definitions.get(target.definition):
                self._definitions[name] = self._definitions[target.definition]

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level whose definition is tied to a paragraph style; 0 if none is."""
        found = self._lists.get(list_id)
        levels = self._definitions.get(found.definition, {}) if found else {}
        return next((n for n, level in levels.items() if style and level.style == style), 0)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of a list, with the gap after it; empty if it shows none.

        Each call counts: ask once for each paragraph, in order.
        """
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < _LEVELS:
            return ""
        levels = self._definitions.get(found.definition, {}) | found.levels
        this = levels.get(level)
        if this is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if level in found.starts and (list_id, level) not in self._begun:
            counts.pop(level, None)
        self._begun.add((list_id, level))
        counts[level] = counts[level] + 1 if level in counts else found.starts.get(level, this.start)
        for lower in [one for one in counts if one > level]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or (restart > 0 and level < restart):
                del counts[lower]
        if this.form == "bullet":
            return f"{bullet(this.text)} "
        return _spaced(_PLACE.sub(lambda place: self._part(place, levels, counts, this), this.text), this.suffix)

    @staticmethod
    def _part(place: re.Match[str], levels: dict[int, Level], counts: dict[int, int], this: Level) -> str:
        number_of = int(place[1]) - 1
        level = levels.get(number_of)
        if level is None:
            return ""
        form = "decimal" if this.legal and level.form != "none" else level.form
        return written(counts.get(number_of, level.start), form)


def _level(node: Node) -> Level:
    form = value(node, "numFmt") or _fallback(node) or "decimal"
    restart = value(node, "lvlRestart")
    return Level(
        number(value(node, "start"), 1),
        form,
        value(node, "lvlText"),
        value(node, "suff") or "tab",
        number(restart) if restart else None,
        bool(switch(node, "isLgl")),
        value(node, "pStyle"),
    )


def _fallback(node: Node) -> str:
    """A format within mc:AlternateContent (formats newer than the standard)."""
    return value(node, "AlternateContent", "Fallback", "numFmt")


def _list(node: Node) -> _List:
    found = _List(value(node, "abstractNumId"))
    for one in node:
        if local(one) == "lvlOverride":
            level = number(attribute(one, "ilvl"))
            if start := value(one, "startOverride"):
                found.starts[level] = number(start, 1)
            own = child(one, "lvl")
            if own is not None:
                found.levels[level] = _level(own)
    return found


def _spaced(label: str, suffix: str) -> str:
    """The gap that a reader sees: none after 一、 and （一）, a wide one after 第一条."""
    label = label.strip()
    if not label or (suffix == "nothing" and not label[-1].isascii()):
        return label
    if label[-1] in _CLOSED and not label[-1].isascii():
        return label
    return label + ("\u3000" if label[-1] in _UNIT else " ")
