"""公众一侧的年报:按年、按机关的全部报告,机器可读的数据,各项指标。不碰会话,不设 Cookie。"""

from __future__ import annotations

import re
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.desk.export import csv_response
from gongkai.desk.moments import local_day
from gongkai.law.agencies import AgencyKind
from gongkai.law.report import due_on, from_row
from gongkai.org.models import Agency
from gongkai.records.browse import year_of
from gongkai.records.models import Record

from .. import indices, output
from ..jobs import REPORTING
from ..models import AnnualReport

DUTY = "annual-reports"
#: 指标页看几年的变化。
TREND = 5


def annual_reports(request: HttpRequest) -> HttpResponseBase:
    """一个年度各机关的报告:公布了没有、哪天、按时没有;不选年度的给最近有报告的一年。"""
    at, on = timezone.now(), timezone.localdate()
    found = _by_year(at)
    years = sorted(found, reverse=True)
    year = _chosen(request.GET.get("year"), years)
    rows = _rows(found.get(year, {}), year, on) if year else []
    if year and request.GET.get("format") == "csv":
        cells = [[one["agency"].name, one["due"], one["on"] or "", "是" if one["late"] else ""] for one in rows]
        return csv_response(f"annual-reports-{year}", ["机关", "公布期限", "公布之日", "是否逾期"], cells)
    return render(
        request,
        "reports/public/years.html",
        {
            "tab": "annual",
            "years": years,
            "year": year,
            "rows": rows,
            "done": sum(bool(one["on"]) for one in rows),
        },
    )


def _by_year(at: datetime) -> dict[int, dict[int, Record]]:
    """Published reports by year and agency; the newest where there are two."""
    found: dict[int, dict[int, Record]] = {}
    rows = Record.objects.public(at).filter(duty=DUTY).select_related("agency").order_by("published_at")
    for row in rows:
        digits = re.search(r"(?:19|20)\d\d", str(row.fields.get("year") or row.title))
        year = int(digits[0]) if digits else (row.year or local_day(row.published_at).year)
        found.setdefault(year, {})[row.agency_id] = row
    return found


def _chosen(given: str | None, years: list[int]) -> int | None:
    if (year := year_of(given or "")) in years:
        return year
    return years[0] if years else None


def _rows(found: dict[int, Record], year: int, on: date) -> list[dict]:
    """A line for each agency that must report, and for each that did."""
    known = dict(AnnualReport.objects.filter(year=year).exclude(published_on=None).values_list("record", "pk"))
    rows = []
    for agency in Agency.objects.order_by("order", "code"):
        record = found.get(agency.pk)
        if record is None and (agency.kind not in REPORTING or (agency.ended_on and agency.ended_on <= on)):
            continue
        due = due_on(AgencyKind(agency.kind), year)
        published = local_day(record.published_at) if record else None
        rows.append(
            {
                "agency": agency,
                "record": record,
                "due": due,
                "on": published,
                "late": (published or on) > due,
                "data": known.get(record.pk) if record else None,
            }
        )
    return rows


def data(request: HttpRequest, pk: int) -> HttpResponse:
    """一份已公布年报的数据(JSON);信息撤下了,数据也没有了。"""
    annual = get_object_or_404(AnnualReport.objects.select_related("record").exclude(published_on=None), pk=pk)
    if annual.record is None or not annual.record.is_public(timezone.now()):
        raise Http404("没有公布的年度报告。")
    report = from_row(annual.frozen)
    return HttpResponse(output.json_bytes(report), content_type="application/json; charset=utf-8")


def indices_page(request: HttpRequest) -> HttpResponseBase:
    """纠纷发生率、纠错率、满意度、按时答复率:全区几年的变化,一个年度各机关的。"""
    on = timezone.localdate()
    years = list(range(on.year, on.year - TREND, -1))
    year = _chosen(request.GET.get("year"), years) or on.year
    agencies = list(Agency.objects.order_by("order", "code"))
    pks = [agency.pk for agency in agencies]
    found = indices.rates(pks, year)
    lines = [(agency, [found[agency.pk][index.key] for index in indices.INDICES]) for agency in agencies]
    lines = [(agency, rates) for agency, rates in lines if any(rate.below for rate in rates)]
    if request.GET.get("format") == "csv":
        head = [
            "机关",
            *(f"{index.label}{part}" for index in indices.INDICES for part in ("", "的分子", "的分母")),
        ]
        cells = [
            [agency.name, *(x for rate in rates for x in (rate.percent, rate.above, rate.below))]
            for agency, rates in lines
        ]
        return csv_response(f"indices-{year}", head, cells)
    trend = [(one, indices.total(indices.rates(pks, one).values())) for one in reversed(years)]
    return render(
        request,
        "reports/public/indices.html",
        {
            "tab": "annual",
            "year": year,
            "years": years,
            "indices": indices.INDICES,
            "lines": lines,
            "charts": [(index, [(one, row[index.key]) for one, row in trend]) for index in indices.INDICES],
            "whole": [indices.total(found.values())[index.key] for index in indices.INDICES],
        },
    )
