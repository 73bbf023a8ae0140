"""移交的检查 HO01—HO09:哪一行、什么不对、依据、怎样改;只读。"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from gongkai.adapters.readers.backfile.codes import reference_code
from gongkai.adapters.readers.backfile.rows import may_be_listed
from gongkai.law import handover as law
from gongkai.law.sources import cite
from gongkai.org.models import Agency
from gongkai.records.terms import WithdrawalKind

from .models import Extension, Item, Transfer, TransferRow
from .terms import Disclosed, ItemState, OpeningOpinion, TransferState

#: 移交以前要改正的;其余的提示。
BLOCKING = frozenset({"HO04", "HO07", "HO09"})


@dataclass(frozen=True, slots=True)
class Finding:
    """一处。``blocks`` 的不改就不能移交或者公布。"""

    code: str
    what: str
    fix: str
    source: str = ""
    row: TransferRow | None = None
    blocks: bool = False


def of_transfer(transfer: Transfer, on: date) -> list[Finding]:
    """Everything that is wrong with a batch on a day."""
    rows = list(transfer.rows.select_related("record"))
    return [
        *_catalogue(transfer, rows, on),
        *_listed(rows),
        *_codes(transfer, rows),
        *_gone(rows),
        *_statements(rows),
        *_years(rows),
        *_totals(transfer, rows),
    ]


def _catalogue(transfer: Transfer, rows: list[TransferRow], on: date) -> Iterator[Finding]:
    if transfer.state == TransferState.HANDED and transfer.handed_on:
        due = law.catalogue_due(transfer.handed_on).due
        late = "，已经过了期限" if on > due else f"，应于{due}以前公布"
        yield Finding(
            "HO01",
            f"移交以后还没有公布目录{late}",
            "请公布可公开的目录；一件也没有的，写明说明。",
            cite("plan:3.1"),
        )


def _listed(rows: list[TransferRow]) -> Iterator[Finding]:
    for row in rows:
        if row.listed:
            for reason in reasons_against(row):
                code = "HO03" if "个人" in reason else "HO02"
                yield Finding(
                    code,
                    f"列在对外目录里，但是{reason}",
                    "请不列，或者改写对外的题名。",
                    cite("archives:28.3"),
                    row,
                    True,
                )


def reasons_against(row: TransferRow) -> list[str]:
    """Why a row may not stand in the public catalogue; a title rewritten for the public counts as it is shown."""
    is_public = row.disclosed == Disclosed.PUBLIC
    described = {
        "题名": row.shown_title,
        "密级": row.secrecy,
        "档号": row.reference_code,
        "开放标识": "开放" if row.opinion == OpeningOpinion.OPEN else "控制",
        "公开属性": "主动公开" if is_public else "",
    }
    return list(may_be_listed(described)["reasons"])


def _codes(transfer: Transfer, rows: list[TransferRow]) -> Iterator[Finding]:
    counts = Counter(row.reference_code for row in rows if row.reference_code)
    for row in rows:
        if counts[row.reference_code] > 1:
            yield Finding(
                "HO04",
                f"档号{row.reference_code}有{counts[row.reference_code]}行",
                "请核对档号，一件一号。",
                "DA/T 13—2022",
                row,
                True,
            )
    gaps = _gaps(rows)
    if gaps and not transfer.gaps_note.strip():
        yield Finding(
            "HO04",
            f"件号断号：{'；'.join(gaps)}",
            "请补齐，或者在批次里写“空号说明”。",
            "DA/T 22—2015",
            None,
            True,
        )


def _gaps(rows: list[TransferRow]) -> list[str]:
    """Item numbers that are missing within one series of codes."""
    series: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        code = reference_code(row.reference_code) if row.reference_code else None
        if code and code.canonical and code.item:
            series[code.canonical.rpartition("-")[0]].add(int(code.item))
    found = []
    for name, numbers in sorted(series.items()):
        missing = sorted(set(range(min(numbers), max(numbers))) - numbers)
        if missing:
            some = "、".join(map(str, missing[:8])) + ("……" if len(missing) > 8 else "")
            found.append(f"{name}缺{some}")
    return found


def _gone(rows: list[TransferRow]) -> Iterator[Finding]:
    for row in rows:
        if row.record and row.record.withdrawn == WithdrawalKind.MOVED:
            yield Finding(
                "HO06", "已移交的，网页不见了", "网页应当保留，标明原件已移交档案馆；请恢复公开。", "", row
            )


def _statements(rows: list[TransferRow]) -> Iterator[Finding]:
    for row in rows:
        given = (row.opinion, row.disclosed, row.secrecy_change)
        lacking = [name for name, value in zip(law.STATEMENTS, given, strict=True) if not value]
        if lacking:
            yield Finding(
                "HO07",
                f"没有附具{'、'.join(lacking)}",
                "移交时每一件都要附具，请补填。",
                cite("archives_rules:30.2"),
                row,
                True,
            )


def _years(rows: list[TransferRow]) -> Iterator[Finding]:
    for row in rows:
        code = reference_code(row.reference_code) if row.reference_code else None
        if code and code.year and row.year and code.year != row.year:
            yield Finding(
                "HO08", f"档号的年度是{code.year}年，文件是{row.year}年的", "跨年归档的可以不改，请核对。", "", row
            )


def _totals(transfer: Transfer, rows: list[TransferRow]) -> Iterator[Finding]:
    if transfer.items_said is not None and transfer.items_said != len(rows):
        yield Finding("HO09", f"清单头写{transfer.items_said}件，实有{len(rows)}件", "请核对。", "", None, True)
    pages = sum(row.pages or 0 for row in rows)
    if transfer.pages_said is not None and transfer.pages_said != pages:
        yield Finding("HO09", f"清单头写{transfer.pages_said}页，各件合计{pages}页", "请核对。", "", None, True)


@dataclass(frozen=True, slots=True)
class Overdue:
    """一个单位一年里到期没有移交的件数(HO05)。"""

    agency: Agency
    year: int
    count: int
    due: date


def overdue(agencies: list[Agency], on: date) -> list[Overdue]:
    """What is past its time, not handed over, and without an extension; papers of abolished units may go earlier."""
    last = law.formed_until(on)
    whole = last.year if law.handover_due(None, last.year, on) <= on else last.year - 1
    due = Item.objects.filter(Q(formed_on__lte=last) | Q(formed_on=None, year__lte=whole), year__lte=last.year)
    rows = (
        due.filter(agency__in=agencies, state=ItemState.CONFIRMED)
        .exclude(pk__in=TransferRow.objects.filter(transfer__handed_on__lte=on).exclude(item=None).values("item"))
        .order_by()
        .values_list("agency", "year")
        .annotate(n=Count("pk"))
    )
    counts = {(agency, year): n for agency, year, n in rows}
    extended = list(Extension.objects.filter(agency__in=agencies, ends_on__gt=on))
    known = {one.pk: one for one in agencies}
    return [
        Overdue(known[agency], year, count, law.handover_due(None, year, on))
        for (agency, year), count in sorted(counts.items())
        if not any(one.agency_id == agency and one.since <= year <= one.until for one in extended)
    ]
