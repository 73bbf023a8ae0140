"""日子和时刻:一律按本机关的时区换算(C07)。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

#: A time so far ahead of the clock was noted while the clock ran ahead, and counts as absent.
SKEW = timedelta(minutes=1)


def local_day(at: datetime) -> date:
    """The day in the office's own time zone."""
    return timezone.localtime(at).date()


def minute(at: datetime) -> str:
    """``2026-01-05 09:30`` in the office's own time zone."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def end_of(on: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(on, time.max))


def start_of(year: int) -> datetime:
    """The first moment of a year."""
    return timezone.make_aware(datetime(year, 1, 1))
