"""单位自己会数的数(``desk.figures``):每个单位有没有信息员。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows
from gongkai.law.agencies import AgencyKind, Role

from .models import Agency, Membership


def _agencies(agencies: Sequence[int], on: date) -> QuerySet[Agency]:
    """Departments and towns that exist; the government itself works through its office."""
    return Agency.objects.current(on).filter(pk__in=agencies, kind__in=(AgencyKind.DEPARTMENT, AgencyKind.TOWN))


def _staffed(rows: QuerySet[Agency], on: date) -> QuerySet[Agency]:
    held = Membership.objects.filter(role=Role.CLERK, user__is_active=True)
    return rows.filter(pk__in=held.values("agency"))


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_agencies,
        meeting=_staffed,
        owner="pk",
        show=lambda row, counts: Shown(str(row), reverse("desk:agency", args=[row.code]), row.pk, counts),
        key="org.staffed",
        label="信息员配备率",
        above="有信息员的单位",
        below="现有的部门和镇（街道）",
        clauses=("W1",),
        span=Span.STATE,
        follows=("org",),
        present=True,
    ),
)
