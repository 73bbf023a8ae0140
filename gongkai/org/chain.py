"""操作记录的散列链:怎样算一条的散列,怎样从头核到尾,断了说出是哪一条、怎么断的。

一条的散列含它的序号、全部内容和前一条的散列;末端(``LogHead``)另存一行。改动、缺少、插入、调换任何一条,
下面的核验都说得出;整段重写只有同抄存在别处的末端对照才看得出(``expect``)。
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC

from .models import LogEntry, LogHead

CHUNK = 2000
#: 对不上的条数再多,也只在这么多条之间找“原来是第几条”。
_SWAPS = 200


def digest(entry: LogEntry, *, seq: int | None = None) -> str:
    """The hash of one entry: everything it says and the hash before it (SHA-256, hex).

    Args:
        seq: as if the entry bore this number, to find where a moved entry came from.
    """
    content = [
        entry.seq if seq is None else seq,
        entry.at.astimezone(UTC).isoformat(),
        entry.by_id,
        entry.agency_id,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.summary,
        entry.detail,
        entry.previous,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """核验结果:核了多少条,每一处不对(中文整句)。"""

    count: int
    faults: tuple[str, ...]


def head() -> tuple[int, str]:
    """Number and hash of the last entry; ``(0, "")`` for an empty log."""
    row = LogHead.objects.filter(pk=1).first()
    return (row.seq, row.hash) if row else (0, "")


def mark() -> str:
    """The head as ``seq:hash``, to be noted elsewhere; empty for an empty log."""
    seq, last = head()
    return f"{seq}:{last}" if seq else ""


def number_of_mark(mark: str) -> int:
    """The number of the entry that a mark names, if it is still there unchanged; 0 if it is not (another database, a
    restored backup) or the mark is none."""
    seq, _, last = mark.strip().partition(":")
    known = seq.isascii() and seq.isdigit() and LogEntry.objects.filter(seq=int(seq), hash=last).exists()
    return int(seq) if known else 0


def verify(
    expect: str = "", *, start: int = 1, progress: Callable[[int, int], None] = lambda done, total: None
) -> Verdict:
    """Walk the chain to its head: each hash, each link, no gap, nothing after the head.

    Args:
        expect: ``seq:hash`` as kept elsewhere; that entry must still be there, unchanged.
        start: the first entry to walk; the one before it is taken on trust.
        progress: told ``(done, total)`` after every ``CHUNK`` entries and at the end.
    """
    last, last_hash = head()
    total = max(0, last - start + 1)
    faults: list[str] = []
    strange: list[LogEntry] = []
    gaps: list[tuple[int, int]] = []
    before = LogEntry.objects.filter(seq=start - 1).values_list("hash", flat=True).first() if start > 1 else ""
    if before is None:
        faults.append(f"没有第{start - 1}条,不能从第{start}条起核。")
    count, seq = 0, start - 1
    for entry in LogEntry.objects.filter(seq__gte=start).order_by("seq").iterator(chunk_size=CHUNK):
        count += 1
        if entry.seq != seq + 1:
            gaps.append((seq + 1, entry.seq - 1))
        elif before is not None and entry.previous != before:
            faults.append(f"第{entry.seq}条同第{seq}条接不上:其中一条被换过,或者中间插过、抽过。")
        if digest(entry) != entry.hash:
            strange.append(entry)
        seq, before = entry.seq, entry.hash
        if count % CHUNK == 0:
            progress(count, total)
    faults += [_span(first, to, "缺少") for first, to in gaps]
    faults += _explain(strange)
    if seq > last:
        faults.append(_span(last + 1, seq, "加在末端之后"))
    elif seq < last and count:
        faults.append(_span(seq + 1, last, "缺少,末端被截去"))
    elif last >= start and not count:
        faults.append(_span(start, last, "缺少,记录被清空"))
    elif count and before != last_hash:
        faults.append(f"末端记的散列同第{seq}条对不上,其中一处被改过。")
    faults += _kept(expect)
    progress(count, total)
    return Verdict(count, tuple(faults))


def _span(first: int, last: int, what: str) -> str:
    return f"第{first}条{what}。" if first == last else f"第{first}至第{last}条{what}。"


def _explain(strange: list[LogEntry]) -> Iterator[str]:
    """Say of each entry whose hash is wrong whether it bears another's number or was changed in place."""
    shift, moved = 0, set()
    others = [entry.seq for entry in strange] if len(strange) <= _SWAPS else []
    for entry in strange:
        likely = [entry.seq + shift, entry.seq - 1, entry.seq + 1, *others]
        origin = next((seq for seq in likely if digest(entry, seq=seq) == entry.hash), None)
        if origin is None:
            yield f"第{entry.seq}条的内容被改动过。"
            continue
        shift = origin - entry.seq
        if shift == -1 and origin not in moved:
            yield f"第{origin}条是插进来的,后面的序号都挪过。"
        moved.add(entry.seq)
        yield f"第{entry.seq}条原是第{origin}条,序号被挪动过。"


def _kept(expect: str) -> Iterator[str]:
    """Compare with a head that was copied elsewhere."""
    if not expect:
        return
    number, _, kept = expect.strip().partition(":")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        yield f"抄存的末端“{expect[:80]}”不是“序号:散列”的样子。"
        return
    if int(number) == 0 and not kept:
        return
    found = LogEntry.objects.filter(seq=int(number)).values_list("hash", flat=True).first()
    if found is None:
        yield f"抄存的末端是第{number}条,现在没有这一条:记录被截去过。"
    elif found != kept:
        yield f"第{number}条的散列同抄存的不一样:到这一条为止的记录被重写过。"
