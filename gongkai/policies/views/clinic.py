"""公众一侧的云诊所:选身份、答问卷、看结果、算数额、政策日历、事项卡、兑现情况。只用 GET,不存回答,不用 Cookie。"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongkai.adapters import ics
from gongkai.desk import limits
from gongkai.desk.export import csv_response
from gongkai.desk.responses import private
from gongkai.law.marks import titled

from .. import actions, clinic
from ..clinic_forms import Questionnaire, WorkForm
from ..fit import Audience, Verdict
from ..models import Measure, Redemption

COUNTED, HOUR = 20, 3600
TAB = {"tab": "statutory"}


def _audience(request: HttpRequest) -> Audience | None:
    given = request.GET.get("for", "")
    return next((one for one in Audience if one.value == given), None)


def policy_clinic(request: HttpRequest) -> HttpResponse:
    """第一页:选给谁;选了的,出问卷。下面列出全部事项和它们现在的状态。"""
    at, on, audience = timezone.now(), timezone.localdate(), _audience(request)
    rows = clinic.standings(clinic.measures(at, audience), on)
    usable = [one for one, standing in rows if standing in clinic.USABLE]
    form = Questionnaire(clinic.facts(usable)) if audience else None
    context = {
        "audience": audience,
        "audiences": list(Audience),
        "form": form,
        "rows": rows,
        "usable": usable,
        **TAB,
    }
    return render(request, "policies/public/clinic.html", context)


def clinic_results(request: HttpRequest) -> HttpResponse:
    """结果:逐件逐条说为什么。回答只在网址里,不留存;告知的次数按日按事项累计。"""
    at, on, audience = timezone.now(), timezone.localdate(), _audience(request)
    if audience is None:
        return policy_clinic(request)
    rows = clinic.standings(clinic.measures(at, audience), on)
    usable = [one for one, standing in rows if standing in clinic.USABLE]
    form = Questionnaire(clinic.facts(usable), request.GET)
    answers = form.answers()
    found = clinic.results(rows, answers)
    told = [one.measure.pk for one in found if one.verdict is not Verdict.NOT]
    if answers and request.method == "GET" and limits.within(request, "clinic", times=COUNTED, seconds=HOUR):
        actions.count(told, "clinic", on=on)
    groups = [
        (verdict, [one for one in found if one.verdict is verdict])
        for verdict in (Verdict.FITS, Verdict.UNKNOWN, Verdict.NOT)
    ]
    over = [(one, standing) for one, standing in rows if standing not in clinic.USABLE]
    context = {"audience": audience, "form": form, "groups": groups, "over": over, "answered": len(answers), **TAB}
    return private(render(request, "policies/public/clinic_results.html", context))


def clinic_card(request: HttpRequest, pk: int) -> HttpResponse:
    """一个事项的卡片,连同计算器。"""
    at, on = timezone.now(), timezone.localdate()
    rows = Measure.objects.shown(at).select_related("policy", "agency").prefetch_related("conditions__fact")
    measure = rows.filter(pk=pk).first()
    if measure is None:
        raise Http404("没有这个事项。")
    form = WorkForm(measure, request.GET if "n" in request.GET else None) if measure.amount.is_counted else None
    given = form.cleaned_data["n"] if form and form.is_bound and form.is_valid() else None
    standing = measure.standing(on)
    newer = measure.replaced_by.filter(pk__in=Measure.objects.shown(at)).first()
    lines = [(one, clinic.wish(one.test(), one.fact.unit)) for one in measure.conditions.all()]
    context = {
        "measure": measure,
        "standing": standing,
        "usable": standing in clinic.USABLE,
        "newer": newer,
        "form": form,
        "worked": measure.amount.work(given),
        "lines": lines,
        "stale": clinic.stale(measure),
        "redemptions": clinic.redemptions(measure),
        **TAB,
    }
    return render(request, "policies/public/clinic_card.html", context)


def clinic_calendar(request: HttpRequest) -> HttpResponse:
    """政策日历:即将截止、即将开始的在前。"""
    at, on, audience = timezone.now(), timezone.localdate(), _audience(request)
    made = clinic.calendar(clinic.standings(clinic.measures(at, audience), on), on)
    context = {
        "calendar": made,
        "soon": clinic.soon_days(on),
        "audience": audience,
        "audiences": list(Audience),
        **TAB,
    }
    return render(request, "policies/public/clinic_calendar.html", context)


def clinic_ics(request: HttpRequest) -> HttpResponse:
    """政策日历的 ICS。"""
    at, on = timezone.now(), timezone.localdate()
    events = []
    for measure, standing in clinic.standings(clinic.measures(at, _audience(request)), on):
        if standing in clinic.USABLE:
            url = request.build_absolute_uri(measure.get_absolute_url())
            days = (("open", measure.opens_on, "开始受理"), ("close", measure.closes_on, "截止受理"))
            events += [
                ics.Event(
                    f"measure-{measure.pk}-{key}@{request.get_host()}",
                    day,
                    f"{said}：{measure}",
                    f"依据{titled(measure.policy)}。{measure.place}，{measure.contact}",
                    url,
                )
                for key, day, said in days
                if day and day >= on
            ]
    response = HttpResponse(ics.calendar("政策日历", events, at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="policies.ics"'
    return response


def clinic_figures(request: HttpRequest) -> HttpResponseBase:
    """各年兑现情况。"""
    at = timezone.now()
    rows = Redemption.objects.filter(measure__in=Measure.objects.shown(at)).select_related(
        "measure__policy", "measure__agency"
    )
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    given = request.GET.get("year", "")
    year = int(given) if given in map(str, years) else (years[0] if years else None)
    chosen = list(rows.filter(year=year).order_by("measure__agency__order", "measure_id"))
    if request.GET.get("format") == "csv":
        head = ["年度", "单位", "事项", "依据的文件", "申请", "得到", "兑现金额（元）", "数的来源"]
        cells = (
            [
                one.year,
                one.measure.agency,
                one.measure,
                one.measure.policy,
                one.applied,
                one.granted,
                one.yuan,
                one.source,
            ]
            for one in chosen
        )
        return csv_response(f"redemptions-{year}", head, cells)
    totals = [sum(getattr(one, name) for one in chosen) for name in ("applied", "granted", "yuan")]
    context = {"rows": chosen, "year": year, "years": years, "totals": totals, **TAB}
    return render(request, "policies/public/clinic_figures.html", context)
