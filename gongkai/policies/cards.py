"""信息页和云诊所之间的路:公众的信息页链到事项卡,工作台的信息页上可以拆事项。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse

from gongkai.org import access
from gongkai.org.models import User
from gongkai.records.days import local_day
from gongkai.records.models import Record
from gongkai.records.pages import Section
from gongkai.records.review import Step

from .clinic import standings
from .models import Measure
from .steps import PAPERS


def section(record: Record, at: datetime) -> Iterator[Section]:
    """The cards of a policy, for the public."""
    rows = Measure.objects.shown(at).filter(policy=record).select_related("policy")
    if shown := standings(rows, local_day(at)):
        yield Section("policies/public/_cards.html", {"cards": shown})


def step(record: Record, user: User) -> Iterable[Step]:
    """A button that takes a public policy apart."""
    if record.type in PAPERS and record.published_at and access.may(user, "policies.write", record.agency):
        yield Step("measure", "拆成云诊所事项", reverse("desk:policies_new_measure", args=[record.pk]), True)
