"""来信、舆情、活动的网页,给浏览器逐页看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.engagement.models import (
    Asked,
    Briefing,
    Broadcast,
    Event,
    EventSeries,
    Interview,
    Letter,
    Line,
    OpinionCase,
    PressYear,
    Survey,
    TelevisedIssue,
)


def public_pages():
    """The form, the ledger, a letter with its answer, the events."""
    names = ("letters", "letter_write", "letter_look", "events", "press", "spokespersons", "press_questions")
    yield from ((reverse(f"public:{name}"), 200) for name in names)
    yield reverse("public:letter", args=[Letter.objects.exclude(published_at=None).first().pk]), 200
    for event in Event.objects.exclude(kind="press").order_by("-starts_at")[:1]:
        yield reverse("public:event_sign_up", args=[event.pk]), 200
    yield reverse("public:interviews"), 200
    for one in Interview.objects.exclude(record__published_at=None):
        yield one.get_absolute_url(), 200
    yield reverse("public:interview_ask", args=[Interview.objects.first().pk]), 200
    yield reverse("public:broadcasts"), 200
    yield Broadcast.objects.last().get_absolute_url(), 200
    yield reverse("public:surveys"), 200
    yield from ((one.get_absolute_url(), 200) for one in Survey.objects.all())


def desk_pages():
    """Each list, a letter at two stages, a case, an event."""
    names = ("letters", "cases", "events", "new_case", "new_event", "press", "briefings", "new_briefing")
    names += ("spokespersons", "new_spokesperson", "discipline", "new_discipline")
    yield from (("office", reverse(f"desk:engagement_{name}")) for name in names)
    for state in ("received", "replied"):
        yield "office", reverse("desk:engagement_letter", args=[Letter.objects.filter(state=state).first().pk])
    yield "office", reverse("desk:engagement_case", args=[OpinionCase.objects.first().pk])
    yield "office", reverse("desk:engagement_interviews")
    yield "office", reverse("desk:engagement_new_interview")
    live = Interview.objects.get(opened_at__isnull=False, closed_at=None)
    yield "office", live.desk_url
    yield "office", Interview.objects.exclude(closed_at=None).first().desk_url
    yield (
        "office",
        reverse("desk:engagement_asked", args=[Asked.objects.filter(interview=live).first().pk, "choose"]),
    )
    yield "office", reverse("desk:engagement_amend", args=[Line.objects.filter(interview=live).first().pk])
    yield from (
        ("office", reverse(f"desk:engagement_{name}")) for name in ("broadcasts", "issues", "new_broadcast")
    )
    yield "office", Broadcast.objects.last().desk_url
    settled = TelevisedIssue.objects.get(state="closed")
    yield "office", settled.get_absolute_url()
    promised = TelevisedIssue.objects.filter(state="found").first()
    yield "office", reverse("desk:engagement_issue_act", args=[promised.pk, "promise"])
    yield "office", reverse("desk:engagement_event", args=[Event.objects.exclude(kind="press").first().pk])
    yield "office", PressYear.objects.first().get_absolute_url()
    yield "office", reverse("desk:engagement_all_series")
    yield "office", EventSeries.objects.first().get_absolute_url()
    for state in ("submitted", "held"):
        yield "office", Briefing.objects.filter(state=state).first().get_absolute_url()
    yield from (("office", reverse(f"desk:engagement_{name}")) for name in ("surveys", "new_survey"))
    told = Survey.objects.exclude(told_at=None).first()
    first, second = told.questions.all()[:2]
    yield "office", f"{told.desk_url}?first={second.pk}&second={first.pk}"
