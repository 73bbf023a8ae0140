"""正文写明的有效期:登记里没有填的,按正文登记;从前录入的由 ``gongkai recount`` 补上。"""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q

from gongkai.law.marks import titled
from gongkai.law.term import Stated
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Edition, Record
from ..stated import stated_by
from ..terms import Stage
from .derived import Moved, locked
from .derived import store as save_record

#: What a text that states its term has in it: the others are not read.
_TRACES = ("有效期", "行期", "期限", "试行", "暂行", "自行失效", "日止", "行至")


def read_terms(*, at: datetime, by: User | None = None, dry_run: bool = False) -> list[Moved]:
    """Register the terms that published texts state and nobody had filled in; each is noted (records.term)."""
    moved = []
    traced = reduce(or_, (Q(text__contains=trace) for trace in _TRACES))
    editions = Edition.objects.filter(traced, stage=Stage.LIVE, record__expires_on=None)
    for edition in editions.select_related("record").iterator(chunk_size=200):
        stated = stated_by(edition, edition.record)
        if stated and not dry_run:
            stated = _registered(edition.record, at, by)
        if stated:
            moved.append(Moved(edition.record.index_number, None, stated.last))
    return moved


@transaction.atomic
def _registered(stale: Record, at: datetime, by: User | None) -> Stated | None:
    record = locked(stale)
    stated = stated_by(record.live, record) if record.live and record.expires_on is None else None
    if stated is None:
        return None
    record.expires_on = stated.last
    save_record(record, at)
    log(
        "records.term",
        f"{titled(record.title)}的有效期至按正文登记为{stated.last}：{stated.quote}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
    )
    return stated
