"""来访计数:读日志,加到按日的数里。读到哪里同计数写在一个事务里,所以不漏不重;不记是谁。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gongkai.adapters.accesslog import Mark, Visit, parse, read
from gongkai.desk.moments import local_day
from gongkai.law.calendar import DAY

from .. import logs
from ..models import LogReading, OldAddress, PageCount, UnknownAddress
from ..visits import counted, records_of

#: Different unknown addresses kept for one day; a flood of made-up ones goes into ``OTHERS``.
MOST = 2000
OTHERS = "（其余）"
#: How long counts of unknown addresses are kept.
KEPT = 366 * DAY
#: The application's own log is put aside when it has grown to this.
ROTATED = 4 * 1024 * 1024
LONGEST = 400
_BATCH = 500


@contextmanager
def unread(path: Path) -> Iterator[list[Visit]]:
    """The visits of a log that were not counted yet; they are marked as read when the block ends well."""
    with transaction.atomic():
        log = f"{settings.NODE}:{path.name}"
        LogReading.objects.get_or_create(log=log)
        row = LogReading.objects.select_for_update().get(log=log)
        lines, mark = read(path, Mark(row.file, row.offset)) if path.parent.is_dir() else ([], Mark())
        yield [visit for line in lines if (visit := parse(line))]
        if mark != Mark():
            LogReading.objects.filter(pk=row.pk).update(file=mark.file, offset=mark.offset)


def count_missing(at: datetime) -> int:
    """Old addresses get their hits, unknown ones are counted by day; how many visits."""
    path = logs.missing()
    with unread(path) as visits:
        unknown: Counter[tuple[date, str]] = Counter()
        hits: Counter[str] = Counter()
        last: dict[str, date] = {}
        for visit in visits:
            day = local_day(visit.at)
            if visit.status == 404:
                unknown[day, visit.path[:LONGEST]] += 1
            else:
                hits[visit.path] += 1
                last[visit.path] = max(day, last.get(visit.path, day))
        _add_unknown(unknown)
        for address, n in hits.items():
            OldAddress.objects.filter(path=address).update(hits=F("hits") + n, last_hit_on=last[address])
        UnknownAddress.objects.filter(day__lt=local_day(at) - KEPT).delete()
    if path.is_file() and path.stat().st_size > ROTATED:
        path.replace(path.with_name(f"{path.name}.1"))
    return len(visits)


def _add_unknown(counted: Counter[tuple[date, str]]) -> None:
    for day in {day for day, _ in counted}:
        mine = {path: n for (on, path), n in counted.items() if on == day}
        rows = UnknownAddress.objects.filter(day=day)
        known = dict(rows.filter(path__in=[*mine, OTHERS]).values_list("path", "pk"))
        room = MOST - rows.count()
        new: dict[str, int] = {}
        for path, n in mine.items():
            if path not in known and len(new) >= room:
                path = OTHERS
            if path in known:
                UnknownAddress.objects.filter(pk=known[path]).update(n=F("n") + n)
            else:
                new[path] = new.get(path, 0) + n
        UnknownAddress.objects.bulk_create(UnknownAddress(day=day, path=path, n=n) for path, n in new.items())


def count_pages() -> int:
    """Add the visits of this node's access log to the day's counts; how many lines were counted this turn."""
    with unread(logs.pages()) as visits:
        found: Counter[tuple[date, str]] = Counter()
        for visit in visits:
            if (
                visit.status in (200, 304)
                and visit.method == "GET"
                and len(visit.path) <= LONGEST
                and counted(visit.path)
            ):
                found[local_day(visit.at), visit.path] += 1
        for day in {day for day, _ in found}:
            _add_pages(day, {path: n for (on, path), n in found.items() if on == day})
    return found.total()


def _add_pages(day: date, numbers: dict[str, int]) -> None:
    known = set()
    paths = list(numbers)
    for start in range(0, len(paths), _BATCH):
        rows = list(PageCount.objects.filter(day=day, path__in=paths[start : start + _BATCH]).only("pk", "path"))
        known |= {row.path for row in rows}
        for row in rows:
            row.n = F("n") + numbers[row.path]
        PageCount.objects.bulk_update(rows, ["n"], batch_size=_BATCH)
    new = [path for path in paths if path not in known]
    owners = records_of(new)
    PageCount.objects.bulk_create(
        (PageCount(day=day, path=path, n=numbers[path], record_id=owners.get(path)) for path in new),
        batch_size=_BATCH,
    )
