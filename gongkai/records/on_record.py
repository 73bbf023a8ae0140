"""上面各应用挂在一件信息上的东西,写在各自 ``room.py`` 的 ``on_record`` 里;这一层不认得那些应用,只按这里问。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, QuerySet

from gongkai.desk.rooms import rooms
from gongkai.law.validity import Validity
from gongkai.org.models import User

if TYPE_CHECKING:
    from .gates import Follower, Gate, Hanging
    from .listings import Lister
    from .models import Record
    from .pages import Section
    from .review import Step

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """一个应用挂在信息上的全部。

    Attributes:
        gates: may refuse to sign, move, lift or unlink a record; they write nothing.
        followers: write what follows from a decision; they refuse nothing.
        hanging: record → what of the app hangs on it and goes along when it is withdrawn; done by ``Follower.taken``.
        steps: (record, user) → steps on a record's page at the desk.
        sections: (record, at) → blocks below the text of its public page.
        validity: (record, on) → its validity where the app knows more than the record's dates, else None.
        listers: the app's own list pages, for the publisher.
    """

    gates: tuple[Gate, ...] = ()
    followers: tuple[Follower, ...] = ()
    hanging: tuple[Callable[[Record], Iterable[Hanging]], ...] = ()
    steps: tuple[Callable[[Record, User], Iterable[Step]], ...] = ()
    sections: tuple[Callable[[Record, datetime], Iterable[Section]], ...] = ()
    validity: tuple[Callable[[Record, date], Validity | None], ...] = ()
    listers: tuple[Lister, ...] = ()


def declared() -> Iterator[OnRecord]:
    """What each room hangs on records, in the order of the apps."""
    return (room.on_record for room in rooms() if room.on_record is not None)


def gates() -> list[Gate]:
    """Every gate."""
    return [gate for part in declared() for gate in part.gates]


def followers() -> list[Follower]:
    """Every follower of decisions on records."""
    return [follower for part in declared() for follower in part.followers]


def hanging(record: Record) -> list[Hanging]:
    """What every app has hung on a record."""
    return [thing for part in declared() for provide in part.hanging for thing in provide(record)]


def listers() -> list[Lister]:
    """The list pages of every app."""
    return [lister for part in declared() for lister in part.listers]


def rare(rows: QuerySet[Row]) -> list[Row]:
    """The rows that an app has for a record. Nearly every record has none: that is asked first and shortly, since a
    long query costs far more to compose than to run, and every page and every step asks every app."""
    return list(rows) if rows.exists() else []


def rare_one(rows: QuerySet[Row]) -> Row | None:
    """The first of such rows; None where there is none."""
    return rows.first() if rows.exists() else None
