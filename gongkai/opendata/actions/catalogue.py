"""编目:新建、改一条目录,改字段(级别高了就要重新判定),停止和恢复更新。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.datatable.columns import is_name
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata import updating
from gongkai.law.opendata.terms import Cycle, FieldKind, Level, Opening
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records import numbering

from .. import store
from ..models import Dataset, Field, Version
from ..terms import VersionState
from .common import changed, locked, noted, required_reason

VALUES = (
    "title",
    "summary",
    "office",
    "phone",
    "domain",
    "tags",
    "series",
    "cycle",
    "has_interface",
    "sharing",
    "sums",
    "data_until",
)
FIELD = ("name", "title", "kind", "places", "unit", "meaning", "codes", "level", "is_key", "nullable", "is_quasi")


@transaction.atomic
def catalogue(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Dataset:
    """新编一条目录;还没有数据,也没有判定。"""
    access.require(by, "opendata.write", agency)
    dataset = Dataset(agency=agency, made_at=at, **{name: values[name] for name in VALUES if name in values})
    _checked(dataset)
    dataset.code = f"{agency.code}-D-{numbering.next_in(f'dataset/{agency.code}'):04}"
    dataset.save()
    noted("entry", dataset, "编目", at=at, by=by)
    return dataset


@transaction.atomic
def save_entry(
    dataset: Dataset, values: Mapping[str, Any], *, by: User, at: datetime, seen: str | None = None
) -> Dataset:
    """改一条目录。"""
    dataset = locked(dataset, by, "opendata.write", seen)
    for name in VALUES:
        if name in values:
            setattr(dataset, name, values[name])
    _checked(dataset)
    changed(dataset, *VALUES)
    noted("entry", dataset, "修改目录", at=at, by=by)
    return dataset


def _checked(dataset: Dataset) -> None:
    updating.check_cycle(Cycle.from_value(dataset.cycle), has_interface=dataset.has_interface)
    if Dataset.objects.filter(title=dataset.title).exclude(pk=dataset.pk).exists():
        raise RuleBroken(
            f"已经有叫“{dataset.title}”的数据集", fix="请改名；同一件事每年一份的，编成一个数据集加“年份”列。"
        )


@transaction.atomic
def save_fields(
    dataset: Dataset, rows: Sequence[Mapping[str, Any]], *, by: User, at: datetime, seen: str | None = None
) -> Dataset:
    """改字段:整份换掉。最高的级别比原来高、或者有没定级的,开放属性回到待定,给公众的文件马上拿走。"""
    dataset = locked(dataset, by, "opendata.write", seen)
    names, titles = [row["name"] for row in rows], [row["title"] for row in rows]
    if wrong := [name for name in names if not is_name(name)]:
        raise RuleBroken(f"字段名“{wrong[0]}”不合规矩", fix="请用小写字母开头，只用小写字母、数字和下划线。")
    if len(set(names)) < len(names) or len(set(titles)) < len(titles):
        raise RuleBroken("有两个字段同名", fix="字段名、中文名各不能重复。")
    dataset.fields.all().delete()
    Field.objects.bulk_create(
        Field(dataset=dataset, order=order, **{key: row[key] for key in FIELD if key in row})
        for order, row in enumerate(rows, 1)
    )
    level = level_of(rows)
    rises = bool(rows) and (not level or (dataset.level and level > dataset.level))
    dataset.level = level
    if rises and dataset.opening in (Opening.UNCONDITIONAL, Opening.RESTRICTED):
        dataset.opening = Opening.PENDING
        take_all_away(dataset)
    changed(dataset, "level", "opening")
    noted("fields", dataset, f"登记{len(rows)}个字段，最高{level or '没有定级'}", at=at, by=by)
    return dataset


def level_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """The highest level; empty while a field has none."""
    levels = [row.get("level") or "" for row in rows]
    return max(levels, default="") if all(levels) else ""


def first_fields(dataset: Dataset, columns: Sequence[Mapping[str, Any]]) -> None:
    """The fields of a dataset as its first file shows them: to be explained and graded by a person."""
    Field.objects.bulk_create(
        Field(
            dataset=dataset,
            order=order,
            name=column["name"],
            title=column["title"][:100],
            kind=FieldKind.from_value(column["kind"]),
            places=column["places"],
            is_key=column["is_key"],
            level=Level.L3 if column["sensitive"] else "",
        )
        for order, column in enumerate(columns, 1)
    )


def take_all_away(dataset: Dataset, *, for_good: bool = False) -> None:
    """The public's files of every version go, before the change is committed.

    Args:
        for_good: they do not come back when a corrected version opens the dataset again (下架).
    """
    for version in Version.objects.filter(dataset=dataset):
        store.take_away(version)
    if for_good:
        opened = (VersionState.OPEN, VersionState.FORMER)
        Version.objects.filter(dataset=dataset, state__in=opened).update(state=VersionState.TAKEN)


@transaction.atomic
def end_updating(dataset: Dataset, reason: str, until: date | None, *, by: User, at: datetime) -> Dataset:
    """停止更新:数据照旧可以用,写明截止到哪一天。"""
    dataset = locked(dataset, by, "opendata.write")
    if dataset.ended_on is not None:
        raise RuleBroken("已经停止更新", fix="请刷新页面。")
    dataset.ended_on, dataset.ended_reason = local_day(at), required_reason(reason, "停止更新的理由")
    dataset.data_until = until or dataset.data_until or dataset.updated_on
    changed(dataset, "ended_on", "ended_reason", "data_until")
    noted("end", dataset, f"停止更新（{dataset.ended_reason[:100]}）", at=at, by=by)
    return dataset


@transaction.atomic
def resume_updating(dataset: Dataset, *, by: User, at: datetime) -> Dataset:
    """恢复更新。"""
    dataset = locked(dataset, by, "opendata.write")
    if dataset.ended_on is None:
        raise RuleBroken("没有停止更新", fix="请刷新页面。")
    dataset.ended_on, dataset.ended_reason = None, ""
    changed(dataset, "ended_on", "ended_reason")
    noted("resume", dataset, "恢复更新", at=at, by=by)
    return dataset
