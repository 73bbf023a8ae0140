"""数据需求:收下,公开回应。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.adapters.personal import masked
from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata import using
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import numbering

from ..models import Dataset, Demand
from ..terms import DemandOutcome, DemandState
from .common import required_reason

PURPOSE = "gongkai.opendata.demand"


@transaction.atomic
def ask(agency: Agency, title: str, text: str, *, contact: Mapping[str, str], at: datetime) -> tuple[Demand, str]:
    """提一件需求;题目和用途里的个人信息打码存,因为回应以后都公开。"""
    code, stored = codes.new_code(PURPOSE)
    demand = Demand.objects.create(
        number=f"{agency.code}-N-{numbering.next_in(f'data-demand/{agency.code}'):04}",
        code=stored,
        agency=agency,
        title=masked(line(title), own=True)[:60],
        text=masked(clean(text).strip(), own=True)[:2000],
        received_at=at,
        contact={key: line(value)[:100] for key, value in contact.items() if value},
        due_on=using.demand_due(local_day(at)).due,
    )
    log("opendata.demand", f"收到数据需求{demand}", at=at, agency=agency, about=demand)
    return demand, code


@transaction.atomic
def answer(
    demand: Demand, outcome: DemandOutcome, reply: str, dataset: Dataset | None = None, *, by: User, at: datetime
) -> Demand:
    """公开回应一件需求。"""
    demand = Demand.objects.select_for_update(of=("self",)).select_related("agency").get(pk=demand.pk)
    access.require(by, "opendata.demand", demand.agency)
    if demand.state != DemandState.RECEIVED:
        raise RuleBroken("已经回应过", fix="请刷新页面。")
    if outcome in (DemandOutcome.OPENED, DemandOutcome.EXISTS) and dataset is None:
        raise RuleBroken(f"写了“{outcome.label}”，没有选是哪个数据集", fix="请选一个已上架的数据集。")
    demand.reply = masked(required_reason(reply, "说明", most=2000))
    demand.outcome, demand.dataset, demand.state = outcome, dataset, DemandState.ANSWERED
    demand.answered_at, demand.answered_by = at, by
    demand.save(update_fields=["reply", "outcome", "dataset", "state", "answered_at", "answered_by"])
    log(
        "opendata.answer",
        f"回应数据需求{demand}：{outcome.label}",
        at=at,
        by=by,
        agency=demand.agency,
        about=demand,
    )
    return demand
