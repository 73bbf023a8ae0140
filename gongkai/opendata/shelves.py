"""数据开放给统一检索的:目录里在用的数据集。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.desk.shelves import Shelf, Sought

from .models import Dataset
from .terms import DatasetState


def datasets(at: datetime) -> Iterator[Sought]:
    """Open datasets by title, summary and tags."""
    for dataset in Dataset.objects.filter(state=DatasetState.OPEN).select_related("agency"):
        note = f"{dataset.agency} · {dataset.get_cycle_display()}更新"
        yield Sought(dataset.title, dataset.get_absolute_url(), note, f"{dataset.summary}{dataset.tags}")


SHELVES = (Shelf("开放的数据", datasets),)
