"""公众一侧的村(居)务公开:各村社、一期、公开栏照片、打印的一张、提异议、看答复。"""

from __future__ import annotations

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.adapters import render as setting
from gongkai.adapters.personal import masked
from gongkai.desk import limits
from gongkai.desk.responses import download, private
from gongkai.foi import papers
from gongkai.org import codes
from gongkai.org.once import Answer
from gongkai.org.public_step import BUSY, HOUR, WRONG, public_step
from gongkai.records import store

from .. import actions, notice
from ..actions.villages import PURPOSE
from ..forms.villages import LookForm, ObjectionForm
from ..models import Objection, Period, Village


@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    """各镇(街道)的村社。"""
    on, words = timezone.localdate(), request.GET.get("q", "").strip()[:40]
    towns: dict[str, list[Village]] = {}
    latest: dict[int, Period] = {}
    for period in Period.objects.shown().order_by("year", "number"):
        latest[period.village_id] = period
    rows = Village.objects.open(on).select_related("town")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(town__name__icontains=word))
    for village in rows:
        village.latest = last = latest.get(village.pk)
        if last is not None:
            last.village = village
            village.late = last.unposted(on) is not None
        towns.setdefault(str(village.town), []).append(village)
    return render(request, "standards/public/villages.html", {"towns": list(towns.items()), "words": words})


@require_safe
def village(request: HttpRequest, pk: int) -> HttpResponse:
    """一个村社:各期,最近一期的收支。"""
    village = get_object_or_404(Village.objects.select_related("town"), pk=pk)
    periods = list(village.periods.shown().prefetch_related("entries")[:24])
    for period in periods:
        period.village = village
    latest = max(periods, key=lambda period: period.span[1], default=None)
    context = {
        "village": village,
        "periods": periods,
        "unposted": latest.unposted(timezone.localdate()) if latest else None,
    }
    return render(request, "standards/public/village.html", context)


def _shown(pk: int, period: int) -> Period:
    return get_object_or_404(Period.objects.shown().select_related("village__town"), pk=period, village=pk)


@require_safe
def period(request: HttpRequest, pk: int, period: int) -> HttpResponse:
    """一期;``?format=pdf`` 打印的一张。"""
    one, on = _shown(pk, period), timezone.localdate()
    if request.GET.get("format") == "pdf":
        content = setting.document_pdf(notice.document(one), papers.fonts())
        return download(f"{one.village}{one}公开单.pdf", content)
    answered = list(one.objections.exclude(answered_on=None))
    for objection in answered:
        objection.text = masked(objection.text, own=True)
    context = {
        "period": one,
        "groups": notice.groups(one),
        "entries": one.entries.all(),
        "sums": one.sums,
        "duties": one.duties(on),
        "objections": answered,
        "late": bool(one.posted_on and one.posted_on > one.due_on),
    }
    return render(request, "standards/public/village_period.html", context)


@require_safe
def photo(request: HttpRequest, pk: int, period: int) -> HttpResponseBase:
    """公开栏的照片。"""
    one = _shown(pk, period)
    if not one.photo:
        raise Http404("这一期没有照片。")
    try:
        file = store.opened(one.photo)
    except FileNotFoundError:
        raise Http404("照片不在资料目录里，或者坏了。") from None
    response = FileResponse(file, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@csrf_exempt
@cache_control(no_store=True)
def object_to(request: HttpRequest, pk: int, period: int) -> HttpResponse:
    """提异议,当场给编号和查询码。"""
    one, at = _shown(pk, period), timezone.now()
    form = ObjectionForm(request.POST or None)

    def act() -> Answer:
        made, code = actions.send_objection(one, form.cleaned_data["text"], contact=form.contact(), at=at)
        return {"number": made.number, "code": code, "due": f"{made.due_on:%Y-%m-%d}"}

    return public_step(
        request,
        "objection",
        form,
        act,
        "standards/public/send.html",
        "standards/public/sent.html",
        at=at,
        title=f"对{one.village}{one}提异议",
        button="提交",
        look="public:village_look",
    )


@csrf_exempt
@cache_control(no_store=True)
def look(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看异议的答复。"""
    form = LookForm(request.POST or None)
    context: dict[str, object] = {"form": form, "title": "我的异议怎样了"}
    if form.is_valid():
        if not limits.within(request, "objection-look", times=60, seconds=HOUR):
            return private(render(request, "standards/public/look.html", context | {"fault": BUSY}, status=429))
        rows = Objection.objects.select_related("period__village__town")
        found = rows.filter(number=form.cleaned_data["number"].strip().upper()).first()
        if not codes.matches(form.cleaned_data["code"], found and found.code, PURPOSE) or found is None:
            return private(render(request, "standards/public/look.html", context | {"fault": WRONG}, status=404))
        context |= {
            "about": f"{found.period.village}{found.period}",
            "number": found.number,
            "due": found.due_on,
            "answer": found.answer,
            "answered_on": found.answered_on,
        }
    return private(render(request, "standards/public/look.html", context, status=400 if form.errors else 200))
