"""公众看一件信息时,上面各应用添的东西:有效性另有说法的、正文后面的一块。

各应用登记在 ``on_record`` 里。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.law.validity import Validity

from .models import Record
from .on_record import declared


@dataclass(frozen=True, slots=True)
class Section:
    """正文后面的一块:模板和它的变量(模板里叫 ``it``)。"""

    template: str
    it: dict[str, Any]


def sections(record: Record, at: datetime) -> list[Section]:
    """Every section on a record's page, in the order of the apps."""
    return [block for part in declared() for tell in part.sections for block in tell(record, at)]


def told_validity(record: Record, on: date) -> Validity | None:
    """What an app above says of its validity; None where none says anything."""
    told = (tell(record, on) for part in declared() for tell in part.validity)
    return next((found for found in told if found is not None), None)
