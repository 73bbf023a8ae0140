"""一场发布会:提出、报批、审批、举行、出席、答问、实录、视频、取消。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.html import format_html, format_html_join

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import press as law
from gongkai.law.engagement import Selection
from gongkai.law.errors import RuleBroken
from gongkai.law.press import Level, Rank
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from ..models import Attendee, Briefing, Event, OpinionCase, PressItem, PressQuestion
from ..press_terms import BriefingState
from ..terms import EventKind
from . import events

TYPE = "press"
D, S, A, H = BriefingState.DRAFT, BriefingState.SUBMITTED, BriefingState.APPROVED, BriefingState.HELD
TIMES = ("title", "place", "starts_at", "ends_at")


def _locked(briefing: Briefing) -> Briefing:
    rows = Briefing.objects.select_for_update(of=("self",)).select_related("event__agency", "transcript", "case")
    return rows.get(pk=briefing.pk)


def _in(briefing: Briefing, by: User, right: str, seen: str | None, *states: BriefingState) -> Briefing:
    briefing = _locked(briefing)
    access.require(by, right, briefing.event.agency)
    check(seen, briefing.mark)
    if briefing.state not in states:
        raise RuleBroken(f"这场发布会{briefing.get_state_display()}，不能这样办", fix="请刷新页面看最新的环节。")
    return briefing


def _saved(briefing: Briefing, action: str, what: str, *fields: str, at: datetime, by: User) -> Briefing:
    briefing.revision += 1
    briefing.save(update_fields=[*fields, "revision"])
    agency = briefing.event.agency
    log(f"engagement.{action}", f"发布会“{briefing}”：{what}", at=at, by=by, agency=agency, about=briefing)
    return briefing


@transaction.atomic
def propose_briefing(
    agency: Agency,
    values: Mapping[str, Any],
    level: Level,
    *,
    by: User,
    at: datetime,
    item: PressItem | None = None,
    is_emergency: bool = False,
    case: OpinionCase | None = None,
) -> Briefing:
    """提出一场;计划里的一场只开一次,突发事件的不列入计划。"""
    access.require(by, "engagement.press", agency)
    if item is not None:
        item = PressItem.objects.select_for_update().get(pk=item.pk)
        if is_emergency or item.agency_id != agency.pk or Briefing.objects.filter(item=item).exists():
            raise RuleBroken(
                f"计划里的“{item}”不能用在这一场", fix="它是别的单位的、已经开过，或者这一场是突发事件的。"
            )
    event = Event(agency=agency, kind=EventKind.PRESS, selection=Selection.INVITED)
    _put(event, values)
    briefing = Briefing.objects.create(event=event, item=item, level=level, is_emergency=is_emergency, case=case)
    return _saved(briefing, "briefing", "提出", at=at, by=by)


def _put(event: Event, values: Mapping[str, Any]) -> None:
    for name in TIMES:
        if name in values:
            setattr(event, name, values[name])
    if not event.title.strip() or not event.place.strip():
        raise RuleBroken("没有写主题或者地点", fix="请都写明。")
    events.checked(event)
    event.save()


@transaction.atomic
def save_briefing(
    briefing: Briefing, values: Mapping[str, Any], level: Level, *, by: User, at: datetime, seen: str | None = None
) -> Briefing:
    """报批以前改。"""
    briefing = _in(briefing, by, "engagement.press", seen, D)
    _put(briefing.event, values)
    briefing.level = level
    return _saved(briefing, "briefing", "修改", "level", at=at, by=by)


@transaction.atomic
def submit_briefing(briefing: Briefing, *, by: User, at: datetime, seen: str | None = None) -> Briefing:
    """报批;突发事件的不等审批,报备了就可以开。"""
    briefing = _in(briefing, by, "engagement.press", seen, D)
    briefing.submitted_by, briefing.note = by, ""
    briefing.state = A if briefing.is_emergency else S
    briefing.decided_at = at if briefing.is_emergency else None
    fields = ("submitted_by", "note", "state", "decided_at")
    return _saved(
        briefing, "briefing", "突发事件，报备" if briefing.is_emergency else "报批", *fields, at=at, by=by
    )


def _deciding(briefing: Briefing, by: User, seen: str | None) -> Briefing:
    """The briefing for whoever decides on one of its level: the unit's head, or the government's office."""
    briefing = _in(briefing, by, "engagement.press_approve", seen, S)
    if briefing.level != Level.UNIT and not access.may(by, "engagement.press_plan"):
        raise RuleBroken(f"{briefing.get_level_display()}的发布会由区政府办公室审批", fix="请等区政府办公室审批。")
    return briefing


@transaction.atomic
def approve_briefing(briefing: Briefing, *, by: User, at: datetime, seen: str | None = None) -> Briefing:
    """批准;报批的人不能批自己的。部门工作的本单位负责人批,全局、民生的区政府办公室批。"""
    briefing = _deciding(briefing, by, seen)
    if briefing.submitted_by_id == by.pk:
        raise RuleBroken("不能批准自己报批的", fix="请另一位负责人审批。")
    briefing.state, briefing.decided_by, briefing.decided_at = A, by, at
    return _saved(briefing, "briefing_decided", "批准", "state", "decided_by", "decided_at", at=at, by=by)


@transaction.atomic
def return_briefing(
    briefing: Briefing, reason: str, *, by: User, at: datetime, seen: str | None = None
) -> Briefing:
    """退回,写明要改什么;能批的才能退。"""
    briefing = _deciding(briefing, by, seen)
    if not line(reason):
        raise RuleBroken("没有写要改什么", fix="请写明。")
    briefing.state, briefing.note = D, line(reason)[:300]
    return _saved(briefing, "briefing_decided", "退回", "state", "note", at=at, by=by)


@transaction.atomic
def announce_briefing(briefing: Briefing, *, by: User, at: datetime, seen: str | None = None) -> Edition:
    """起草预告;批准以后才可以。"""
    briefing = _in(briefing, by, "records.write", seen, A)
    return events.draft_notice(briefing.event, by=by, at=at, approved=True)


@transaction.atomic
def attend(
    briefing: Briefing, name: str, post: str, rank: Rank, *, by: User, at: datetime, seen: str | None = None
) -> Attendee:
    """登记一位出席的人;实录公开以后不再改。"""
    briefing = _open(briefing, by, seen, A, H)
    given = {"name": line(name)[:40], "post": line(post)[:80]}
    if not all(given.values()):
        raise RuleBroken("没有写姓名或者职务", fix="请都写明。")
    row = Attendee.objects.create(briefing=briefing, rank=rank, **given)
    _saved(briefing, "briefing", f"登记出席：{row}", at=at, by=by)
    return row


def _open(briefing: Briefing, by: User, seen: str | None, *states: BriefingState) -> Briefing:
    briefing = _in(briefing, by, "engagement.press", seen, *states)
    if briefing.transcript is not None and briefing.transcript.published_at is not None:
        raise RuleBroken("文字实录已经签发", fix="要改的请更正那件信息。")
    return briefing


@transaction.atomic
def absent(row: Attendee, *, by: User, at: datetime, seen: str | None = None) -> None:
    """登记错了的去掉;答过问的、只剩一位的不能去。"""
    briefing = _open(row.briefing, by, seen, A, H)
    if row.answers.exists():
        raise RuleBroken(f"{row}答过提问", fix="请先改那一问是谁答的。")
    if briefing.state == H and briefing.attendees.count() == 1:
        raise RuleBroken("举行了的发布会不能没有出席的人", fix="请先登记对的，再去掉这一位。")
    row.delete()
    _saved(briefing, "briefing", f"去掉出席：{row}", at=at, by=by)


@transaction.atomic
def hold_briefing(
    briefing: Briefing, opening: str, *, by: User, at: datetime, seen: str | None = None
) -> Briefing:
    """登记已经举行:发布了什么;出席的人先登记好。"""
    briefing = _in(briefing, by, "engagement.press", seen, A)
    if at < briefing.event.starts_at:
        raise RuleBroken("发布会还没有开始", fix="请在举行以后登记。")
    if not opening.strip():
        raise RuleBroken("没有写发布的内容", fix="请写明发布人介绍了什么。")
    law.may_hold(briefing.ranks, answers_opinion=briefing.case is not None)
    briefing.state, briefing.opening = H, clean(opening)[:20000]
    return _saved(briefing, "briefing_held", "已举行", "state", "opening", at=at, by=by)


@transaction.atomic
def ask(
    briefing: Briefing,
    outlet: str,
    question: str,
    answer: str,
    answered_by: Attendee,
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> PressQuestion:
    """登记一问一答;只列问题不载答复的不收。"""
    briefing = _open(briefing, by, seen, H)
    given = _words(briefing, outlet, question, answer, answered_by)
    last = briefing.questions.aggregate(last=Max("order"))["last"] or 0
    row = PressQuestion.objects.create(briefing=briefing, order=last + 1, **given)
    _saved(briefing, "briefing", f"登记第{row.order}问", at=at, by=by)
    return row


@transaction.atomic
def edit_question(
    row: PressQuestion,
    outlet: str,
    question: str,
    answer: str,
    answered_by: Attendee,
    *,
    by: User,
    at: datetime,
) -> PressQuestion:
    """实录签发以前改一问。"""
    briefing = _open(row.briefing, by, None, H)
    for name, value in _words(briefing, outlet, question, answer, answered_by).items():
        setattr(row, name, value)
    row.save()
    _saved(briefing, "briefing", f"改第{row.order}问", at=at, by=by)
    return row


def _words(briefing: Briefing, outlet: str, question: str, answer: str, answered_by: Attendee) -> dict[str, Any]:
    if answered_by.briefing_id != briefing.pk:
        raise RuleBroken("回答的人没有登记出席这一场", fix="请先登记出席。")
    given = {"outlet": line(outlet)[:60], "question": clean(question)[:3000], "answer": clean(answer)[:10000]}
    if not all(text.strip() for text in given.values()):
        raise RuleBroken("没有写媒体、提问或者回答", fix="三样都写；只列提问、不载答复的公众用不上。")
    return {**given, "answered_by": answered_by}


@transaction.atomic
def put_video(briefing: Briefing, url: str, *, by: User, at: datetime, seen: str | None = None) -> Briefing:
    """登记视频的网址。"""
    briefing = _in(briefing, by, "engagement.press", seen, A, H)
    if not url.startswith("https://"):
        raise RuleBroken("视频网址不是https开头的", fix="请填完整的网址。")
    briefing.video_url = url[:300]
    return _saved(briefing, "briefing_video", "视频网址", "video_url", at=at, by=by)


@transaction.atomic
def draft_briefing_transcript(briefing: Briefing, *, by: User, at: datetime, seen: str | None = None) -> Edition:
    """起草文字实录:发布的内容、出席的人、每一问一答;没有签发的重新排。"""
    briefing = _in(briefing, by, "records.write", seen, H)
    event, day = briefing.event, local_day(briefing.event.starts_at)
    body, fields = _transcript(briefing), {"held_on": day.isoformat(), "video": briefing.video_url}
    if briefing.transcript is not None:
        draft = briefing.transcript.draft
        if draft is None:
            raise RuleBroken("文字实录已经签发", fix="要改的请更正那件信息。")
        return records.save(draft, {"body": body, "fields": fields}, by=by, at=at, revision=draft.revision)
    edition = records.create(
        event.agency,
        TYPE,
        by=by,
        at=at,
        title=f"新闻发布会实录：{event.title}",
        made_on=local_day(at),
        body=body,
        fields=fields,
    )
    briefing.transcript = edition.record
    _saved(briefing, "briefing", "起草文字实录", "transcript", at=at, by=by)
    return edition


def _transcript(briefing: Briefing) -> str:
    people = "、".join(str(one) for one in briefing.attendees.all())
    head = format_html(
        "<p>时间：{}。地点：{}。</p><p>出席：{}。</p>",
        events.moment_in_words(briefing.event.starts_at),
        briefing.event.place,
        people,
    )
    opening = format_html_join(
        "", "<p>{}</p>", ((text,) for text in briefing.opening.splitlines() if text.strip())
    )
    rows = briefing.questions.select_related("answered_by")
    asked = format_html_join(
        "",
        "<p>{}记者：{}</p><p>{}：{}</p>",
        ((one.outlet, one.question, str(one.answered_by), one.answer) for one in rows),
    )
    answers = format_html("<h2>答问</h2>{}", asked) if asked else ""
    return format_html("{}<h2>发布</h2>{}{}", head, opening, answers)


@transaction.atomic
def cancel_briefing(
    briefing: Briefing, reason: str, *, by: User, at: datetime, seen: str | None = None
) -> Briefing:
    """取消,写明理由;预告公布了的先把那件信息撤下或者更正。"""
    briefing = _in(briefing, by, "engagement.press", seen, D, S, A)
    if not line(reason):
        raise RuleBroken("没有写理由", fix="请写明为什么不开了。")
    notice = briefing.event.record
    if notice is not None and notice.is_public(at):
        raise RuleBroken("预告已经公布", fix="请先撤下预告，或者更正为延期、取消的说明。")
    briefing.state, briefing.note, briefing.item = BriefingState.CANCELLED, line(reason)[:300], None
    return _saved(briefing, "briefing", "取消", "state", "note", "item", at=at, by=by)
