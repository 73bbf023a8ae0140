"""公众一侧:写信、看答复和评价、公开的来信和每月的数;活动和报名。"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from gongkai.desk import limits
from gongkai.desk.paging import page
from gongkai.desk.responses import private
from gongkai.desk.rooms import rooms
from gongkai.law.engagement import LetterKind
from gongkai.law.errors import LawError
from gongkai.law.marks import long_day
from gongkai.org import codes
from gongkai.org.drawing_pages import drawing_page
from gongkai.org.once import Answer
from gongkai.org.public_step import BUSY, HOUR, WRONG, public_step

from .. import actions, monthly, subscriptions
from ..actions.events import PURPOSE as SIGNUP
from ..actions.letters import PURPOSE
from ..actions.questions import PURPOSE as ASKED
from ..forms import LookForm, RateForm, SignUpForm, WriteForm
from ..models import Asked, Event, Letter, Signup
from ..terms import Elsewhere, LetterState, SignupState


@csrf_exempt
@cache_control(no_store=True)
def write(request: HttpRequest) -> HttpResponse:
    """写信,当场给编号和查询码。"""
    at = timezone.now()
    initial = {"agency": request.GET.get("agency", "")[:40], "kind": request.GET.get("kind", "")[:10]}
    form = WriteForm(
        request.POST or None,
        request.FILES or None,
        today=timezone.localdate(),
        initial=initial,
        at=at,
        may_hold=lambda: limits.within(request, "letter-files", times=30, seconds=HOUR),
    )

    def act() -> Answer:
        given = form.cleaned_data
        made, code = actions.send_letter(
            given["agency"],
            LetterKind.from_value(given["kind"]),
            given["title"],
            given["text"],
            contact=form.contact(),
            consents_content=given["consents_content"],
            consents_identity=given["consents_identity"],
            files=form.brought(),
            at=at,
        )
        return {"number": made.number, "code": code, "due": long_day(made.due_on), "files": len(form.kept)}

    return public_step(
        request, "letter", form, act, "engagement/public/write.html", "engagement/public/sent.html", at=at
    )


@csrf_exempt
@cache_control(no_store=True)
def look(request: HttpRequest) -> HttpResponse:
    """凭编号和查询码看一封、评价、取消报名;编号没有和查询码不对,说的一样。"""
    at, rating = timezone.now(), "grade" in request.POST
    form = (RateForm if rating else LookForm)(request.POST or None)
    context: dict[str, object] = {"form": form}
    template = "engagement/public/look.html"
    if not form.is_valid():
        return private(render(request, template, context, status=400 if form.errors else 200))
    if not limits.within(request, "letter-look", times=60, seconds=HOUR):
        return private(render(request, template, context | {"fault": BUSY}, status=429))
    number, code = form.cleaned_data["number"].strip().upper(), form.cleaned_data["code"]
    found = Letter.objects.filter(number=number).select_related("agency", "merged_into").first()
    signup = None if found else _signup(number)
    known = codes.matches(code, found and found.code, PURPOSE)
    if signup and codes.matches(code, signup.code, SIGNUP):
        return private(render(request, template, context | _own_signup(request, signup, form, at)))
    asked = None if found or signup else Asked.objects.filter(number=number).select_related("interview").first()
    if asked and codes.matches(code, asked.code, ASKED):
        return private(render(request, template, context | _own_question(asked, form, at)))
    if found is None or not known:
        return private(render(request, template, context | {"fault": WRONG}, status=404))
    if rating:
        try:
            found = actions.rate(found, int(form.cleaned_data["grade"]), form.cleaned_data["note"], at=at)
            context["thanks"] = True
        except LawError as error:
            context["fault"] = str(error)
    # 并案的看主案的答复
    shown = found.merged_into or found
    rate = RateForm(initial={"number": number, "code": code}) if found.state == LetterState.REPLIED else None
    promised = found.promise_on and found.promise_kept_at is None
    correcting = found.where == Elsewhere.CORRECTION and found.corrected_at is None
    waits = found.replied_at is None or promised or correcting
    context |= {
        "letter": found,
        "files": found.files.exclude(sha256=""),
        "shown": shown,
        "rate": rate,
        "notify": subscriptions.link(found) if waits else "",
    }
    return private(render(request, template, context))


def _signup(number: str) -> Signup | None:
    rows = Signup.objects.filter(number=number)
    return rows.select_related("event__record", "event__series__record", "event__drawing").first()


def _own_signup(request: HttpRequest, signup: Signup, form: LookForm, at: datetime) -> dict[str, object]:
    """What whoever signed up sees, after cancelling or rating where that was asked for."""
    given = form.cleaned_data
    context: dict[str, object] = {"number": given["number"], "code": given["code"]}
    try:
        if "cancel" in request.POST:
            signup = actions.cancel_signup(signup, at=at)
        elif "grade" in given:
            signup = actions.give_feedback(signup, int(given["grade"]), given["note"], at=at)
            context["thanks"] = True
    except LawError as error:
        context["fault"] = str(error)
    own = {"number": given["number"], "code": given["code"]}
    context["rate"] = RateForm(initial=own) if signup.may_rate(at) else None
    context["may_cancel"] = signup.state != SignupState.CANCELLED and at < signup.event.starts_at
    return context | {"signup": signup}


def _own_question(asked: Asked, form: LookForm, at: datetime) -> dict[str, object]:
    """What whoever asked in an interview sees, after rating it where that was wanted."""
    given, context = form.cleaned_data, {}
    try:
        if "grade" in given:
            asked = actions.rate_interview(asked, int(given["grade"]), given["note"], at=at)
            context["thanks"] = True
    except LawError as error:
        context["fault"] = str(error)
    own = {"number": given["number"], "code": given["code"]}
    return context | {"asked": asked, "rate": RateForm(initial=own) if asked.may_rate(at) else None}


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """公开的来信,新的在前;每月收到、答复的数。"""
    rows = Letter.objects.shown().select_related("agency")
    if kind := request.GET.get("kind", "")[:10]:
        rows = rows.filter(kind=kind)
    if unit := request.GET.get("agency", "")[:40]:
        rows = rows.filter(agency__code=unit)
    on = timezone.localdate()
    context = {
        "page": page(rows, request.GET, keys=("published_at", "pk"), size=20),
        "kinds": LetterKind.choices(),
        "kind": kind,
        "months": list(monthly.months(on)),
        "satisfaction": monthly.satisfaction(on),
    }
    return render(request, "engagement/public/letters.html", context)


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """一封公开的来信:收到、答复、单位、内容。"""
    found = get_object_or_404(Letter.objects.shown().select_related("agency"), pk=pk)
    made = [line for room in rooms() for provide in room.of_letter for line in provide(found.number)]
    return render(request, "engagement/public/letter.html", {"letter": found, "made": made})


#: Events to come that the list shows; the calendar has them all.
COMING_MOST = 100


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """活动:正在报名的在前,其次将要举办的,都是近的在前;办过的新的在前,翻页。"""
    at = timezone.now()
    rows = Event.objects.public(at).select_related("agency", "record", "series__record")
    result = page(rows.filter(ends_at__lt=at), request.GET, keys=("starts_at", "pk"), size=20)
    coming = [] if result.newer else list(rows.filter(ends_at__gte=at).order_by("starts_at", "pk")[:COMING_MOST])
    for row in coming:
        row.is_before = row.signup_from is not None and at < row.signup_from
    groups = [
        ("正在报名", [row for row in coming if row.is_taking(at)]),
        ("将要举办", [row for row in coming if not row.is_taking(at)]),
        ("办过的", result.rows),
    ]
    context = {"page": result, "groups": [one for one in groups if one[1]], "most": COMING_MOST}
    context["is_cut"] = len(coming) == COMING_MOST
    return render(request, "engagement/public/events.html", context)


@csrf_exempt
@cache_control(no_store=True)
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    """报名。"""
    at = timezone.now()
    event = get_object_or_404(
        Event.objects.public(at).select_related("agency", "record", "drawing", "series__record"), pk=pk
    )
    form = SignUpForm(request.POST or None)

    def act() -> Answer:
        made, code = actions.sign_up(event, form.cleaned_data, at=at)
        return {"number": made.number, "code": code, "state": made.get_state_display()}

    return public_step(
        request,
        "signup",
        form,
        act,
        "engagement/public/sign_up.html",
        "engagement/public/sent.html",
        at=at,
        times=30,
        event=event,
        is_taking=event.is_taking(at),
        is_before=event.signup_from is not None and at < event.signup_from,
    )


@require_safe
def drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """一次活动怎样抽的:约定、种子、抽出的次序。"""
    rows = (
        Event.objects.public(timezone.now())
        .exclude(drawing=None)
        .select_related("record", "drawing", "series__record")
    )
    event = get_object_or_404(rows, pk=pk)
    return drawing_page(request, event.drawing, event.title, event.notice.get_absolute_url())
