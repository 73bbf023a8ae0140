"""索引号取号:按类型的规则,一个前缀一条流水,锁行取号,并发也不重不跳。"""

from __future__ import annotations

from datetime import date

from gongkai.law import indexnumber
from gongkai.org.models import Agency

from .models import IndexCounter
from .types import RecordType


def take(agency: Agency, kind: RecordType, on: date) -> str:
    """The next index number of the agency for the day; must run inside the caller's transaction."""
    by_month = kind.index == "month"
    prefix = indexnumber.generate(agency.code, on, 1, by_month=by_month).rpartition("-")[0]
    IndexCounter.objects.get_or_create(prefix=prefix)
    counter = IndexCounter.objects.select_for_update().get(prefix=prefix)
    counter.last += 1
    counter.save(update_fields=["last"])
    return indexnumber.generate(agency.code, on, counter.last, by_month=by_month)
