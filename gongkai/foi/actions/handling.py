"""办理:交办和接手、补正、征求意见、延长、要求说明理由、撤回、重新办理、更正登记错误。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import calendar, params
from gongkai.law.errors import RuleBroken
from gongkai.org import access, codes
from gongkai.org.models import User

from .. import numbering
from ..models import Application, Assignment, Contact, File, Item, Step
from ..terms import RUNNING, FileRole
from .common import handled, locked, may_change_given, open_case, record, save, void_reviews
from .delivering import undo
from .describing import change
from .intake import attach, looked_at
from .journal import log


@transaction.atomic
def assign(
    application: Application, to: User, *, by: User, at: datetime, due_on: date | None = None, note: str = ""
) -> Assignment:
    """交办;已经有人承办的改交别人,原来的交办随之结束。"""
    application = locked(application)
    access.require(by, "foi.assign", application.agency)
    open_case(application)
    if not to.is_active or not access.may(to, "foi.handle", application.agency):
        raise RuleBroken(f"{to}不能承办{application.agency}的申请", fix="请交给本单位在用的信息员。")
    application.assignments.filter(returned_at=None).exclude(to=to).update(returned_at=at, reason="改交他人")
    application.handler = to
    application.save(update_fields=["handler"])
    row = Assignment.objects.create(application=application, to=to, by=by, at=at, due_on=due_on, note=note[:300])
    log("foi.assign", application, f"交{to}承办", by=by, at=at)
    return row


@transaction.atomic
def accept(application: Application, *, by: User, at: datetime) -> None:
    """接手:自己名下的,或者还没有人承办的。别人已经接手的,说是谁(C41)。"""
    application = locked(application)
    access.require(by, "foi.handle", application.agency)
    open_case(application)
    if application.handler_id and application.handler_id != by.pk:
        raise RuleBroken(f"这件申请已经由{application.handler}承办", fix="要改由您承办的，请单位负责人改交。")
    if application.handler_id is None:
        Assignment.objects.create(application=application, to=by, by=by, at=at, accepted_at=at)
    application.assignments.filter(to=by, returned_at=None, accepted_at=None).update(accepted_at=at)
    application.handler = by
    application.save(update_fields=["handler"])
    log("foi.accept", application, f"{by}接手", by=by, at=at)


@transaction.atomic
def send_back(application: Application, reason: str, *, by: User, at: datetime) -> None:
    """承办人退回交办,要说明理由(C40)。"""
    application = locked(application)
    open_case(application)
    if application.handler_id != by.pk:
        raise RuleBroken("这件申请不在您名下，不能退回", fix="请刷新页面看现在由谁承办。")
    if not reason.strip():
        raise RuleBroken("退回交办要说明理由", fix="请写明理由。")
    application.assignments.filter(to=by, returned_at=None).update(returned_at=at, reason=reason.strip()[:300])
    application.handler = None
    application.save(update_fields=["handler"])
    log("foi.return", application, f"{by}退回交办", by=by, at=at, reason=reason.strip()[:300])


@transaction.atomic
def chase(application: Application, *, by: User | None, at: datetime) -> Assignment:
    """催办:人催,或者后台任务催(``by`` 为空);停着等别人的不催(C21、C37)。"""
    application = locked(application)
    if by is not None:
        access.require(by, "foi.assign", application.agency)
    row = application.assignments.filter(returned_at=None).last()
    if row is None or application.state not in RUNNING:
        raise RuleBroken("现在没有可以催办的", fix="没有交办、已经办结或者正在等待对方的，不用催办。")
    row.chased_at, row.chased = at, row.chased + 1
    row.save(update_fields=["chased_at", "chased"])
    log("foi.chase", application, f"第{row.chased}次催办{row.to}", by=by, at=at, to=row.to_id)
    if row.chased == params.at("foi.chase_escalate", local_day(at)).value:
        log("foi.escalate", application, f"催办{row.chased}次没有进展，提请单位负责人过问", at=at)
    return row


@transaction.atomic
def split(application: Application, texts: list[str], *, by: User, at: datetime) -> list[Item]:
    """分项:申请要几项信息就分几项,各定结果。已经定了结果的不能再分。"""
    application = handled(application, by)
    wanted = [" ".join(text.split()) for text in texts if text.strip()]
    if not wanted:
        raise RuleBroken("没有写出任何一项", fix="请每行写一项所要的信息。")
    if application.items.exclude(outcome="").exists():
        raise RuleBroken("已经有信息项定了结果，不能重新分项", fix="请先清掉各项的结果。")
    application.items.all().delete()
    items = Item.objects.bulk_create(
        Item(application=application, order=order, text=text) for order, text in enumerate(wanted, 1)
    )
    log("foi.split", application, f"分成{len(items)}项", by=by, at=at)
    return items


@transaction.atomic
def corrected(
    application: Application, on: date, *, by: User | None, at: datetime, note: str = "", description: str = ""
) -> Step:
    """收到补正:期限从收到之日重新计算;``description`` 是补正以后的信息描述,没有改的是空或者原样。"""
    application = handled(application, by) if by else locked(application)
    change(application, description, by=by, at=at)
    return record(application, "corrected", on, by=by, at=at, note=note)


def correction_until(application: Application) -> date | None:
    """The last day for the correction: counted from the day on which the notice was received, once that is known."""
    notice = application.steps.filter(kind="correction_notice", void=False).last()
    if notice is None:
        return None
    letter = application.letters.filter(pk=notice.extra.get("letter", 0)).exclude(signed_on=None).first()
    if letter and letter.signed_on and notice.extra.get("days"):
        return calendar.add(letter.signed_on, int(notice.extra["days"]), provisional=True)
    return date.fromisoformat(notice.extra["until"]) if notice.extra.get("until") else None


@transaction.atomic
def lapse(application: Application, kind: str, on: date, *, by: User, at: datetime) -> Step:
    """逾期不补正、逾期不缴费,视为放弃(条例第三十条;费用办法第六条)。补正期限没有到的不行。"""
    application = handled(application, by)
    if kind == "correction_lapsed":
        last = correction_until(application)
        if last and on <= last:
            raise RuleBroken(
                f"补正期限到{last}，还没有届满", source="《条例》第三十条", fix="届满次日起才能视为放弃。"
            )
    return record(application, kind, on, by=by, at=at)


@transaction.atomic
def heard(
    application: Application, party: str, on: date, agrees: str, reason: str, *, by: User, at: datetime
) -> Step:
    """登记收到的意见:同意、不同意(要写理由)、部分同意。"""
    application = handled(application, by)
    if agrees not in ("yes", "no", "part"):
        raise RuleBroken("没有写明对方是否同意公开", fix="请选同意、不同意或者部分同意。")
    if agrees != "yes" and not reason.strip():
        raise RuleBroken("对方不同意公开的，要写明理由", source="《条例》第三十二条", fix="请把对方的理由写进来。")
    extra = {"party": party, "agrees": agrees, "reason": reason.strip()[:2000]}
    return record(application, "inquiry_replied", on, by=by, at=at, extra=extra)


@transaction.atomic
def withdraw(
    application: Application, on: date, *, by: User | None, at: datetime, note: str = "申请人撤回"
) -> Step:
    """申请人撤回:本人在进度页撤回(``by`` 为空),或者承办人凭书面材料登记。"""
    application = handled(application, by) if by else locked(application)
    open_case(application)
    return record(application, "withdrawn", on, by=by, at=at, note=note)


@transaction.atomic
def reopen(
    application: Application, on: date, reason: str, *, by: User, at: datetime, days: int | None = None
) -> Step:
    """重新办理:复议决定、判决责令的,天数依决定;自己纠正的照条例另起算。原来的答复和年报口径都保留。"""
    application = locked(application)
    access.require(by, "foi.remedy", application.agency)
    if not reason.strip():
        raise RuleBroken("重新办理要写明依据", fix="请写明复议决定、判决的文号或者自行纠正的理由。")
    if days is not None and not 1 <= days <= 60:
        raise RuleBroken(f"责令的期限{days}个工作日不对", fix="请按决定书、判决书填。")
    extra = {"days": days} if days else {}
    step = record(application, "reopened", on, by=by, at=at, extra=extra, note=reason)
    application.items.update(outcome="", ground="", facts={}, answers={})
    application.opinions.update(valid=False)
    application.letters.filter(issued_at=None).update(void=True)
    return step


@transaction.atomic
def annul(step: Step, reason: str, *, by: User, at: datetime) -> Application:
    """登记错了的一步作废:只能作废最后一步,要写明错在哪里;原来的一行仍在(C24)。"""
    application = locked(step.application_id)
    access.require(by, "foi.handle", application.agency)
    last = application.steps.filter(void=False).last()
    if last is None or last.pk != step.pk:
        raise RuleBroken("只能作废最后登记的一步", fix="请从最后一步起逐步作废。")
    if not reason.strip():
        raise RuleBroken("作废要写明哪里登记错了", fix="请写明理由。")
    if application.letters.exclude(issued_at=None).filter(issued_at__gte=step.at).exists():
        raise RuleBroken("这一步以后已经签发了文书，不能作废", fix="文书发出的事实不能改。")
    Step.objects.filter(pk=step.pk).update(void=True)
    undo(step)
    application = locked(application.pk)
    if application.counted_on and application.counted_on == application.closed_on:
        application.counted_on, application.counted_outcome = None, ""
    save(application, at)
    log("foi.annul", application, f"作废“{step.label}”（{step.on}）", by=by, at=at, reason=reason.strip()[:300])
    return application


@transaction.atomic
def hold(application: Application, restricted: bool, *, by: User, at: datetime) -> None:
    """限制查看,或者解除。"""
    application = locked(application)
    access.require(by, "foi.restricted", application.agency)
    application.restricted = restricted
    application.save(update_fields=["restricted"])
    what = "限制查看" if restricted else "解除限制"
    log("foi.restrict", application, f"{what}", by=by, at=at)


@transaction.atomic
def new_code(application: Application, *, by: User, at: datetime) -> str:
    """补发查询码:当面核对过申请人的身份以后;旧码随即失效。"""
    application = locked(application)
    access.require(by, "foi.personal", application.agency)
    code, application.query_digest = codes.new_code(numbering.CODE_PURPOSE)
    application.save(update_fields=["query_digest"])
    log("foi.code", application, "补发查询码", by=by, at=at)
    return code


@transaction.atomic
def read_personal(application: Application, *, by: User, at: datetime) -> None:
    """记下谁看了申请人的个人信息;看到什么不记。"""
    access.require(by, "foi.personal", application.agency)
    log("foi.personal", application, "查看申请人的个人信息", by=by, at=at)


def add_file(application: Application, role: str, name: str, content: bytes, *, by: User, at: datetime) -> File:
    """往案卷里放一个文件;提供给申请人的,放进去就要能公开。"""
    access.require(by, "foi.handle", application.agency)
    return _added(application, role, name, content, looked_at(role, name, content), by=by, at=at)


@transaction.atomic
def _added(
    application: Application, role: str, name: str, content: bytes, findings: list[str], *, by: User, at: datetime
) -> File:
    application = locked(application)
    access.require(by, "foi.handle", application.agency)
    if role == FileRole.REPLY:
        may_change_given(application)
        void_reviews(application)
    if application.archived_at:
        raise RuleBroken("案卷已经归档，不能再放文件", fix="漏了的请先取消归档，补齐以后再归档。")
    file = attach(application, role, name, content, by=by, at=at, findings=findings)
    log("foi.file", application, f"加入文件（{file.get_role_display()}）", by=by, at=at)
    return file


@transaction.atomic
def remove_file(file: File, *, by: User, at: datetime) -> None:
    """拿掉一个文件:申请人交来的不能拿掉,已经答复的不能拿掉。"""
    application = locked(file.application_id)
    access.require(by, "foi.handle", application.agency)
    open_case(application)
    if file.role in (FileRole.IDENTITY, FileRole.ATTACHMENT):
        raise RuleBroken(f"{file.get_role_display()}不能拿掉", fix="放错了的请另放一份，并写明以哪一份为准。")
    if file.redacted.exists():
        raise RuleBroken("由它遮盖出来的文件还在，不能拿掉原件", fix="请先拿掉遮盖后的文件。")
    if file.role == FileRole.REPLY:
        may_change_given(application)
        void_reviews(application)
    name = file.shown_name
    file.delete()
    log("foi.file", application, "拿掉文件", by=by, at=at, name=name)


@transaction.atomic
def see(contact: Contact, *, by: User, at: datetime) -> None:
    """看过申请人来件。"""
    application = locked(contact.application_id)
    access.require(by, "foi.handle", application.agency)
    if contact.seen_at is None:
        contact.seen_at, contact.seen_by = at, by
        contact.save(update_fields=["seen_at", "seen_by"])
    log("foi.contact", application, "看过申请人来件", by=by, at=at)


def correction_days(on: date) -> int:
    """The working days usually given for corrections; the office may set another number."""
    return int(params.at("foi.correction_days", on).value)
