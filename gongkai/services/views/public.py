"""公众一侧:办事首页、找事项、一份指南、打印的清单、一件事、一本通、清单。"""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.adapters import qr
from gongkai.desk.paging import page
from gongkai.law import certificates
from gongkai.law import guides as law
from gongkai.law.errors import LawError
from gongkai.records import store

from .. import forms, handbook, joining, measures
from ..models import Cooperation, Faq, FeeItem, Guide, Handbook, Intermediary, Matter, Version
from ..standing import is_stale, stale_after
from ..terms import Audience, FaqState, GuideState, Joined, MatterState, Need, Stage, Theme


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """办事:一件事、三个索引、一本通、清单。"""
    shown = Guide.objects.shown()
    themes = Counter(shown.values_list("theme", flat=True))
    audiences = Counter(one for found in shown.values_list("audiences", flat=True) for one in found)
    agencies = (
        shown.values("agency__name", "agency__code")
        .annotate(count=Count("pk"))
        .order_by("agency__order", "agency__name")
    )
    context = {
        "total": shown.count(),
        "matters": Matter.objects.shown().select_related("lead"),
        "themes": [(one, themes[one.value]) for one in Theme if themes[one.value]],
        "audiences": [(one, audiences[one.value]) for one in Audience if audiences[one.value]],
        "agencies": agencies,
        "handbook": handbook.latest(),
    }
    return render(request, "services/public/home.html", context)


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """找事项。"""
    given = forms.PublicFilter(request.GET)
    rows = Guide.objects.shown().select_related("agency")
    for word in (given.value_of("q") or "").split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(versions__stage=Stage.LIVE, versions__result__icontains=word)
        ).distinct()
    rows = given.narrowed(rows, "theme", "agency")
    if audience := given.value_of("audience"):
        rows = rows.filter(audiences__icontains=f'"{audience}"')
    context = {"page": page(rows, request.GET, keys=("name", "pk"), size=40, ascending=True), "filter": given}
    live = _live(context["page"].rows)
    for row in context["page"].rows:
        row.version = live.get(row.pk)
    return render(request, "services/public/guides.html", context)


def _live(rows: Any) -> dict[int, Version]:
    return {one.guide_id: one for one in Version.objects.filter(stage=Stage.LIVE, guide__in=rows)}


def _shown(pk: int) -> tuple[Guide, Version]:
    """A guide and its live version; 404 for what the public may not read."""
    guide = get_object_or_404(Guide.objects.select_related("agency").exclude(state=GuideState.NEW), pk=pk)
    version = guide.live
    if version is None:
        raise Http404("没有公布的指南。")
    version.guide = guide
    return guide, version


@require_safe
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    """一份指南。取消了的留一句话。"""
    guide, version = _shown(pk)
    if guide.state == GuideState.CANCELLED:
        return render(request, "services/public/cancelled.html", {"guide": guide}, status=410)
    situations = version.situation_rows
    form = forms.SituationsForm(situations, request.GET if _answered(request) else None) if situations else None
    answers = form.answers if form is not None and form.is_bound else {}
    listed = joining.checklist(version, answers)
    context = {
        "guide": guide,
        "version": version,
        "form": form,
        "answers": answers,
        "address": handbook.address_of(guide.get_absolute_url()),
        "bring": [row for row in listed if row.material.need != Need.SHARED],
        "shared": [row for row in listed if row.material.need == Need.SHARED],
        "faqs": guide.faqs.filter(state=FaqState.SHOWN),
        "versions": guide.versions.exclude(stage=Stage.DRAFT)[:10],
        "matters": [
            part.matter for part in guide.parts.select_related("matter") if part.matter.state == MatterState.LIVE
        ],
        "kind": certificates.kinds().get(version.certificate),
        "start": _start(request, version),
        "start_form": forms.StartForm(request.GET if "start" in request.GET else None),
        "qr": _qr(guide.get_absolute_url()),
        "query": request.GET.urlencode() if answers else "",
        "cooperations": guide.cooperations.exclude(launched_on=None),
        "measures": measures.of_guide(guide, timezone.now()),
    }
    return render(request, "services/public/guide.html", context)


def _answered(request: HttpRequest) -> bool:
    return any(name.startswith("a-") for name in request.GET)


def _qr(path: str) -> dict[str, Any]:
    size, drawn = qr.path(handbook.address_of(path))
    return {"size": size, "path": drawn}


def _start(request: HttpRequest, version: Version) -> dict[str, Any] | None:
    """By which day it is promised when the material is handed in on the day given."""
    form = forms.StartForm(request.GET if "start" in request.GET else None)
    if not form.is_valid() or version.promise is None:
        return None
    try:
        found = law.done_by(version.promise, form.cleaned_data["start"])
    except LawError as error:
        return {"fault": str(error)}
    day = found if not hasattr(found, "due") else found.due
    return {"day": day, "from": form.cleaned_data["start"], "provisional": getattr(found, "provisional", False)}


@require_safe
def guide_print(request: HttpRequest, pk: int) -> HttpResponse:
    """打印的材料清单;``?large`` 是大字。"""
    guide, version = _shown(pk)
    if guide.state == GuideState.CANCELLED:
        raise Http404("这个事项已经取消。")
    answers = joining.answers_of(version.situation_rows, request.GET.dict())
    listed = joining.checklist(version, answers)
    context = {
        "guide": guide,
        "version": version,
        "answers": answers,
        "listed": listed,
        "large": "large" in request.GET,
        "eight": handbook.answers(version),
        "qr": _qr(guide.get_absolute_url()),
        "address": handbook.address_of(guide.get_absolute_url()),
        "said": _said(version.situation_rows, answers),
    }
    return render(request, "services/public/guide_print.html", context)


def _said(situations: Any, answers: dict[str, str]) -> list[tuple[str, str]]:
    return [(one.text, answers[one.key]) for one in situations if one.key in answers]


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """高效办成一件事。"""
    rows = Matter.objects.shown().select_related("lead").annotate(count=Count("parts"))
    return render(request, "services/public/matters.html", {"rows": rows})


def _matter(pk: int) -> Matter:
    return get_object_or_404(Matter.objects.exclude(state=MatterState.DRAFT).select_related("lead"), pk=pk)


@require_safe
def matter(request: HttpRequest, pk: int) -> HttpResponse:
    """一件事:答情形,看要办哪几项、带什么、多久。"""
    matter, on = _matter(pk), timezone.localdate()
    if matter.state == MatterState.ENDED:
        return render(request, "services/public/ended.html", {"matter": matter}, status=410)
    situations = matter.situation_rows
    form = forms.SituationsForm(situations, request.GET if _answered(request) else None) if situations else None
    answers = form.answers if form is not None and form.is_bound else {}
    context = {
        "matter": matter,
        "form": form,
        "answers": answers,
        "joint": joining.joint(matter, answers, on),
        "helpers": matter.helpers.all(),
        "qr": _qr(matter.get_absolute_url()),
        "query": request.GET.urlencode() if answers else "",
        "joined": _joined(matter),
        "left": len(situations) - len(answers),
    }
    return render(request, "services/public/matter.html", context)


def _joined(matter: Matter) -> list[tuple[str, bool]]:
    return [(kind.label, kind.value in matter.joined) for kind in Joined]


@require_safe
def matter_print(request: HttpRequest, pk: int) -> HttpResponse:
    """一件事的一张清单。"""
    matter, on = _matter(pk), timezone.localdate()
    answers = joining.answers_of(matter.situation_rows, request.GET.dict())
    context = {
        "matter": matter,
        "joint": joining.joint(matter, answers, on),
        "large": "large" in request.GET,
        "said": _said(matter.situation_rows, answers),
        "qr": _qr(matter.get_absolute_url()),
        "address": handbook.address_of(matter.get_absolute_url()),
    }
    return render(request, "services/public/matter_print.html", context)


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    """办事一本通:现在的一版,是不是旧了。"""
    latest = handbook.latest()
    context = {
        "book": latest,
        "changed": handbook.is_stale(latest) if latest else 0,
        "count": latest.entries.count() if latest else 0,
    }
    return render(request, "services/public/handbook.html", context)


@require_safe
def book_file(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """一版的 PDF 或者 EPUB。"""
    one = get_object_or_404(Handbook.objects.filter(withdrawn_at=None), number=number)
    try:
        content = store.read(one.pdf if kind == "pdf" else one.epub)
    except FileNotFoundError:
        raise Http404("文件不在资料目录里。") from None
    response = HttpResponse(content, content_type="application/pdf" if kind == "pdf" else "application/epub+zip")
    response["Content-Disposition"] = content_disposition_header(True, f"{one}.{kind}") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def intermediaries(request: HttpRequest) -> HttpResponse:
    """中介服务清单。"""
    rows = Intermediary.objects.filter(removed_at=None).select_related("agency")
    return render(request, "services/public/intermediaries.html", {"rows": rows})


@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    """收费目录,和在收的事项。"""
    live = Version.objects.filter(
        stage=Stage.LIVE, guide__state__in=(GuideState.LIVE, GuideState.PAUSED), charged=True
    )
    charging = [(row, one) for one in live.select_related("guide__agency") for row in one.fee_rows]
    rows = FeeItem.objects.filter(removed_at=None).select_related("agency")
    return render(request, "services/public/fees.html", {"rows": rows, "charging": charging})


@require_safe
def cooperation(request: HttpRequest) -> HttpResponse:
    """跨省通办、长三角通办;很久没有更新的标出来,所以这一页随日子变,不写成文件。"""
    on = timezone.localdate()
    days = stale_after(on)
    rows = list(Cooperation.objects.exclude(launched_on=None).select_related("lead", "guide"))
    for row in rows:
        row.stale = is_stale(row, on, days.value)
    context = {"rows": rows, "days": days, "stale": sum(row.stale for row in rows)}
    return render(request, "services/public/cooperation.html", context)


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """投诉渠道:各事项向谁投诉。"""
    live = Version.objects.filter(stage=Stage.LIVE, guide__state__in=(GuideState.LIVE, GuideState.PAUSED)).exclude(
        complaint=""
    )
    rows: dict[Any, dict[str, list[Version]]] = {}
    for one in live.select_related("guide__agency").order_by("guide__agency__order", "name"):
        rows.setdefault(one.guide.agency, {}).setdefault(one.complaint, []).append(one)
    listed = [(agency, list(numbers.items())) for agency, numbers in rows.items()]
    return render(request, "services/public/complaints.html", {"rows": listed})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """常见问题。"""
    rows = Faq.objects.filter(state=FaqState.SHOWN, guide__state__in=(GuideState.LIVE, GuideState.PAUSED))
    words = request.GET.get("q", "").strip()[:40]
    for word in words.split()[:6]:
        rows = rows.filter(
            Q(question__icontains=word) | Q(answer__icontains=word) | Q(guide__name__icontains=word)
        )
    context = {"page": page(rows.select_related("guide__agency"), request.GET, keys=("pk",), size=40), "q": words}
    return render(request, "services/public/questions.html", context)
