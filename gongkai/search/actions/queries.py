"""检索词的统计和清除、不作提示的词。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, F, Max, Sum

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..kept import Note, plain
from ..models import Muted, Popular, QueryDay

#: 这么多天都有人打的才算热门,免得一个人反复打的词给别人看见。
LEAST_DAYS = 3
_MOST_POPULAR = 500


@dataclass(slots=True)
class _Count:
    asked: int = 0
    opened: int = 0
    found: int | None = None


@transaction.atomic
def count_in(notes: Iterable[Note], *, at: datetime) -> int:
    """把暂存的检索词并进每天每词一行,重算热门词;返回并进了多少次。"""
    counts: dict[tuple[str, str, date], _Count] = {}
    for note in notes:
        if note.kind in QueryDay.Kind.values and note.text:
            count = counts.setdefault((note.text, note.kind, note.on), _Count())
            if note.found is None:
                count.opened += 1
            else:
                count.asked, count.found = count.asked + 1, note.found
    for (text, kind, on), count in counts.items():
        row, _ = QueryDay.objects.get_or_create(text=text, kind=kind, on=on)
        more: dict[str, object] = {"asked": F("asked") + count.asked, "opened": F("opened") + count.opened}
        if count.found is not None:
            more["found"] = count.found
        QueryDay.objects.filter(pk=row.pk).update(**more)
    total = sum(count.asked for count in counts.values())
    if counts:
        _recount()
        log("search.count", f"并入{total}次检索，共{len(counts)}个词", at=at)
    return total


def _recount() -> None:
    """Popular words anew: asked on several days, found the last time, not muted."""
    rows = (
        QueryDay.objects.filter(kind=QueryDay.Kind.SEARCH, asked__gt=0, found__gt=0)
        .exclude(text__in=Muted.objects.values("text"))
        .values("text")
        .annotate(days=Count("on"), total=Sum("asked"), last=Max("on"))
        .filter(days__gte=LEAST_DAYS)
        .order_by("-total", "text")[:_MOST_POPULAR]
    )
    found = [Popular(text=row["text"], days=row["days"], asked=row["total"]) for row in rows]
    Popular.objects.all().delete()
    Popular.objects.bulk_create(found)


@transaction.atomic
def forget(*, on: date, at: datetime) -> int:
    """删去过了保留天数的检索词;返回删了几行。"""
    days = params.at("search.query_days", on).value
    count, _ = QueryDay.objects.filter(on__lt=on - DAY * days).delete()
    if count:
        _recount()
        log("search.forget", f"删去{days}日以前的检索词{count}行", at=at)
    return count


@transaction.atomic
def mute(text: str, *, by: User, at: datetime) -> None:
    """以后不再把这个词提示给人。"""
    access.require(by, "search.manage")
    text = plain(text)
    if text and not Muted.objects.filter(text=text).exists():
        Muted.objects.create(text=text, by=by, at=at)
        Popular.objects.filter(text=text).delete()
        log("search.mute", f"“{text}”不再作提示", at=at, by=by)


@transaction.atomic
def unmute(muted: Muted, *, by: User, at: datetime) -> None:
    """恢复提示。"""
    access.require(by, "search.manage")
    muted.delete()
    _recount()
    log("search.mute", f"“{muted.text}”恢复作提示", at=at, by=by)
