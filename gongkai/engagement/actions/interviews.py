"""在线访谈:建立、起草预告、开始、结束、起草实录。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.law import dialogue
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from ..models import Interview
from ..terms import OWED_STATES, AskedState
from .events import moment_in_words

NOTICE, TRANSCRIPT = "event", "interview"
FIELDS = (
    "title",
    "topic",
    "guests",
    "has_chief",
    "form",
    "video",
    "starts_at",
    "ends_at",
    "questions_until",
)


def locked(interview: Interview) -> Interview:
    """The interview's row, locked until the transaction ends."""
    rows = Interview.objects.select_for_update(of=("self",)).select_related("agency", "record", "transcript")
    return rows.get(pk=interview.pk)


def noted(
    action: str, interview: Interview, what: str, *, at: datetime, by: User | None = None, **more: Any
) -> None:
    """One line of the log. What is about the interview itself takes its page away until it is written anew
    (``sections``); what the public does not see is about something else."""
    about = more.pop("about", interview)
    log(
        f"engagement.{action}",
        f"访谈“{interview}”：{what}",
        at=at,
        by=by,
        agency=interview.agency,
        about=about,
        **more,
    )


def _checked(interview: Interview) -> None:
    dialogue.may_call(
        starts=interview.starts_at,
        ends=interview.ends_at,
        questions_until=interview.questions_until,
        topic=interview.topic,
        guests=interview.guests,
    )


def _put(interview: Interview, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(interview, name, values[name])
    interview.title, interview.topic = line(interview.title)[:120], clean(interview.topic).strip()[:2000]
    _checked(interview)


@transaction.atomic
def plan_interview(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> Interview:
    """建立一期访谈。"""
    access.require(by, "engagement.event", agency)
    interview = Interview(agency=agency)
    _put(interview, values)
    interview.save()
    noted("interview", interview, "建立", at=at, by=by)
    return interview


@transaction.atomic
def save_interview(interview: Interview, values: Mapping[str, Any], *, by: User, at: datetime) -> Interview:
    """预告签发以前改;签发以后只补视频网址,别的改动请更正预告。"""
    interview = locked(interview)
    access.require(by, "engagement.event", interview.agency)
    if interview.record is not None and interview.record.published_at is not None:
        values = {"video": values.get("video", interview.video)}
    _put(interview, values)
    interview.save()
    noted("interview", interview, "修改", at=at, by=by)
    return interview


@transaction.atomic
def draft_interview_notice(interview: Interview, *, by: User, at: datetime) -> Edition:
    """起草预告:时间、主题、嘉宾、形式、怎样提问由登记排出;没有签发的重新排一遍。"""
    interview = locked(interview)
    access.require(by, "engagement.event", interview.agency)
    _checked(interview)
    title, body = f"在线访谈预告：{interview}", _notice(interview)
    if interview.record is not None:
        return _again(interview.record.draft, title, body, by=by, at=at)
    edition = records.create(interview.agency, NOTICE, by=by, at=at, title=title, made_on=local_day(at), body=body)
    interview.record = edition.record
    interview.save(update_fields=["record"])
    noted("interview", interview, "起草预告", at=at, by=by)
    return edition


def _again(draft: Edition | None, title: str, body: str, *, by: User, at: datetime) -> Edition:
    """Lay an unsigned paper out anew."""
    if draft is None:
        raise RuleBroken("这一件已经签发", fix="要改的请更正那件信息。")
    return records.save(draft, {"title": title, "body": body}, by=by, at=at, revision=draft.revision)


def _notice(interview: Interview) -> str:
    return format_html(
        "<p>时间：{}开始。</p><p>主题：{}。{}</p><p>嘉宾：{}。</p><p>形式：{}。</p>"
        "<p>提问：网上，到{}为止；不收姓名和联系方式。没有当场答的，结束以后公开回复。</p>",
        moment_in_words(interview.starts_at),
        interview.title,
        interview.topic,
        interview.guests_said,
        interview.get_form_display(),
        moment_in_words(interview.questions_until),
    )


@transaction.atomic
def open_interview(interview: Interview, *, by: User, at: datetime) -> Interview:
    """宣布开始;从这一刻起实录一段一段公开。"""
    interview = locked(interview)
    access.require(by, "engagement.event", interview.agency)
    if not interview.is_public(at):
        raise RuleBroken("预告没有公布", fix="请先起草预告、送审、签发。")
    if interview.opened_at is not None:
        raise RuleBroken("这期访谈已经开始", fix="请刷新页面。")
    if local_day(at) < local_day(interview.starts_at):
        raise RuleBroken(f"预告的日子是{local_day(interview.starts_at)}，今天还没有到", fix="改期的请先更正预告。")
    interview.opened_at = at
    interview.save(update_fields=["opened_at"])
    noted("open", interview, "开始", at=at, by=by)
    return interview


@transaction.atomic
def close_interview(interview: Interview, *, by: User, at: datetime) -> Interview:
    """宣布结束;没有当场答、也没有说明不答的,从这一天起算公开回复的期限。"""
    interview = locked(interview)
    access.require(by, "engagement.event", interview.agency)
    if interview.opened_at is None or interview.closed_at is not None:
        raise RuleBroken("这期访谈不在进行", fix="请刷新页面。")
    if not interview.lines.exists():
        raise RuleBroken("实录一段也没有", fix="请先登记说了什么。")
    interview.closed_at = at
    interview.save(update_fields=["closed_at"])
    due = dialogue.answer_due(local_day(at)).due
    owed = interview.questions.filter(state__in=OWED_STATES).update(due_on=due)
    noted("close", interview, f"结束，{owed}个问题待公开回复", at=at, by=by, counts=owed)
    return interview


@transaction.atomic
def draft_transcript(interview: Interview, *, by: User, at: datetime) -> Edition:
    """起草实录:从一段一段排出,追答的接在后面;审核签发以后就是一件信息。"""
    interview = locked(interview)
    access.require(by, "engagement.event", interview.agency)
    if interview.closed_at is None:
        raise RuleBroken("访谈还没有结束", fix="请先宣布结束。")
    title, body = f"在线访谈实录：{interview}", _transcript(interview)
    if interview.transcript is not None:
        return _again(interview.transcript.draft, title, body, by=by, at=at)
    edition = records.create(
        interview.agency, TRANSCRIPT, by=by, at=at, title=title, made_on=local_day(interview.closed_at), body=body
    )
    interview.transcript = edition.record
    interview.save(update_fields=["transcript"])
    noted("transcript", interview, "起草实录", at=at, by=by)
    return edition


def _transcript(interview: Interview) -> str:
    lines = format_html_join("", "<p>{}：{}</p>", ((one.speaker, one.text) for one in interview.lines.all()))
    later = interview.questions.filter(state=AskedState.REPLIED)
    replies = format_html_join("", "<p>网友：{}</p><p>回复：{}</p>", ((one.shown, one.answer) for one in later))
    head = format_html("<p>嘉宾：{}。</p>", interview.guests_said)
    return head + lines + (mark_safe("<p>会后回复：</p>") + replies if replies else "")
