"""公共企事业单位给统一检索的:水、电、气、热、公交、医院、学校,和它们没有过去的停供、变更通知。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.desk.shelves import Shelf, Sought

from .models import Enterprise, Outage


def enterprises(at: datetime) -> Iterator[Sought]:
    """Each enterprise by its name, its sector and the notices that are not over."""
    said: dict[int, list[str]] = {}
    for outage in Outage.objects.filter(ends_at__gte=at).select_related("enterprise"):
        said.setdefault(outage.enterprise_id, []).append(f"{outage}（{outage.reason}）")
    for one in Enterprise.objects.select_related("agency"):
        notices = said.get(one.pk, [])
        note = " · ".join([one.kind.label, *([one.hotline] if one.hotline else []), *notices[:2]])
        yield Sought(
            str(one), one.get_absolute_url(), note, "".join([one.kind.label, one.agency.duties, *notices])
        )


SHELVES = (Shelf("公共企事业单位", enterprises),)
