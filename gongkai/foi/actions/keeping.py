"""归档和清除:取走案卷包;保管期满,个人信息连同文件、文书、来件一起清除,留下清除过的记录。"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records import sealed_files

from ..models import Application, File
from ..terms import FileRole, RemedyResult
from .common import locked, may_change_given, void_reviews
from .intake import attach
from .journal import log

GONE = "已清除"


@transaction.atomic
def take_archive(application: Application, *, by: User, at: datetime) -> None:
    """记下谁取走了案卷包;包里有个人信息。"""
    access.require(by, "foi.personal", application.agency)
    log("foi.archive", application, "取走案卷包", by=by, at=at)


@transaction.atomic
def add_redacted(source: File, content: bytes, *, by: User, at: datetime, places: int) -> File:
    """把遮盖后的文件放进案卷,作为提供给申请人的。它是本软件画出来的图,没有文字,不必再看有没有个人信息。"""
    application = locked(source.application_id)
    access.require(by, "foi.handle", application.agency)
    may_change_given(application)
    name = f"{source.name.rpartition('.')[0] or source.name}（遮盖）.pdf"
    file = attach(application, FileRole.REPLY, name, content, by=by, at=at, redacted_from=source)
    void_reviews(application)
    log("foi.file", application, f"遮盖文件，盖了{places}处", by=by, at=at)
    return file


@transaction.atomic
def archive(application: Application, *, by: User, at: datetime) -> None:
    """归档:办结以后材料齐了,案卷封起来,不再放进、拿掉什么;重新办理的自动打开(条例第二十七条以下各步的材料)。"""
    application = locked(application)
    access.require(by, "foi.handle", application.agency)
    if lacks := lacking(application):
        raise RuleBroken("还不能归档：" + "；".join(lacks), fix="请先补齐。")
    application.archived_at = at
    application.save(update_fields=["archived_at"])
    log("foi.filed", application, "归档", by=by, at=at)


@transaction.atomic
def unarchive(application: Application, reason: str, *, by: User, at: datetime) -> None:
    """取消归档:漏了材料的,写明为什么打开。"""
    application = locked(application)
    access.require(by, "foi.handle", application.agency)
    if application.archived_at is None:
        raise RuleBroken("案卷没有归档", fix="不用再办。")
    if not reason.strip():
        raise RuleBroken("取消归档要写明理由", fix="请写明漏了什么。")
    application.archived_at = None
    application.save(update_fields=["archived_at"])
    log("foi.filed", application, "取消归档", by=by, at=at, reason=reason.strip()[:300])


def lacking(application: Application) -> list[str]:
    """What a case lacks before it can be archived, a phrase each."""
    if application.is_open:
        return [f"现在是“{application.get_state_display()}”"]
    found = []
    if application.archived_at:
        found.append("已经归档")
    if application.late and not application.late_cause:
        found.append("逾期答复没有写明原因")
    if application.letters.filter(issued_at=None, void=False).exists():
        found.append("有没签发也没作废的文书稿")
    if application.contacts.filter(seen_at=None).exists():
        found.append("有没看过的申请人来件")
    if application.remedies.filter(result=RemedyResult.PENDING).exists():
        found.append("有没有审结的复议或者诉讼")
    return found


def keep_until(application: Application) -> date | None:
    """The last day on which the case is kept; None while it is open."""
    if application.closed_on is None:
        return None
    years = int(params.at("foi.retention_years", application.closed_on).value)
    return date(application.closed_on.year + years, 12, 31)


@transaction.atomic
def erase(application: Application, *, by: User | None, at: datetime) -> None:
    """清除:只能清办结、保管期满、没有未结复议诉讼的(C80)。名册上的编号、日期、结果留着,统计不变。"""
    application = locked(application)
    if by is not None:
        access.require(by, "foi.erase", application.agency)
    last = keep_until(application)
    if last is None or application.is_open:
        raise RuleBroken("还在办的申请不能清除", fix="办结并且保管期满以后再清除。")
    if local_day(at) <= last:
        raise RuleBroken(f"保管期到{last}，还没有满", fix="期满以后再清除。")
    if application.remedies.filter(result=RemedyResult.PENDING).exists():
        raise RuleBroken("有没有审结的复议或者诉讼，不能清除", fix="审结以后再清除。")
    if application.erased_at:
        raise RuleBroken("已经清除过了", fix="不用再办。")
    hashes = set(application.files.values_list("sha256", flat=True))
    application.files.update(redacted_from=None)
    application.files.all().delete()
    application.contacts.update(text="")
    application.earlier_descriptions.update(text=GONE)
    application.letters.update(sealed="", fields={})
    application.items.update(text=GONE, facts={}, answers={})
    application.steps.update(note="", extra={})
    application.opinions.update(text=GONE)
    application.personal, application.identity_digest, application.applicant = "", "", GONE
    application.description, application.subject, application.erased_at = GONE, GONE, at
    application.save()
    log("foi.erase", application, "保管期满，清除个人信息和文件", by=by, at=at, files=len(hashes))
    transaction.on_commit(lambda: sealed_files.remove_all(hashes))


def due_for_erasure(on: date) -> list[Application]:
    """Closed cases whose time is over, oldest first."""
    rows = Application.objects.filter(erased_at=None).exclude(closed_on=None).select_related("agency")
    return [one for one in rows.order_by("closed_on") if (last := keep_until(one)) and last < on]
