"""标准目录的领域,读入一张表,看过预览收进目录。"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.adapters.readers.standards.sheet import read_sheet
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import store

from ..linking import guess
from ..models import Area, Intake, Row, Standard
from .common import begin, charge, noted

#: 表里的列 → 行的字段。
TEXTS = {
    "序号": ("number", 20),
    "一级事项": ("level1", 200),
    "二级事项": ("level2", 300),
    "三级事项": ("level3", 300),
    "公开内容": ("content", 5000),
    "公开依据": ("basis", 5000),
    "公开时限": ("due_text", 1000),
    "公开主体": ("subject", 300),
    "公开渠道和载体": ("channel_text", 3000),
}
TICKS = {"公开对象": "audience", "公开方式": "way", "公开层级": "levels"}
MOST_ROWS = 5000


@transaction.atomic
def install_areas(*, by: User | None, at: datetime) -> int:
    """装入国家定的试点领域;已经有的不动。"""
    if by is not None:
        access.require(by, "standards.areas")
    text = files("gongkai.standards").joinpath("data", "areas.csv").read_text("utf-8")
    known = set(Area.objects.values_list("name", flat=True))
    rows = [row for row in csv.DictReader(text.splitlines()) if row["领域"] not in known]
    Area.objects.bulk_create(
        Area(
            number=int(row["序号"]),
            name=row["领域"],
            ministry=row["国务院部门"],
            document=row["标准指引"],
            synonyms=row["别的叫法"],
            is_national=True,
        )
        for row in rows
    )
    if rows:
        log("standards.areas", f"装入国家定的试点领域{len(rows)}个", at=at, by=by)
    return len(rows)


@transaction.atomic
def save_area(area: Area, *, by: User, at: datetime) -> Area:
    """加一个本地的领域,或者改一个。"""
    access.require(by, "standards.areas")
    if not area.number:
        area.number = (Area.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    area.save()
    log("standards.areas", f"领域“{area}”：{'适用' if area.is_active else '停用'}", at=at, by=by, about=area)
    return area


def take_sheet(content: bytes, name: str, area: Area, agency: Agency, *, by: User, at: datetime) -> Intake:
    """读入一张表,先给人看;什么也没有收进目录。

    Raises:
        Unreadable: no catalogue in the file.
    """
    access.require(by, "standards.edit", agency)
    sheet = read_sheet(content, name)
    if len(sheet.lines) > MOST_ROWS:
        raise RuleBroken(f"表里有{len(sheet.lines)}行，一次至多{MOST_ROWS}行", fix="请分成几张表导入。")
    return keep_sheet(
        area,
        agency,
        name,
        store.keep(content),
        [asdict(one) for one in sheet.lines],
        sheet.columns,
        sheet.rates,
        sheet.skipped,
        by=by,
        at=at,
    )


@transaction.atomic
def keep_sheet(
    area: Area,
    agency: Agency,
    name: str,
    sha256: str,
    lines: list[dict[str, Any]],
    columns: list[str],
    rates: Mapping[str, int | None],
    skipped: Sequence[tuple[int, str]],
    *,
    by: User,
    at: datetime,
) -> Intake:
    """What was read of a sheet, kept for the preview."""
    made = Intake.objects.create(
        area=area,
        agency=agency,
        name=name[:200],
        sha256=sha256,
        lines=lines,
        columns=columns,
        rates=dict(rates),
        skipped=[list(one) for one in skipped],
        by=by,
        at=at,
    )
    log("standards.sheet", f"读入“{name}”{len(lines)}行，还没有收进目录", at=at, by=by, agency=agency, about=made)
    return made


@transaction.atomic
def take_in(intake: Intake, year: int, *, by: User, at: datetime, needs_all_channels: bool = False) -> Standard:
    """确认预览,收成一版草稿;本单位这个领域有在编的就不收。"""
    intake = Intake.objects.select_for_update(of=("self",)).select_related("area", "agency").get(pk=intake.pk)
    access.require(by, "standards.edit", intake.agency)
    if intake.standard_id:
        raise RuleBroken(f"“{intake}”已经收进目录了", fix="要改请在那一版目录里改。")
    standard = begin(intake.area, intake.agency, year, by=by, at=at, needs_all_channels=needs_all_channels)
    rows = Row.objects.bulk_create(
        [_row(standard, order, line) for order, line in enumerate(intake.lines, start=1)], batch_size=500
    )
    charge(standard, rows)
    intake.standard = standard
    intake.save(update_fields=["standard"])
    noted("take", standard, f"从“{intake}”收进{len(rows)}行", at=at, by=by)
    return standard


def _row(standard: Standard, order: int, line: Mapping[str, Any]) -> Row:
    columns = line["columns"]
    row = Row(
        standard=standard,
        order=order,
        due=line["due"],
        channels=line["channels"],
        merged=line["merged"],
        extra={key: value for key, value in columns.items() if key not in TEXTS and key not in TICKS and value},
    )
    for name, (field, most) in TEXTS.items():
        setattr(row, field, (columns.get(name) or "").strip()[:most])
    for name, field in TICKS.items():
        setattr(row, field, columns.get(name))
    row.duty, row.type = guess(row.level2, row.level3, row.level1, row.content)
    return row
