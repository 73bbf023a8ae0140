"""公众的提问里等这个人办的,给工作台首页(``desk.todo``)和停用人员、撤并单位以前的提醒(``desk.open_work``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.org import access
from gongkai.org.models import Agency, User

from .kinds import Kind, kinds
from .models import Question, QuestionState


def waiting(user: User, on: date) -> Iterator[Panel]:
    """Questions to answer and drafts to settle, kind by kind; one's own drafts are for somebody else."""
    for kind in kinds().values():
        rows = Question.objects.filter(kind=kind.key).select_related("agency").order_by("due_on", "asked_at", "pk")
        if access.may(user, kind.answer):
            own = rows.filter(access.within(user, kind.answer), state=QuestionState.OPEN)
            yield _panel(kind, *kind.waiting, own, QuestionState.OPEN)
        if kind.settled_first and access.may(user, kind.publish):
            own = rows.filter(access.within(user, kind.publish), state=QuestionState.DRAFTED)
            label = f"待核定的答复：{kind.label}"
            yield _panel(kind, label, "您自己拟的不在这里。", own.exclude(answered_by=user), QuestionState.DRAFTED)


def _panel(kind: Kind, label: str, hint: str, rows: QuerySet[Question], state: QuestionState) -> Panel:
    def task(question: Question) -> Task:
        return Task(question.text[:60], question.get_absolute_url(), str(question.agency), due=question.due_on)

    query = urlencode({"kind": kind.key, "state": state.value})
    return panel_of(label, hint, rows, task, f"{reverse('desk:questions')}?{query}")


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Questions at an agency that are not answered yet; none is in the hands of one person."""
    if agency is not None:
        under_way = (QuestionState.OPEN, QuestionState.DRAFTED)
        for question in Question.objects.filter(agency=agency, state__in=under_way).order_by("asked_at"):
            yield OpenItem(f"提问{question}", question.get_state_display(), question.get_absolute_url())
