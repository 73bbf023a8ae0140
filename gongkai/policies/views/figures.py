"""工作台的解读统计:单位 × 数,每个数点开就是那些件。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.org import access
from gongkai.records.browse import year_of

from .. import figures

FIRST = 2005
HEAD = ["单位", "年度", *figures.COUNTS.values(), "多元化占比"]


@access.desk("policies.view")
def interpretations(request: HttpRequest) -> HttpResponseBase:
    """一年里各单位的解读;带 ``count`` 的,列出一个数背后的件。"""
    at, on = timezone.now(), timezone.localdate()
    given = request.GET.get("year", "")
    year = found if (found := year_of(given)) and FIRST <= found <= on.year else on.year
    rows = figures.lines(access.agencies_of(request.user, "policies.view"), year, at)
    code, key = request.GET.get("agency", ""), request.GET.get("count", "")
    if request.GET.get("format") == "csv":
        return csv_response(f"interpretations-{year}", HEAD, map(_cells, rows))
    whole = figures.total(rows, year)
    chosen = next((one for one in rows if one.agency.code == code), whole)
    context = {
        "year": year,
        "years": range(on.year, FIRST - 1, -1),
        "lines": rows,
        "whole": whole,
        "counts": figures.COUNTS,
        "key": key if key in figures.COUNTS else "",
        "chosen": chosen,
        "behind": chosen.items_behind(key) if key in figures.COUNTS else None,
        "behind_label": figures.COUNTS.get(key, ""),
    }
    return render(request, "policies/figures.html", context)


def _cells(line: figures.Line) -> list[object]:
    share = line.share.share
    return [
        line.agency,
        line.on.year,
        *(n for _, _, n in line.figures),
        f"{float(share):.1%}" if share is not None else "",
    ]
