"""把一项结转进下一年的目录:序号接着排,旧号留着,还没有公布的决策卷跟过去。"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from gongkai.desk.moments import local_day

from ..models import CatalogueItem, CatalogueYear


def carry(old: CatalogueItem, into: CatalogueYear, *, at: datetime) -> CatalogueItem:
    """The item of the next year that takes an item's place; its dossiers go on under it."""
    last = into.items.aggregate(last=Max("order"))["last"] or 0
    made = CatalogueItem.objects.create(
        year=into,
        order=last + 1,
        title=old.title,
        lead=old.lead,
        helpers=old.helpers,
        basis=old.basis,
        procedures=old.procedures,
        planned_on=date(into.year, 12, 31),
        carried_from=old,
        entered_on=local_day(at),
    )
    old.dossiers.filter(published_on=None).update(item=made)
    return made
