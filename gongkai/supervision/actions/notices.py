"""通报:由台账起草,另一个人核实,印发;正文里的数都从明细来,不写自然人。"""

from __future__ import annotations

from datetime import date, datetime
from html import escape

from django.db import transaction

from gongkai.adapters.personal import personal_data
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from .. import circular
from ..models import Notice, Round
from ..terms import NoticeKind, NoticeState, RoundState
from .common import locked, needed, noted, seen_as, touch


@transaction.atomic
def draft_notice(
    agency: Agency,
    kind: NoticeKind,
    title: str,
    *,
    since: date,
    until: date,
    on: date,
    by: User,
    at: datetime,
    round: Round | None = None,
) -> Notice:
    """起草:批评的列逾期的任务、逾期的整改,表扬的列考核优秀的、按期办成的;没有可写的不起草。"""
    access.require(by, "supervision.correct", agency)
    if until < since or until > on:
        raise RuleBroken(f"{since}至{until}不对", fix="请核对起止的日子，不能到将来。")
    if round is not None and round.state != RoundState.DECIDED:
        raise RuleBroken("考核还没有审定", fix="请在审定以后通报。")
    rows = circular.rows(kind, since, until, on=on, at=at, round=round)
    if not rows["rows"]:
        raise RuleBroken("台账里没有可以通报的", fix="请核对起止的日子。")
    notice = Notice.objects.create(
        kind=kind,
        title=needed(title, "标题")[:200],
        agency=agency,
        since=since,
        until=until,
        rows=rows,
        round=round,
        lead=circular.lead(kind, rows, since, until),
        demand=circular.demand(kind),
        drafted_by=by,
        drafted_at=at,
    )
    noted("notice", f"起草{kind.label}“{notice}”", notice, at=at, by=by, agency=agency)
    return notice


@transaction.atomic
def edit_notice(
    notice: Notice, lead: str, demand: str, *, by: User, at: datetime, seen: str | None = None
) -> Notice:
    """改开头和要求的文字;明细不能改。"""
    notice = locked(notice, "agency")
    access.require(by, "supervision.correct", notice.agency)
    seen_as(notice, seen)
    if notice.state != NoticeState.DRAFT:
        raise RuleBroken("已经核实的通报不能再改", fix="请另起草一份。")
    if found := personal_data(f"{lead}\n{demand}"):
        raise RuleBroken(f"通报里有{found[0].label}（{found[0].text}）", fix="通报只写单位，请去掉。")
    notice.lead, notice.demand = needed(lead, "开头"), needed(demand, "要求")
    touch(notice, "lead", "demand")
    noted("notice", f"改通报“{notice}”", notice, at=at, by=by, agency=notice.agency)
    return notice


@transaction.atomic
def confirm_notice(notice: Notice, *, by: User, at: datetime, seen: str | None = None) -> Notice:
    """核实点名的事实;不是起草的人。"""
    notice = locked(notice, "agency")
    access.require(by, "supervision.correct", notice.agency)
    seen_as(notice, seen)
    if notice.state != NoticeState.DRAFT:
        raise RuleBroken("这份通报已经核实过", fix="请刷新页面。")
    if notice.drafted_by_id == by.pk:
        raise RuleBroken("起草的人不能自己核实", fix="请由另一位逐条核实。")
    notice.state, notice.confirmed_by = NoticeState.CONFIRMED, by
    touch(notice, "state", "confirmed_by")
    noted("notice", f"核实通报“{notice}”", notice, at=at, by=by, agency=notice.agency)
    return notice


@transaction.atomic
def issue_notice(
    notice: Notice, number: str, *, on: date, by: User, at: datetime, seen: str | None = None
) -> Notice:
    """印发。"""
    notice = locked(notice, "agency")
    access.require(by, "supervision.decide", notice.agency)
    seen_as(notice, seen)
    if notice.state != NoticeState.CONFIRMED:
        raise RuleBroken("点名的事实还没有核实", fix="请先由另一位核实。")
    notice.number, notice.state, notice.issued_on = number.strip()[:80], NoticeState.ISSUED, on
    touch(notice, "number", "state", "issued_on")
    noted("issue", f"印发“{notice}”{notice.number}", notice, at=at, by=by, agency=notice.agency)
    return notice


@transaction.atomic
def draft_record(notice: Notice, *, by: User, at: datetime) -> Edition:
    """把印发的通报起草成一件信息,照信息发布的程序审核、签发。"""
    notice = locked(notice, "agency")
    if notice.state != NoticeState.ISSUED:
        raise RuleBroken("通报还没有印发", fix="请先印发。")
    if notice.record_id:
        raise RuleBroken("已经起草过", fix="请打开它。")
    body = "".join(f"<p>{escape(part)}</p>" for part in circular.paragraphs(notice))
    edition = records.create(
        notice.agency,
        "document",
        by=by,
        at=at,
        title=notice.title,
        made_on=notice.issued_on,
        genre="通报",
        body=body,
        doc_number=notice.number,
    )
    notice.record = edition.record
    touch(notice, "record")
    noted("notice", f"起草通报“{notice}”的公开稿", notice, at=at, by=by, agency=notice.agency)
    return edition
