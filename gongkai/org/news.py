"""我经手的事有了什么变动:退回、同意、换人、撤下……都从操作记录里看,不另存一份。

看到哪一条也记在操作记录里(``org.read_news``)。各应用在 ``room.py`` 的 ``news`` 里说:哪些动作值得说、
哪些对象是这个人的、网址在哪里、哪些快到期。
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.desk.rooms import rooms
from gongkai.desk.todo import Panel
from gongkai.law.calendar import DAY

from .models import LogEntry, User

#: 只说这么多天以内的;一次至多看这么多条记录、列这么多条。
DAYS, LOOKED, SHOWN = 30, 2000, 100
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
    """What others did to this person's things since the person last looked, the newest first."""
    rows = LogEntry.objects.filter(seq__gt=read_through(user), at__gt=at - DAYS * DAY)
    rows = rows.filter(action__in={action for source in sources() for action in source.actions})
    entries = list(rows.exclude(by=user).select_related("by", "agency").order_by("-seq")[:LOOKED])
    items = {}
    for source in sources():
        told = [one for one in entries if one.object_type == source.kind and one.action in source.actions]
        own = set(source.own(user, {int(one.object_id) for one in told})) if told else set()
        items |= {one.seq: Item(one, source.url(int(one.object_id))) for one in told if int(one.object_id) in own}
    return [items[seq] for seq in sorted(items, reverse=True)][:SHOWN]


def due(user: User, on: date) -> list[Panel]:
    """The person's things that fall due soon, by apps."""
    return [panel for source in sources() if source.due for panel in source.due(user, on) if panel.count]
