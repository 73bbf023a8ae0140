"""纸质投放:计划、投放和签收。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.adapters.plaintext import line
from gongkai.desk.seen import check
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Place, User

from ..models import Delivery, Issue
from .locking import locked, noted


def plan_for(issue: Issue) -> list[Delivery]:
    """A row for every open place, as many copies as the last time; within the caller's transaction."""
    last: dict[int, int] = {}
    for row in Delivery.objects.exclude(issue=issue).order_by("issue__published_at", "pk"):
        last[row.place_id] = row.planned
    usual = params.at("gazette.copies", issue.planned_on).value
    known = set(issue.deliveries.values_list("place", flat=True))
    rows = [
        Delivery(issue=issue, place=place, planned=last.get(place.pk, usual))
        for place in Place.objects.open(issue.planned_on)
        if place.pk not in known
    ]
    return Delivery.objects.bulk_create(rows)


@transaction.atomic
def plan(issue: Issue, *, by: User, at: datetime) -> int:
    """给每个开放的点位排上应投的份数,照上一期。"""
    issue = locked(issue)
    access.require(by, "gazette.deliver", issue.masthead.agency)
    if not issue.print_run:
        raise RuleBroken(f"{issue}本期不印纸质", fix="要印的请先填印数。")
    count = len(plan_for(issue))
    noted("plan", issue, f"投放计划，加了{count}个点位", at=at, by=by)
    return count


@transaction.atomic
def deliver(
    delivery: Delivery,
    planned: int,
    delivered: int | None,
    *,
    by: User,
    at: datetime,
    on: date | None = None,
    signed_by: str = "",
    left_over: int | None = None,
    note: str = "",
    seen: str | None = None,
) -> Delivery:
    """登记一个点位:实投、日期、签收、剩余。"""
    delivery = (
        Delivery.objects.select_for_update(of=("self",)).select_related("issue", "place").get(pk=delivery.pk)
    )
    issue = locked(delivery.issue)
    access.require(by, "gazette.deliver", issue.masthead.agency)
    check(seen, delivery.mark)
    if delivered is not None:
        if not issue.is_public(at):
            raise RuleBroken(f"{issue}还没有出刊", fix="请出刊以后登记投放。")
        if on is None or not signed_by.strip():
            raise RuleBroken("投放了要写日期和签收人", fix="请填。")
        if on < issue.planned_on:
            raise RuleBroken(f"投放日期{on}早于出版日{issue.planned_on}", fix="请改日期。")
        others = (
            issue.deliveries.exclude(pk=delivery.pk).exclude(delivered=None).values_list("delivered", flat=True)
        )
        if sum(others) + delivered > issue.print_run:
            raise RuleBroken(f"各点位实投合计超过印数{issue.print_run}", fix="请核对份数。")
    if left_over is not None and left_over > (delivered or 0):
        raise RuleBroken(f"剩余{left_over}份多于实投", fix="请核对份数。")
    delivery.planned, delivery.delivered, delivery.delivered_on = planned, delivered, on
    delivery.signed_by, delivery.left_over, delivery.note = line(signed_by)[:40], left_over, line(note)[:200]
    delivery.handler = by
    delivery.revision += 1
    delivery.save()
    noted(
        "deliver",
        issue,
        f"{delivery.place}：应投{planned}，实投{delivered if delivered is not None else '—'}",
        at=at,
        by=by,
    )
    return delivery
