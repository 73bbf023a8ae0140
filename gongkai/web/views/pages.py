"""全站的页面:首页、单位、查阅点、网站地图、无障碍、找错。公众页面不碰会话。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.org import site
from gongkai.org.models import Agency, Place
from gongkai.records import counts
from gongkai.records.models import Record
from gongkai.sections.models import Section

NEWEST = 8


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """全部公开单位,按类别分组,各有公开件数。"""
    on = timezone.localdate()
    counted = counts.count("agency_id", timezone.now())
    groups: dict[str, list[tuple[Agency, int]]] = {}
    for agency in Agency.objects.current(on):
        groups.setdefault(AgencyKind.from_value(agency.kind).label, []).append((agency, counted.get(agency.pk, 0)))
    return render(request, "agencies.html", {"groups": list(groups.items())})


@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """一个单位:职能、负责人、联系方式,和它公开的信息。"""
    agency = get_object_or_404(Agency.objects.select_related("successor", "parent"), code=code)
    at = timezone.now()
    public = Record.objects.public(at).filter(agency=agency, old_paper=None)
    counted = counts.count("duty", at, agency=agency.pk)
    items = [
        (duty, counted.get(duty.key, 0))
        for duty in duties.all().values()
        if agency.kind in duty.kinds or counted.get(duty.key)
    ]
    return render(
        request,
        "agency.html",
        {
            "agency": agency,
            "duties": [pair for pair in items if pair[0].tab is not duties.Tab.FIELDS],
            "newest": public.order_by("-published_at", "-pk")[:NEWEST],
            "total": sum(counted.values()),
            "predecessors": agency.predecessors.all(),
            "sections": agency.sections.open(),
            "on": timezone.localdate(),
        },
    )


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """政府信息查阅场所(条例第二十五条)。"""
    return render(
        request, "places.html", {"places": Place.objects.open(timezone.localdate()).select_related("agency")}
    )


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """网站地图。"""
    return render(
        request,
        "sitemap.html",
        {
            "duties": duties.all().values(),
            "agencies": Agency.objects.current(timezone.localdate()),
            "sections": Section.objects.open(),
        },
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍和适老版说明。"""
    return render(request, "accessibility.html")


@require_safe
def feedback(request: HttpRequest) -> HttpResponse:
    """我为政府网站找错。"""
    return render(request, "feedback.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt:工作台和账号页不收录。"""
    return HttpResponse(
        "User-agent: *\nDisallow: /desk/\nDisallow: /account/\nDisallow: /outside-review/\n"
        f"Sitemap: https://{site.current().domain}/sitemap.xml\n",
        content_type="text/plain",
    )
