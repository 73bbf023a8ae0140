"""到云诊所的路:公众的信息页链到事项卡,工作台的信息页上可以拆事项,首页上有待公布的事项。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.desk.moments import local_day
from gongkai.desk.todo import Panel, Task, panel_of
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.gates import Hanging
from gongkai.records.models import Record
from gongkai.records.pages import Place, Section
from gongkai.records.review import Step

from .clinic import standings
from .models import Measure
from .models.clinic import MeasureStage
from .steps import PAPERS


def section(record: Record, at: datetime) -> Iterator[Section]:
    """The cards of a policy, for the public."""
    rows = Measure.objects.shown(at).filter(policy=record).select_related("policy")
    if shown := standings(rows, local_day(at)):
        yield Section("这件政策能给您什么", "policies/public/_cards.html", {"cards": shown}, Place.KEY)


def step(record: Record, user: User) -> Iterable[Step]:
    """A button that takes a public policy apart."""
    if record.type in PAPERS and record.published_at and access.may(user, "policies.write", record.agency):
        yield Step("measure", "拆成云诊所事项", reverse("desk:policies_new_measure", args=[record.pk]), True)


def hanging(record: Record) -> Iterator[Hanging]:
    """Measures that are published and rest on this record."""
    for measure in Measure.objects.filter(policy=record, stage=MeasureStage.LIVE).order_by("pk"):
        yield Hanging(f"measure:{measure.pk}", f"云诊所的事项“{measure}”")


def waiting(user: User) -> QuerySet[Measure]:
    """Drafted by others, for this person to publish."""
    rows = Measure.objects.filter(access.within(user, "policies.approve"), stage=MeasureStage.DRAFT)
    return rows.exclude(drafted_by=user).select_related("policy", "agency")


def todo(user: User, on: date) -> Iterator[Panel]:
    """Measures that wait to be published."""
    if access.may(user, "policies.approve"):
        yield panel_of(
            "待公布的云诊所事项",
            "您自己起草的不在这里。",
            waiting(user),
            lambda measure: Task(
                str(measure), reverse("desk:policies_measure", args=[measure.pk]), str(measure.policy)
            ),
            reverse("desk:policies_measures") + "?list=waiting",
        )
