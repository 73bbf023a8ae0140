"""停用人员、撤并单位以前,让管理员看见还有哪些申请在办(C50、C51)。"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from gongkai.desk.open_work import OpenItem
from gongkai.org.models import Agency, User

from .models import Application


def open_items(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Open cases in the hands of a person, or at an agency."""
    rows = Application.objects.open().select_related("agency")
    rows = rows.filter(handler=user) if user else rows.filter(agency=agency)
    for row in rows.order_by("due_on", "pk"):
        yield OpenItem(row.number, row.get_state_display(), reverse("desk:foi_case", args=[row.pk]))
