"""网站工作年度报表里系统知道的各项,由数据库算;不知道的不给,留给人填。"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, DurationField, ExpressionWrapper, F

from gongkai.adapters.render import Box, Document, Part
from gongkai.decisions.models import Consultation, Opinion
from gongkai.desk.moments import end_of, start_of
from gongkai.engagement.models import Asked, CaseEntry, Interview, Letter
from gongkai.engagement.terms import AskedState, EntryKind, LetterState
from gongkai.law import site_report as law
from gongkai.records.models import Record, is_public_at

from .models import Outlet, Post, SiteReport

#: Types of information that tell of the government itself.
ABOUT = ("organ", "leader", "guide")
DAY = timedelta(1)


def computed(site: Outlet, year: int) -> dict[str, Any]:
    """What the system knows of a year."""
    begins, ends = start_of(year), end_of(date(year, 12, 31))
    within = (begins, ends)
    records = Record.objects.public(ends).filter(published_at__range=within)
    letters = Letter.objects.filter(received_at__range=within)
    done = letters.exclude(replied_at=None).filter(replied_at__lte=ends)
    spent = ExpressionWrapper(F("replied_at") - F("received_at"), output_field=DurationField())
    mean = done.filter(state=LetterState.REPLIED).aggregate(mean=Avg(spent))["mean"]
    consultations = Consultation.objects.public(ends).filter(record__published_at__range=within)
    interpretations = records.filter(type="interpretation").count()
    interviews = Interview.objects.public(ends).filter(opened_at__range=within)
    asked = Asked.objects.filter(interview__in=interviews)
    posts = Post.objects.filter(on__range=(date(year, 1, 1), date(year, 12, 31)))
    return {
        "name": site.name,
        "url": site.url,
        "agency": site.agency.name,
        "id_code": site.id_code,
        "icp": site.icp,
        "police": site.police,
        "published": records.count(),
        "about": records.filter(type__in=ABOUT).count(),
        "news": records.filter(type__in=("notice", "event", "meeting")).count(),
        "catalogue": records.exclude(type__in=("notice", "event", "meeting")).count(),
        "interpretations": interpretations,
        "interpretation_papers": interpretations,
        "responses": CaseEntry.objects.filter(kind=EntryKind.FIRST, at__range=within).count(),
        "letters": letters.count(),
        "letters_done": done.count(),
        "letters_days": round(mean / DAY, 1) if mean is not None else 0,
        "letters_shown": done.exclude(published_at=None).count(),
        "consultations": consultations.count(),
        "opinions": Opinion.objects.filter(consultation__in=consultations).count(),
        "consultations_told": consultations.filter(is_public_at(ends, "feedback__")).count(),
        "interviews": interviews.count(),
        "interview_questions": asked.count(),
        "interview_answers": asked.filter(state__in=(AskedState.ANSWERED, AskedState.REPLIED)).count(),
        "officer": bool(site.security),
        "accounts": Outlet.objects.accounts().online().count(),
        "account_posts": posts.count(),
    }


def values(report: SiteReport) -> dict[str, Any]:
    """What the system knows and what people filled in; people do not change what the system knows."""
    return {**report.values, **computed(report.site, report.year)}


def written(field: law.Field, value: Any) -> str:
    """A value as it is printed.

    >>> written(law.fields()["drill"], True), written(law.fields()["letters"], None)
    ('是', '')
    """
    if value is None or value == "":
        return ""
    return ("是" if value else "否") if field.kind == "yes" else str(value)


def rows(given: dict[str, Any]) -> list[tuple[law.Group, list[tuple[law.Field, str]]]]:
    """The report by groups."""
    return [(group, [(one, written(one, given.get(one.key))) for one in group.fields]) for group in law.groups()]


def document(report: SiteReport) -> Document:
    """The report as a paper."""
    table = [(Box("项目", head=True), Box("内容", head=True))]
    for group, fields in rows(values(report)):
        table.append((Box(group.label, cols=2, head=True),))
        table += [(Box(one.label), Box(text or "—")) for one, text in fields]
    return Document(
        f"{report.site.name}{report.year}年度政府网站工作年度报表",
        report.site.agency.name,
        (Part("table", widths=(2, 2), rows=tuple(table)),),
    )
