"""公众一侧:正在征求的意见、提一条;决策目录和全过程;提建议;政府会议和报名列席。"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.desk.export import csv_response, xlsx_response
from gongkai.desk.paging import page
from gongkai.org.drawing_pages import drawing_page
from gongkai.org.once import Answer, receipt_of
from gongkai.org.public_step import public_step
from gongkai.records.models import is_public_at

from .. import actions, catalogue_table, course
from ..actions.catalogue import COLUMNS, rows_of
from ..models import CatalogueYear, Consultation, Dossier, Meeting
from ..public_forms import OpinionForm, ProposalForm, SignUpForm
from ..terms import Phase, Ruling, YearStage


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """征求意见:正在征求的在前,截止的看采纳情况。"""
    at, on = timezone.now(), timezone.localdate()
    rows = Consultation.objects.public(at).select_related("record__agency", "feedback")
    ended = request.GET.get("list") == "ended"
    rows = rows.filter(end_on__lt=on) if ended else rows.filter(end_on__gte=on)
    result = page(rows, request.GET, keys=("end_on", "pk"), size=20, ascending=not ended)
    for row in result.rows:
        row.now = row.phase(at)
        row.left = row.days_left(on)
    return render(request, "decisions/public/consultations.html", {"page": result, "ended": ended, "on": on})


def _open_round(pk: int) -> Consultation:
    """A round whose notice the public may read; 404 for any other."""
    rows = Consultation.objects.public(timezone.now()).select_related(
        "record__agency", "dossier__lead", "feedback"
    )
    return get_object_or_404(rows, pk=pk)


@csrf_exempt
@cache_control(no_store=True)
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """提一条意见,当场给编号和查询码。"""
    consultation, at = _open_round(pk), timezone.now()
    form = OpinionForm(request.POST or None, request.FILES or None)
    context = {"round": consultation, "is_open": consultation.phase(at) is Phase.OPEN}
    if not context["is_open"] and request.method == "GET":
        return render(request, "decisions/public/closed.html", context)

    def act() -> Answer:
        given = form.cleaned_data
        made, code = actions.send_opinion(
            consultation,
            given["text"],
            article=given["article"],
            contact=form.contact(),
            file=given["file"],
            at=at,
        )
        return {"number": made.number, "code": code}

    return public_step(
        request,
        "opinion",
        form,
        act,
        "decisions/public/opinion.html",
        "decisions/public/sent.html",
        at=at,
        times=20,
        **context,
    )


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """重大行政决策:各项走到哪里,各年的目录。"""
    at = timezone.now()
    rows = Dossier.objects.shown().select_related("agency", "lead")
    years = CatalogueYear.objects.public(at).select_related("agency")
    result = page(rows, request.GET, keys=("opened_at", "pk"), size=20)
    context = {"page": result, "years": years, "calling": _calling(), "on": timezone.localdate()}
    return render(request, "decisions/public/decisions.html", context)


def _calling() -> CatalogueYear | None:
    rows = CatalogueYear.objects.filter(stage=YearStage.COLLECTING, call_until__gte=timezone.localdate())
    return rows.select_related("agency").order_by("year").first()


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """一项决策的全过程:决策、执行、管理、服务、结果。"""
    dossier = get_object_or_404(
        Dossier.objects.shown().select_related("agency", "lead", "record", "item__year", "adjusts"), pk=pk
    )
    at = timezone.now()
    context = {"dossier": dossier, "adjustments": dossier.adjustments(manager="objects").shown()}
    return render(request, "decisions/public/decision.html", context | course.course_of(dossier, at))


@require_safe
def catalogue(request: HttpRequest, year: int) -> HttpResponseBase:
    """一年的目录;``?format=csv``、``?format=xlsx`` 下载,各列都在。"""
    at = timezone.now()
    rows = CatalogueYear.objects.public(at).filter(year=year).select_related("agency", "record")
    found = list(rows)
    if not found:
        raise Http404("没有公布这一年的目录。")
    cells = (cells for one in found for cells in catalogue_table.rows(one, at))
    if request.GET.get("format") == "csv":
        return csv_response(f"decisions-{year}", catalogue_table.HEAD, cells)
    if request.GET.get("format") == "xlsx":
        return xlsx_response(f"decisions-{year}", {f"{year}年": [catalogue_table.HEAD, *cells]})
    for one in found:
        one.cells = [list(zip(COLUMNS, cells, strict=True)) for cells in rows_of(one)]
        one.ruled = [
            (ruling.label, count) for ruling in Ruling if (count := one.proposals.filter(ruling=ruling).count())
        ]
        one.changes = [change for item in one.items.prefetch_related("changes") for change in item.changes.all()]
    return render(request, "decisions/public/catalogue.html", {"years": found, "year": year, "columns": COLUMNS})


@csrf_exempt
@cache_control(no_store=True)
def propose(request: HttpRequest) -> HttpResponse:
    """建议把一件事列入目录。"""
    at, year = timezone.now(), _calling()
    if year is None and not receipt_of(request, "proposal", at=at):
        return render(request, "decisions/public/not_calling.html")
    form = ProposalForm(request.POST or None)

    def act() -> Answer:
        assert year is not None
        given = form.cleaned_data
        made, code = actions.propose(
            year,
            given["title"],
            given["problem"],
            basis=given["basis"],
            plan=given["plan"],
            contact=form.contact(),
            at=at,
        )
        return {"number": made.number, "code": code}

    return public_step(
        request,
        "proposal",
        form,
        act,
        "decisions/public/propose.html",
        "decisions/public/sent.html",
        at=at,
        year=year,
    )


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """政府会议:接受报名的,和公开了的。"""
    at = timezone.now()
    rows = Meeting.objects.filter(is_public_at(at, "record__")).select_related("agency", "record")
    coming = Meeting.objects.filter(seats__gt=0, signup_until__gte=at, secret_basis="").select_related("agency")
    secret = Meeting.objects.exclude(secret_basis="").count()
    closed = Meeting.objects.filter(signup_until__lt=at, secret_basis="").exclude(drawing=None)
    context = {
        "drawings": closed.select_related("agency")[:5],
        "page": page(rows, request.GET, keys=("held_on", "pk"), size=20),
        "coming": coming,
        "secret": secret,
    }
    return render(request, "decisions/public/meetings.html", context)


@csrf_exempt
@cache_control(no_store=True)
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """报名列席一次会议。"""
    at = timezone.now()
    rows = (
        Meeting.objects.filter(seats__gt=0, secret_basis="")
        .exclude(signup_until=None)
        .select_related("agency", "drawing")
    )
    one = get_object_or_404(rows, pk=pk)
    form = SignUpForm(request.POST or None)

    def act() -> Answer:
        made, code = actions.sign_up(
            one, form.contact(), form.cleaned_data["kind"], form.cleaned_data["why"], at=at
        )
        return {"number": made.number, "code": code}

    return public_step(
        request,
        "sign-up",
        form,
        act,
        "decisions/public/sign_up.html",
        "decisions/public/sent.html",
        at=at,
        meeting=one,
        items=one.agenda.filter(opened=True),
    )


@require_safe
def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """列席代表怎样抽的:约定、种子、抽出的次序。"""
    rows = Meeting.objects.filter(seats__gt=0, secret_basis="").exclude(drawing=None)
    one = get_object_or_404(rows.select_related("agency", "drawing"), pk=pk)
    return drawing_page(request, one.drawing, f"{one}列席代表", reverse("public:meetings"))
