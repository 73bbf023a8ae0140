"""定结果、出意见、收费、救济、转主动公开、逾期原因。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import remedies as law
from gongkai.law import replies
from gongkai.law.errors import RuleBroken
from gongkai.law.grounds import grounds
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org import actions as org
from gongkai.org.models import Agency, User
from gongkai.records.actions.drafting import begin
from gongkai.records.models import Record

from ..models import Application, Conversion, Item, Opinion, Remedy, Step
from ..terms import ConversionStage, OpinionKind, RemedyKind, RemedyResult, Verdict
from .common import given_mark, handled, locked, open_case, record, save, void_reviews
from .journal import log


@transaction.atomic
def decide(
    item: Item,
    outcome: str,
    *,
    by: User,
    at: datetime,
    facts: dict[str, str] | None = None,
    ground: str = "",
    answers: dict[str, str] | None = None,
    record_: Record | None = None,
    earlier: Application | None = None,
) -> Item:
    """定一项信息的处理结果。改了结果,此前的审查意见作废(C44)。"""
    application = handled(Application.objects.get(pk=item.application_id), by)
    item = Item.objects.get(pk=item.pk)
    if outcome not in replies.outcomes():
        raise RuleBroken(f"没有“{outcome}”这种处理结果", fix="请从处理结果里选。")
    if ground and ground not in grounds():
        raise RuleBroken(f"没有“{ground}”这种理由", fix="请从理由里选。")
    if earlier is not None and earlier.pk == application.pk:
        raise RuleBroken("原答复的申请不能是这一件自己", fix="请选先前答复过的申请。")
    known = set(replies.facts())
    item.outcome, item.ground = outcome, ground
    item.facts = {key: text.strip()[:3000] for key, text in (facts or {}).items() if key in known and text.strip()}
    item.answers = {key: text.strip()[:3000] for key, text in (answers or {}).items() if text.strip()}
    linked = earlier is not None and item.earlier_id != earlier.pk
    item.record, item.earlier = record_, earlier
    item.save()
    if earlier is not None and linked:
        log("foi.decide", earlier, f"{application.number}第{item.order}项以这一件的答复为准", by=by, at=at)
    void_reviews(application)
    label = replies.outcomes()[outcome].label
    log("foi.decide", application, f"第{item.order}项定为“{label}”", by=by, at=at)
    return item


@transaction.atomic
def opine(
    application: Application,
    kind: OpinionKind,
    verdict: Verdict,
    text: str,
    *,
    by: User,
    at: datetime,
    parties: str = "",
    seen: str | None = None,
) -> Opinion:
    """出意见:保密审查、法制审核各由有这个岗位的人,不能是承办人自己;会商和法律顾问意见由承办人记录。``seen`` 是审查人
    看到的各项处理和要给出的文件(``given_mark``),给了就核对。"""
    application = locked(application)
    open_case(application)
    gate = kind in (OpinionKind.SECRECY, OpinionKind.LEGAL)
    access.require(by, f"foi.{kind.value}" if gate else "foi.handle", application.agency)
    if gate and application.handler_id == by.pk:
        raise RuleBroken("承办人不能审自己办的申请", fix=f"请由另一位{kind.label}的人审。")
    check(seen, given_mark(application))
    if not text.strip():
        raise RuleBroken("意见没有写", fix="请写明审查的依据和结论。")
    if kind is OpinionKind.CONSULTATION and not parties.strip():
        raise RuleBroken("会商要写明参加单位", fix="请写明有哪些单位参加。")
    if gate:
        application.opinions.filter(kind=kind, valid=True).update(valid=False)
    row = Opinion.objects.create(
        application=application,
        kind=kind,
        verdict=verdict,
        text=text.strip()[:5000],
        parties=parties.strip()[:200],
        by=by,
        at=at,
    )
    steps = {
        OpinionKind.SECRECY: "secrecy_review",
        OpinionKind.LEGAL: "legal_review",
        OpinionKind.CONSULTATION: "consultation",
    }
    if kind in steps:
        record(
            application, steps[kind], local_day(at), by=by, at=at, extra={"verdict": verdict.value}, lawful=False
        )
    else:
        log("foi.opinion", application, f"{kind.label}（{verdict.label}）", by=by, at=at)
    return row


@transaction.atomic
def paid(application: Application, on: date, receipt: str, *, by: User, at: datetime) -> Step:
    """登记缴费:期限自完成缴费次日起重新计算。"""
    application = handled(application, by)
    fee = getattr(application, "fee", None)
    if fee is None:
        raise RuleBroken("这件申请没有收费通知", fix="请先发收费通知书。")
    step = record(application, "fee_paid", on, by=by, at=at, extra={"yuan": str(fee.yuan)})
    fee.paid_on, fee.receipt = on, receipt.strip()[:40]
    fee.save(update_fields=["paid_on", "receipt"])
    return step


@transaction.atomic
def explain_late(application: Application, cause: str, *, by: User, at: datetime) -> None:
    """逾期的写明原因(C59)。"""
    application = locked(application)
    access.require(by, "foi.handle", application.agency)
    if not cause.strip():
        raise RuleBroken("没有写逾期的原因", fix="请写明原因和责任环节。")
    application.late_cause = cause.strip()[:200]
    application.save(update_fields=["late_cause"])
    log("foi.late", application, "写明逾期原因", by=by, at=at, cause=application.late_cause)


@transaction.atomic
def remedy(
    agency: Agency,
    kind: RemedyKind,
    filed_on: date,
    body: str,
    *,
    by: User,
    at: datetime,
    application: Application | None = None,
    case_number: str = "",
    simple: bool = True,
) -> Remedy:
    """登记一件复议或者诉讼;复议的算出提交答复和证据的期限。"""
    access.require(by, "foi.remedy", agency)
    if filed_on > local_day(at):
        raise RuleBroken(f"收到通知之日{filed_on}在今天以后", fix="请填实际的日期。")
    if not body.strip():
        raise RuleBroken("没有写复议机关或者法院", fix="请写明全称。")
    due = law.answer_due(filed_on, simple=simple) if kind is RemedyKind.REVIEW and filed_on.year >= 2024 else None
    row = Remedy.objects.create(
        application=application,
        agency=agency,
        kind=kind,
        filed_on=filed_on,
        body=body.strip()[:80],
        case_number=case_number.strip()[:60],
        answer_due_on=due,
    )
    org.log("foi.remedy", f"登记{kind.label}（{filed_on}）", at=at, by=by, agency=agency, about=application or row)
    return row


@transaction.atomic
def settle(row: Remedy, result: RemedyResult, decided_on: date, reason: str, *, by: User, at: datetime) -> Remedy:
    """登记复议、诉讼的结果;结果纠正的写明为什么输。"""
    row = Remedy.objects.select_for_update(of=("self",)).select_related("agency", "application").get(pk=row.pk)
    access.require(by, "foi.remedy", row.agency)
    if decided_on < row.filed_on or decided_on > local_day(at):
        raise RuleBroken(f"结案之日{decided_on}不对", fix=f"应在{row.filed_on}以后、今天以前。")
    if result is RemedyResult.CORRECTED and not reason.strip():
        raise RuleBroken("结果纠正的，要写明被纠正的主要理由", fix="请写明理由，好改进。")
    row.result, row.decided_on, row.reason = result, decided_on, reason.strip()[:2000]
    if result is RemedyResult.PENDING:
        row.decided_on = None
    row.save()
    org.log(
        "foi.remedy",
        f"{row.get_kind_display()}结果：{result.label}",
        at=at,
        by=by,
        agency=row.agency,
        about=row.application or row,
    )
    return row


@transaction.atomic
def propose(application: Application, title: str, why: str, *, by: User | None, at: datetime) -> Conversion:
    """建议转为主动公开(条例第四十四条);同一件只提一次,没有结论以前不重复。"""
    application = locked(application)
    if by is not None:
        access.require(by, "foi.handle", application.agency)
    if application.conversions.exclude(stage=ConversionStage.DECLINED).exists():
        raise RuleBroken("这件申请已经提出过转主动公开", fix="请看原来的结论。")
    if not title.strip() or not why.strip():
        raise RuleBroken("没有写拟公开的信息或者缘由", fix="请写明。")
    row = Conversion.objects.create(
        application=application,
        title=title.strip()[:200],
        why=why.strip()[:300],
        stage=ConversionStage.PROPOSED,
        proposed_by=by,
        proposed_at=at,
    )
    log("foi.propose", application, "建议转为主动公开", by=by, at=at)
    return row


@transaction.atomic
def release(
    row: Conversion, accept: bool, reason: str, *, by: User, at: datetime, type: str = "statutory-other"
) -> Conversion:
    """审核转主动公开。同意的起草成一件主动公开的信息,照常三审签发;申请人的任何情况都不带过去。"""
    application = locked(row.application_id)
    row = Conversion.objects.get(pk=row.pk)
    access.require(by, "foi.release", application.agency)
    if row.stage != ConversionStage.PROPOSED:
        raise RuleBroken("这条建议已经有结论", fix="请刷新页面。")
    if not accept and not reason.strip():
        raise RuleBroken("不转的要写明理由", source="《条例》第四十四条", fix="请写明理由。")
    row.stage = ConversionStage.ACCEPTED if accept else ConversionStage.DECLINED
    row.decided_by, row.decided_at, row.reason = by, at, reason.strip()[:300]
    if accept:
        edition = begin(application.agency, type, by=by, at=at, title=row.title)
        row.record = edition.record
        org.log(
            "records.create",
            f"由依申请公开转出{titled(edition.title)}",
            at=at,
            by=by,
            agency=application.agency,
            about=edition.record,
            source=application.number,
        )
    row.save()
    word = "同意转为主动公开" if accept else "不转为主动公开"
    log("foi.release", application, f"{word}", by=by, at=at)
    return row


@transaction.atomic
def rederive(application: Application, *, at: datetime) -> tuple[date | None, date | None]:
    """重算派生列(日历改了、征求意见到期了);变了的记一条,办结的不动(C08)。返回原来的和现在的应答复日。"""
    application = locked(application)
    old = (application.state, application.due_on)
    if not application.is_open:
        return old[1], old[1]
    before = application.get_state_display()
    save(application, at)
    if (application.state, application.due_on) != old:
        log(
            "foi.recount",
            application,
            f"应答复日由{old[1] or '未定'}改为{application.due_on or '未定'}",
            at=at,
            old=str(old[1] or ""),
            new=str(application.due_on or ""),
            state=[before, application.get_state_display()],
        )
    return old[1], application.due_on
