"""公众看一件信息时,上面各应用添的东西:有效性另有说法的、正文后面的一块。

这一层不认得上面各应用的事,由各应用启动时登记,同 ``gates``。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.law.validity import Validity

from .models import Record


@dataclass(frozen=True, slots=True)
class Section:
    """正文后面的一块:模板和它的变量(模板里叫 ``it``)。"""

    template: str
    it: dict[str, Any]


_sections: list[Callable[[Record, datetime], Iterable[Section]]] = []
_validity: list[Callable[[Record, date], Validity | None]] = []


def register_section(teller: Callable[[Record, datetime], Iterable[Section]]) -> None:
    """Let an app above add below the text of a record's public page. Call it in ``AppConfig.ready``."""
    if teller not in _sections:
        _sections.append(teller)


def register_validity(teller: Callable[[Record, date], Validity | None]) -> None:
    """Let an app above say what a record's validity is, where it knows more than the record's dates."""
    if teller not in _validity:
        _validity.append(teller)


def sections(record: Record, at: datetime) -> list[Section]:
    """Every section on a record's page, in the order of the apps."""
    return [one for teller in _sections for one in teller(record, at)]


def told_validity(record: Record, on: date) -> Validity | None:
    """What an app above says of its validity; None where none says anything."""
    return next((found for teller in _validity if (found := teller(record, on)) is not None), None)
