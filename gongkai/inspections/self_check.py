"""本站自查:由数据库和公众网页的文件直接算,一件不漏、马上有结果。"""

from __future__ import annotations

import gzip
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef

from gongkai.adapters.crawl import read_page
from gongkai.adapters.publictree import PublicTree
from gongkai.decisions.models import Consultation
from gongkai.desk.moments import local_day
from gongkai.engagement.models import Interview, Letter
from gongkai.engagement.terms import OPEN_STATES
from gongkai.law import inspection as law
from gongkai.law import params
from gongkai.law.engagement import LetterKind
from gongkai.law.indicators import Answer
from gongkai.org import site
from gongkai.records import types
from gongkai.records.models import Record, Relation, is_public_at
from gongkai.records.terms import RelationKind

from . import judging, site_checks
from .judging import Found
from .models import Column, Outlet
from .terms import ColumnKind

HOLDS, SHORT, UNKNOWN = Answer.HOLDS, Answer.SHORT, Answer.UNKNOWN
#: Types of information that are columns with a national duty; all others are of the other kind.
KINDS = {
    "normative": ColumnKind.POLICY,
    "document": ColumnKind.POLICY,
    "notice": ColumnKind.NOTICE,
    "interpretation": ColumnKind.INTERPRETATION,
}
YEAR = timedelta(365)


def columns(outlet: Outlet, on: date, at: datetime) -> list[Column]:
    """The own site's columns as the database has them, one for each type of information; not stored."""
    rows = Record.objects.public(at).values("type").annotate(last=Max("published_at"), n=Count("pk")).order_by()
    by_type = {row["type"]: row for row in rows}
    found = []
    for kind in types.all():
        key, row = kind.key, by_type.get(kind.key)
        if row is None and key not in KINDS:
            continue
        found.append(
            Column(
                site=outlet,
                name=kind.label,
                kind=KINDS.get(key, ColumnKind.OTHER),
                level=1,
                url=f"https://{site.current().domain}/",
                latest_on=local_day(row["last"]) if row else None,
                count=row["n"] if row else 0,
            )
        )
    return found


def check(outlet: Outlet, on: date, at: datetime) -> dict[str, Found]:
    """Every answer that the database and the public files give."""
    found = judging.columns(columns(outlet, on, at), on)
    found["W2"] = Found(HOLDS, "本站在运行；可用性请看运行监控")
    found["W5.1"] = Found(HOLDS, "有写信、留言入口")
    found["W5.2"] = _letters(on)
    found["D.MSG2M"] = _shown_letters(on)
    found["D.SURVEY"] = _consultations(on, at)
    found["D.TALK"] = _interviews(on, at)
    found["D.INTERP"] = _interpretations(on, at)
    found["D.20WD"] = _timely(on, at)
    found["ERR3D"] = _errors(on)
    found["D.DOMAIN"] = site_checks.domain(f"https://{site.current().domain}/")
    found |= _home(outlet, on)
    return found


def _letters(on: date) -> Found:
    before = on - timedelta(int(law.limit("reply_months", on)) * law.MONTH_DAYS)
    late = Letter.objects.filter(
        state__in=OPEN_STATES, received_at__date__lt=before, received_at__date__gte=on - YEAR
    )
    late = late.exclude(kind__in=(LetterKind.COMPLAINT, LetterKind.REPORT))
    count = late.count()
    numbers = "、".join(late.values_list("number", flat=True)[:8])
    return (
        Found(SHORT, f"超过三个月没有答复的来信{count}封：{numbers}", count)
        if count
        else Found(HOLDS, "没有超过三个月没有答复的来信")
    )


def _shown_letters(on: date) -> Found:
    last = Letter.objects.shown().aggregate(last=Max("published_at"))["last"]
    if last is None:
        return Found(SHORT, "没有公开过来信")
    days = (on - local_day(last)).days
    most = int(law.limit("message_months", on)) * law.MONTH_DAYS
    return Found(SHORT if days > most else HOLDS, f"最近公开的一封是{local_day(last)}")


def _consultations(on: date, at: datetime) -> Found:
    rows = Consultation.objects.public(at).filter(record__published_at__date__gt=on - YEAR)
    count, least = rows.count(), params.at("inspection.consultations_a_year", on).value
    silent = rows.filter(end_on__lt=on - timedelta(law.MONTH_DAYS)).exclude(is_public_at(at, "feedback__")).count()
    text = f"一年以内征求意见{count}次，{silent}次截止一个月以上没有公布采纳情况"
    return Found(SHORT if count < least or silent else HOLDS, text, max(1, silent))


def _interviews(on: date, at: datetime) -> Found:
    count = Interview.objects.public(at).filter(opened_at__date__range=(on - YEAR, on)).count()
    return Found(HOLDS if count else SHORT, f"一年以内访谈{count}次")


def _interpretations(on: date, at: datetime) -> Found:
    rows = Record.objects.public(at).filter(type="normative", published_at__date__gt=on - YEAR)
    linked = Relation.objects.filter(
        is_public_at(at, "source__"), target=OuterRef("pk"), kind=RelationKind.INTERPRETS
    )
    bare = rows.exclude(Exists(linked)).exclude(package__exemption__gt="")
    count, whole = bare.count(), rows.count()
    if not whole:
        return Found(HOLDS, "一年以内没有公布规范性文件")
    titles = "、".join(f"《{title[:30]}》" for title in bare.values_list("title", flat=True)[:5])
    text = f"一年以内公布规范性文件{whole}件，没有关联解读、也没有写明不解读理由的{count}件"
    return Found(SHORT if count else HOLDS, f"{text}：{titles}" if count else text, max(1, count))


def _timely(on: date, at: datetime) -> Found:
    rows = Record.objects.public(at).filter(published_at__date__gt=on - timedelta(90))
    count, whole = rows.filter(late=True).count(), rows.count()
    return Found(SHORT if count else HOLDS, f"三个月以内公开{whole}件，迟于期限的{count}件", max(1, count))


def _errors(on: date) -> Found:
    rows = Letter.objects.filter(kind=LetterKind.ERROR, received_at__date__gt=on - YEAR)
    late = [one for one in rows.only("state", "replied_at", "due_on") if one.is_late(on)]
    return Found(
        SHORT if late else HOLDS, f"一年以内找错{rows.count()}件，没有按期的{len(late)}件", max(1, len(late))
    )


def _home(outlet: Outlet, on: date) -> dict[str, Found]:
    """The front page as it lies in the public files."""
    path = PublicTree(Path(settings.GONGKAI_DATA) / "public").path("/")
    try:
        html = gzip.decompress(path.read_bytes()) if path else b""
    except OSError:
        html = b""
    if not html:
        why = Found(UNKNOWN, "首页还没有写成文件，请打开看")
        return {"D.FOOT": why, "D.TAGS": why}
    facts = read_page(html, f"https://{site.current().domain}/", on)
    return {
        "D.FOOT": site_checks.foot(outlet, facts.get("foot", {}), facts.get("tail", "")),
        "D.TAGS": site_checks.tags(facts.get("meta", {})),
    }
