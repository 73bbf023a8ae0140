"""公众看一件信息时,上面各应用添的东西:有效性另有说法的、正文后面的一块。

各应用登记在 ``on_record`` 里。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from gongkai.law.validity import Validity

from . import validity
from .models import Record, Relation
from .on_record import declared
from .terms import RelationKind


class Place(StrEnum):
    """一块放在哪里:题目下面的一句结论;正文后面;或者正文旁边(手机上在正文前面),那是读者要先看到、要动手的。"""

    HEAD = "head"
    BELOW = "below"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Section:
    """一件信息的页上添的一块:标题、模板和它的变量(模板里叫 ``it``)、放在哪里。标题和框由信息页给。"""

    title: str
    template: str
    it: dict[str, Any]
    place: Place = Place.BELOW


def sections(record: Record, at: datetime) -> list[Section]:
    """Every section on a record's page, in the order of the apps."""
    return [block for part in declared() for provide in part.sections for block in provide(record, at)]


@dataclass(frozen=True, slots=True)
class Material:
    """同一政策的材料之一:原文,或者一件解读。``link`` 是 None 的就是本页。"""

    label: str
    link: Record | None = None


def materials(incoming: Iterable[Relation], outgoing: Iterable[Relation]) -> list[Material]:
    """The paper and its interpretations, from the page of either; nothing where a paper has none.

    Args:
        incoming, outgoing: its relations whose other ends the public may read, with their records.
    """
    readings = [row.source for row in incoming if row.kind == RelationKind.INTERPRETS]
    if readings:
        return [Material("原文"), *(Material(form_of(reading), reading) for reading in readings)]
    papers = [row for row in outgoing if row.kind == RelationKind.INTERPRETS]
    if papers:
        originals = [Material("原文", row.target) for row in papers]
        return [*originals, Material(form_of(papers[0].source))]
    return []


def form_of(reading: Record) -> str:
    """In which form a paper is interpreted: 文字解读、图表图解、新闻发布会."""
    form = reading.fields.get("form") or "文字"
    return f"{form}解读" if form in ("文字", "视频", "动漫", "音频") else str(form)


def related(incoming: Iterable[Relation], outgoing: Iterable[Relation]) -> list[tuple[str, Record]]:
    """What else belongs to a record, with how: but for the interpretations, which are ``materials``."""
    rows = [(row.get_kind_display(), row.kind, row.target) for row in outgoing]
    rows += [(row.inverse_label, row.kind, row.source) for row in incoming]
    return [(label, record) for label, kind, record in rows if kind != RelationKind.INTERPRETS]


def validity_of(record: Record, on: date, incoming: list[Relation] | None = None) -> Validity:
    """Its validity on a day: as an app above knows it (the register of documents), else by its dates and relations.

    Args:
        incoming: as for ``validity.validity_on``.
    """
    return told_validity(record, on) or validity.validity_on(record, on, incoming)


def told_validity(record: Record, on: date) -> Validity | None:
    """What an app above says of its validity; None where none says anything."""
    told = (provide(record, on) for part in declared() for provide in part.validity)
    return next((found for found in told if found is not None), None)
