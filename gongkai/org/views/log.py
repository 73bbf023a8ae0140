"""操作记录:按人、单位、动作、对象、日期筛;每条可看细目;导出 CSV。"""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from gongkai.desk.export import csv_stream
from gongkai.desk.paging import page
from gongkai.law.calendar import DAY

from .. import access, chain, words
from ..forms import LogFilter
from ..log_rows import LOG_HEAD, log_rows
from ..models import LogEntry, User


@access.desk("org.log")
def log(request: HttpRequest) -> HttpResponseBase:
    """操作记录;单位负责人只看本单位和下级单位的。"""
    agencies = access.agencies_of(request.user, "org.log")
    form = LogFilter(request.GET, agencies=agencies)
    rows = narrowed(LogEntry.objects.visible_to(request.user), form.cleaned_data)
    if request.GET.get("format") == "csv":
        return csv_stream("log", LOG_HEAD, log_rows(rows.order_by("-seq")))
    found = page(rows.select_related("by", "agency"), request.GET, keys=("seq",))
    about = form.cleaned_data.get("about", "")
    chosen = f"{words.kind(about.partition(':')[0])}（编号{about.partition(':')[2]}）" if about else ""
    return render(request, "org/log.html", {"page": found, "form": form, "about": about, "chosen": chosen})


def narrowed(rows: QuerySet[LogEntry], given: dict) -> QuerySet[LogEntry]:
    """Apply the filters that were filled in properly."""
    if given.get("q"):
        rows = rows.filter(summary__icontains=given["q"])
    if given.get("person"):
        people = User.objects.filter(Q(username__iexact=given["person"]) | Q(name=given["person"]))
        rows = rows.filter(by__in=list(people.values_list("pk", flat=True)))
    if given.get("agency"):
        rows = rows.filter(agency=given["agency"])
    if given.get("action"):
        rows = rows.filter(action=given["action"])
    if given.get("about"):
        kind, _, key = given["about"].partition(":")
        rows = rows.filter(object_type=kind, object_id=key)
    if given.get("since"):
        rows = rows.filter(at__gte=midnight(given["since"]))
    if given.get("until"):
        rows = rows.filter(at__lt=midnight(given["until"]) + DAY)
    return rows


def midnight(day) -> datetime:
    """The first moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time.min))


@access.desk("org.log")
def entry(request: HttpRequest, seq: int) -> HttpResponseBase:
    """一条记录的全部内容,和它的散列对不对。"""
    if seq > 2**63 - 1:
        raise Http404
    visible = LogEntry.objects.visible_to(request.user)
    one = get_object_or_404(visible.select_related("by", "agency"), seq=seq)
    detail = dict(one.detail)
    changed = detail.pop("changed", None)
    if not isinstance(changed, dict):
        detail, changed = dict(one.detail), {}
    before = LogEntry.objects.filter(seq=seq - 1).values_list("hash", flat=True).first() or ""
    return render(
        request,
        "org/entry.html",
        {
            "entry": one,
            "kind": words.kind(one.object_type) if one.object_type else "",
            "detail": {words.detail(key): value for key, value in detail.items()},
            "changed": changed,
            "sound": chain.digest(one) == one.hash and one.previous == before,
            "newer": visible.filter(seq__gt=seq).order_by("seq").values_list("seq", flat=True).first(),
            "older": visible.filter(seq__lt=seq).order_by("-seq").values_list("seq", flat=True).first(),
        },
    )
