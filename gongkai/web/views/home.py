"""首页:检索、做什么、最新政策、正在征求意见、近期会议、方案做到哪一步、公报、按事项找。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.decisions.models import Consultation, Meeting
from gongkai.desk.moments import local_day
from gongkai.gazette.models import Issue
from gongkai.law import duties
from gongkai.law.marks import long_day
from gongkai.law.validity import Validity
from gongkai.opendata.models import Dataset
from gongkai.org.models import Agency
from gongkai.policies.models import Document
from gongkai.records import browse, pages
from gongkai.records.models import Record, Relation
from gongkai.records.pages import Material
from gongkai.search import suggesting
from gongkai.sections.models import Section
from gongkai.sections.terms import ON_HOME, SectionKind
from gongkai.supervision import standing

from .. import emblem

#: How many rows each block shows.
POLICIES, NEWEST, MEETINGS, POPULAR = 5, 8, 3, 4
PAPERS = ("normative", "document")


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """最新政策的一行:文件、现在有没有效(没有施行日期也没有期限的不说)、各样解读。"""

    record: Record
    validity: str
    readings: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class OpenRow:
    """正在征求意见的一项,和离截止还有几天。"""

    consultation: Consultation
    days_left: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页。"""
    at, on = timezone.now(), timezone.localdate()
    # 成批补录的旧件在“历史信息”里看,不排进最新公开
    public = (
        Record.objects.public(at).filter(old_paper=None).select_related("agency").order_by("-published_at", "-pk")
    )
    latest = public.values_list("published_at", flat=True).first()
    counted = browse.by_duty(at)
    return render(
        request,
        "home.html",
        {
            "emblem": emblem.is_shown(),
            "policies": list(_policies(public, at, on)),
            "newest": public.exclude(type__in=PAPERS, doc_number__gt="")[:NEWEST],
            "popular": suggesting.popular(at, POPULAR),
            "duties": [(one, counted[one.key]) for one in _with_tab(duties.Tab.STATUTORY) if counted.get(one.key)],
            "fields": _with_tab(duties.Tab.FIELDS),
            "total": sum(counted.values()),
            "latest_on": latest and local_day(latest),
            "normative": Document.objects.public(at).count(),
            "datasets": Dataset.objects.listed().count(),
            "agencies": Agency.objects.current(on).count(),
            "consultations": _open(at, on),
            "meetings": Meeting.objects.filter(record__in=Record.objects.public(at)).select_related(
                "record", "agency"
            )[:MEETINGS],
            "progress": standing.tally(on, at),
            "issue": Issue.objects.public(at).order_by("-planned_on", "-pk").first(),
            "topics": Section.objects.open().filter(kind=SectionKind.TOPIC)[:ON_HOME],
        },
    )


def _with_tab(tab: duties.Tab) -> list[duties.Duty]:
    return [one for one in duties.all().values() if one.tab is tab]


def _policies(public: QuerySet[Record], at: datetime, on: date) -> Iterator[PolicyRow]:
    # 有文号的才是发文;没有文号的说明、安排在“最新公开”里
    for record in (
        public.filter(type__in=PAPERS).exclude(doc_number="").prefetch_related("relations_in__source")[:POLICIES]
    ):
        incoming = [row for row in record.relations_in.all() if row.source.is_public(at)]
        readings = tuple(one for one in pages.materials(incoming, ()) if one.link)
        yield PolicyRow(record, _validity(record, on, incoming), readings)


def _validity(record: Record, on: date, incoming: list[Relation]) -> str:
    state = pages.validity_of(record, on, incoming)
    if state is Validity.PENDING and record.effective_on:
        begins = record.effective_on
        return f"{long_day(begins)}起施行"
    return state.label if record.effective_on or record.expires_on or not state.binds else ""


def _open(at: datetime, on: date) -> list[OpenRow]:
    rows = Consultation.objects.public(at).filter(end_on__gte=on).select_related("record__agency")
    return [OpenRow(one, one.days_left(on)) for one in rows.order_by("end_on", "pk")]
