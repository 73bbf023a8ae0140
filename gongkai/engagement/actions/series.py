"""活动系列:建立、排几场、起草一件公告;活动以后的签到、看名单、反馈。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html, format_html_join

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law import engagement as law
from gongkai.law.engagement import Selection, Step
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from ..models import Event, EventSeries, Signup
from ..terms import EventKind, SignupState
from . import events

FIELDS = ("title", "place", "audience", "about")
MOMENTS = ("starts_at", "ends_at", "signup_from", "signup_until")
MOST = 24


def _locked(series: EventSeries) -> EventSeries:
    rows = EventSeries.objects.select_for_update(of=("self",)).select_related("agency", "record")
    return rows.get(pk=series.pk)


def _noted(series: EventSeries, what: str, *, at: datetime, by: User) -> None:
    log("engagement.series", f"活动系列“{series}”：{what}", at=at, by=by, agency=series.agency, about=series)


@transaction.atomic
def open_series(
    agency: Agency, kind: EventKind, values: Mapping[str, Any], *, by: User, at: datetime
) -> EventSeries:
    """建立一个系列。"""
    access.require(by, "engagement.event", agency)
    given = {name: values.get(name, "") for name in FIELDS}
    if kind not in (EventKind.OPEN_DAY, EventKind.EXPERIENCE):
        raise RuleBroken("只有开放日、体验日办成系列", fix="别的活动一场一场建立。")
    if not all(line(given[name]) for name in ("title", "place", "about")):
        raise RuleBroken("没有写主题、地点或者看什么", fix="请都写明，公告照着排。")
    series = EventSeries.objects.create(agency=agency, kind=kind, **given)
    _noted(series, "建立", at=at, by=by)
    return series


def _draft(series: EventSeries, by: User) -> EventSeries:
    series = _locked(series)
    access.require(by, "engagement.event", series.agency)
    if series.record is not None and series.record.published_at is not None:
        raise RuleBroken("公告已经签发", fix="公布了的场次和抽选的约定不能变；再办的另建一个系列。")
    return series


@transaction.atomic
def add_sessions(
    series: EventSeries,
    values: Mapping[str, Any],
    *,
    count: int,
    step: Step,
    by: User,
    at: datetime,
) -> list[Event]:
    """排几场:第一场的起止、报名起止,往后每周或者每月同一时刻;抽选的每场各有约定。"""
    series = _draft(series, by)
    if not 1 <= count <= MOST:
        raise RuleBroken(f"一次排1到{MOST}场", fix="请改场数。")
    made = []
    for number in range(count):
        moments = law.session_times([values.get(name) for name in MOMENTS], step, number)
        event = Event(
            series=series,
            agency=series.agency,
            kind=series.kind,
            title=series.title,
            place=series.place,
            audience=series.audience,
            seats=values["seats"],
            selection=values["selection"],
            **dict(zip(MOMENTS, moments, strict=True)),
        )
        if event.starts_at <= at:
            raise RuleBroken("有一场已经开始", fix="请排以后的。")
        events.checked(event)
        events.agree(event, {}, at)
        event.save()
        made.append(event)
    _noted(series, f"排{count}场", at=at, by=by)
    return made


@transaction.atomic
def drop_session(event: Event, *, by: User, at: datetime) -> None:
    """公告签发以前去掉一场。"""
    if event.series is None:
        raise RuleBroken("这一场不在系列里", fix="请核对。")
    series = _draft(event.series, by)
    event = series.sessions.select_related("drawing").get(pk=event.pk)
    agreed = event.drawing
    event.delete()
    if agreed is not None:
        agreed.delete()
    _noted(series, "去掉一场", at=at, by=by)


@transaction.atomic
def draft_series_notice(series: EventSeries, *, by: User, at: datetime) -> Edition:
    """起草公告:各场的时间、名额、报名起止、抽选的约定由登记排出;没有签发的重新排一遍。"""
    series = _draft(series, by)
    sessions = list(series.sessions.select_related("drawing").order_by("starts_at"))
    if not sessions:
        raise RuleBroken("还没有排场次", fix="请先排场次。")
    body = _notice(series, sessions)
    if series.record is not None:
        draft = series.record.draft
        assert draft is not None
        return records.save(draft, {"body": body}, by=by, at=at, revision=draft.revision)
    title = f"{series.get_kind_display()}：{series.title}（{len(sessions)}场）"
    edition = records.create(
        series.agency, events.TYPE, by=by, at=at, title=title, made_on=local_day(at), body=body
    )
    series.record = edition.record
    series.save(update_fields=["record"])
    _noted(series, "起草公告", at=at, by=by)
    return edition


def _notice(series: EventSeries, sessions: list[Event]) -> str:
    about = format_html_join("", "<p>{}</p>", ((text,) for text in series.about.splitlines() if text.strip()))
    who = format_html("<p>对象：{}。</p>", series.audience) if series.audience else ""
    rows = format_html_join(
        "",
        "<h2>第{}场</h2><p>时间：{}至{}。名额：{}人，{}。</p><p>报名：{}。</p>{}",
        (
            (
                number,
                events.moment_in_words(one.starts_at),
                events.moment_in_words(one.ends_at),
                one.seats,
                one.get_selection_display(),
                "定向邀请" if one.selection == Selection.INVITED else events.window(one),
                events.agreed(one),
            )
            for number, one in enumerate(sessions, 1)
        ),
    )
    tail = "<p>报名只收称呼和一种联系方式，活动以后到期清除；报名的多于名额，其余列为候补。</p>"
    return format_html("{}<p>地点：{}。</p>{}{}", about, series.place, who, rows) + tail


@transaction.atomic
def read_signups(event: Event, *, by: User, at: datetime) -> list[Signup]:
    """看报名的名单(签到表)的原文;看一次记一次。"""
    access.require(by, "engagement.personal", event.agency)
    rows = [one for one in event.signups.filter(state=SignupState.IN).order_by("pk") if one.contact]
    log(
        "engagement.personal",
        f"看活动“{event}”{len(rows)}个报名的称呼和联系方式",
        at=at,
        by=by,
        agency=event.agency,
        about=event,
        counts=len(rows),
    )
    return rows


@transaction.atomic
def mark_attendance(event: Event, numbers: Iterable[str], *, by: User, at: datetime) -> int:
    """签到:报上的里谁到了;办结以前可以改。"""
    event = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event.pk)
    access.require(by, "engagement.event", event.agency)
    if at < event.starts_at:
        raise RuleBroken("活动还没有开始", fix="请在开始以后签到。")
    if event.held_at is not None:
        raise RuleBroken("活动已经办结", fix="到场人数以办结时登记的为准。")
    came = set(numbers)
    rows = event.signups.filter(state=SignupState.IN)
    rows.filter(number__in=came).update(came=True)
    rows.exclude(number__in=came).update(came=False)
    count = rows.filter(came=True).count()
    log(
        "engagement.attendance",
        f"活动“{event}”签到{count}人",
        at=at,
        by=by,
        agency=event.agency,
        about=event,
        counts=count,
    )
    return count
