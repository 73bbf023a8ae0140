"""工作台的通报、年度报表、统一转发、占比、白名单。"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.adapters.render import Document, document_docx, document_pdf
from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.desk.responses import download
from gongkai.desk.submitting import button_step, form_step
from gongkai.foi import papers
from gongkai.law import site_report as law
from gongkai.org import access, site

from .. import actions, bulletin, forms, relaying, trend, yearly
from ..models import Outlet, Post, Relay, Release, Round, SiteReport, Whitelisted
from ..terms import RoundState
from .rounds import may_read


def _file(document: Document, suffix: str) -> HttpResponse:
    if suffix == "pdf":
        return download(f"{document.title}.pdf", document_pdf(document, papers.fonts()))
    if suffix == "docx":
        return download(f"{document.title}.docx", document_docx(document))
    raise Http404("没有这种格式。")


@access.desk("inspections.view")
def bulletin_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """通报现在的样子:DOCX、PDF。"""
    one = get_object_or_404(Round, pk=pk)
    may_read(request.user, one, timezone.now())
    if one.state not in (RoundState.MENDING, RoundState.CLOSED):
        raise Http404("还没有查完。")
    office = site.office(timezone.localdate())
    return _file(bulletin.document(one, office.name if office else ""), suffix)


@access.desk("inspections.bulletin")
@require_POST
def draft_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """起草通报。"""
    one = get_object_or_404(Round, pk=pk)
    may_read(request.user, one, timezone.now())

    def act() -> HttpResponse:
        return redirect("desk:record", actions.draft_bulletin(one, by=request.user, at=timezone.now()).record_id)

    return button_step(request, act, back=one)


def _site(request: HttpRequest) -> Outlet | None:
    rows = Outlet.objects.visible_to(request.user).sites().online().select_related("agency")
    return rows.order_by("-is_own", "pk").first()


@access.desk("inspections.register")
def site_report(request: HttpRequest, year: int) -> HttpResponse:
    """本站一年的工作报表:系统知道的算好,不知道的人填。"""
    outlet = _site(request)
    if outlet is None or not 2015 <= year <= timezone.localdate().year:
        raise Http404("没有这个网站的报表。")
    access.require(request.user, "inspections.register", outlet.agency)
    report = SiteReport.objects.filter(site=outlet, year=year).first() or SiteReport(site=outlet, year=year)
    initial = {
        key: {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        for key, value in report.values.items()
    }
    form = forms.SiteReportForm(request.POST or None, initial=initial | {"seen": report.mark if report.pk else ""})
    form.fields["seen"].required = report.pk is not None

    def act(data: dict[str, Any]) -> str:
        actions.fill_site_report(
            outlet, year, form.values(), by=request.user, at=timezone.now(), seen=data["seen"] or None
        )
        return "已经保存。"

    given = yearly.values(report)
    groups = [
        (group, [(one, text, form[one.key] if one.by_person else None) for one, text in fields])
        for group, fields in yearly.rows(given)
    ]
    context = {
        "report": report,
        "outlet": outlet,
        "year": year,
        "groups": groups,
        "due": law.due_on(year),
        "source": law.SOURCE,
        "left": len(law.missing(given)),
        "years": range(timezone.localdate().year, timezone.localdate().year - 4, -1),
        "may_draft": access.may(request.user, "records.write", outlet.agency),
        "public": report.record is not None and report.record.is_public(timezone.now()),
    }
    return form_step(request, form, act, "inspections/desk/site_report.html", back=request.path, **context)


def _report(request: HttpRequest, year: int) -> SiteReport:
    outlet = _site(request)
    site_report = get_object_or_404(SiteReport.objects.select_related("site__agency"), site=outlet, year=year)
    access.require(request.user, "inspections.register", site_report.site.agency)
    return site_report


@access.desk("inspections.register")
def site_report_file(request: HttpRequest, year: int, suffix: str) -> HttpResponse:
    """报表现在的样子。"""
    return _file(yearly.document(_report(request, year)), suffix)


@access.desk("inspections.register")
@require_POST
def draft_site_report(request: HttpRequest, year: int) -> HttpResponse:
    """排成要公开的信息。"""
    site_report = _report(request, year)

    def act() -> HttpResponse:
        return redirect(
            "desk:record", actions.draft_site_report(site_report, by=request.user, at=timezone.now()).record_id
        )

    return button_step(request, act, back=site_report)


@access.desk("inspections.view")
def releases(request: HttpRequest) -> HttpResponse:
    """统一转发。"""
    late = Q(relays__posted_at__gt=F("due_at"))
    rows = Release.objects.visible_to(request.user).annotate(
        size=Count("relays"),
        done=Count("relays", filter=~Q(relays__posted_at=None)),
        late=Count("relays", filter=late),
    )
    context = {
        "page": page(rows, request.GET, keys=("due_at", "pk")),
        "may_write": access.may(request.user, "inspections.release"),
    }
    return render(request, "inspections/desk/releases.html", context)


@access.desk("inspections.view")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """一件:各账号什么时候转的。"""
    release = get_object_or_404(Release.objects.visible_to(request.user).select_related("made_by"), pk=pk)
    rows = release.relays.filter(access.within(request.user, "inspections.view", "outlet__agency")).select_related(
        "outlet__agency", "by"
    )
    relays = list(rows)
    agreed = relaying.compared(release, relays)

    def comparison(relay: Relay) -> str:
        found = agreed[relay.pk]
        return found.in_words if found else ""

    if request.GET.get("format") == "csv":
        head = ["平台", "账号", "单位", "转发时间", "迟于要求", "链接", "改了口径的说明", "同推文核对"]
        return csv_response("relays", head, ([*_cells(one), comparison(one)] for one in relays))
    at = timezone.now()
    for relay in relays:
        relay.mine = access.may(request.user, "inspections.answer", relay.outlet.agency)
        relay.overdue = relay.posted_at is None and at > release.due_at
        relay.compared = agreed[relay.pk]
    done = sum(relay.posted_at is not None for relay in relays)
    wrong = sum(one is not None and one.is_wrong for one in agreed.values())
    context = {"release": release, "relays": relays, "done": done, "wrong": wrong}
    return render(request, "inspections/desk/release.html", context)


def _cells(relay: Relay) -> list[object]:
    return [
        relay.outlet.get_platform_display(),
        relay.outlet,
        relay.outlet.agency,
        relay.posted_at and timezone.localtime(relay.posted_at),
        "是" if relay.is_late else "",
        relay.url,
        relay.changed,
    ]


@access.desk("inspections.release")
def new_release(request: HttpRequest) -> HttpResponse:
    """布置统一转发。"""
    form = forms.ReleaseForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponse:
        return redirect(actions.make_release(**data, by=request.user, at=timezone.now()))

    return form_step(
        request,
        form,
        act,
        home=reverse("desk:inspections_releases"),
        trail="统一转发",
        title="布置统一转发",
        button="布置",
        hint="一件重要信息一个口径，各账号照发；确实要改的写明改了什么。",
    )


@access.desk("inspections.answer")
def relay(request: HttpRequest, pk: int) -> HttpResponse:
    """登记转发。"""
    rows = Relay.objects.filter(access.within(request.user, "inspections.answer", "outlet__agency"))
    row = get_object_or_404(rows.select_related("release", "outlet__agency"), pk=pk)
    initial = {"posted_at": row.posted_at or timezone.now(), "url": row.url, "changed": row.changed}
    form = forms.RelayForm(request.POST or None, initial=initial)

    def act(data: dict[str, Any]) -> str:
        actions.note_relay(
            row, data["posted_at"], data["url"], data["changed"], by=request.user, at=timezone.now()
        )
        return "已经登记。"

    return form_step(
        request,
        form,
        act,
        back=row.release,
        title=f"“{row.outlet}”的转发",
        button="登记",
    )


@access.desk("inspections.view")
def shares(request: HttpRequest) -> HttpResponse:
    """便民服务和政策解读的占比。"""
    posts = Post.objects.filter(access.within(request.user, "inspections.view", "outlet__agency"))
    rows = trend.months(posts, timezone.localdate())
    if request.GET.get("format") == "csv":
        head = ["月份", "推文", "便民服务和政策解读", "占比", "原创", "原创占比"]
        cells = (
            [f"{one.first:%Y-%m}", one.posts, one.useful, one.share, one.original, one.own_share] for one in rows
        )
        return csv_response("shares", head, cells)
    return render(request, "inspections/desk/shares.html", {"months": rows})


@access.desk("inspections.release")
def whitelist(request: HttpRequest) -> HttpResponse:
    """转载白名单。"""
    form = forms.WhitelistForm(request.POST or None)

    def act(data: dict[str, Any]) -> str:
        actions.allow_source(data["name"], data["note"], by=request.user, at=timezone.now())
        return "已经加上。"

    return form_step(
        request,
        form,
        act,
        "inspections/desk/whitelist.html",
        back="desk:inspections_whitelist",
        rows=Whitelisted.objects.select_related("by"),
    )


@access.desk("inspections.release")
@require_POST
def drop_source(request: HttpRequest, pk: int) -> HttpResponse:
    """从白名单里去掉。"""
    whitelisted = get_object_or_404(Whitelisted, pk=pk)

    def act() -> str:
        actions.drop_source(whitelisted, by=request.user, at=timezone.now())
        return f"已经去掉“{whitelisted}”。"

    return button_step(request, act, back="desk:inspections_whitelist")
