"""活动:建立、起草公告、报名(名额在锁里数)、取消递补、抽选、办结。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html

from gongkai.adapters.plaintext import line
from gongkai.desk.moments import local_day
from gongkai.law import engagement as law
from gongkai.law.engagement import Selection
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import long_day
from gongkai.org import access, codes
from gongkai.org.actions import drawing, log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records import numbering
from gongkai.records.models import Edition

from ..models import Briefing, Event, Signup
from ..terms import EventKind, SignupState

TYPE = "event"
PURPOSE = "gongkai.engagement.signup"
FIELDS = (
    "title",
    "place",
    "starts_at",
    "ends_at",
    "audience",
    "seats",
    "signup_from",
    "signup_until",
    "selection",
)


def _locked(event: Event) -> Event:
    return (
        Event.objects.select_for_update(of=("self",))
        .select_related("agency", "record", "drawing", "series__record")
        .get(pk=event.pk)
    )


def _noted(action: str, event: Event, what: str, *, at: datetime, by: User | None = None, **more: Any) -> None:
    log(f"engagement.{action}", f"活动“{event}”：{what}", at=at, by=by, agency=event.agency, about=event, **more)


def checked(event: Event) -> None:
    """Refuse times and seats that are not possible (``law.may_announce``)."""
    law.may_announce(
        starts=event.starts_at,
        ends=event.ends_at,
        signup_until=event.signup_until,
        signup_from=event.signup_from,
        seats=event.seats,
        selection=Selection.from_value(event.selection),
    )


def _no_briefing(event: Event) -> None:
    if event.kind == EventKind.PRESS and Briefing.objects.filter(event=event).exists():
        raise RuleBroken("新闻发布会另有审批、出席、实录", fix="请在“新闻发布”里办。")


@transaction.atomic
def hold_event(agency: Agency, kind: EventKind, values: Mapping[str, Any], *, by: User, at: datetime) -> Event:
    """建立一次活动;发布会在“新闻发布”里提出。"""
    access.require(by, "engagement.event", agency)
    if kind is EventKind.PRESS:
        raise RuleBroken("新闻发布会要先报批", fix="请在“新闻发布”里提出。")
    event = Event(agency=agency, kind=kind, **{name: values[name] for name in FIELDS if name in values})
    checked(event)
    agree(event, values, at)
    event.save()
    _noted("event", event, "建立", at=at, by=by)
    return event


@transaction.atomic
def save_event(event: Event, values: Mapping[str, Any], *, by: User, at: datetime) -> Event:
    """公布以前改;公布以后名额只许增加,别的改动请更正公告。"""
    event = _locked(event)
    access.require(by, "engagement.event", event.agency)
    _no_briefing(event)
    if event.held_at is not None:
        raise RuleBroken("活动已经办结", fix="办结了的不再改。")
    public = event.notice is not None and event.notice.published_at is not None
    if public and values.get("seats", event.seats) < event.seats:
        raise RuleBroken("公布以后名额不能减少", fix="可以增加。")
    for name in FIELDS if not public else ("seats",):
        if name in values:
            setattr(event, name, values[name])
    checked(event)
    if not public or event.drawing is None:
        agree(event, values, at)
    event.save()
    _noted("event", event, "修改", at=at, by=by)
    if public:
        _fill(event, at)
    return event


def agree(event: Event, values: Mapping[str, Any], at: datetime) -> None:
    """Agree on the seed before anybody can sign up; what is announced stays as it is."""
    if event.selection != Selection.DRAW or event.signup_until is None:
        event.drawing = None
        return
    before = event.drawing
    source = values.get("draw_source", before.source if before else "")
    comes_out = values.get("draw_at", before.comes_out_at if before else None)
    event.drawing = drawing.agree(before, source=source, comes_out=comes_out, closes=event.signup_until, at=at)


@transaction.atomic
def draft_notice(event: Event, *, by: User, at: datetime, approved: bool = False) -> Edition:
    """起草公告:时间、地点、对象、名额、报名办法由登记排出;没有签发的重新排一遍。

    Args:
        approved: for a briefing, that ``actions.press`` found it approved.
    """
    event = _locked(event)
    access.require(by, "engagement.event", event.agency)
    if not approved:
        _no_briefing(event)
    if event.series is not None:
        raise RuleBroken("系列里的一场没有单独的公告", fix="请在系列里起草公告。")
    body = _notice(event)
    if event.record is not None:
        draft = event.record.draft
        if draft is None:
            raise RuleBroken("公告已经签发", fix="要改的请更正那件信息。")
        return records.save(draft, {"body": body}, by=by, at=at, revision=draft.revision)
    edition = records.create(
        event.agency,
        TYPE,
        by=by,
        at=at,
        title=f"{event.get_kind_display()}：{event.title}",
        made_on=local_day(at),
        body=body,
    )
    event.record = edition.record
    event.save(update_fields=["record"])
    _noted("event", event, "起草公告", at=at, by=by)
    return edition


def moment_in_words(at: datetime) -> str:
    """2026年9月20日9:00, in the office's own zone."""
    local = timezone.localtime(at)
    return f"{long_day(local)}{local.hour}:{local.minute:02}"


def _notice(event: Event) -> str:
    ends = timezone.localtime(event.ends_at)
    until = (
        f"{ends.hour}:{ends.minute:02}"
        if local_day(event.starts_at) == local_day(event.ends_at)
        else moment_in_words(event.ends_at)
    )
    head = format_html(
        "<p>时间：{}至{}。</p><p>地点：{}。</p>", moment_in_words(event.starts_at), until, event.place
    )
    who = format_html("<p>对象：{}。</p>", event.audience) if event.audience else ""
    if event.selection == Selection.INVITED or event.signup_until is None:
        return format_html("{}{}<p>本次定向邀请。</p>", head, who)
    return format_html(
        "{}{}<p>名额：{}人，{}；报名的多于名额，其余列为候补。</p>{}<p>报名：网上，{}；只收称呼和一种联系方式，活动以后到期清除。</p>",
        head,
        who,
        event.seats,
        event.get_selection_display(),
        agreed(event),
        window(event),
    )


def window(event: Event) -> str:
    """When to sign up, to the minute."""
    assert event.signup_until is not None
    until = f"到{moment_in_words(event.signup_until)}为止"
    return f"{moment_in_words(event.signup_from)}开始，{until}" if event.signup_from else until


def agreed(event: Event) -> str:
    """The agreement on the seed, as the notice gives it before anybody signs up."""
    found = event.drawing
    if found is None:
        return ""
    if found.source:
        assert found.comes_out_at is not None
        return format_html("<p>抽选的种子：{}，{}产生。</p>", found.source, moment_in_words(found.comes_out_at))
    return format_html("<p>抽选的种子已经封存，它的SHA-256散列：{}。</p>", found.commitment)


@transaction.atomic
def sign_up(event: Event, contact: Mapping[str, str], *, at: datetime) -> tuple[Signup, str]:
    """报一个名:先到先得的在锁里数,报满了列为候补;抽选的都先候补。"""
    event = _locked(event)
    if not event.is_taking(at):
        raise RuleBroken("这次活动现在没有接受报名", fix="请看公告里的报名时间。")
    given = {key: line(contact[key])[:60] for key in ("name", "reach") if contact.get(key)}
    if len(given) < 2:
        raise RuleBroken("没有填称呼和联系方式", fix="请都填，报上以后要联系您。")
    taken = event.signups.filter(state=SignupState.IN).count()
    free = event.selection == Selection.FIRST and taken < event.seats
    code, stored = codes.new_code(PURPOSE)
    signup = Signup.objects.create(
        event=event,
        number=f"{event.agency.code}-B-{event.pk}-{numbering.next_in(f'signup/{event.pk}'):04}",
        code=stored,
        contact=given,
        state=SignupState.IN if free else SignupState.WAITING,
        at=at,
    )
    log("engagement.signup", f"收到报名{signup}", at=at, agency=event.agency, about=signup)
    return signup, code


@transaction.atomic
def cancel_signup(signup: Signup, *, at: datetime) -> Signup:
    """报名的人取消;候补的第一位递补。"""
    event = _locked(signup.event)
    signup = event.signups.select_for_update().get(pk=signup.pk)
    if signup.state == SignupState.CANCELLED:
        raise RuleBroken("这个报名已经取消", fix="请刷新页面。")
    if at >= event.starts_at:
        raise RuleBroken("活动已经开始", fix="不能再取消。")
    signup.state, signup.cancelled_at = SignupState.CANCELLED, at
    signup.save(update_fields=["state", "cancelled_at"])
    log("engagement.cancel", f"取消报名{signup}", at=at, agency=event.agency, about=signup)
    _fill(event, at)
    return signup


def _fill(event: Event, at: datetime) -> None:
    """Let those who wait move up while there are seats: by the order of signing up, after a drawing by its order."""
    if event.selection == Selection.DRAW and not (event.drawing and event.drawing.is_drawn):
        return
    free = event.seats - event.signups.filter(state=SignupState.IN).count()
    for signup in event.signups.filter(state=SignupState.WAITING).order_by("rank", "pk")[: max(free, 0)]:
        signup.state = SignupState.IN
        signup.save(update_fields=["state"])
        log("engagement.signup", f"候补递补{signup}", at=at, agency=event.agency, about=signup)


@transaction.atomic
def draw(event: Event, number: str = "", *, by: User, at: datetime) -> int:
    """报名截止以后照事先约定的种子抽选,谁都可以照着重算;没有抽中的按抽出的次序候补。"""
    event = _locked(event)
    access.require(by, "engagement.event", event.agency)
    if event.selection != Selection.DRAW:
        raise RuleBroken("这次活动不是抽选的", fix="请核对。")
    if event.notice is None or event.notice.published_at is None:
        raise RuleBroken("公告还没有公布，没有人报名", fix="请先公布公告，接受报名。")
    assert event.signup_until is not None
    waiting = {row.number: row for row in event.signups.filter(state=SignupState.WAITING)}
    done = drawing.draw(event.drawing, waiting, event.seats, number=number, closes=event.signup_until, at=at)
    for rank, name in enumerate(done.order, 1):
        waiting[name].rank = rank
        waiting[name].state = SignupState.IN if rank <= event.seats else SignupState.WAITING
    Signup.objects.bulk_update(waiting.values(), ["rank", "state"])
    _noted("draw", event, f"抽出{len(done.chosen)}人", at=at, by=by, counts=len(done.chosen))
    return len(done.chosen)


@transaction.atomic
def finish_event(event: Event, attended: int, outcome: str, *, by: User, at: datetime) -> Event:
    """办结:到场多少人,收到什么意见、怎样答复。"""
    event = _locked(event)
    access.require(by, "engagement.event", event.agency)
    _no_briefing(event)
    if at < event.ends_at:
        raise RuleBroken("活动还没有结束", fix="请在结束以后登记。")
    if not outcome.strip():
        raise RuleBroken("没有写收到的意见和答复", fix="没有收到意见的写“没有收到意见”。")
    event.attended, event.outcome, event.held_at = attended, outcome.strip()[:5000], at
    event.save(update_fields=["attended", "outcome", "held_at"])
    _noted("held", event, f"办结，到场{attended}人", at=at, by=by)
    return event


@transaction.atomic
def erase_signups(*, before: datetime, at: datetime) -> int:
    """活动结束满了保管的时间,清除报名的称呼和联系方式;数还在。"""
    rows = [one for one in Signup.objects.filter(event__ends_at__lt=before) if one.contact or one.rating_note]
    for signup in rows:
        Signup.objects.filter(pk=signup.pk).update(contact={}, rating_note="")
    if rows:
        log("engagement.erase", f"清除{len(rows)}个报名的联系方式", at=at, counts=len(rows))
    return len(rows)
