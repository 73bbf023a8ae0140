"""文书:拟稿、签发(取号、记步骤、封存全文)、送达。签发以后一字不改。"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gongkai.adapters import render
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check, mark
from gongkai.law import calendar, fees, procedure, replies
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.models import User
from gongkai.org.vault import vault

from .. import composing, numbering, papers
from ..models import Application, Fee, Item, Letter
from ..terms import FileRole, OpinionKind, Verdict
from .common import given_mark, in_hand, law_steps, locked, record
from .journal import log


@transaction.atomic
def draft(application: Application, kind: str, filled: dict[str, str], *, by: User, at: datetime) -> Letter:
    """拟一份文书;可以先空着几项,签发时再核。"""
    application, paper = locked(application), papers.get(kind)
    access.require(by, "foi.handle", application.agency)
    if paper.step:
        in_hand(application, by)
    letter = Letter(
        application=application, kind=kind, drafted_by=by, drafted_at=at, fields=_filled(paper, filled)
    )
    letter.save()
    log("foi.draft", application, f"拟《{paper.label}》", by=by, at=at)
    return letter


@transaction.atomic
def redraft(letter: Letter, filled: dict[str, str], *, by: User, at: datetime) -> Letter:
    """改稿:没有签发的才能改。审查意见是对各项处理的,改了处理才作废(``decide``)。"""
    application, letter = _unissued(letter)
    access.require(by, "foi.handle", application.agency)
    letter.fields = _filled(papers.get(letter.kind), filled)
    letter.drafted_by, letter.drafted_at = by, at
    letter.handed_at = letter.chased_at = None
    letter.save(update_fields=["fields", "drafted_by", "drafted_at", "handed_at", "chased_at"])
    log("foi.draft", application, f"改《{papers.get(letter.kind).label}》", by=by, at=at)
    return letter


@transaction.atomic
def hand_in(letter: Letter, *, by: User, at: datetime) -> Letter:
    """送签:各项填齐了的稿子交给有签发权的人,进他的待办;改了稿要重新送。

    办结以后才发的(更正、告知第三方、送达回证)照样送,不记步骤的文书不要求还在办。
    """
    application, letter = _unissued(letter)
    paper = papers.get(letter.kind)
    access.require(by, "foi.handle", application.agency)
    if paper.step or application.is_open:
        in_hand(application, by)
    if letter.handed_at:
        raise RuleBroken(f"《{paper.label}》已经送签", fix="请等签发；着急的可以催签。")
    preview(letter, local_day(at))
    letter.handed_at = at
    letter.save(update_fields=["handed_at"])
    log("foi.hand", application, f"送签《{paper.label}》", by=by, at=at, letter=letter.pk)
    return letter


@transaction.atomic
def chase_signing(letter: Letter, *, by: User | None, at: datetime, to: list[int]) -> Letter:
    """催签:承办人催,或者后台催(``by`` 为空)。一天至多一次。``to`` 是可以签发的人。"""
    application, letter = _unissued(letter)
    if by is not None:
        access.require(by, "foi.handle", application.agency)
    if letter.handed_at is None:
        raise RuleBroken("还没有送签", fix="请先送签。")
    if letter.chased_at and local_day(letter.chased_at) == local_day(at):
        raise RuleBroken("今天已经催过", fix="请直接同签发人联系。")
    letter.chased_at = at
    letter.save(update_fields=["chased_at"])
    log("foi.chase_signing", application, f"催签《{papers.get(letter.kind).label}》", by=by, at=at, to=to)
    return letter


@transaction.atomic
def drop(letter: Letter, *, by: User, at: datetime) -> None:
    """作废一份没有签发的稿子。"""
    application, letter = _unissued(letter)
    access.require(by, "foi.handle", application.agency)
    letter.void = True
    letter.save(update_fields=["void"])
    log("foi.draft", application, f"作废《{papers.get(letter.kind).label}》稿", by=by, at=at)


def _filled(paper: papers.Paper, filled: dict[str, str]) -> dict[str, str]:
    return {blank.key: str(filled.get(blank.key, "")).strip()[:5000] for blank in paper.blanks}


def _unissued(letter: Letter) -> tuple[Application, Letter]:
    application = locked(letter.application_id)
    letter = Letter.objects.get(pk=letter.pk)
    if letter.issued_at or letter.void:
        raise RuleBroken("这份文书已经签发或者作废，不能再改", fix="需要更正的，请另发一份。")
    return application, letter


def preview(letter: Letter, on: date) -> render.Paper:
    """The letter: as it was issued, or as it would be issued on this day, without a number.

    Raises:
        RuleBroken: something is not filled in yet.
    """
    if letter.sealed:
        return _opened(letter)
    return compose(letter.application, papers.get(letter.kind), letter.fields, on, "")


def letter_mark(shown: render.Paper) -> str:
    """Tells this text of a letter from any other (``desk.seen``)."""
    return mark(asdict(shown))


def signing_mark(letter: Letter, shown: render.Paper) -> str:
    """What a signer sees on the page of a letter: its text and, with a reply, what is given and who reviewed it."""
    if letter.kind != "reply":
        return letter_mark(shown)
    reviews = letter.application.opinions.filter(valid=True).order_by("pk")
    return mark(asdict(shown), given_mark(letter.application), list(reviews.values_list("pk", flat=True)))


def _opened(letter: Letter) -> render.Paper:
    data = json.loads(vault().unseal(letter.sealed))
    return render.Paper(**data | {"body": tuple(data["body"]), "notes": tuple(data["notes"])})


def printed(letter: Letter, suffix: str) -> tuple[str, bytes]:
    """(文件名, 内容) of an issued letter as ``pdf`` or ``docx``, set from its sealed text."""
    if not letter.sealed:
        raise RuleBroken("没有签发的文书不能下载", fix="请先签发。")
    paper = _opened(letter)
    name = (papers.bare(f"{paper.title}{letter.number}") or "文书") + f".{suffix}"
    if suffix == "docx":
        return name, render.docx(paper)
    return name, render.pdf(paper, papers.fonts())


def missing_characters(paper: render.Paper) -> tuple[str, ...]:
    """Characters of the letter that no font at hand can print (缺字); nothing where there is no font at all."""
    try:
        return render.missing_characters(paper, papers.fonts())
    except render.NoFont:
        return ()


def compose(
    application: Application, paper: papers.Paper, filled: dict[str, str], on: date, number: str
) -> render.Paper:
    """The letter ready to be set: red head, number, addressee, body, signer, day."""
    values = composing.facts(application, paper, filled | {"on": on.isoformat()}, on)
    if paper.key == "extension":
        values["due"] = papers.day(_extended(application, filled))
    body = papers.paragraphs(paper, values)
    addressee = {
        "applicant": values["applicant"],
        "party": values.get("party", ""),
        "inner": values.get("party", ""),
    }
    return render.Paper(
        title=paper.label,
        body=tuple(body),
        head=str(application.agency) if number or paper.code else "",
        number=number,
        addressee=addressee[paper.to],
        signer=str(application.agency),
        day=papers.day(on),
    )


def _extended(application: Application, filled: dict[str, str]) -> date | None:
    """The due day after the extension that the letter tells of."""
    days = filled.get("days", "")
    if not (days.isascii() and days.isdigit()):
        return None
    last = application.due_on or application.original_due_on or application.received_on
    step = procedure.Step("extended", min(last, application.original_due_on or last), {"days": int(days)})
    return procedure.review(application.received_on, [*law_steps(application), step]).due


@transaction.atomic
def issue(
    letter: Letter,
    *,
    by: User,
    at: datetime,
    on: date | None = None,
    outcome: str = "",
    received_on: date | None = None,
    seen: str | None = None,
) -> Letter:
    """签发:核权限、核各项、取文号、记步骤、封存全文,一起写进去。

    Args:
        on: 落款日期, today unless a past paper is entered afterwards.
        outcome: for the reply with several refusals, which one the case is counted under.
        seen: what the signer was shown (``signing_mark``); checked if given.
        received_on: the day on which the other side got it, where that starts a period (费用通知).
    """
    application, letter = _unissued(letter)
    paper = papers.get(letter.kind)
    access.require(by, paper.right, application.agency)
    if paper.step and paper.right == "foi.handle":
        in_hand(application, by)
    on = on or local_day(at)
    if seen is not None:
        check(seen, signing_mark(letter, preview(letter, on)))
    if paper.key == "reply":
        _may_sign(application, letter, by, at)
    letter_code = application.agency.letter_code
    seq = numbering.next_number(paper.key, application.agency, on.year) if paper.code and letter_code else 0
    letter.number = paper.number(letter_code, on.year, seq)
    extra = _extra(paper, letter, on, by)
    set_paper = compose(application, paper, letter.fields, on, letter.number)
    letter.issued_by, letter.issued_at, letter.issued_on = by, at, on
    letter.sealed = vault().seal(json.dumps(asdict(set_paper), ensure_ascii=False))
    letter.save()
    if paper.step:
        if paper.key == "reply":
            items = [item.outcome for item in application.items.all()]
            extra = {"letter": letter.pk, "outcome": replies.overall(items, outcome)}
        record(application, paper.step, on, by=by, at=at, extra=extra)
    if paper.key == "fee":
        _charge(application, letter, on, received_on or on)
    log("foi.issue", application, f"签发《{paper.label}》{letter.number}", by=by, at=at, letter=letter.pk)
    return letter


def _may_sign(application: Application, letter: Letter, by: User, at: datetime) -> None:
    """The gates before a reply is signed: another person than the drafter (C45), the reviews by the kinds of reply
    (C47), every item complete (C56–C58), what it calls public public still."""
    if letter.drafted_by_id == by.pk:
        raise RuleBroken("拟稿人不能签发自己拟的答复", fix="请由另一位有签发权的人签发。")
    items = list(application.items.select_related("record"))
    taken = {step.kind for step in application.steps.all() if not step.void}
    wrong = [f"第{item.order}项：{finding.message}" for item in items for finding in item_findings(item, taken)]
    if not items or wrong:
        raise RuleBroken(
            "；".join(one.rstrip("。") for one in wrong) or "还没有一项信息", fix="请补齐以后再签发。"
        )
    for item in items:
        if item.record is not None and not item.record.is_public(at):
            raise RuleBroken(
                f"第{item.order}项写的已公开信息{titled(item.record)}已经撤下或者还没有公开",
                fix="请重新定这一项的处理结果，再送审。",
            )
    passed = {one.kind for one in application.opinions.filter(valid=True, verdict=Verdict.PASS)}
    missing = [gate for gate in replies.gates(item.outcome for item in items) if gate not in passed]
    if missing:
        labels = "、".join(OpinionKind.from_value(gate).label for gate in missing)
        raise RuleBroken(f"这样的答复要先经过{labels}", source="《条例》第十七条", fix="请先送审，审过再签发。")
    if replies.overall([item.outcome for item in items]) in ("provided", "partial") and not _gives(application):
        raise RuleBroken(
            "要提供的文件还没有放进案卷", fix="请先在“文件”里放入提供给申请人的文件，或者写明查阅的时间地点。"
        )


def _gives(application: Application) -> bool:
    """Whether there is something to hand over: a file, or the manner is to read it on the spot."""
    return application.manner == "inspect" or application.files.filter(role=FileRole.REPLY).exists()


def item_findings(item: Item, taken: set[str]) -> list[procedure.Finding]:
    """What is missing in one item before it can be answered."""
    if not item.outcome:
        return [procedure.Finding("no_outcome", "还没有定处理结果。", "", "请定处理结果。")]
    return replies.check(item.outcome, item.facts, answers=item.answers, ground=item.ground, taken=taken)


def _extra(paper: papers.Paper, letter: Letter, on: date, by: User) -> dict[str, Any]:
    """What the step must remember of the letter."""
    extra: dict[str, Any] = {"letter": letter.pk}
    days = letter.fields.get("days", "")
    if "days" in {blank.key for blank in paper.blanks} and days:
        if not (days.isascii() and days.isdigit() and 0 < int(days) <= 366):
            raise RuleBroken(f"工作日数“{days}”不对", fix="请填整数。")
        extra["days"] = int(days)
    if paper.step == "correction_notice" and "days" in extra:
        extra["until"] = calendar.add(on, extra["days"], provisional=True).isoformat()
    if paper.step == "extended":
        extra |= {"approver": str(by), "notified_on": on.isoformat()}
    if letter.fields.get("party"):
        extra["party"] = letter.fields["party"][:80]
    return extra


def _charge(application: Application, letter: Letter, on: date, received_on: date) -> None:
    basis, yuan = composing.fee_of(letter.fields | {"on": application.received_on.isoformat()})
    Fee.objects.create(
        application=application,
        basis=basis.value,
        quantity=int(letter.fields["quantity"]),
        yuan=Decimal(yuan),
        notified_on=received_on,
        due_on=fees.payment_due(received_on, provisional=True),
    )
