"""决策和会议里等这个人办的事,给工作台首页(``desk.todo``);没办完的,给停用人员、撤并单位以前的提醒。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law import consultation as law
from gongkai.law import decisions
from gongkai.law.decisions import Stage
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import facts
from .models import Consultation, Dossier

_OPEN = (Stage.PROPOSED, Stage.DRAFTING, Stage.REVIEW, Stage.REVIEWED, Stage.DISCUSSED)


def panels(user: User, on: date) -> Iterator[Panel]:
    """Opinions without an answer, results to be published, drafts to be reviewed, proposals to be decided."""
    if access.may(user, "decisions.answer"):
        yield _waiting(user, on)
        yield _to_feed_back(user, on)
    if access.may(user, "decisions.review"):
        rows = Dossier.objects.visible_to(user).filter(stage=Stage.REVIEW)
        yield _dossiers("待合法性审查的决策", "送来的草案，请在规定的时间里审查。", rows)
    if access.may(user, "decisions.write"):
        yield _unreported(user, on)
    if access.may(user, "decisions.decide"):
        rows = Dossier.objects.visible_to(user).filter(stage=Stage.PROPOSED)
        yield _dossiers("待定是否启动的决策建议", "论证后决定启动或者不启动。", rows)


def _dossiers(label: str, hint: str, rows: QuerySet[Dossier]) -> Panel:
    def task(dossier: Dossier) -> Task:
        return Task(str(dossier), reverse("desk:decisions_dossier", args=[dossier.pk]), str(dossier.lead))

    return panel_of(label, hint, rows.select_related("lead"), task, reverse("desk:decisions_dossiers"))


def _unreported(user: User, on: date) -> Panel:
    rows = Dossier.objects.visible_to(user).filter(stage__in=(Stage.PUBLISHED, Stage.SUSPENDED))
    dossiers = list(rows.select_related("lead", "record").order_by("published_on", "pk"))
    given = facts.executions(dossiers)
    dues = [(decisions.report_due(given[dossier.pk]), dossier) for dossier in dossiers]
    late = [(due, dossier) for due, dossier in dues if due is not None and due < on]
    tasks = [
        Task(str(dossier), reverse("desk:decisions_dossier", args=[dossier.pk]), str(dossier.lead), due=due)
        for due, dossier in sorted(late, key=lambda pair: pair[0])[:PREVIEW]
    ]
    hint = "决策公布以后，执行单位到了日子没有报告执行情况。"
    return Panel("该报告执行情况的决策", hint, len(late), reverse("desk:decisions_dossiers"), tuple(tasks))


def _waiting(user: User, on: date) -> Panel:
    rows = Consultation.objects.visible_to(user).annotate(
        waiting=Count("opinions", filter=Q(opinions__disposition=""))
    )
    rows = rows.filter(waiting__gt=0).select_related("record").order_by("end_on")

    def task(consultation: Consultation) -> Task:
        url = reverse("desk:decisions_opinions", args=[consultation.pk]) + "?state=none"
        badge = ("已截止", "warn") if consultation.end_on < on else ()
        return Task(str(consultation), url, f"{consultation.waiting}条没有处理", *badge)

    return panel_of("待处理的意见", "一轮一条，按截止日排。", rows, task, reverse("desk:decisions_rounds"))


def _to_feed_back(user: User, on: date) -> Panel:
    rows = Consultation.objects.visible_to(user).filter(end_on__lt=on).exclude(record__published_at=None)
    rows = (
        rows.filter(Q(feedback=None) | Q(feedback__published_at=None)).select_related("record").order_by("end_on")
    )

    def task(consultation: Consultation) -> Task:
        url, due = (
            reverse("desk:decisions_round", args=[consultation.pk]),
            law.feedback_due(consultation.end_on).due,
        )
        return Task(str(consultation), url, f"{consultation.end_on}截止", due=due)

    hint = "截止了、采纳情况还没有公布；没有收到意见的也要公布。"
    return panel_of("待公布的采纳情况", hint, rows, task, reverse("desk:decisions_rounds"))


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Dossiers under way at an agency; they are in nobody's own hands."""
    if agency is None:
        return
    for dossier in Dossier.objects.filter(Q(agency=agency) | Q(lead=agency), stage__in=_OPEN):
        yield OpenItem(
            f"决策：{dossier}", dossier.get_stage_display(), reverse("desk:decisions_dossier", args=[dossier.pk])
        )
