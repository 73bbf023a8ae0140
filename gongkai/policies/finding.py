"""全工作台检索里的政策:登记了的规范性文件、云诊所事项(``desk.finding``)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User

from .models import Document, Measure


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Registered documents by title or number, measures by title."""
    if not access.may(user, "policies.view"):
        return
    documents = Document.objects.visible_to(user).filter(
        bearing(words, "number", "record__title", "record__doc_number")
    )
    tasks = tuple(
        Task(str(one), reverse("desk:policies_document", args=[one.pk]), one.number)
        for one in documents.select_related("record")[:PREVIEW]
    )
    yield Panel(
        "规范性文件", "统一编号、标题、文号。", documents.count(), reverse("desk:policies_register"), tasks
    )
    measures = Measure.objects.visible_to(user).filter(bearing(words, "title"))
    tasks = tuple(
        Task(one.title, reverse("desk:policies_measure", args=[one.pk]), str(one.agency), one.get_stage_display())
        for one in measures.select_related("agency").order_by("-pk")[:PREVIEW]
    )
    yield Panel("云诊所事项", "名称。", measures.count(), reverse("desk:policies_measures"), tasks)
