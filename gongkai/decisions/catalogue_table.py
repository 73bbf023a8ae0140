"""一年的目录作为数据:公布的各列之外,听证与否、由哪里结转、公布以后的调整,和每一项现在公众看得到的去处。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.notices.links import absolute
from gongkai.records.models import Record

from . import facts
from .actions.catalogue import COLUMNS, rows_of
from .models import CatalogueItem, CatalogueYear
from .terms import Procedure

#: What stands on the catalogue's page, and what the downloads have besides.
HEAD = [
    "年度",
    *COLUMNS,
    "是否听证",
    "列入日期",
    "由哪一项结转",
    "公布以后的调整",
    "征求意见",
    "采纳情况",
    "决策文件",
    "决策全过程",
]


def rows(year: CatalogueYear, at: datetime) -> Iterator[list[str]]:
    """The cells of every item for ``HEAD``; only what the public sees at that moment is linked."""
    items = year.items.select_related("carried_from__year").prefetch_related("changes", "dossiers__record")
    for item, cells in zip(items, rows_of(year), strict=True):
        yield [str(year.year), *cells, *_more(item), *_links(item, at)]


def _more(item: CatalogueItem) -> list[str]:
    carried = item.carried_from
    changes = (
        f"{change.get_kind_display()}（{change.reason}，{change.approved_by}批准）"
        for change in item.changes.all()
    )
    return [
        "是" if Procedure.HEARING in item.procedures else "否",
        item.entered_on.isoformat(),
        f"{carried.year.year}年第{carried.order}项" if carried else "",
        "；".join(changes),
    ]


def _links(item: CatalogueItem, at: datetime) -> list[str]:
    found: list[list[str]] = [[], [], [], []]
    for dossier in item.dossiers.all():
        if dossier.withheld_basis or dossier.started_on is None:
            continue
        for consultation in facts.rounds(dossier):
            found[0] += _public(consultation.record, at)
            found[1] += _public(consultation.feedback, at)
        found[2] += _public(dossier.record, at)
        found[3].append(absolute(dossier.get_absolute_url()))
    return ["\n".join(addresses) for addresses in found]


def _public(record: Record | None, at: datetime) -> list[str]:
    return [absolute(record.get_absolute_url())] if record is not None and record.is_public(at) else []
