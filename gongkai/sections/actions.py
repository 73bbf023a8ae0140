"""专栏的唯一写入口:新建、改草稿、送区政府办、开通(公布改动)、关闭。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log as org_log
from gongkai.org.models import Agency, User

from . import layout, sources
from .models import Block, Section, Source
from .terms import MOST_BLOCKS, MOST_SECTIONS, BlockKind, SectionKind, State


class Conflict(RuleBroken):
    """Someone changed the draft in between; nothing was written."""

    def __init__(self, section: Section) -> None:
        super().__init__(f"“{section}”的草稿刚才被别人改过，您的这一步没有写入", fix="请看过现在的样子再办。")


def _noted(action: str, section: Section, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    org_log(action, f"{what}专栏“{section}”", at=at, by=by, agency=section.agency, about=section, **more)


def _require(by: User, right: str, agency: Agency | None) -> None:
    """A section of no agency belongs to the district office."""
    if agency is None and not access.is_district(by, right):
        access.require(by, "sections.open")
    access.require(by, right, agency)


def _locked(section: Section | int) -> Section:
    rows = Section.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=getattr(section, "pk", section))


def _editable(section: Section, by: User, revision: int) -> Section:
    section = _locked(section)
    _require(by, "sections.write", section.agency)
    if section.revision != revision:
        raise Conflict(section)
    return section


def _touch(section: Section) -> None:
    """The draft has changed: what was handed in is no longer this."""
    section.revision += 1
    section.submitted_at = None
    section.save()


@transaction.atomic
def create(
    kind: SectionKind,
    slug: str,
    title: str,
    *,
    by: User,
    at: datetime,
    agency: Agency | None = None,
    introduction: str = "",
) -> Section:
    """新建一个筹备中的专栏,公众还看不到。网址里的名称、种类、单位以后不能改。"""
    _require(by, "sections.write", agency)
    if kind is SectionKind.UNIT and agency is None:
        raise RuleBroken("单位专栏没有写明是哪个单位的", fix="请选单位；不属于一个单位的请建专题专栏。")
    if Section.objects.filter(slug=slug).exists():
        raise RuleBroken(f"网址里的名称“{slug}”已经有专栏用了", fix="请换一个。")
    section = Section(kind=kind, slug=slug, title=title, agency=agency, introduction=introduction)
    section.full_clean()
    section.save()
    _noted("sections.create", section, "新建", at=at, by=by, slug=slug, kind=kind)
    return section


@transaction.atomic
def save(section: Section, title: str, introduction: str, *, revision: int, by: User, at: datetime) -> Section:
    """改草稿的名称和简介。"""
    section = _editable(section, by, revision)
    if (title, introduction) == (section.title, section.introduction):
        return section
    before, section.title, section.introduction = section.title, title, introduction
    section.full_clean()
    _touch(section)
    _noted("sections.save", section, "修改", at=at, by=by, before=before, revision=section.revision)
    return section


@transaction.atomic
def put(
    section: Section,
    block: Block | None,
    kind: BlockKind,
    heading: str,
    wide: bool,
    settings: dict[str, Any],
    *,
    revision: int,
    by: User,
    at: datetime,
) -> Block:
    """加一个模块(``block`` 为空,排在最后),或者改一个;设置由调用者用这一种的表单核过。"""
    section = _editable(section, by, revision)
    if block is None:
        rows = list(section.blocks.values_list("position", flat=True))
        if len(rows) >= MOST_BLOCKS:
            raise RuleBroken(f"一个专栏至多{MOST_BLOCKS}个模块", fix="请先去掉一个。")
        block = Block(section=section, kind=kind, position=max(rows, default=0) + 1)
        what = "加了模块的"
    else:
        block = section.blocks.get(pk=block.pk)
        what = "改了模块的"
    block.heading, block.wide, block.settings = heading, wide, settings
    block.full_clean()
    block.save()
    _touch(section)
    _noted("sections.block", section, what, at=at, by=by, block=str(block), revision=section.revision)
    return block


@transaction.atomic
def move(section: Section, block: Block, *, up: bool, revision: int, by: User, at: datetime) -> None:
    """把一个模块往前或者往后挪一位;已经到头的不动。"""
    section = _editable(section, by, revision)
    rows = list(section.blocks.all())
    here = next(number for number, one in enumerate(rows) if one.pk == block.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
    _touch(section)
    _noted("sections.block", section, "挪了模块的", at=at, by=by, block=str(block), revision=section.revision)


@transaction.atomic
def remove(section: Section, block: Block, *, revision: int, by: User, at: datetime) -> None:
    """从草稿里去掉一个模块;公众看到的那一份不变,公布以后才变。"""
    section = _editable(section, by, revision)
    block = section.blocks.get(pk=block.pk)
    said = {"kind": block.kind, "heading": block.heading, "settings": block.settings}
    block.delete()
    _touch(section)
    _noted("sections.block", section, "去掉了模块的", at=at, by=by, before=said, revision=section.revision)


@transaction.atomic
def submit(section: Section, *, revision: int, by: User, at: datetime) -> Section:
    """送区政府办:请他们开通,或者公布改动。"""
    section = _editable(section, by, revision)
    if not section.blocks.exists():
        raise RuleBroken(f"“{section}”还没有模块", fix="请先加一个模块。")
    section.submitted_at = at
    section.save(update_fields=["submitted_at"])
    _noted("sections.submit", section, "送区政府办：", at=at, by=by, revision=section.revision)
    return section


@transaction.atomic
def open(section: Section, *, revision: int, by: User, at: datetime, order: int | None = None) -> Section:
    """开通,或者公布开通以后的改动:公众从此看到现在这份草稿。

    Args:
        revision: the draft that was looked at; what was changed since is not opened unseen.
        order: where it stands among the others; the smaller the earlier.

    Raises:
        Conflict: the draft was changed since.
        RuleBroken: it has no block; or one record would stand in too many open sections.
    """
    section = _locked(section)
    _require(by, "sections.open", section.agency)
    if section.revision != revision:
        raise Conflict(section)
    content = layout.draft(section)
    if not content["blocks"]:
        raise RuleBroken(f"“{section}”还没有模块", fix="请先加一个模块。")
    wanted = sources.wants(content["blocks"], section.agency)
    if sources.most_shared(section, wanted) > MOST_SECTIONS:
        raise RuleBroken(f"列同样信息的专栏已经有{MOST_SECTIONS}个", fix="请把条件收窄，或者先关闭不再用的专栏。")
    was = section.state
    section.shown, section.shown_revision = content, section.revision
    section.submitted_at = section.closed_at = None
    section.close_reason = ""
    section.order = section.order if order is None else order
    if was is not State.OPEN:
        section.opened_at = at
    section.save()
    _list_anew(section, wanted)
    what = "公布改动后的" if was is State.OPEN else "开通"
    _noted("sections.open", section, what, at=at, by=by, revision=section.revision, order=section.order)
    return section


@transaction.atomic
def close(section: Section, reason: str, *, by: User, at: datetime) -> Section:
    """关闭:公众的专栏页改为说明已经关闭,里面的信息各自还在;可以再开通。"""
    section = _locked(section)
    _require(by, "sections.open", section.agency)
    if section.state is not State.OPEN:
        raise RuleBroken(f"“{section}”{section.state.label}，不用关闭", fix="只有开着的专栏可以关闭。")
    section.closed_at, section.close_reason = at, reason
    section.save(update_fields=["closed_at", "close_reason"])
    _list_anew(section, set())
    _noted("sections.close", section, "关闭", at=at, by=by, reason=reason)
    return section


def _list_anew(section: Section, wanted: set[sources.Want]) -> None:
    section.sources.all().delete()
    Source.objects.bulk_create(
        Source(
            section=section,
            agency_id=one.agency_id,
            duty=one.duty,
            type=one.type,
            year=one.year,
            record_id=one.record_id,
        )
        for one in wanted
    )
