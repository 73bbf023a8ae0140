"""工作台的旧网站:登记、开始收、不再去,各网址的结果和理由,存档的网页。"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.desk.responses import download, private
from gongkai.desk.submitting import button_step
from gongkai.org import access
from gongkai.records import sealed_files

from .. import actions
from ..forms import AddressFilter, CrawlForm, SiteForm
from ..models import OldSite
from ..terms import AddressState
from .intakes import intake_of
from .stepping import step_page


def site_of(request: HttpRequest, pk: int) -> OldSite:
    """An old site that this person may see; 404 for any other."""
    rows = OldSite.objects.filter(access.within(request.user, "backfile.view")).select_related("agency")
    return get_object_or_404(rows, pk=pk)


@access.desk("backfile.view")
def sites(request: HttpRequest) -> HttpResponse:
    """登记过的旧网站,各收到哪里。"""
    rows = OldSite.objects.filter(access.within(request.user, "backfile.view")).select_related("agency", "by")
    result = page(rows, request.GET, keys=("pk",), size=20)
    for row in result.rows:
        row.last = row.intakes.order_by("-pk").first()
        row.may_crawl = not row.ended_at and access.may(request.user, "backfile.take", row.agency)
        row.may_end = not row.ended_at and access.may(request.user, "backfile.declare", row.agency)
    context = {"page": result, "may_declare": access.may(request.user, "backfile.declare")}
    return private(render(request, "backfile/desk/sites.html", context))


@access.desk("backfile.declare")
def declare(request: HttpRequest) -> HttpResponse:
    """登记一个旧网站。"""
    form, home = SiteForm(request.POST or None, user=request.user), reverse("desk:backfile_sites")

    def act(data: dict[str, Any]) -> HttpResponse:
        actions.declare_site(data["agency"], data, by=request.user, at=timezone.now())
        return redirect(home)

    hint = "只登记本单位、所属单位已经停用或者要停用的网站。登记过的主机才去，一秒一次，听它的 robots.txt。"
    return step_page(request, form, act, trail="旧网站", title="登记旧网站", button="登记", home=home, hint=hint)


@access.desk("backfile.take")
def crawl(request: HttpRequest, pk: int) -> HttpResponse:
    """开始收一个旧网站。"""
    old_site, form = site_of(request, pk), CrawlForm(request.POST or None)

    def act(data: dict[str, Any]) -> HttpResponse:
        return redirect(actions.begin_crawl(old_site, fonds=data["fonds"], by=request.user, at=timezone.now()))

    return step_page(
        request,
        form,
        act,
        trail="旧网站",
        title=f"收“{old_site}”",
        button="开始收",
        home=reverse("desk:backfile_sites"),
        hint=f"从{old_site.start}起，只去{'、'.join(old_site.hosts)}。可以随时停下，停下以后接着来。",
    )


@access.desk("backfile.declare")
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """不再去。"""
    old_site = site_of(request, pk)

    def act() -> str:
        actions.end_site(old_site, by=request.user, at=timezone.now())
        return "不再去了，收到的都留着。"

    return button_step(request, act, back=reverse("desk:backfile_sites"))


@access.desk("backfile.view")
def visits(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一次收取里去过、没有去的各网址。"""
    intake, given = intake_of(request, pk), AddressFilter(request.GET)
    rows = intake.addresses.select_related("item")
    if words := given.value_of("q"):
        rows = rows.filter(Q(url__icontains=words))
    rows = given.narrowed(rows, "state")
    if request.GET.get("format") == "csv":
        lines = ([row.url, row.get_state_display(), row.reason, row.status or ""] for row in rows.iterator())
        return private(csv_stream("addresses", ["网址", "结果", "理由", "状态码"], lines))
    counts = intake.addresses.values_list("state").annotate(n=Count("pk")).order_by()
    context = {
        "intake": intake,
        "page": page(rows, request.GET, keys=("pk",), ascending=True),
        "filter": given,
        "counts": {AddressState.from_value(state).label: n for state, n in counts},
        "archives": intake.archives.all(),
    }
    return private(render(request, "backfile/desk/visits.html", context))


@access.desk("backfile.view")
def archive(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """存档的一段(WARC)。"""
    one = get_object_or_404(intake_of(request, pk).archives, number=number)
    try:
        content = sealed_files.read(one.sha256)
    except FileNotFoundError:
        raise Http404("存档不在资料目录里。") from None
    return download(f"crawl-{pk}-{number:04}.warc.gz", content)
