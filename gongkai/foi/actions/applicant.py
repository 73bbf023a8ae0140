"""申请人凭受理编号和查询码在网上办的事:补正、撤回、改联系方式、交缴费凭证、要求更正、评价。没有账号,不留会话。"""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.org.vault import vault

from .. import personal
from ..models import Application, Contact, File, Letter, Rating
from ..terms import FileRole, State, Way
from .common import locked, open_case, record
from .delivering import deliver
from .describing import change
from .intake import attach
from .journal import log

CONTACT_KEYS = ("contact", "phone", "email", "address", "postcode")
_LONGEST = 5000


def _note(application: Application, kind: str, text: str, at: datetime) -> Contact:
    return Contact.objects.create(application=application, kind=kind, text=vault().seal(text[:_LONGEST]), at=at)


def text_of(contact: Contact) -> str:
    """What the applicant wrote; the caller logs the reading."""
    return vault().unseal(contact.text)


@transaction.atomic
def give_correction(
    application: Application,
    text: str,
    *,
    at: datetime,
    files: tuple[tuple[str, bytes], ...] = (),
    description: str = "",
) -> None:
    """补正:提交当日就是收到补正的日子,答复期限从这天重新计算;改了的描述代替原来的,原来的留着。"""
    application = locked(application)
    open_case(application)
    changed = change(application, description, by=None, at=at)
    if not text.strip() and not files and not changed:
        raise RuleBroken("没有写补正的内容，也没有附材料", fix="请按补正告知书写明，或者附上材料。")
    for name, content in files:
        attach(application, FileRole.ATTACHMENT, name, content, by=None, at=at)
    _note(application, "correction", text.strip() or "申请人改了所需信息的描述", at)
    record(application, "corrected", local_day(at), by=None, at=at, note="申请人网上补正")


@transaction.atomic
def quit(application: Application, *, at: datetime) -> None:
    """撤回申请。"""
    application = locked(application)
    open_case(application)
    record(application, "withdrawn", local_day(at), by=None, at=at, note="申请人网上撤回")


@transaction.atomic
def amend_contact(application: Application, values: dict[str, str], *, at: datetime) -> None:
    """改联系方式:只能改联系方式,姓名、证件不能改。"""
    application = locked(application)
    changed = {key: values[key].strip()[:200] for key in CONTACT_KEYS if values.get(key, "").strip()}
    if not changed:
        raise RuleBroken("没有填新的联系方式", fix="请至少填一项。")
    if not application.personal:
        raise RuleBroken("这件申请的个人信息已经按规定清除", fix="需要联系的，请致电受理机关。")
    known = personal.unseal(application)
    application.personal = personal.seal(known | changed)
    application.save(update_fields=["personal"])
    labels = "、".join(personal.FIELDS[key] for key in changed)
    _note(application, "contact", json.dumps(changed, ensure_ascii=False), at)
    log("foi.contact", application, f"申请人改了{labels}", at=at)


@transaction.atomic
def pay_proof(application: Application, name: str, content: bytes, *, at: datetime) -> None:
    """交缴费凭证;由承办人核对到账以后登记缴费。"""
    application = locked(application)
    if application.state != State.PAYING:
        raise RuleBroken("这件申请现在没有待缴的费用", fix="请看进度。")
    attach(application, FileRole.ATTACHMENT, name, content, by=None, at=at)
    _note(application, "payment", "申请人交来缴费凭证", at)
    log("foi.contact", application, "申请人交来缴费凭证", at=at)


@transaction.atomic
def ask_correction(application: Application, text: str, *, at: datetime) -> None:
    """要求更正与自身相关的政府信息记录(条例第四十一条)。"""
    application = locked(application)
    if not text.strip():
        raise RuleBroken("没有写哪里不准确", source="《条例》第四十一条", fix="请写明哪条记录不准确，并附证据。")
    _note(application, "amend", text.strip(), at)
    log("foi.contact", application, "申请人要求更正政府信息记录", at=at)


@transaction.atomic
def rate(application: Application, score: int, comment: str, *, at: datetime) -> Rating:
    """评价,一件一次。"""
    application = locked(application)
    if application.is_open:
        raise RuleBroken("申请还在办理", fix="办结以后可以评价。")
    if Rating.objects.filter(application=application).exists():
        raise RuleBroken("已经评价过了", fix="每件申请评价一次。")
    if not 1 <= score <= 5:
        raise RuleBroken("分数不对", fix="请选一到五分。")
    row = Rating.objects.create(application=application, score=score, comment=comment.strip()[:500], at=at)
    log("foi.rate", application, f"申请人评价{score}分", at=at)
    return row


@transaction.atomic
def take_letter(letter: Letter, *, at: datetime) -> None:
    """取走一份文书;选了网上获取的,第一次取答复书就是签收。"""
    application = locked(letter.application_id)
    if letter.kind == "reply" and letter.signed_on is None and application.way == Way.WEB:
        deliver(letter, by=None, at=at, signed_on=local_day(at))
    log("foi.taken", application, "申请人取走文书", at=at, letter=letter.pk)


@transaction.atomic
def take_file(file: File, *, at: datetime) -> None:
    """取走提供的一个文件。"""
    log("foi.taken", locked(file.application_id), "申请人取走文件", at=at, file=file.pk)
