"""别的应用对一项申请知道些什么(``desk.rooms.Room.advice``):例如所要的文件已经移交档案馆。只提示,由承办人定。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.desk.rooms import rooms

from .models import Item

MOST = 5


@dataclass(frozen=True, slots=True)
class Advice:
    """一条提示:知道什么、去哪里看、照它定的处理结果和要写明的事实。"""

    said: str
    url: str
    outcome: str
    source: str
    facts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    index_number: str = ""

    @property
    def initial(self) -> dict[str, Any]:
        """The values of the form by which the outcome is decided (``forms.DecideForm``)."""
        return {
            "outcome": self.outcome,
            "record": self.index_number,
            **{f"fact_{key}": text for key, text in self.facts.items()},
            **{f"test_{key}": text for key, text in self.answers.items()},
        }


def advice_for(item: Item, on: date) -> list[Advice]:
    """What the rooms know of what is asked for, the likeliest first."""
    case = item.application
    text = f"{item.text}\n{case.description}" if case.items.count() == 1 else item.text
    found: list[Advice] = []
    for room in rooms():
        for advise in room.advice:
            found += advise(agency=case.agency, text=text, number=case.doc_number, on=on)
    return found[:MOST]
