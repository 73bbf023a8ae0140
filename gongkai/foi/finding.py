"""全工作台检索里的申请(``desk.finding``),和我承办的申请的变动(``org.news``)。"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User
from gongkai.org.news import Source

from .days import last_soon, soon
from .models import Application, Assignment
from .terms import RUNNING

ACTIONS = (
    "assign",
    "accept",
    "return",
    "chase",
    "escalate",
    "moved",
    "freed",
    "contact",
    "inquiry_replied",
    "corrected",
    "fee_paid",
    "hand",
    "issue",
    "opinion",
    "warn",
    "withdrawn",
    "reopened",
    "signed",
    "release",
    "remedy",
)


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Applications by number or by what is asked for."""
    if access.may(user, "foi.view"):
        rows = Application.objects.visible_to(user).filter(bearing(words, "number", "subject"))
        yield _panel("申请", "受理编号、所需信息。", rows, {"q": " ".join(words)})


def _panel(label: str, hint: str, rows: QuerySet[Application], query: dict[str, str]) -> Panel:
    tasks = tuple(
        Task(str(case), reverse("desk:foi_case", args=[case.pk]), str(case.agency), case.get_state_display())
        for case in rows.select_related("agency").order_by("-received_on", "-pk")[:PREVIEW]
    )
    return Panel(label, hint, rows.count(), f"{reverse('desk:foi_cases')}?{urlencode(query)}", tasks)


def _own(user: User, ids: Collection[int]) -> Collection[int]:
    """Cases that the person handles, or handled: that somebody took a case over is news to the one before."""
    handed = Assignment.objects.filter(application__in=ids, to=user).values("application")
    rows = Application.objects.visible_to(user).filter(pk__in=ids)
    return rows.filter(Q(handler=user) | Q(pk__in=handed)).values_list("pk", flat=True)


def _due(user: User, on: date) -> Iterator[Panel]:
    rows = Application.objects.visible_to(user).filter(handler=user, state__in=RUNNING, due_on__lte=last_soon(on))
    hint = f"我承办的，{soon(on)}个工作日以内到期或者已经逾期。"
    yield _panel("快到期的申请", hint, rows, {"mine": "on", "state": "open", "sort": "due"})


NEWS = Source(
    kind="foi.application",
    actions=frozenset(f"foi.{verb}" for verb in ACTIONS),
    own=_own,
    url=lambda pk: reverse("desk:foi_case", args=[pk]),
    due=_due,
)
