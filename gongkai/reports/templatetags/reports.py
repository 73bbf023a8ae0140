"""年报模板用的标签。"""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from gongkai.law.report import Cell, Grid

from ..figures import Figures, Origin
from ..indices import Rate

register = template.Library()


@register.simple_tag
def was(grid: Grid, cell: Cell, old: Mapping[tuple[int, str, int], str] | None) -> str:
    """What stood in this cell before it was corrected; nothing if it was not."""
    return (old or {}).get((grid.table, cell.row, cell.index), "")


@register.simple_tag
def origin(grid: Grid, cell: Cell, figures: Figures | None) -> str:
    """“手工填报” for a cell that a person filled; nothing for the counted ones."""
    figure = (figures or {}).get((grid.table, cell.row, cell.index))
    return figure.origin.label if figure and figure.origin is Origin.MANUAL else ""


@register.inclusion_tag("reports/_bar.html")
def bar(rate: Rate) -> dict[str, Rate]:
    """A bar as long as the rate; the number stands beside it, so that it is nothing but an ornament."""
    return {"rate": rate}
