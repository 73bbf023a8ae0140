"""督查考核的网页,给浏览器里逐页查的测试(``tests/browser``)。"""

from django.urls import reverse

from gongkai.supervision.models import Candidate, Correction, Notice, Plan, Task


def public_pages():
    """(address, status) of one page of each kind."""
    yield reverse("public:plan_progress"), 200


def desk_pages():
    """(who, address) of one page of each kind."""
    plan = Plan.objects.filter(state="confirmed").latest("issued_on")
    yield "office", reverse("desk:supervision_home")
    yield "clerk", reverse("desk:supervision_unit")
    yield "inspector", reverse("desk:supervision_inspect")
    yield "office", plan.get_absolute_url()
    yield "inspector", Task.objects.filter(plan=plan, pieces__reports__isnull=False).first().get_absolute_url()
    yield "office", reverse("desk:supervision_behind") + "?key=supervision.hearings"
    yield "office", reverse("desk:supervision_indices")
    yield "inspector", reverse("desk:supervision_brief")
    yield "inspector", Correction.objects.first().get_absolute_url()
    candidate = Candidate.objects.filter(marks__objections__isnull=False).first()
    yield "inspector", candidate.round.get_absolute_url()
    yield "inspector", reverse("desk:supervision_candidate", args=[candidate.pk])
    yield "inspector", candidate.round.system.get_absolute_url()
    yield "office", Notice.objects.first().get_absolute_url()
    yield "head", reverse("desk:supervision_hearings")
