"""给统一检索的:公共企事业单位(水、电、气、热、公交、医院、学校,和它们没有过去的停供、变更通知),各村的村务公开。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.desk.moments import local_day
from gongkai.desk.shelves import Shelf, Sought

from .models import Enterprise, Outage, Village


def enterprises(at: datetime) -> Iterator[Sought]:
    """Each enterprise by its name, its sector and the notices that are not over."""
    said: dict[int, list[str]] = {}
    for outage in Outage.objects.filter(ends_at__gte=at).select_related("enterprise"):
        said.setdefault(outage.enterprise_id, []).append(f"{outage}（{outage.reason}）")
    for enterprise in Enterprise.objects.select_related("agency"):
        notices = said.get(enterprise.pk, [])
        note = " · ".join(
            [enterprise.kind.label, *([enterprise.hotline] if enterprise.hotline else []), *notices[:2]]
        )
        yield Sought(
            str(enterprise),
            enterprise.get_absolute_url(),
            note,
            "".join([enterprise.kind.label, enterprise.agency.duties, *notices]),
        )


def villages(at: datetime) -> Iterator[Sought]:
    """The villages and communities whose affairs are public."""
    for village in Village.objects.open(local_day(at)).select_related("town"):
        note = f"{village.town}的村（居）务公开"
        yield Sought(f"{village}村（居）务公开", village.get_absolute_url(), note, "村务公开居务公开")


SHELVES = (Shelf("公共企事业单位", enterprises), Shelf("村（居）务公开", villages))
