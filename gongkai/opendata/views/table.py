"""公众一侧:把数据当表看(筛选、排序、翻页)、当图看;没有脚本也一样。"""

from __future__ import annotations

import math
import time
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.adapters.datatable import writing
from gongkai.adapters.datatable.columns import Column
from gongkai.adapters.datatable.engine import Filter
from gongkai.desk import limits

from .. import asking, calls, store
from ..models import Dataset, Version
from ..terms import Channel
from .catalogue import listed

SIZE, LAST_PAGE = 50, 2000
#: 一分钟里同一处至多筛选、排序、画图这么多次;翻页不算。
LOOKS, MINUTE = 60, 60
#: 这么短的格不折行。
SHORT = 16
#: 图里至多几条。
BARS = 20
_WIDE, _LABEL, _ROW = 640, 190, 26
#: From the axis to the end of its scale; what is left takes the number of the longest bar.
_ROOM = _WIDE - _LABEL - 90


def usable(pk: int) -> tuple[Dataset, Version]:
    """A dataset whose rows the public may have, and its version; 404 for any other."""
    dataset = listed(pk)
    if not dataset.is_usable or dataset.current is None:
        raise Http404("这个数据集现在没有给公众的数据。")
    return dataset, dataset.current


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """当表看。"""
    begun = time.perf_counter()
    dataset, version = usable(pk)
    columns = version.table_columns()
    given, fault = request.GET, ""
    filters: list[Filter] = []
    if {"v", "sort"} & set(given) and not limits.within(request, "data-look-at", times=LOOKS, seconds=MINUTE):
        return busy(request, dataset)
    try:
        filters = asking.looked_for(given, columns)
    except asking.Wrong as error:
        fault = str(error)
    sortable = version.rows <= asking.SORTABLE_ROWS
    order = asking.order_of(given.get("sort", ""), columns) if sortable else None
    number = _page_number(given.get("page", ""))
    rows = (
        []
        if fault
        else store.table(version).page(
            limit=SIZE + 1,
            offset=(number - 1) * SIZE,
            filters=filters,
            sort=order.column if order else None,
            descending=order.descending if order else False,
        )
    )
    numeric = [each.is_number for each in columns]
    shown = [
        [
            (text := writing.shown(cell), len(text) <= SHORT, is_number)
            for cell, is_number in zip(row, numeric, strict=True)
        ]
        for _, row in rows[:SIZE]
    ]
    context = {
        "dataset": dataset,
        "version": version,
        "heads": [_head(each, order) if sortable else _plain(each) for each in columns],
        "columns": columns,
        "rows": shown,
        "number": number,
        "has_next": len(rows) > SIZE and number < LAST_PAGE,
        "ways": asking.WAYS.items(),
        "given": {key: given.get(key, "")[:200] for key in ("f", "w", "v", "sort")},
        "fault": fault,
        "sortable": sortable,
        "found": store.table(version).count(filters) if filters and sortable else None,
        "may_take": bool(rows) and bool(filters or order),
    }
    response = render(request, "opendata/public/table.html", context, status=400 if fault else 200)
    calls.note(
        request,
        dataset.pk,
        Channel.VIEW,
        status=response.status_code,
        seconds=time.perf_counter() - begun,
        on=timezone.localdate(),
    )
    return response


def busy(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Too many costly looks from one place; whole files have no such limit."""
    response = render(request, "opendata/public/busy.html", {"dataset": dataset, "looks": LOOKS}, status=429)
    response["Retry-After"] = str(MINUTE)
    return response


def _page_number(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _head(column: Column, order: asking.Order | None) -> dict[str, Any]:
    """A column's head: what a press sorts by, and how it is sorted now."""
    current = order is not None and order.column is column
    descending = order is not None and order.descending
    return {
        "label": column.title,
        "key": f"-{column.name}" if current and not descending else column.name,
        "numeric": column.is_number,
        "way": ("descending" if descending else "ascending") if current else "",
    }


def _plain(column: Column) -> dict[str, Any]:
    return {"label": column.title, "key": "", "way": "", "numeric": column.is_number}


@require_safe
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """当图看:按一列分,数行数或者合计另一列;图下面是同样的表。"""
    begun = time.perf_counter()
    dataset, version = usable(pk)
    if not limits.within(request, "data-look-at", times=LOOKS, seconds=MINUTE):
        return busy(request, dataset)
    columns = version.table_columns()
    numbers = [column for column in columns if column.is_number]
    groups = [column for column in columns if column.kind in ("string", "date")] or list(columns)
    by = next((column for column in columns if column.name == request.GET.get("by")), _best(groups, version))
    value = next((column for column in numbers if column.name == request.GET.get("value")), None)
    found = store.table(version).grouped(by, value, most=BARS, latest=by.kind == "date")
    if by.kind == "date":
        found = sorted(found)
    scale = _scale([amount for _, amount in found])
    bars = [_bar(place, key, amount, scale[-1]) for place, (key, amount) in enumerate(found)]
    context = {
        "dataset": dataset,
        "columns": columns,
        "numbers": numbers,
        "by": by,
        "value": value,
        "bars": bars,
        "most": BARS,
        "ticks": [(_LABEL + round(value / scale[-1] * _ROOM), f"{value:,}") for value in scale],
        "foot": len(bars) * _ROW + 8,
        "height": len(bars) * _ROW + 32,
        "width": _WIDE,
        "unit": _unit(dataset, value),
    }
    response = render(request, "opendata/public/chart.html", context)
    calls.note(
        request, dataset.pk, Channel.VIEW, status=200, seconds=time.perf_counter() - begun, on=timezone.localdate()
    )
    return response


def _best(groups: list[Column], version: Version) -> Column:
    """The column with the fewest different values, but more than one: what one would group by."""
    counts = {row["name"]: row["distinct"] for row in version.columns}
    fit = [column for column in groups if counts.get(column.name, 0) > 1]
    return min(fit or groups, key=lambda column: counts.get(column.name, 0))


def _unit(dataset: Dataset, value: Column | None) -> str:
    if value is None:
        return "行"
    field = dataset.fields.filter(name=value.name).first()
    return field.unit if field else ""


def _short(label: str) -> str:
    """What of a label stands beside its bar: a whole day, eight Chinese characters."""
    most = 12 if label.isascii() else 8
    return label if len(label) <= most else f"{label[:most]}…"


def _scale(amounts: list[Any]) -> list[int]:
    """The ticks of the axis: from nothing in four or five even, round steps to no less than the largest.

    >>> _scale([7, 43]), _scale([0.4]), _scale([])
    ([0, 10, 20, 30, 40, 50], [0, 1], [0, 1])
    """
    most = max(1, math.ceil(max((abs(float(amount or 0)) for amount in amounts), default=0)))
    power = 10 ** max(0, len(str(most)) - 2)
    step = next(step * power for step in (1, 2, 5, 10, 20, 25, 50) if step * power * 5 >= most)
    return [*range(0, most, step), -(-most // step) * step]


def _bar(place: int, key: Any, amount: Any, most: int) -> dict[str, Any]:
    """Where a bar stands in the picture, and what it says; ``most`` is the end of the axis."""
    label = key.isoformat() if isinstance(key, date) else str(key) or "（空）"
    length = round(abs(float(amount or 0)) / most * _ROOM)
    text = f"{amount:,}" if isinstance(amount, int | Decimal) else str(amount or 0)
    top = place * _ROW + 4
    return {
        "label": label,
        "short": _short(label),
        "text": text,
        "x": _LABEL,
        "y": top,
        "length": max(length, 1),
        "baseline": top + 14,
        "end": _LABEL + max(length, 1) + 6,
        "before": _LABEL - 8,
    }
