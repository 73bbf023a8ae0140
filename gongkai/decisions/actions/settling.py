"""目录里每一项的结果,和年底总公开:已决策、结转(带进下一年的目录)、取消。"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.law.sources import cite
from gongkai.org import access
from gongkai.org.models import User

from ..models import CatalogueItem, CatalogueYear
from ..terms import ChangeKind, ItemState, YearStage
from .carrying import carry
from .catalogue import changeable, changed, locked, noted_year


@transaction.atomic
def settle_item(
    item: CatalogueItem, state: ItemState, outcome: str, *, by: User, at: datetime, approved_by: str = ""
) -> CatalogueItem:
    """一项的结果:已决策、结转、取消;后两样写说明,取消是调整目录,另写谁批准。不许同它的决策卷矛盾。"""
    year = locked(item.year_id)
    access.require(by, "decisions.write", year.agency)
    if year.stage != YearStage.PUBLISHED:
        raise RuleBroken("目录还没有公布，或者已经总公开", fix="请在公布以后、总公开以前登记结果。")
    if state in (ItemState.CARRIED, ItemState.DROPPED) and not outcome.strip():
        raise RuleBroken(f"“{state.label}”没有写说明", fix="请写明原因。")
    _agrees(item, state, outcome)
    if state is ItemState.DROPPED and not approved_by.strip():
        raise RuleBroken(
            "取消没有写谁批准",
            source=cite("decision:3.3"),
            fix="目录由决策机关根据实际情况调整，请写明哪一次会议或者谁批准取消。",
        )
    item.state, item.outcome = state, outcome.strip()[:200]
    item.save(update_fields=["state", "outcome"])
    _into_next(item, year, approved_by, by=by, at=at)
    noted_year("item", year, f"“{item}”{state.label}", at=at, by=by, state=state)
    if state is ItemState.DROPPED:
        changed(item, ChangeKind.DROPPED, {}, outcome, approved_by, by, at)
    return item


def _into_next(item: CatalogueItem, year: CatalogueYear, approved_by: str, *, by: User, at: datetime) -> None:
    """Put what is carried over into the next catalogue if that was begun before; take out what is not carried after all."""
    there = CatalogueItem.objects.filter(carried_from=item).select_related("year").first()
    following = CatalogueYear.objects.filter(agency=year.agency, year=year.year + 1).first()
    if item.state == ItemState.CARRIED and there is None and following is not None:
        following = locked(following)
        changeable(following, item.outcome, approved_by)
        made = carry(item, following, at=at)
        noted_year("item", following, f"结转列入“{made}”", at=at, by=by)
        if following.stage == YearStage.PUBLISHED:
            changed(made, ChangeKind.ADDED, {}, item.outcome, approved_by, by, at)
    elif item.state != ItemState.CARRIED and there is not None:
        if there.year.stage != YearStage.COLLECTING:
            raise RuleBroken(
                f"“{item}”已经结转到{there.year.year}年第{there.order}项，那一年的目录已经公布",
                fix="请在那一年的目录里登记它的结果。",
            )
        there.dossiers.update(item=item)
        there.delete()


def _agrees(item: CatalogueItem, state: ItemState, outcome: str) -> None:
    """What was decided is neither carried over nor dropped; what has no published dossier says where it was decided."""
    done = item.dossiers.exclude(published_on=None).order_by("published_on").first()
    if done is None and state is ItemState.DECIDED and not outcome.strip():
        raise RuleBroken(
            f"“{item}”没有已经公布的决策卷，说明里也没有写在哪里决定的",
            source=cite("decision:32"),
            fix="请在说明里写决策文件的文号和公布的日子；还没有决定的，登记结转或者取消。",
        )
    if done is not None and state is not ItemState.DECIDED:
        raise RuleBroken(
            f"“{item}”的决定{done.published_on}已经公布，不能{state.label}",
            fix="请登记“已决策”；不再执行的，在决策卷里办中止或者终止。",
        )


@transaction.atomic
def close_year(year: CatalogueYear, summary: str, *, by: User, at: datetime) -> CatalogueYear:
    """年底总公开:每一项都有结果。"""
    year = locked(year)
    access.require(by, "decisions.decide", year.agency)
    if year.stage != YearStage.PUBLISHED:
        raise RuleBroken("目录没有公布", fix="请先公布。")
    if open_items := year.items.filter(state=ItemState.PLANNED):
        titles = "、".join(f"“{item}”" for item in open_items[:3])
        raise RuleBroken(f"{titles}还没有结果", fix="请登记已决策、结转或者取消。")
    year.stage, year.summary = YearStage.CLOSED, summary.strip()
    year.save(update_fields=["stage", "summary"])
    noted_year("close_year", year, "总公开", at=at, by=by)
    return year
