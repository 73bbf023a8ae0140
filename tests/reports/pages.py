"""年度报告工作台的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.reports.models import AnnualReport


def public_pages():
    """None of its own."""
    return ()


def desk_pages():
    """Reports at each stage, a cell with its items, a correction."""
    year = AnnualReport.objects.latest("year").year
    made = {one.stage: one for one in AnnualReport.objects.filter(year=year)}
    own = AnnualReport.objects.get(year=year, agency__code="MH0101")
    yield "clerk", reverse("desk:reports_list")
    yield "clerk", reverse("desk:reports_one", args=[own.pk])
    yield "clerk", reverse("desk:reports_cell", args=[own.pk, 3, "new", 6])
    yield "clerk", reverse("desk:reports_cell", args=[own.pk, 2, "licence", 0])
    yield from (("office", reverse("desk:reports_one", args=[made[stage].pk])) for stage in ("draft", "office"))
    corrected = AnnualReport.objects.exclude(errata=None).first()
    yield "office", reverse("desk:reports_one", args=[corrected.pk])
    yield "office", reverse("desk:reports_correct", args=[corrected.pk])
    yield "clerk2", reverse("desk:reports_list")
