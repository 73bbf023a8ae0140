"""受限数据:申请、审核、下载、终止、销毁、清除联系方式。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.plaintext import clean, line
from gongkai.desk import seen as seen_marks
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.law.opendata import using
from gongkai.law.opendata.terms import Opening
from gongkai.law.opendata.updating import months_after
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import numbering

from ..models import Application, Dataset, Demand
from ..terms import ApplicationState, DatasetState
from .common import required_reason

PURPOSE = "gongkai.opendata.application"


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related(
        "dataset__agency", "dataset__current"
    )
    return rows.get(pk=application.pk)


def _noted(action: str, application: Application, what: str, *, at: datetime, by: User | None = None) -> None:
    log(
        f"opendata.{action}",
        f"受限数据申请{application}：{what}",
        at=at,
        by=by,
        agency=application.dataset.agency,
        about=application,
    )


def _save(application: Application, *fields: str) -> None:
    application.revision += 1
    application.save(update_fields=[*fields, "revision"])


@transaction.atomic
def apply(
    dataset: Dataset,
    purpose: str,
    place: str,
    months: int,
    safeguards: str,
    *,
    contact: Mapping[str, str],
    at: datetime,
) -> tuple[Application, str]:
    """申请一个受限的数据集:写明用途、用在哪里、多久、怎样保管。"""
    if dataset.opening != Opening.RESTRICTED or dataset.state != DatasetState.OPEN or dataset.current_id is None:
        raise RuleBroken("这个数据集现在不接受申请", fix="无条件开放的直接下载；没有的请提数据需求。")
    on = local_day(at)
    using.check_term(months, on)
    code, stored = codes.new_code(PURPOSE)
    application = Application.objects.create(
        number=f"{dataset.agency.code}-U-{numbering.next_in(f'data-application/{dataset.agency.code}'):04}",
        code=stored,
        dataset=dataset,
        contact={key: line(value)[:100] for key, value in contact.items() if value},
        purpose=clean(purpose).strip()[:2000],
        place=line(place)[:200],
        months=months,
        safeguards=clean(safeguards).strip()[:2000],
        received_at=at,
        due_on=using.application_due(on).due,
    )
    _noted("application", application, "收到", at=at)
    return application, code


def may_decide(user: User, application: Application) -> bool:
    """Whether this person reviews it: the unit that opens the data, or the district's office, as the parameter says."""
    if not access.may(user, "opendata.grant", application.dataset.agency):
        return False
    return not using.by_district(local_day(application.received_at)) or access.is_district(user, "opendata.grant")


@transaction.atomic
def decide(
    application: Application,
    grant: bool,
    reason: str,
    terms: str = "",
    *,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Application:
    """审核:同意的定下使用到哪一天,不同意的写理由。"""
    application = _locked(application)
    access.require(by, "opendata.grant", application.dataset.agency)
    seen_marks.check(seen, application.mark)
    if not may_decide(by, application):
        raise RuleBroken("受限数据的申请由区主管部门审核", fix="请由区政府办主管办理。")
    if application.state != ApplicationState.RECEIVED:
        raise RuleBroken(f"这份申请{application.get_state_display()}", fix="请刷新页面。")
    if grant and application.dataset.opening != Opening.RESTRICTED:
        raise RuleBroken("数据集已经不是受限开放", fix="请不同意，写明现在怎样。")
    application.reason = reason.strip()[:2000] if grant else required_reason(reason, "不同意的理由", most=2000)
    application.terms, application.decided_at, application.decided_by = terms.strip()[:2000], at, by
    application.state = ApplicationState.GRANTED if grant else ApplicationState.REFUSED
    application.expires_on = months_after(local_day(at), application.months) if grant else None
    _save(application, "reason", "terms", "decided_at", "decided_by", "state", "expires_on")
    _noted("grant" if grant else "decline", application, "同意" if grant else "不同意", at=at, by=by)
    return application


@transaction.atomic
def download(application: Application, *, at: datetime) -> Application:
    """凭编号和查询码下载一次:协议还在期限里,数据集还是受限开放。"""
    application = _locked(application)
    fit = application.dataset.opening == Opening.RESTRICTED and application.dataset.state == DatasetState.OPEN
    if not application.is_live(local_day(at)) or not fit or application.dataset.current is None:
        raise RuleBroken("现在不能下载", fix="协议到期、终止，或者数据已经收紧；请同提供单位联系。")
    application.taken += 1
    application.save(update_fields=["taken"])
    _noted("take", application, f"第{application.taken}次下载第{application.dataset.current.number}版", at=at)
    return application


@transaction.atomic
def finish(application: Application, reason: str, *, by: User, at: datetime) -> Application:
    """终止协议:从这一天起限期销毁。"""
    application = _locked(application)
    access.require(by, "opendata.grant", application.dataset.agency)
    if application.state != ApplicationState.GRANTED:
        raise RuleBroken(f"这份申请{application.get_state_display()}", fix="请刷新页面。")
    application.state, application.ended_on = ApplicationState.ENDED, local_day(at)
    application.destroy_by = using.destroy_by(application.ended_on)
    _save(application, "state", "ended_on", "destroy_by")
    _noted("finish", application, f"终止（{required_reason(reason, '终止的理由')[:100]}）", at=at, by=by)
    return application


def expire(*, on: date, at: datetime) -> int:
    """到期的协议自己终止。"""
    rows = list(Application.objects.filter(state=ApplicationState.GRANTED, expires_on__lt=on))
    for row in rows:
        with transaction.atomic():
            found = _locked(row)
            found.state, found.ended_on = ApplicationState.ENDED, on
            found.destroy_by = using.destroy_by(on)
            _save(found, "state", "ended_on", "destroy_by")
            _noted("finish", found, "到期终止", at=at)
    return len(rows)


@transaction.atomic
def destroy(application: Application, proof: str, *, by: User, at: datetime) -> Application:
    """登记已经销毁:凭什么知道。"""
    application = _locked(application)
    access.require(by, "opendata.grant", application.dataset.agency)
    if application.state != ApplicationState.ENDED:
        raise RuleBroken(f"这份申请{application.get_state_display()}", fix="终止以后才登记销毁。")
    application.state, application.destroyed_on = ApplicationState.DESTROYED, local_day(at)
    _save(application, "state", "destroyed_on")
    _noted("destroy", application, f"已经销毁（{required_reason(proof, '销毁的凭据')[:100]}）", at=at, by=by)
    return application


@transaction.atomic
def read_contact(application: Application, *, by: User, at: datetime) -> dict[str, Any]:
    """看申请人和联系方式的原文,看一次记一次。"""
    access.require(by, "opendata.personal", application.dataset.agency)
    _noted("personal", application, "查看联系方式", at=at, by=by)
    return dict(application.contact)


@transaction.atomic
def erase_contacts(*, before: datetime, at: datetime) -> int:
    """办结满了保管的时间,清除联系方式;还在用着数据的不清。"""
    done = (ApplicationState.REFUSED, ApplicationState.DESTROYED)
    count = 0
    for rows in (
        Application.objects.filter(decided_at__lt=before, state__in=done),
        Demand.objects.filter(answered_at__lt=before),
    ):
        for row in rows.only("pk", "contact"):
            if row.contact:
                type(row).objects.filter(pk=row.pk).update(contact={})
                count += 1
    if count:
        log("opendata.erase", f"清除{count}件申请、需求的联系方式", at=at, counts=count)
    return count
