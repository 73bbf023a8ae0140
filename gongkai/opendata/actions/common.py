"""各动作共用的:锁住一条目录、记一笔。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.desk import seen as seen_marks
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from ..models import Dataset
from ..terms import DatasetState


def locked(dataset: Dataset, by: User, right: str, seen: str | None = None) -> Dataset:
    """The dataset as it is now, locked; who may not is refused, who saw another state as well."""
    rows = Dataset.objects.select_for_update(of=("self",)).select_related("agency", "current")
    found: Dataset = rows.get(pk=dataset.pk)
    access.require(by, right, found.agency)
    seen_marks.check(seen, found.mark)
    if found.state == DatasetState.REMOVED:
        raise RuleBroken("这个数据集已经从目录里去掉", fix="要重新编目的请新建。")
    return found


def changed(dataset: Dataset, *fields: str) -> None:
    """Save these columns under a new revision."""
    dataset.revision += 1
    dataset.save(update_fields=[*fields, "revision"])


def noted(action: str, dataset: Dataset, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    """One entry in the log about a dataset."""
    log(
        f"opendata.{action}",
        f"数据集“{dataset}”：{what}",
        at=at,
        by=by,
        agency=dataset.agency,
        about=dataset,
        **more,
    )


def required_reason(text: str, what: str, *, most: int = 300) -> str:
    """A reason that has to be given."""
    if not text.strip():
        raise RuleBroken(f"没有写{what}", fix="请写明。")
    return text.strip()[:most]
