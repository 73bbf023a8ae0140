"""数据开放里等这个人办的事,给工作台首页(``desk.todo``)和全工作台的检索。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F, QuerySet
from django.urls import reverse

from gongkai.desk.finding import bearing
from gongkai.desk.open_work import OpenItem
from gongkai.desk.todo import PREVIEW, Panel, Task, panel_of
from gongkai.law.opendata.terms import Freshness, Opening
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import due
from .models import Application, Citation, Dataset, Demand, Use
from .terms import ApplicationState, DatasetState, DemandState, RulingState, UseState, VersionState


def panels(user: User, on: date) -> Iterator[Panel]:
    """What waits: loosening, versions to sign, updates due, judgements due, applications, demands, results."""
    if access.may(user, "opendata.loosen"):
        rows = _own(user, "opendata.loosen").filter(rulings__state=RulingState.WAITING)
        yield _datasets("待批准的放宽", "由严到宽的，看过判定的理由再批准。", rows, "?look=waiting")
    if access.may(user, "opendata.open"):
        rows = _own(user, "opendata.open").filter(
            versions__state=VersionState.CHECKED, opening__in=(Opening.UNCONDITIONAL, Opening.RESTRICTED)
        )
        yield _datasets("待签字开放的数据", "看过体检和各列，写隐私检查的结论。", rows.distinct(), "")
    if access.may(user, "opendata.write"):
        own = _own(user, "opendata.write")
        yield _datasets(
            "逾期没有更新的数据", "过了宽限，公开页看得到。", own.filter(due.late(on)), "?look=late", on
        )
        yield _datasets("快到期的数据", "请按周期更新。", own.filter(due.soon(on)), "?look=soon", on)
        yield _datasets(
            "该重新判定的数据", "开放属性每年重新判定一次。", own.filter(due.to_judge(on)), "?look=rejudge"
        )
        cited = Citation.objects.filter(
            access.within(user, "opendata.write", "record__agency"),
            version__dataset__current__number__gt=F("version__number"),
        ).select_related("record", "version__dataset__current")
        hint, home = "数变了的，更正报告，再登记引的那一版。", reverse("desk:opendata_datasets") + "?look=cited"
        yield panel_of("报告引用的数据换了新版", hint, cited, _citation, home)
    if access.may(user, "opendata.grant"):
        yield _applications(user)
    if access.may(user, "opendata.demand"):
        yield _demands(user)
    if access.may(user, "opendata.keys"):
        waiting = Use.objects.filter(state=UseState.PROPOSED)
        yield panel_of(
            "待核对的利用成果",
            "核对以后展示。",
            waiting,
            lambda use: Task(str(use), reverse("desk:opendata_use", args=[use.pk]), use.maker),
            reverse("desk:opendata_uses"),
        )


def _citation(citation: Citation) -> Task:
    cited, dataset = citation.version, citation.version.dataset
    note = f"“{citation.text}”引第{cited.number}版，数据已有第{dataset.current.number}版"
    url = reverse("desk:opendata_dataset", args=[dataset.pk])
    return Task(citation.record.title, url, note, "已有新版", "warn")


def _own(user: User, right: str) -> QuerySet[Dataset]:
    return (
        Dataset.objects.filter(access.within(user, right))
        .exclude(state=DatasetState.REMOVED)
        .order_by("updated_on", "pk")
    )


def _datasets(label: str, hint: str, rows: QuerySet[Dataset], look: str, on: date | None = None) -> Panel:
    """``on`` where they are listed for an update that is due."""

    def task(dataset: Dataset) -> Task:
        url, note = (
            reverse("desk:opendata_dataset", args=[dataset.pk]),
            f"{dataset.agency}，{dataset.get_cycle_display()}",
        )
        return Task(str(dataset), url, note, due=_last(dataset, on) if on else None)

    return panel_of(label, hint, rows.select_related("agency"), task, reverse("desk:opendata_datasets") + look)


def _last(dataset: Dataset, on: date) -> date | None:
    """The day of the next update; the end of the grace once that day is past and the grace is not."""
    duty = dataset.duty(on)
    return duty.until if duty.now is Freshness.GRACE else duty.due


def _applications(user: User) -> Panel:
    rows = Application.objects.visible_to(user).filter(state=ApplicationState.RECEIVED).select_related("dataset")

    def task(row: Application) -> Task:
        url = reverse("desk:opendata_application", args=[row.pk])
        return Task(str(row), url, str(row.dataset), due=row.due_on)

    return panel_of("待审核的受限数据申请", "按应办结日排。", rows, task, reverse("desk:opendata_applications"))


def _demands(user: User) -> Panel:
    rows = Demand.objects.visible_to(user).filter(state=DemandState.RECEIVED).order_by("due_on", "pk")

    def task(demand: Demand) -> Task:
        return Task(
            demand.title, reverse("desk:opendata_demand", args=[demand.pk]), str(demand), due=demand.due_on
        )

    return panel_of("待回应的数据需求", "回应公开。", rows, task, reverse("desk:opendata_demands"))


def find(user: User, words: list[str], on: date) -> Iterator[Panel]:
    """Datasets that bear these words."""
    if access.may(user, "opendata.view"):
        rows = Dataset.objects.visible_to(user).filter(bearing(words, "title", "code"))
        tasks = [
            Task(str(one), reverse("desk:opendata_dataset", args=[one.pk]), one.get_state_display())
            for one in rows[:PREVIEW]
        ]
        yield Panel("数据集", "", rows.count(), f"{reverse('desk:opendata_datasets')}?q={words[0]}", tuple(tasks))


def open_work(*, user: User | None = None, agency: Agency | None = None) -> Iterator[OpenItem]:
    """Datasets that an agency keeps, and what is under way there."""
    if agency is not None:
        for dataset in Dataset.objects.filter(agency=agency, state=DatasetState.OPEN, ended_on=None):
            yield OpenItem(
                f"数据集“{dataset}”",
                dataset.get_state_display(),
                reverse("desk:opendata_dataset", args=[dataset.pk]),
            )
        for row in Demand.objects.filter(agency=agency, state=DemandState.RECEIVED):
            yield OpenItem(
                f"数据需求{row}", row.get_state_display(), reverse("desk:opendata_demand", args=[row.pk])
            )
