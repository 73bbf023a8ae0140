"""两版对照:要素、正文、附件逐段对齐,段内逐词标出删去和新增。"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .models import Description, Edition

Marked = tuple[tuple[str, str], ...]
_WORD = re.compile(r"[A-Za-z0-9]+(?:[.:/-][A-Za-z0-9]+)*|\s+|.", re.S)
ALIKE = 0.5  # 两段的字有这么多相同,才算是同一段改了几个字
DENSE = 20_000  # 段落再长就整段标出,不逐词比
WIDE = 40  # 一处改动里的段落再多就依次配对,不求最像


@dataclass(frozen=True, slots=True)
class Block:
    """对照的一段:改前、改后各是若干 (种类, 文字),种类是 same、del、ins;只在一边有的,另一边是空的。"""

    old: Marked
    new: Marked

    @property
    def changed(self) -> bool:
        return any(kind != "same" for kind, _ in (*self.old, *self.new))


def compare(old: Edition, new: Edition) -> list[Block]:
    """Two editions side by side, paragraph by paragraph, with the changed words marked."""
    return compare_lines(lines(old), lines(new))


def compare_lines(before: list[str], after: list[str]) -> list[Block]:
    """The same of any two texts, given as their paragraphs."""
    blocks: list[Block] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks += [Block((("same", line),), (("same", line),)) for line in before[i1:i2]]
        else:
            blocks += [_block(*pair) for pair in _pairs(before[i1:i2], after[j1:j2])]
    return blocks


def lines(edition: Edition) -> list[str]:
    """What the public sees of an edition, one line each: the elements that are filled in, the text, the attachments."""
    found = []
    for name in Description.description_fields():
        if name != "fields" and (value := getattr(edition, name)) not in ("", None, []):
            label = Description._meta.get_field(name).verbose_name
            if name == "openness":
                value = edition.get_openness_display()
            found.append(f"{label}：{'、'.join(value) if isinstance(value, list) else value}")
    found += [f"{key}：{value}" for key, value in sorted(edition.fields.items())]
    found += edition.text.split("\n")
    found += [f"附件：{one.name}（{one.size}字节，{one.sha256[:8]}）" for one in edition.attachments.all()]
    return found


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Pair the paragraphs of one change so that the most alike stand side by side; the rest stand alone."""
    if len(old) * len(new) > WIDE * WIDE:
        for n in range(max(len(old), len(new))):
            yield old[n] if n < len(old) else "", new[n] if n < len(new) else ""
        return
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_likeness(a, b) for b in new] for a in old]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], ""
            i += 1
        else:
            yield "", new[j]
            j += 1
    yield from ((line, "") for line in old[i:])
    yield from (("", line) for line in new[j:])


def _likeness(a: str, b: str) -> float:
    """How alike two paragraphs are, 0 below ``ALIKE``."""
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.quick_ratio()
    return ratio if ratio >= ALIKE else 0.0


def _block(old: str, new: str) -> Block:
    if not old or not new or len(old) + len(new) > DENSE:
        return Block((("del", old),) if old else (), (("ins", new),) if new else ())
    a, b = _WORD.findall(old), _WORD.findall(new)
    left: list[tuple[str, str]] = []
    right: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            left.append(("same", "".join(a[i1:i2])))
            right.append(("same", "".join(b[j1:j2])))
            continue
        if i1 < i2:
            left.append(("del", "".join(a[i1:i2])))
        if j1 < j2:
            right.append(("ins", "".join(b[j1:j2])))
    return Block(tuple(left), tuple(right))
