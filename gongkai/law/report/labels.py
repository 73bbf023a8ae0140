"""行名、列名的辨认:容得下错字、断行、全角半角和省略,并说出与官方写法差在哪里。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from .form import Column, Form, Row, form

_DROP = re.compile(r"[^\w%/]+|_+")
_LEAD = re.compile(
    r"^\s*+(?:(?:[(（]\s*+)?(?P<han>[一二三四五六七八九十])\s*+[)）、.．，,]+|[(（]?(?P<digit>\d{1,2})\s*[)）、.．，,:：]+)"
)
_LOOSE = re.compile(r"^(?:(?P<han>[一二三四五六七八九十])|(?P<digit>[1-8]))(?=[^\d一二三四五六七八九十])")
_PIECES = re.compile(r"(?=\([一二三四五六七]\))|(?=[一二三四]、)|(?<!\d)(?=[1-8]\s*[.、．]\s*[一-龥])")
ALIKE = 0.62  # 与官方行名相似到这个程度才认
GROUPS = {"三": "r3", "四": "r4", "五": "r5", "六": "r6"}
GROUP_NAMES = {"r3": "不予公开", "r4": "无法提供", "r5": "不予处理", "r6": "其他处理"}


@dataclass(frozen=True, slots=True)
class Label:
    """拆开的名称:``mark`` 是序号(一、(三)、5 都只留数),``core`` 是去掉序号、标点和空白的文字。"""

    mark: str
    core: str
    nested: bool


def split(text: str) -> Label:
    """Take a label apart.

    >>> split("（三）不予公开"), split("5.属于三类内部事务信息").mark, split("三、本年度办理结果").core
    (Label(mark='三', core='不予公开', nested=True), '5', '本年度办理结果')
    """
    flat = unicodedata.normalize("NFKC", text).strip()
    lead = _LEAD.match(flat) or _LOOSE.match(flat)
    if lead is None:
        return Label("", core(flat), False)
    mark = lead["han"] or str(int(lead["digit"]))
    return Label(mark, core(flat[lead.end() :]), lead[0].lstrip().startswith("("))


def pieces(text: str) -> list[str]:
    """A cell that holds a heading and the label under it, taken apart before each ordinal.

    >>> pieces("三、本年度办理结果（三）不予公开 1.属于国家秘密")
    ['三、本年度办理结果', '(三)不予公开', '1.属于国家秘密']
    """
    flat = unicodedata.normalize("NFKC", text)
    return [piece.strip() for piece in _PIECES.split(flat) if piece and piece.strip()]


def core(text: str) -> str:
    """Only letters, digits and characters; width, space and punctuation gone."""
    return _DROP.sub("", unicodedata.normalize("NFKC", text))


def short_core(text: str) -> str:
    """The core without what stands in brackets after the name (“区分处理的……”, “单位：万元”)."""
    flat = unicodedata.normalize("NFKC", text)
    return split(re.sub(r"(?<=\w)\s*\([^()]*\)?.*$", "", flat)).core if "(" in flat[1:] else split(text).core


@lru_cache(maxsize=20_000)
def alike(a: str, b: str) -> float:
    """How far ``a`` as written is the official ``b``, 0 to 1; containment counts almost as a match."""
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if (len(a) >= 4 and a in b) or (len(b) >= 4 and b in a and len(a) <= 2 * len(b)):
        return 0.9
    if len(a) > 3 * len(b):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Match:
    """``key`` 是行,``group`` 是组标题(r3…r6);只认出组时 ``key`` 为空。"""

    key: str
    group: str
    score: float
    label: str = ""


def match_row(of: Form, parts: Iterable[str], group: str = "") -> Match | None:
    """The row of table 3 that label cells name, the outer cells first; ``group`` is the one last seen above.

    >>> m = match_row(form("2021"), ["三、本年度办理结果", "（三）不予公开", "5.属于三类内容事务信息"])
    >>> m.key, m.group
    ('r3_5', 'r3')
    """
    named = group
    best: Match | None = None
    for part in [piece for cell in parts for piece in pieces(cell)]:
        label = split(part)
        if not label.core:
            continue
        named = _group_of(label) or named
        candidate = _best_row(of, label, part, named)
        if candidate and (best is None or candidate.score >= best.score or candidate.key[:2] == named):
            best = candidate
    if best:
        return best
    return Match("", named, 1.0) if named != group else None


def _group_of(label: Label) -> str:
    for key, name in GROUP_NAMES.items():
        if label.core == name or (label.core.startswith(name) and len(label.core) <= len(name) + 2):
            return key
        if len(label.core) == len(name) and alike(label.core, name) >= 0.75 and GROUPS.get(label.mark) == key:
            return key
    return ""


def _best_row(of: Form, label: Label, written: str, group: str) -> Match | None:
    """The row whose name is most like a label; its ordinal and the group it stands in count a little."""
    bare = short_core(written)
    best: Match | None = None
    exact = any(label.core in (official, marked.core) or bare == official for _, official, marked in _rows(of.key))
    for row, official, marked in _rows(of.key):
        names = ((label.core, official), (bare, official), (label.core, marked.core))
        if exact:
            score = float(any(a == b for a, b in names))
        elif min(len(label.core), len(official)) <= 3:
            continue
        else:
            score = max(alike(a, b) for a, b in names)
        if score < ALIKE:
            continue
        own = row.key[:2] if "_" in row.key else ""
        if label.mark and marked.mark:
            score += 0.1 if label.mark == marked.mark else -0.1
        if own and group:
            score += 0.1 if own == group else -0.25
        if score >= ALIKE and (best is None or score > best.score):
            best = Match(row.key, own, score, written)
    return best


@cache
def _rows(key: str) -> tuple[tuple[Row, str, Label], ...]:
    of = form(key)
    return tuple((row, short_core(row.label), split(row.label)) for row in of.rows)


def match_column(of: Form, text: str) -> Column | None:
    """The column of table 3 that a head cell names; 合计 counts as 总计."""
    written = core(text)
    if written in ("合计", "小计", "总数"):
        written = "总计"
    best = max(of.columns, key=lambda column: alike(written, column.label))
    score = alike(written, best.label)
    return best if score == 1.0 or (len(written) >= 3 and score >= 0.7) else None


def match_disclosure(of: Form, text: str) -> Row | None:
    """The row of table 2 that a label names."""
    written = core(re.sub(r"[(（].*", "", text))
    if not written:
        return None
    for row in of.disclosures:
        if written == core(row.label):
            return row
    best = max(of.disclosures, key=lambda row: alike(written, core(row.label)))
    return best if len(written) >= 3 and alike(written, core(best.label)) >= 0.75 else None


def match_remedy(of: Form, text: str) -> Row | None:
    """The block of table 4 that a head cell names."""
    written = core(text)
    for row in of.remedies:
        if alike(written, core(row.label)) >= 0.8 or (written in core(row.label) and len(written) >= 4):
            return row
    return None


def difference(of: Form, key: str, written: str) -> str:
    """The official label if something else was written, else empty; a name cut short is not held against it."""
    official = of.row(key).label
    name = split(written).core
    if name == short_core(official) or (len(name) >= 4 and split(official).core.startswith(name)):
        return ""
    return official


def short_key(of: Form, text: str) -> str:
    """The row key for a name in exchanged data (short name, official name, or nearly); empty if none."""
    row = of.by_short.get(text)
    if row:
        return row.key
    flat = core(text)
    for row in of.rows:
        if flat in (core(row.short), core(row.label), core("".join((*row.path, row.label)))):
            return row.key
    found = re.match(r"^[(（]?([一二三四五六七])[)）]?\s*[、.．]?\s*(\d)", unicodedata.normalize("NFKC", text))
    if found and found[1] in GROUPS:
        key = f"{GROUPS[found[1]]}_{found[2]}"
        if any(row.key == key for row in of.rows):
            return key
    match = match_row(of, [text])
    return match.key if match and match.score >= 0.75 else ""
