"""一件事:建立、改、加一项、去一项、公布、不再办。公布的改了立刻见到,改坏了的不收。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency, User

from .. import joining, shape
from ..models import Guide, Matter, Part
from ..terms import GuideState, Joined, MatterState, PartNeed
from .common import bump, locked_matter, noted_matter

FIELDS = ("title", "summary", "audience", "window", "visits", "consult", "not_joined", "joined", "situations")


@transaction.atomic
def new_matter(
    lead: Agency, values: Mapping[str, Any], helpers: Iterable[Agency] = (), *, by: User, at: datetime
) -> Matter:
    """建立一件事,写明牵头部门和配合部门。"""
    access.require(by, "services.matter", lead)
    matter = Matter(lead=lead, saved_by=by, changed_at=at)
    _fill(matter, values)
    if Matter.objects.filter(title=matter.title).exclude(state=MatterState.ENDED).exists():
        raise RuleBroken(f"已经有“{matter.title}”", fix="请在那一件上改。")
    matter.save()
    matter.helpers.set([one for one in helpers if one != lead])
    noted_matter("matter", matter, "建立", at=at, by=by)
    return matter


@transaction.atomic
def save_matter(
    matter: Matter,
    values: Mapping[str, Any],
    helpers: Iterable[Agency] | None = None,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Matter:
    """改一件事。"""
    matter = locked_matter(matter, by, "services.matter", seen)
    _open(matter)
    _fill(matter, values)
    if helpers is not None:
        matter.helpers.set([one for one in helpers if one != matter.lead])
    return _changed(matter, "save_matter", "改", *FIELDS, by=by, at=at)


@transaction.atomic
def put_part(
    matter: Matter,
    guide: Guide,
    *,
    batch: int = 1,
    need: PartNeed = PartNeed.MUST,
    when: Mapping[str, list[str]] | None = None,
    note: str = "",
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Part:
    """加一项,或者改它第几批、什么情形办。"""
    matter = locked_matter(matter, by, "services.matter", seen)
    _open(matter)
    if guide.state == GuideState.CANCELLED:
        raise RuleBroken(f"“{guide}”已经取消", fix="请选在办的事项。")
    when = {key: list(options) for key, options in (when or {}).items() if options}
    values = {
        "batch": batch,
        "need": need,
        "when": when if need is PartNeed.WHEN else {},
        "note": line(note)[:200],
    }
    part, _ = Part.objects.update_or_create(matter=matter, guide=guide, defaults=values)
    _changed(matter, "part", f"“{guide}”第{batch}批办", by=by, at=at)
    return part


@transaction.atomic
def remove_part(part: Part, *, by: User, at: datetime, seen: str | None = None) -> Matter:
    """去一项。"""
    matter = locked_matter(part.matter, by, "services.matter", seen)
    _open(matter)
    name = str(part.guide)
    part.delete()
    return _changed(matter, "part", f"去掉“{name}”", by=by, at=at)


@transaction.atomic
def publish_matter(matter: Matter, *, by: User, at: datetime, seen: str | None = None) -> Matter:
    """公布;起草的人不公布自己的。"""
    matter = locked_matter(matter, by, "services.publish", seen)
    if matter.state != MatterState.DRAFT:
        raise RuleBroken(f"这件事{matter.get_state_display()}", fix="请刷新页面。")
    if matter.saved_by_id == by.pk:
        raise RuleBroken("不能公布自己起草的", fix="请另一个人核对以后公布。")
    _sound(matter, at)
    matter.state, matter.published_at = MatterState.LIVE, at
    bump(matter, "state", "published_at")
    noted_matter("publish_matter", matter, "公布", at=at, by=by)
    return matter


@transaction.atomic
def end_matter(matter: Matter, why: str, *, by: User, at: datetime, seen: str | None = None) -> Matter:
    """不再办;没有公布过的删去。"""
    matter = locked_matter(matter, by, "services.publish", seen)
    _open(matter)
    note = line(why)[:200]
    if not note:
        raise RuleBroken("没有写原因", fix="请写为什么不再办、以后怎么办。")
    matter.state, matter.ended_why, matter.changed_at = MatterState.ENDED, note, at
    bump(matter, "state", "ended_why", "changed_at")
    noted_matter("end_matter", matter, f"不再办：{note}", at=at, by=by)
    return matter


def _open(matter: Matter) -> None:
    if matter.state == MatterState.ENDED:
        raise RuleBroken("这件事已经不再办", fix="请另建一件。")


def _fill(matter: Matter, values: Mapping[str, Any]) -> None:
    given = {name: value for name, value in shape.tidy(values).items() if name in FIELDS}
    for name, value in given.items():
        setattr(matter, name, value)
    matter.title, matter.summary = line(matter.title)[:80], line(matter.summary)[:200]
    matter.not_joined = clean(matter.not_joined).strip()
    matter.joined = [one.value for one in Joined if one.value in matter.joined]
    if not matter.title or not matter.summary:
        raise RuleBroken("没有写叫什么、办成什么", fix="请写题目和一句话。")


def _changed(matter: Matter, action: str, what: str, *fields: str, by: User, at: datetime) -> Matter:
    if matter.state == MatterState.LIVE:
        _sound(matter, at)
    matter.saved_by, matter.changed_at = by, at
    bump(matter, "saved_by", "changed_at", *fields)
    noted_matter(action, matter, what, at=at, by=by)
    return matter


def _sound(matter: Matter, at: datetime) -> None:
    if found := joining.problems(matter, local_day(at)):
        what, _, fix = found[0].partition("：")
        raise RuleBroken(f"这样还不能公布：{what}", fix=f"{fix or '请先改好'}。")
