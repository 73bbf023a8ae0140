"""索引号取号:按类型的规则,一个前缀一条流水,锁行取号,并发也不重不跳。"""

from __future__ import annotations

from datetime import date

from gongkai.law import indexnumber
from gongkai.law.errors import LawError
from gongkai.org.models import Agency

from .models import IndexCounter, Record
from .types import RecordType


def next_index_number(agency: Agency, kind: RecordType, on: date) -> str:
    """The next index number of the agency for the day; must run inside the caller's transaction.

    Numbers that an import has kept are passed over. A transaction that rolls back gives its number back.

    Raises:
        RuleBroken: the agency's code cannot stand in an index number.
    """
    by_month = kind.index == "month"
    prefix = indexnumber.generate(agency.code, on, 1, by_month=by_month).rpartition("-")[0]
    counter = _locked(prefix)
    while True:
        counter.last += 1
        number = indexnumber.generate(agency.code, on, counter.last, by_month=by_month)
        if not Record.objects.filter(index_number=number).exists():
            break
    counter.save(update_fields=["last"])
    return number


def next_in(series: str, several: int = 1) -> int:
    """The next number of a running series of another kind (统一编号), the first of ``several`` that are taken at once;
    must run inside the caller's transaction."""
    counter = _locked(series)
    first = counter.last + 1
    counter.last += several
    counter.save(update_fields=["last"])
    return first


def _locked(prefix: str) -> IndexCounter:
    """The counter of a series, begun where there is none, locked until the transaction ends."""
    counter, _ = IndexCounter.objects.select_for_update().get_or_create(prefix=prefix)
    return counter


def keep(text: str) -> str:
    """The index number that a paper already bears, if it is one and nobody has it; else empty."""
    try:
        number = indexnumber.parse(text).text
    except LawError:
        return ""
    taken = len(number) > 64 or Record.objects.filter(index_number=number).exists()
    return "" if taken else number
