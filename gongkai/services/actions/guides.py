"""办事指南:建立、起草新的一版、公布、核对、暂停、恢复、取消。起草的人不公布自己的。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency, User

from .. import quality, shape
from ..models import CONTENT, Guide, Version
from ..terms import GuideState, Stage
from .common import bump, in_state, locked, noted


@transaction.atomic
def new_guide(
    agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime, source: str = "", original: str = ""
) -> Guide:
    """建立一个事项,和它的第一稿。"""
    access.require(by, "services.write", agency)
    name = line(str(values.get("name", "")))
    if not name:
        raise RuleBroken("没有写事项名称", fix="请写目录里的名称。")
    if Guide.objects.filter(agency=agency, name=name).exclude(state=GuideState.CANCELLED).exists():
        raise RuleBroken(f"{agency}已经有“{name}”", fix="请在那一份上改；是另一个事项的，名称写得不一样。")
    guide = Guide(agency=agency, name=name)
    guide.save()
    version = Version(
        guide=guide, number=1, name=name, saved_by=by, saved_at=at, source=line(source)[:200], original=original
    )
    _fill(version, values)
    version.save()
    _rated(guide, version, at)
    guide.save()
    noted("guide", guide, "建立", at=at, by=by)
    return guide


@transaction.atomic
def save_draft(
    guide: Guide,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
    source: str = "",
    original: str = "",
) -> Version:
    """改草稿;没有草稿的,先从公布的一版抄一份。只给几列的,别的照旧。"""
    guide = locked(guide, by, "services.write", seen)
    if guide.state == GuideState.CANCELLED:
        raise RuleBroken("这个事项已经取消，不能再改", fix="恢复办理的，请另建一份。")
    version = guide.draft or _copied(guide, at)
    _fill(version, values)
    version.saved_by, version.saved_at = by, at
    if source:
        version.source, version.original = line(source)[:200], original
    version.save()
    _rated(guide, version, at)
    if guide.state == GuideState.NEW:
        _copy_head(guide, version)
        bump(guide, "name", "code", "theme", "audiences", "score", "stops")
    else:
        bump(guide, "score", "stops")
    noted("draft", guide, f"改第{version.number}版草稿", at=at, by=by)
    return version


@transaction.atomic
def discard_draft(guide: Guide, *, by: User, at: datetime, seen: str | None = None) -> None:
    """不要草稿了;没有公布过的事项连同草稿一起删去。"""
    guide = locked(guide, by, "services.write", seen)
    draft = guide.draft
    if draft is None:
        raise RuleBroken("没有草稿", fix="请刷新页面。")
    noted("discard", guide, f"不要第{draft.number}版草稿", at=at, by=by)
    draft.delete()
    if guide.state == GuideState.NEW:
        guide.delete()
        return
    live = guide.live
    if live is not None:
        _rated(guide, live, at)
    bump(guide, "score", "stops")


@transaction.atomic
def publish_guide(guide: Guide, change_note: str, *, by: User, at: datetime, seen: str | None = None) -> Guide:
    """公布草稿;有要改的不公布,起草的人不公布自己的。"""
    guide = locked(guide, by, "services.publish", seen)
    in_state(guide, GuideState.NEW, GuideState.LIVE, GuideState.PAUSED)
    draft = guide.draft
    if draft is None:
        raise RuleBroken("没有要公布的草稿", fix="请先改。")
    if draft.saved_by_id == by.pk:
        raise RuleBroken("不能公布自己起草的", fix="请本单位另一个人核对以后公布。")
    note, on = line(change_note)[:200], local_day(at)
    if guide.live is not None and not note:
        raise RuleBroken("没有写改了什么", fix="请写一句话，办事的人看得到。")
    found = quality.review(draft, on)
    if found.stops:
        first = found.stops[0]
        raise RuleBroken(f"还有{len(found.stops)}处要改：{first.what}", source=first.source, fix=first.fix)
    guide.versions.filter(stage=Stage.LIVE).update(stage=Stage.PAST)
    draft.stage, draft.published_by, draft.published_at, draft.change_note = Stage.LIVE, by, at, note
    draft.save(update_fields=["stage", "published_by", "published_at", "change_note"])
    _copy_head(guide, draft)
    guide.score, guide.stops, guide.verified_on = found.score, 0, on
    guide.published_at = guide.published_at or at
    if guide.state == GuideState.NEW:
        guide.state = GuideState.LIVE
    bump(guide, "name", "code", "theme", "audiences", "score", "stops", "verified_on", "published_at", "state")
    noted("publish", guide, f"公布第{draft.number}版" + (f"：{note}" if note else ""), at=at, by=by)
    return guide


@transaction.atomic
def verify_guide(guide: Guide, *, by: User, at: datetime, seen: str | None = None) -> Guide:
    """核对过了,同现在办的一样;页面上的数据日期改成今天。"""
    guide = locked(guide, by, "services.write", seen)
    in_state(guide, GuideState.LIVE, GuideState.PAUSED)
    guide.verified_on = local_day(at)
    bump(guide, "verified_on")
    noted("verify", guide, "核对，同现在办的一样", at=at, by=by)
    return guide


@transaction.atomic
def pause_guide(guide: Guide, why: str, *, by: User, at: datetime, seen: str | None = None) -> Guide:
    """暂停办理;公众看得到为什么、什么时候恢复。"""
    guide = locked(guide, by, "services.publish", seen)
    in_state(guide, GuideState.LIVE)
    return _settle(guide, GuideState.PAUSED, why, "pause", by=by, at=at)


@transaction.atomic
def resume_guide(guide: Guide, *, by: User, at: datetime, seen: str | None = None) -> Guide:
    """恢复办理。"""
    guide = locked(guide, by, "services.publish", seen)
    in_state(guide, GuideState.PAUSED)
    guide.state, guide.state_note = GuideState.LIVE, ""
    bump(guide, "state", "state_note")
    noted("resume", guide, "恢复办理", at=at, by=by)
    return guide


@transaction.atomic
def cancel_guide(guide: Guide, why: str, *, by: User, at: datetime, seen: str | None = None) -> Guide:
    """取消事项;在一件事里的,先从那里去掉。"""
    guide = locked(guide, by, "services.publish", seen)
    in_state(guide, GuideState.LIVE, GuideState.PAUSED)
    used = guide.parts.filter(matter__state="live").select_related("matter").first()
    if used:
        raise RuleBroken(f"“{used.matter}”里还有这一项", fix="请先从一件事里去掉。")
    return _settle(guide, GuideState.CANCELLED, why, "cancel", by=by, at=at)


def _settle(guide: Guide, state: GuideState, why: str, action: str, *, by: User, at: datetime) -> Guide:
    note = line(why)[:300]
    if not note:
        raise RuleBroken("没有写原因", fix="请写为什么、以后怎么办，办事的人看得到。")
    guide.state, guide.state_note = state, note
    bump(guide, "state", "state_note")
    noted(action, guide, f"{state.label}：{note}", at=at, by=by)
    return guide


def _copied(guide: Guide, at: datetime) -> Version:
    live = guide.live
    number = (guide.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    values = {name: getattr(live, name) for name in CONTENT} if live else {"name": guide.name}
    return Version(guide=guide, number=number, saved_at=at, **values)


def _fill(version: Version, values: Mapping[str, Any]) -> None:
    for name, value in shape.tidy({name: value for name, value in values.items() if name in CONTENT}).items():
        setattr(version, name, value)
    if not version.name:
        raise RuleBroken("没有写事项名称", fix="请写目录里的名称。")


def _copy_head(guide: Guide, version: Version) -> None:
    guide.name, guide.code, guide.theme = version.name, version.code, version.theme
    guide.audiences = version.audiences


def _rated(guide: Guide, version: Version, at: datetime) -> None:
    if guide.state == GuideState.NEW:
        _copy_head(guide, version)
    found = quality.review(version, local_day(at))
    guide.score, guide.stops = found.score, len(found.stops)
