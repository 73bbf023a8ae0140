"""公共企事业单位:名录、核对应当公开的内容、停供和变更的通知、申诉、年度监督报告。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import local_day
from gongkai.law import utilities as law
from gongkai.law.agencies import AgencyKind
from gongkai.law.errors import RuleBroken
from gongkai.law.utilities import Interruption
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import numbering

from ..enterprise_figures import year_figures
from ..models import Complaint, Disclosure, Enterprise, Outage, Statement
from ..terms import ComplaintState

PURPOSE = "gongkai.standards.complaint"
LONGEST = 2000


def _noted(action: str, enterprise: Enterprise, what: str, *, at: datetime, by: User | None) -> None:
    log(f"standards.{action}", f"{enterprise}：{what}", at=at, by=by, agency=enterprise.bureau, about=enterprise)


def _may(enterprise: Enterprise, by: User | None) -> None:
    """The bureau keeps the register; the enterprise itself may fill in what is its own."""
    if by is not None and not access.may(by, "standards.utility", enterprise.agency):
        access.require(by, "standards.utility", enterprise.bureau)


@transaction.atomic
def save_enterprise(enterprise: Enterprise, *, by: User | None, at: datetime) -> Enterprise:
    """列入名录,或者改一家;由主管部门办。"""
    if by is not None:
        access.require(by, "standards.utility", enterprise.bureau)
    if enterprise.sector not in law.sectors():
        raise RuleBroken("没有选行业", fix="行业决定应当公开什么、停供要提前多久。")
    if enterprise.agency.kind != AgencyKind.ENTERPRISE:
        raise RuleBroken(f"{enterprise.agency}不是公共企事业单位", fix="请在“单位”里核对它的类别。")
    enterprise.save()
    _noted("enterprise", enterprise, f"{enterprise.kind.label}，由{enterprise.bureau}主管", at=at, by=by)
    return enterprise


@transaction.atomic
def disclose(
    enterprise: Enterprise,
    key: str,
    where: str,
    updated_on: date,
    *,
    by: User | None,
    at: datetime,
    fault: str = "",
    checked_on: date | None = None,
) -> Disclosure:
    """登记、核对一项应当公开的内容:在哪里、最近更新、有没有问题。"""
    _may(enterprise, by)
    if key not in {one.key for one in enterprise.kind.contents}:
        raise RuleBroken(f"{enterprise.kind.label}没有“{key}”这一项", fix="请从应当公开的内容里选。")
    if not where.strip():
        raise RuleBroken("没有写在哪里公开", fix="请写网址，或者写明营业厅的哪个位置。")
    given = {
        "where": where.strip()[:300],
        "updated_on": updated_on,
        "checked_on": checked_on,
        "fault": fault.strip()[:200],
    }
    made, _ = Disclosure.objects.update_or_create(enterprise=enterprise, key=key, defaults=given)
    _noted("disclose", enterprise, f"核对“{key}”", at=at, by=by)
    return made


@transaction.atomic
def add_disclosures(enterprise: Enterprise, rows: list[Disclosure], *, by: User | None, at: datetime) -> int:
    """一次登记几项。"""
    _may(enterprise, by)
    Disclosure.objects.bulk_create(rows)
    _noted("disclose", enterprise, f"登记公开内容{len(rows)}项", at=at, by=by)
    return len(rows)


@transaction.atomic
def post_outage(
    enterprise: Enterprise, kind: Interruption, values: Mapping[str, Any], *, by: User, at: datetime
) -> Outage:
    """登记一件停供、变更的通知;提前不够的照样登记,当场说差多少。"""
    _may(enterprise, by)
    if kind not in enterprise.kind.interruptions:
        raise RuleBroken(f"{enterprise.kind.label}没有“{kind.label}”这一种", fix="请选这个行业的种类。")
    if values["ends_at"] <= values["starts_at"]:
        raise RuleBroken("结束不在开始以后", fix="请核对两个时刻。")
    if not values["where"].strip():
        raise RuleBroken("没有写范围", fix="请写明哪些路、哪些小区。")
    made = Outage.objects.create(
        enterprise=enterprise,
        kind=kind,
        where=line(values["where"])[:200],
        reason=line(values["reason"])[:120],
        starts_at=values["starts_at"],
        ends_at=values["ends_at"],
        posted_at=values.get("posted_at") or at,
        by=by,
    )
    _noted("outage", enterprise, f"{made}，{made.lead.said}", at=at, by=by)
    return made


@transaction.atomic
def send_complaint(
    enterprise: Enterprise, text: str, *, at: datetime, contact: Mapping[str, str] | None = None
) -> tuple[Complaint, str]:
    """收下公众的一件申诉,给主管部门;当场给编号和查询码。"""
    text = clean(text).strip()
    if not any(sign.isalnum() for sign in text):
        raise RuleBroken("没有写清什么应当公开没有公开", fix="请写明哪一项、在哪里找过。")
    if len(text) > LONGEST:
        raise RuleBroken(f"超过{LONGEST}字", fix="请写得短些。")
    on, (code, stored), bureau = local_day(at), codes.new_code(PURPOSE), enterprise.bureau
    made = Complaint.objects.create(
        enterprise=enterprise,
        code=stored,
        text=text,
        received_at=at,
        due_on=law.complaint_due(on).due,
        number=f"{bureau.code}-S-{on.year}-{numbering.next_in(f'complaint/{bureau.code}/{on.year}'):04}",
        contact={key: line(value) for key, value in (contact or {}).items() if key in ("name", "phone") and value},
    )
    _noted("complaint", enterprise, f"收到申诉{made}", at=at, by=None)
    return made, code


@transaction.atomic
def tell_complaint(complaint: Complaint, upheld: bool, finding: str, *, by: User, at: datetime) -> Complaint:
    """调查以后告知;不论成立不成立都要说明。"""
    rows = Complaint.objects.select_for_update(of=("self",)).select_related(
        "enterprise__bureau", "enterprise__agency"
    )
    complaint = rows.get(pk=complaint.pk)
    access.require(by, "standards.complaint", complaint.enterprise.bureau)
    if complaint.state == ComplaintState.TOLD:
        raise RuleBroken("这件申诉已经告知了", fix="有新情况的，请申诉人另提。")
    if not finding.strip():
        raise RuleBroken("没有写调查情况和处理", fix="查了什么、单位怎样改、哪一天改好。")
    complaint.state, complaint.upheld, complaint.finding = ComplaintState.TOLD, upheld, clean(finding).strip()
    complaint.told_at, complaint.told_by = at, by
    complaint.save(update_fields=["state", "upheld", "finding", "told_at", "told_by"])
    _noted("told", complaint.enterprise, f"申诉{complaint}{'成立' if upheld else '不成立'}，已告知", at=at, by=by)
    return complaint


@transaction.atomic
def publish_statement(bureau: Agency, year: int, text: str, *, by: User, at: datetime) -> Statement:
    """公布一年的监督报告:数当场由台账算出、抄下。"""
    access.require(by, "standards.complaint", bureau)
    if year > local_day(at).year:
        raise RuleBroken(f"{year}年还没有到", fix="请核对年份。")
    if not text.strip():
        raise RuleBroken("没有写情况和打算", fix="请写明做了什么、有什么问题、怎样改。")
    figures = year_figures(bureau, year)
    if not figures["units"]:
        raise RuleBroken(f"{bureau}没有主管的公共企事业单位", fix="请先列入名录。")
    given = {"figures": figures, "text": clean(text).strip(), "published_at": at, "by": by}
    made, _ = Statement.objects.update_or_create(bureau=bureau, year=year, defaults=given)
    log(
        "standards.statement",
        f"{bureau}公布{year}年公共企事业单位监督报告",
        at=at,
        by=by,
        agency=bureau,
        about=made,
    )
    return made
