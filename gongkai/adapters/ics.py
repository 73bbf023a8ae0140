"""日历的 ICS 文件(RFC 5545):一个日子或者一段时间一件,手机和电脑的日历都能收。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.law.calendar import DAY

_WIDTH = 75


@dataclass(frozen=True, slots=True)
class Event:
    """日历上的一件。

    Args:
        on: a whole day, or the moment at which it begins.
        until: the moment at which it ends; only with a moment.
    """

    key: str
    on: date | datetime
    title: str
    note: str
    url: str
    until: datetime | None = None
    place: str = ""


def calendar(name: str, events: Iterable[Event], at: datetime) -> str:
    """The whole file, lines folded at 75 octets and ended by CRLF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Gongkai//Calendar//ZH",
        f"X-WR-CALNAME:{_plain(name)}",
    ]
    for event in events:
        lines += _event(event, at)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(event: Event, at: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.key}",
        f"DTSTAMP:{_moment(at)}",
        *_times(event),
        f"SUMMARY:{_plain(event.title)}",
        *([f"LOCATION:{_plain(event.place)}"] if event.place else []),
        f"DESCRIPTION:{_plain(event.note)}",
        f"URL:{event.url}",
        "END:VEVENT",
    ]


def _times(event: Event) -> list[str]:
    if isinstance(event.on, datetime):
        return [f"DTSTART:{_moment(event.on)}", f"DTEND:{_moment(event.until or event.on)}"]
    return [f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}", f"DTEND;VALUE=DATE:{event.on + DAY:%Y%m%d}"]


def _moment(at: datetime) -> str:
    """World time: a phone abroad shows its own hour."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _plain(text: str) -> str:
    r"""Text of a property.

    >>> _plain("材料;一,二\n三")
    '材料\\;一\\,二\\n三'
    """
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, never inside a character."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _WIDTH:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    yield piece
