"""送达:交邮、签收只在文书上登记一次,该记的步骤、该起算的期限都由它来。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import fees
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import User

from .. import papers
from ..models import Application, Fee, Letter, Step
from ..terms import State
from .common import handled, locked, record
from .journal import log

#: 登记送达时记下的步骤,各对应文书上的哪个日期。
DAYS = {"posted": "posted_on", "signed": "signed_on", "served": "signed_on"}


@transaction.atomic
def deliver(
    letter: Letter,
    *,
    by: User | None,
    at: datetime,
    posted_on: date | None = None,
    signed_on: date | None = None,
    tracking: str = "",
) -> Letter:
    """登记送达:交邮之日、签收之日。

    答复书按交邮或者签收之日判断是否逾期(国办公开办函〔2016〕235号);征求意见书签收,就是送达了那一方;收费通知签收,缴费期限从
    这一天起算。
    """
    application = locked(letter.application_id)
    letter = Letter.objects.get(pk=letter.pk)
    if by is not None:
        access.require(by, "foi.handle", application.agency)
    if letter.issued_at is None or letter.issued_on is None:
        raise RuleBroken("没有签发的文书不能送达", fix="请先签发。")
    if not posted_on and not signed_on:
        raise RuleBroken("没有填交邮或者签收的日期", fix="请至少填一个。")
    for day, name in ((posted_on, "交邮之日"), (signed_on, "签收之日")):
        if day and day < letter.issued_on:
            raise RuleBroken(f"{name}{day}早于落款日期{letter.issued_on}", fix="请核对日期。")
        if day and day > local_day(at):
            raise RuleBroken(f"{name}{day}在今天以后", fix="请填实际的日期。")
    first, newly_signed = letter.posted_on is None and letter.signed_on is None, letter.signed_on is None
    letter.posted_on = letter.posted_on or posted_on
    letter.signed_on = letter.signed_on or signed_on
    letter.tracking = tracking.strip()[:40] or letter.tracking
    letter.save(update_fields=["posted_on", "signed_on", "tracking"])
    if letter.kind == "reply":
        day = posted_on if first and posted_on else signed_on or posted_on
        assert day is not None
        kind = "posted" if day == posted_on else "signed"
        record(application, kind, day, by=by, at=at, extra={"letter": letter.pk})
    elif signed_on and newly_signed:
        _reached(application, letter, signed_on, by, at)
    log(
        "foi.deliver",
        application,
        f"《{papers.get(letter.kind).label}》送达",
        by=by,
        at=at,
        posted=str(posted_on or ""),
        signed=str(signed_on or ""),
    )
    return letter


def _reached(application: Application, letter: Letter, on: date, by: User | None, at: datetime) -> None:
    """What begins when another letter than the reply reaches the other side."""
    if papers.get(letter.kind).step.endswith("_sent") and application.state == State.INQUIRING:
        extra = {"party": letter.fields.get("party", "")[:80], "letter": letter.pk}
        record(application, "served", on, by=by, at=at, extra=extra)
    if letter.kind == "fee":
        due = fees.payment_due(on, provisional=True)
        Fee.objects.filter(application=application, paid_on=None).update(notified_on=on, due_on=due)


@transaction.atomic
def served(application: Application, party: str, on: date, *, by: User, at: datetime) -> Letter:
    """登记这一方的征求意见书送达:就是登记那份文书的签收。"""
    application = handled(application, by)
    kinds = [key for key, paper in papers.all().items() if paper.step.endswith("_sent")]
    sent = application.letters.filter(kind__in=kinds, signed_on=None).exclude(issued_at=None).order_by("pk")
    letter = next((one for one in sent if one.fields.get("party") == party), None)
    if letter is None:
        raise RuleBroken(f"没有等着送达“{party}”的征求意见书", fix="请先签发征求意见书；已经登记过的不用再办。")
    return deliver(letter, by=by, at=at, signed_on=on)


def undo(step: Step) -> None:
    """登记有误的送达作废以后,文书上的日期也不算,可以重新登记。"""
    if step.kind in DAYS and (pk := step.extra.get("letter")):
        Letter.objects.filter(pk=pk).update(**{DAYS[step.kind]: None})
