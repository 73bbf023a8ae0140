"""我经手的事有了什么变动:退回、同意、换人、撤下……都从操作记录里看,不另存一份。

看到哪一条也记在操作记录里(``org.read_news``)。各应用在 ``room.py`` 的 ``news`` 里说:哪些动作值得说、
哪些对象是这个人的、网址在哪里、哪些快到期。
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache

from gongkai.desk.rooms import rooms
from gongkai.desk.todo import Panel
from gongkai.law.calendar import DAY

from .models import LogEntry, LogHead, User

#: 只说这么多天以内的;一次至多看这么多条记录、列这么多条。
DAYS, LOOKED, SHOWN = 30, 2000, 100
#: 数出来的件数至多用这么多秒:操作记录没有新的,过了的日子也会使它变少。
KEPT = 600
READ = "org.read_news"


@dataclass(frozen=True, slots=True)
class Source:
    """一个应用里会有变动的一种东西。

    Attributes:
        kind: its name in the log, for example ``records.record``.
        actions: what is worth telling when somebody else does it.
        own: (user, ids) → those of these ids that are this person's, and that the person may see.
        url: id → address at the desk.
        due: (user, on) → panels of the person's things that fall due soon.
    """

    kind: str
    actions: frozenset[str]
    own: Callable[[User, Collection[int]], Collection[int]]
    url: Callable[[int], str]
    due: Callable[[User, date], Iterator[Panel]] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """一条变动:操作记录里的一条,和它的网址。"""

    entry: LogEntry
    url: str


def sources() -> list[Source]:
    """Every app's, in the order of the apps."""
    return [source for room in rooms() for source in room.news]


def read_through(user: User) -> int:
    """The number of the last entry that the person has read; 0 for none."""
    detail = (
        LogEntry.objects.filter(by=user, action=READ).values_list("detail", flat=True).order_by("-seq").first()
    )
    return int(detail["through"]) if detail else 0


def unread(user: User, at: datetime) -> list[Item]:
    """What others did to this person's things since the person last looked, the newest first, at most ``SHOWN``."""
    found = _unread(user, at)
    chosen = sorted(found, reverse=True)[:SHOWN]
    entries = LogEntry.objects.filter(seq__in=chosen).select_related("by", "agency").order_by("-seq")
    return [Item(entry, found[entry.seq]) for entry in entries]


def count(user: User, at: datetime) -> int:
    """How many they are. Asked on every page of the desk: counted anew only when something was written to the log."""
    last = LogHead.objects.values_list("hash", flat=True).first()
    return cache.get_or_set(f"news:{user.pk}:{last}", lambda: len(_unread(user, at)), KEPT)


def _unread(user: User, at: datetime) -> dict[int, str]:
    """Number of the entry → address of the thing."""
    rows = LogEntry.objects.filter(seq__gt=read_through(user), at__gt=at - DAYS * DAY)
    rows = rows.filter(action__in={action for source in sources() for action in source.actions}).exclude(by=user)
    told = list(rows.order_by("-seq").values_list("seq", "object_type", "object_id", "action")[:LOOKED])
    found: dict[int, str] = {}
    for source in sources():
        about = {seq: int(pk) for seq, kind, pk, act in told if kind == source.kind and act in source.actions}
        own = set(source.own(user, set(about.values()))) if about else set()
        found |= {seq: source.url(pk) for seq, pk in about.items() if pk in own}
    return found


def due(user: User, on: date) -> list[Panel]:
    """The person's things that fall due soon, by apps."""
    return [panel for source in sources() if source.due for panel in source.due(user, on) if panel.count]
