"""年报模板用的标签。"""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from gongkai.law.report import Cell, Grid

register = template.Library()


@register.simple_tag
def was(grid: Grid, cell: Cell, old: Mapping[tuple[int, str, int], str] | None) -> str:
    """What stood in this cell before it was corrected; nothing if it was not."""
    return (old or {}).get((grid.table, cell.row, cell.index), "")
