"""存下算好的数。派生的,不是谁办的事:不记操作记录,随时可以重算。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from gongkai.org import chain

from .. import counts
from ..models import KeptFigure


@transaction.atomic
def keep(on: date, keys: Iterable[str], *, today: date | None = None) -> int:
    """Count the figures of a day and keep them; the number of the log is read first, so that what comes meanwhile
    counts as later. Of a day before ``today`` what has no past is not counted anew."""
    seq, _ = chain.head()
    found = {key: one for key, one in counts.counted(on, keys, today=today).items() if one.is_kept}
    for key, count in found.items():
        values = {str(pk): [one.part, one.whole] for pk, one in count.by_agency.items()}
        KeptFigure.objects.update_or_create(key=key, on=on, defaults={"seq": seq, "counts": values})
    return len(found)


def forget(before: date, *, also: Iterable[date] = ()) -> int:
    """Drop kept figures of old days, those of ``also`` apart; they can be counted again."""
    return KeptFigure.objects.filter(on__lt=before).exclude(on__in=list(also)).delete()[0]
