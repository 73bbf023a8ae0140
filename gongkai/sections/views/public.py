"""公众一侧:全部专栏、一个单位专栏、一个专题。不碰会话,不设 Cookie。"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.agencies import AgencyKind

from .. import layout
from ..models import Section
from ..terms import SectionKind, State


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """全部开着的专栏:镇(街道)、部门和别的单位、专题。"""
    groups: dict[str, list[Section]] = {"镇（街道）专栏": [], "部门和单位专栏": [], "专题专栏": []}
    for section in Section.objects.open().select_related("agency"):
        town = section.agency is not None and section.agency.kind == AgencyKind.TOWN
        name = "专题专栏" if section.kind == SectionKind.TOPIC else "镇（街道）专栏" if town else "部门和单位专栏"
        groups[name].append(section)
    shown = [(name, rows) for name, rows in groups.items() if rows]
    return render(request, "sections/public/sections.html", {"groups": shown})


@require_safe
def unit_section(request: HttpRequest, slug: str) -> HttpResponse:
    """一个单位专栏。"""
    return _page(request, slug, SectionKind.UNIT)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """一个专题。"""
    return _page(request, slug, SectionKind.TOPIC)


def _page(request: HttpRequest, slug: str, kind: SectionKind) -> HttpResponse:
    """An open one; 410 with the reason for one that was closed; 404 for one never opened."""
    rows = Section.objects.exclude(opened_at=None).select_related("agency")
    section = get_object_or_404(rows, slug=slug, kind=kind)
    if section.state is State.CLOSED:
        return render(request, "sections/public/closed.html", {"section": section}, status=410)
    page = layout.fill(section, section.shown, timezone.now(), timezone.localdate())
    return render(request, "sections/public/section.html", {"section": section, "page": page})
