"""样本区:各应用在自己的 ``demo.py`` 里装自己的一份,由 ``room.py`` 的 ``demo`` 报到,都从这里拿单位和人。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gongkai.law.agencies import Role

from .models import Agency, User

GOVERNMENT, OFFICE = "MH01", "MH0101"
#: The last day of the composed history; what is under way and the last year are laid from the day of loading.
LAST_DAY = date(2026, 10, 30)


@dataclass(slots=True)
class Desk:
    """一个单位的经办人,按岗位。"""

    agency: Agency
    people: dict[Role, User]


@dataclass(frozen=True, slots=True)
class District:
    """The sample district while it is being loaded.

    Attributes:
        desks: agencies with their people, by code; ``GOVERNMENT`` is the district, ``OFFICE`` its office.
        until: the day on which the sample district lives; an app lays its dates backwards from it.
        publish: (edition, desk, day) takes a drafted record through every review, and gives the published edition.
        progress: (what, done, total) is told as it goes.
    """

    desks: dict[str, Desk]
    until: date
    publish: Callable[..., Any]
    progress: Callable[[str, int, int], None]

    def person(self, code: str, role: Role) -> User:
        """Who holds the post at the agency."""
        return self.desks[code].people[role]


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def phone(code: str, shift: int = 0) -> str:
    """A number that cannot exist: area code 0000."""
    return f"0000-{8000000 + (sum(map(ord, code)) * 37 + shift) % 999999:08d}"
