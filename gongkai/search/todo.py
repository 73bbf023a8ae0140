"""公众的提问里等这个人办的,给工作台首页(``desk.todo``)和停用人员、撤并单位以前的提醒(``desk.open_work``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import Agency, User

from .models import Question


def tell(user: User, on: date) -> Iterator[Panel]:
    """Questions to answer; answers that the asker lets be public and nobody has let out yet."""
    rows = Question.objects.select_related("agency").order_by("asked_at", "pk")
    if access.may(user, "search.answer"):
        waiting = rows.filter(access.within(user, "search.answer"), state=Question.State.OPEN)
        tasks = (Task(one.text[:60], _url(one), str(one.agency)) for one in waiting[:PREVIEW])
        hint = "公众在问答页没有找到答案，送来问的。"
        yield Panel("待答复的提问", hint, waiting.count(), reverse("desk:search_questions"), tuple(tasks))


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Questions at an agency that wait for an answer; none is in the hands of one person."""
    if agency is not None:
        for one in Question.objects.filter(agency=agency, state=Question.State.OPEN).order_by("asked_at"):
            yield OpenItem(f"提问{one.number}", one.get_state_display(), _url(one))


def _url(one: Question) -> str:
    return reverse("desk:search_question", args=[one.pk])
