"""在办的信息,停用人员、撤并单位之前给管理员看(``desk.open_work``)。"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.desk.open_work import OpenItem
from gongkai.law.marks import titled
from gongkai.org.models import Agency, User

from .models import Edition
from .terms import OPEN_STAGES, Stage


def open_items(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Editions under way that the person wrote, or that belong to the agency; the newest first."""
    rows = Edition.objects.filter(stage__in=OPEN_STAGES).order_by("-pk")
    rows = rows.filter(author=user) if user is not None else rows.filter(record__agency=agency)
    for pk, title, stage in rows.values_list("record", "title", "stage"):
        yield OpenItem(titled(title), Stage(stage).label, reverse("desk:record", args=[pk]))
