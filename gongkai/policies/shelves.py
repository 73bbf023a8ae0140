"""政策云诊所给统一检索的:公开着的政策事项。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.desk.shelves import Shelf, Sought

from .models import Measure


def measures(at: datetime) -> Iterator[Sought]:
    """What a policy gives, to whom, by which paper."""
    for measure in Measure.objects.shown(at).select_related("agency", "policy"):
        note = f"{measure.agency} · 依据《{measure.policy.title}》"
        yield Sought(measure.title, measure.get_absolute_url(), note, measure.benefit)


SHELVES = (Shelf("政策事项", measures, leads=True),)
