"""全工作台检索里的信息(``desk.finding``),和我起草的信息的变动(``org.news``)。"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.org import access
from gongkai.org.models import User
from gongkai.org.news import Source

from .models import Edition, Record
from .worklists import near_due

ACTIONS = (
    "first",
    "second",
    "final",
    "secrecy",
    "legal",
    "open",
    "reschedule",
    "discard",
    "withdraw",
    "lift",
    "warn",
    "opine",
    "save",
)


def panels(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Records by title, number or index number, the newest first."""
    if access.may(user, "records.view"):
        found = Record.objects.visible_to(user).filter(bearing(words, "title", "doc_number", "index_number"))
        yield _panel("信息", "标题、文号、索引号。", found, {"q": " ".join(words)})


def _panel(label: str, hint: str, rows: QuerySet[Record], query: dict[str, str]) -> Panel:
    top = rows.select_related("agency").order_by("-updated_at", "-pk")[:PREVIEW]
    tasks = tuple(
        Task(
            record.title,
            reverse("desk:record", args=[record.pk]),
            " · ".join(filter(None, (str(record.agency), record.doc_number, record.index_number))),
        )
        for record in top
    )
    return Panel(label, hint, rows.count(), f"{reverse('desk:records')}?{urlencode(query)}", tasks)


def _own(user: User, ids: Collection[int]) -> Collection[int]:
    rows = Record.objects.visible_to(user).filter(pk__in=ids)
    written = Edition.objects.filter(record__in=ids, author=user).values("record")
    return rows.filter(pk__in=written).values_list("pk", flat=True)


def _due(user: User, on: date) -> Iterator[Panel]:
    rows = near_due(user, on).filter(pk__in=Edition.objects.filter(author=user).values("record"))
    yield _panel("快到或者已过最迟公开日的", "我起草的，还没有公开。", rows, {"list": "due"})


NEWS = Source(
    kind="records.record",
    actions=frozenset(f"records.{verb}" for verb in ACTIONS),
    own=_own,
    url=lambda pk: reverse("desk:record", args=[pk]),
    due=_due,
)
