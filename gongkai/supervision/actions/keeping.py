"""存下算好的数。派生的,不是谁办的事:不记操作记录,随时可以重算。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from gongkai.desk.figures import figures
from gongkai.org import chain

from .. import counts
from ..models import AskedDay, KeptFigure


@transaction.atomic
def keep(on: date, keys: Iterable[str], *, today: date | None = None) -> int:
    """Count the figures of a day and keep them; the number of the log is read first, so that what comes meanwhile
    counts as later. Of a day before ``today`` what has no past is not counted anew."""
    seq, _ = chain.head()
    found = {key: one for key, one in counts.counted(on, keys, today=today).items() if one.is_kept}
    for key, count in found.items():
        values = {str(pk): [one.part, one.whole] for pk, one in count.by_agency.items()}
        defaults = {"seq": seq, "counts": values, "seconds": count.seconds}
        KeptFigure.objects.update_or_create(key=key, on=on, defaults=defaults)
    return len(found)


def ask_day(on: date, *, at: datetime) -> AskedDay:
    """Have a day counted in the background; once is enough."""
    return AskedDay.objects.update_or_create(on=on, defaults={"asked_at": at, "done_at": None})[0]


def count_asked(*, today: date, at: datetime) -> int:
    """Count and keep every day that was asked for, each at once; how many days."""
    days = list(AskedDay.objects.filter(done_at=None).order_by("asked_at"))
    for day in days:
        keep(day.on, figures(), today=today)
        AskedDay.objects.filter(pk=day.pk).update(done_at=at)
    return len(days)


def forget(before: date, *, also: Iterable[date] = ()) -> int:
    """Drop kept figures of old days, those of ``also`` apart; they can be counted again."""
    return KeptFigure.objects.filter(on__lt=before).exclude(on__in=list(also)).delete()[0]
