"""工作台的标准目录:领域、清单、一版、差异、矛盾、导出。"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step, form_step
from gongkai.org import access

from .. import actions, compare, export
from ..forms.catalogue import AreaForm, StandardFilter
from ..models import Area, Row, Standard
from ..terms import OPEN_STAGES, Stage
from .editing import possible

SHOWN = (Stage.LIVE, *OPEN_STAGES)


def standard_of(request: HttpRequest, pk: int) -> Standard:
    """A catalogue that this person may see; 404 for any other."""
    rows = Standard.objects.visible_to(request.user).select_related("area", "agency", "parent__agency", "replaces")
    return get_object_or_404(rows, pk=pk)


@access.desk("standards.view")
def standards(request: HttpRequest) -> HttpResponse:
    """目录清单。"""
    given, on = StandardFilter(request.GET), timezone.localdate()
    rows = Standard.objects.visible_to(request.user).select_related("area", "agency")
    stage = given.value_of("stage")
    rows = rows.filter(stage__in=[stage] if stage else SHOWN)
    rows = given.narrowed(rows, "agency")
    if area := given.value_of("area"):
        rows = rows.filter(area__name__icontains=area)
    result = page(rows, request.GET, keys=("created_at", "pk"))
    for row in result.rows:
        row.review_late = bool(row.stage == Stage.LIVE and row.review_due and row.review_due < on)
    context = {
        "page": result,
        "filter": given,
        "has_areas": Area.objects.exists(),
        "may_edit": access.may(request.user, "standards.edit"),
        "may_areas": access.may(request.user, "standards.areas"),
    }
    return render(request, "standards/desk/standards.html", context)


@access.desk("standards.view")
def areas(request: HttpRequest) -> HttpResponse:
    """各领域,和有没有现行的目录。"""
    rows = list(Area.objects.prefetch_related("standards__agency"))
    for row in rows:
        row.live = [standard for standard in row.standards.all() if standard.stage == Stage.LIVE]
    context = {"rows": rows, "may_areas": access.may(request.user, "standards.areas")}
    return render(request, "standards/desk/areas.html", context)


@access.desk("standards.areas")
@require_POST
def install_areas(request: HttpRequest) -> HttpResponse:
    """装入国家定的领域。"""

    def act() -> str:
        return f"装入了{actions.install_areas(by=request.user, at=timezone.now())}个领域。"

    return button_step(request, act, back="desk:standards_areas")


@access.desk("standards.areas")
def new_area(request: HttpRequest) -> HttpResponse:
    """加一个本地的领域。"""
    return _area(request, Area(), "加一个领域")


@access.desk("standards.areas")
def edit_area(request: HttpRequest, pk: int) -> HttpResponse:
    """改一个领域。"""
    return _area(request, get_object_or_404(Area, pk=pk), "改领域")


def _area(request: HttpRequest, area: Area, title: str) -> HttpResponse:
    form = AreaForm(request.POST or None, instance=area)

    def act(data: dict[str, Any]) -> str:
        actions.save_area(form.instance, by=request.user, at=timezone.now())
        return "已经保存。"

    home = reverse("desk:standards_areas")
    return form_step(
        request,
        form,
        act,
        back=home,
        title=title,
        button="保存",
        trail="领域",
    )


@access.desk("standards.view")
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """一版目录:各行、看得出的毛病、现在可以办的。"""
    standard, on = standard_of(request, pk), timezone.localdate()
    rows = standard.rows.prefetch_related("charges__agency")
    is_doubtful = "doubts" in request.GET
    if is_doubtful:
        rows = rows.filter(pk__in=[row.pk for row in standard.rows.all() if compare.row_faults(row, on)])
    result = page(rows, request.GET, keys=("order", "pk"), size=40, ascending=True)
    for row in result.rows:
        row.faults = compare.row_faults(row, on)
        row.said = [compare.in_words(clause) for clause in row.clauses]
    may_edit = access.may(request.user, "standards.edit", standard.agency)
    context = {
        "standard": standard,
        "page": result,
        "is_doubtful": is_doubtful,
        "total": standard.rows.count(),
        "acts": possible(request.user, standard),
        "differences": len(compare.earlier(standard)),
        "reviews": standard.reviews.select_related("by"),
        "may_edit_rows": may_edit and standard.stage in (Stage.DRAFT, Stage.CONSULTING),
        "may_link": may_edit,
        "children": standard.children.exclude(stage=Stage.DROPPED).select_related("agency", "area"),
        "to_confirm": standard.rows.filter(is_to_confirm=True).count(),
        "late": bool(standard.review_due and standard.review_due < on),
        "may_inherit": standard.stage == Stage.LIVE and access.may(request.user, "standards.edit"),
    }
    return render(request, "standards/desk/standard.html", context)


@access.desk("standards.view")
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """同上一版比。"""
    standard = standard_of(request, pk)
    context = {"standard": standard, "differences": compare.earlier(standard)}
    return render(request, "standards/desk/differences.html", context)


@access.desk("standards.view")
def contradictions(request: HttpRequest) -> HttpResponse:
    """各领域之间同一类事、时限不一样的。"""
    rows = Row.objects.filter(standard__stage=Stage.LIVE, standard__parent=None).select_related(
        "standard__area", "standard__agency"
    )
    live = Row.objects.filter(standard__stage=Stage.LIVE).select_related("standard__area", "standard__agency")
    context = {"found": compare.contradictions(rows), "outdated": compare.outdated_rows(live)[:100]}
    return render(request, "standards/desk/contradictions.html", context)


@access.desk("standards.view")
def xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """导出。"""
    standard = standard_of(request, pk)
    return private(download(f"{standard}.xlsx", export.xlsx(standard, list(standard.rows.all()))))
