"""一件信息的提纲:正文里的章节标题和正文后面的各块,各有一个锚,页上可以跳过去。"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .pages import Place, Section

#: 提纲少于几条就不列:只有一两条的,一眼就看完了。
LEAST = 3
_HEADING = re.compile(r"<(h[23])>")
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """提纲里的一条:锚和标题。"""

    anchor: str
    title: str


def anchored(cleaned: str) -> tuple[str, list[Entry]]:
    """A cleaned body (``records.html.clean``) with an anchor on each heading of the upper two levels, and the headings.

    >>> anchored("<h2>第一章 总则</h2><p>文</p>")
    ('<h2 id="part-1">第一章 总则</h2><p>文</p>', [Entry(anchor='part-1', title='第一章 总则')])
    """
    entries: list[Entry] = []

    def mark(found: re.Match[str]) -> str:
        close = cleaned.find(f"</{found[1]}>", found.end())
        title = html.unescape(_TAG.sub("", cleaned[found.end() : close])).strip()
        if not title:
            return found[0]
        entries.append(Entry(f"part-{len(entries) + 1}", title))
        return f'<{found[1]} id="{entries[-1].anchor}">'

    return _HEADING.sub(mark, cleaned), entries


@dataclass(frozen=True, slots=True)
class Block:
    """页上的一块和它的锚。"""

    anchor: str
    section: Section


def blocks(sections: Sequence[Section]) -> list[Block]:
    """The blocks below the text, each with its anchor, in their order."""
    below = [section for section in sections if section.place is Place.BELOW]
    return [Block(f"block-{nth}", section) for nth, section in enumerate(below, 1)]


def outline(headings: Sequence[Entry], below: Sequence[Block]) -> list[Entry]:
    """What the outline lists; nothing where a reader sees it all at once."""
    entries = [*headings, *(Entry(block.anchor, block.section.title) for block in below)]
    return entries if len(entries) >= LEAST else []
