"""公众一侧的标准目录:各领域的一版,每一行多久公开、到哪里看;下载。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.adapters.personal import masked
from gongkai.desk.paging import page
from gongkai.desk.responses import download
from gongkai.law.agencies import AgencyKind
from gongkai.org.once import Answer
from gongkai.org.public_step import public_step
from gongkai.records.models import Record

from .. import actions, compare, export
from ..forms.zones import WriteForm
from ..models import Area, Standard, Zone
from ..terms import BookKind, Stage

#: 公众看得到的:现行的和以前公布过的。
PUBLISHED = (Stage.LIVE, Stage.REPLACED)


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """标准目录:区里的按领域,镇街的按单位。"""
    live = Standard.objects.live().select_related("area", "agency")
    towns: dict[str, list[Standard]] = {}
    district: dict[int, list[Standard]] = {}
    for one in live:
        if one.agency.kind == AgencyKind.TOWN:
            towns.setdefault(str(one.agency), []).append(one)
        else:
            district.setdefault(one.area_id, []).append(one)
    areas = list(Area.objects.filter(is_active=True))
    for area in areas:
        area.live = district.get(area.pk, [])
    built = [area for area in areas if area.live]
    context = {
        "total": len(areas),
        "built": built,
        "missing": [area for area in areas if not area.live],
        "towns": list(towns.items()),
    }
    return render(request, "standards/public/standards.html", context)


@require_safe
def standard(request: HttpRequest, pk: int) -> HttpResponse:
    """一版目录;``?format=xlsx`` 下载,合并的格照样合并。"""
    rows = Standard.objects.filter(stage__in=PUBLISHED).select_related(
        "area", "agency", "replaces", "parent__agency", "parent__area"
    )
    one = get_object_or_404(rows, pk=pk)
    if request.GET.get("format") == "xlsx":
        return download(f"{one}.xlsx", export.xlsx(one, list(one.rows.all())))
    listed = list(one.rows.prefetch_related("charges__agency"))
    public = Record.objects.public(timezone.now())
    for row in listed:
        row.said = [compare.in_words(clause) for clause in row.clauses]
        row.held = [charge for charge in row.charges.all() if charge.approved_at is None]
    earlier = Standard.objects.filter(area=one.area, agency=one.agency, stage__in=PUBLISHED).exclude(pk=one.pk)
    context = {
        "standard": one,
        "rows": listed,
        "is_live": one.stage == Stage.LIVE,
        "earlier": earlier.select_related("area", "agency"),
        "differences": compare.earlier(one),
        "replaced_by": one.replaced_by.filter(stage__in=PUBLISHED).first(),
        "has_records": public.exists(),
        "groups": _grouped(listed),
    }
    return render(request, "standards/public/standard.html", context)


def _grouped(rows: list) -> list[tuple[str, list]]:
    """Rows under their first level, in the order of the catalogue."""
    groups: list[tuple[str, list]] = []
    for row in rows:
        if not groups or groups[-1][0] != row.level1:
            groups.append((row.level1, []))
        groups[-1][1].append(row)
    return groups


@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    """体验区:在哪里、现在什么时候开、有什么。"""
    on = timezone.localdate()
    rows = list(Zone.objects.select_related("place").prefetch_related("seasons", "equipment", "closures"))
    for row in rows:
        row.season = row.hours_on(on)
        row.shut = next((shut for shut in row.closures.all() if shut.until_on >= on), None)
        row.devices = list(dict.fromkeys(each.get_kind_display() for each in row.equipment.all() if each.works))
    return render(request, "standards/public/zones.html", {"zones": rows, "on": on})


def _zone(pk: int) -> Zone:
    return get_object_or_404(Zone.objects.select_related("place__agency"), pk=pk)


@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """一处的意见簿:答复了的意见和答复。"""
    zone = _zone(pk)
    result = page(zone.comments.shown(), request.GET, keys=("on", "pk"), size=20)
    for comment in result.rows:
        comment.text, comment.answer = masked(comment.text, own=True), masked(comment.answer)
    return render(request, "standards/public/book.html", {"zone": zone, "page": result})


@csrf_exempt
@cache_control(no_store=True)
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """在意见簿上写一条;不问是谁。"""
    zone, at = _zone(pk), timezone.now()
    form = WriteForm(request.POST or None)

    def act() -> Answer:
        text, on = form.cleaned_data["text"], timezone.localdate(at)
        made = actions.write_comment(zone, text, on, BookKind.SCREEN, by=None, at=at)
        return {"due": f"{made.due_on:%Y-%m-%d}"}

    return public_step(
        request,
        "zone-comment",
        form,
        act,
        "standards/public/send.html",
        "standards/public/written.html",
        at=at,
        title=f"{zone}意见簿",
        button="写好了",
        zone=zone,
    )
