"""报送、去向、联络员、数和通报。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.desk.numbers import wholes
from gongkai.desk.responses import private
from gongkai.desk.submitting import form_step
from gongkai.law import gazette as law
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.models import Agency
from gongkai.records.models import Record

from .. import actions, forms, register
from ..models import Item, Liaison, Submission
from ..terms import ItemState, LiaisonKind
from .desk import maker


def _month(request: HttpRequest) -> date:
    """The month of the address; the last one that is over if none is given."""
    try:
        return forms.year_month(request.GET.get("month", ""))
    except ValidationError:
        return law.months_on(law.month_of(timezone.localdate()), -1)


def _counts(entries: list[register.Entry]) -> dict[str, int]:
    return {
        "owed": sum(entry.is_owed for entry in entries),
        "may": sum(entry.duty == law.Duty.MAY for entry in entries),
        "adopted": sum(entry.item is not None and entry.item.state == ItemState.ADOPTED for entry in entries),
        "returned": sum(entry.item is not None and entry.item.state == ItemState.RETURNED for entry in entries),
    }


@access.desk("gazette.view")
def submissions(request: HttpRequest) -> HttpResponse:
    """一个月各单位的报送:报了没有、零报告实不实、各件的去向。"""
    month, on, at = _month(request), timezone.localdate(), timezone.now()
    own = access.agencies_of(request.user, "gazette.view").values("pk")
    units = list(register.units(on).filter(pk__in=own))
    said = {
        one.agency_id: one
        for one in Submission.objects.filter(month=month, agency__in=units).select_related("reported_by")
    }
    by_unit: dict[int, list[register.Entry]] = {}
    for entry in register.entries(month, at, agencies=units):
        by_unit.setdefault(entry.record.agency_id, []).append(entry)
    main = {
        one.agency_id: one for one in Liaison.objects.current().filter(kind=LiaisonKind.MAIN, agency__in=units)
    }
    due, rows = law.report_due(month), []
    for unit in units:
        one, entries = said.get(unit.pk), by_unit.get(unit.pk, [])
        counts = _counts(entries)
        rows.append(
            {
                "agency": unit,
                "said": one,
                "counts": counts,
                "liaison": main.get(unit.pk),
                "untrue": bool(one and one.kind == "zero" and counts["owed"]),
                "late": one is None and due < on,
                "may": access.may(request.user, "gazette.report", unit),
            }
        )
    head = maker(request)
    pending = [row for row in rows if row["said"] is None or row["untrue"]]
    only_pending = request.GET.get("show") == "open"
    context = {
        "month": month,
        "earlier": law.months_on(month, -1),
        "later": law.months_on(month, 1),
        "rows": pending if only_pending else rows,
        "unit_count": len(rows),
        "pending_count": len(pending),
        "only_pending": only_pending,
        "due": due,
        "now": law.month_of(on),
        "told": sum(row["said"] is not None for row in rows),
        "head": head,
        "may_compose": bool(head and access.may(request.user, "gazette.compose", head.agency)),
        "returned": Item.objects.visible_to(request.user)
        .filter(state=ItemState.RETURNED)
        .select_related("record"),
    }
    return private(render(request, "gazette/desk/submissions.html", context))


@access.desk("gazette.report")
def report(request: HttpRequest, code: str, year: int, month: int) -> HttpResponse:
    """一个单位报一个月:勾选确认,或者零报告。"""
    agency = get_object_or_404(access.agencies_of(request.user, "gazette.report"), code=code)
    if not 1 <= month <= 12 or not 1949 <= year <= 2999:
        raise Http404("没有这个月。")
    first, at = date(year, month, 1), timezone.now()
    entries = [entry for entry in register.entries(first, at, agencies=[agency]) if entry.duty != law.Duty.NEVER]
    fault, status = "", 200
    chosen = set(wholes(request.POST.getlist("record")))
    if request.method == "POST":
        try:
            actions.report(
                agency,
                first,
                chosen,
                zero="zero" in request.POST,
                note=request.POST.get("note", "")[:300],
                by=request.user,
                at=at,
            )
            return redirect(reverse("desk:gazette_submissions") + f"?month={first:%Y-%m}")
        except LawError as error:
            fault, status = str(error), 422
    else:
        chosen = {entry.record.pk for entry in entries if entry.is_owed or entry.item is not None}
    context = {
        "agency": agency,
        "month": first,
        "entries": entries,
        "chosen": chosen,
        "fault": fault,
        "due": law.report_due(first),
        "said": Submission.objects.filter(agency=agency, month=first).first(),
        "is_over": first < law.month_of(timezone.localdate()),
    }
    return private(render(request, "gazette/desk/report.html", context, status=status))


@access.desk("gazette.compose")
def register_list(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """编辑部看一个月:必登、应登、可登的全部,各件的去向。"""
    if not 1 <= month <= 12 or not 1949 <= year <= 2999:
        raise Http404("没有这个月。")
    first = date(year, month, 1)
    entries = [entry for entry in register.entries(first, timezone.now()) if entry.duty != law.Duty.NEVER]
    wanted = request.GET.get("list", "")
    shown = [entry for entry in entries if wanted != "open" or (entry.is_owed and not entry.is_decided)]
    context = {
        "month": first,
        "entries": shown,
        "counts": _counts(entries),
        "list": wanted,
        "open": sum(entry.is_owed and not entry.is_decided for entry in entries),
        "earlier": law.months_on(first, -1),
        "later": law.months_on(first, 1),
    }
    return private(render(request, "gazette/desk/register.html", context))


@access.desk("gazette.compose")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """给一件定去向。"""
    record = get_object_or_404(Record.objects.visible_to(request.user).exclude(published_at=None), pk=pk)
    item = Item.objects.filter(record=record).first()
    month = law.month_of(timezone.localtime(record.published_at).date())
    home = reverse("desk:gazette_register", args=[month.year, month.month])
    initial = {"seen": item.mark, "refusal": item.refusal, "note": item.note} if item else {}
    form = forms.DecideForm(request.POST or None, initial=initial)

    def run(data: dict[str, Any]) -> str:
        made = actions.decide(
            record,
            ItemState.from_value(data["state"]),
            refusal=data["refusal"],
            note=data["note"],
            seen=data["seen"] or None,
            by=request.user,
            at=timezone.now(),
        )
        return f"“{record}”：{made.get_state_display()}。"

    return form_step(
        request,
        form,
        run,
        back=home,
        trail="公报报送",
        title="定去向",
        button="保存",
        hint=f"{record}（{record.agency}）。要采用的，在一期里选入。",
    )


@access.desk("gazette.view")
def liaisons(request: HttpRequest) -> HttpResponse:
    """联络员,现任的和历任的。"""
    rows = list(Liaison.objects.visible_to(request.user).select_related("agency"))
    on = timezone.localdate()
    own = access.agencies_of(request.user, "gazette.view").values("pk")
    held = {row.agency_id for row in rows if row.until_on is None and row.kind == LiaisonKind.MAIN}
    context = {
        "current": [row for row in rows if row.until_on is None],
        "past": [row for row in rows if row.until_on is not None],
        "lacking": [unit for unit in register.units(on).filter(pk__in=own) if unit.pk not in held],
        "may": access.may(request.user, "gazette.liaison"),
    }
    return private(render(request, "gazette/desk/liaisons.html", context))


@access.desk("gazette.liaison")
def appoint(request: HttpRequest) -> HttpResponse:
    """定联络员。"""
    on = timezone.localdate()
    given = Agency.objects.filter(code=request.GET.get("agency", "")[:20]).first()
    form = forms.LiaisonForm(
        request.POST or None, user=request.user, on=on, initial={"since_on": on, "agency": given}
    )

    def run(data: dict[str, Any]) -> str:
        made = actions.appoint(
            data["agency"],
            LiaisonKind.from_value(data["kind"]),
            data["name"],
            phone=data["phone"],
            since_on=data["since_on"],
            by=request.user,
            at=timezone.now(),
        )
        return f"{made.agency}的{made.get_kind_display()}：{made}。"

    return form_step(
        request,
        form,
        run,
        back="desk:gazette_liaisons",
        trail="联络员",
        title="定联络员",
        button="保存",
        hint="同一单位原来的一位自这一天起不再担任，留在历史里。",
    )


@access.desk("gazette.liaison")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """不再担任。"""
    made = get_object_or_404(Liaison.objects.visible_to(request.user).current(), pk=pk)
    form = forms.DismissForm(request.POST or None, initial={"until_on": timezone.localdate()})

    def run(data: dict[str, Any]) -> str:
        actions.dismiss(made, data["until_on"], by=request.user, at=timezone.now())
        return "已经登记。"

    return form_step(
        request,
        form,
        run,
        back="desk:gazette_liaisons",
        trail="联络员",
        title=f"{made.agency}：{made}不再担任",
        button="登记",
    )
