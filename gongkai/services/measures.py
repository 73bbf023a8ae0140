"""办这份指南能得到的惠企惠民事项:政策的事项卡写着它的网址的,指南上也写着那些事项。

指南的网页是文件,不随日子变,所以不写“正在受理”,写截止的日子;能不能申请,事项卡上写着。
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from gongkai.policies.models import Measure
from gongkai.policies.models.clinic import MeasureStage, lineages

from .models import Guide


def of_guide(guide: Guide, at: datetime) -> QuerySet[Measure]:
    """The measures that lead to this guide and have not ended."""
    rows = Measure.objects.shown(at).filter(stage=MeasureStage.LIVE, guide=guide.get_absolute_url())
    return rows.select_related("policy")


def guides_of(measure: int) -> set[int]:
    """The guides of this site to which a measure leads, or led before it was reworded."""
    rows = Measure.objects.filter(pk__in=lineages([measure])[measure]).exclude(guide="")
    return {pk for address in rows.values_list("guide", flat=True) if (pk := _guide_at(address)) is not None}


def _guide_at(address: str) -> int | None:
    if not address.startswith("/"):
        return None
    try:
        found = resolve(address)
    except Resolver404:
        return None
    return found.kwargs["pk"] if found.url_name == "service_guide" else None
