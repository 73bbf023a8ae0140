"""通报、网站工作年度报表、统一转发、转载白名单。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from gongkai.adapters.plaintext import clean, line
from gongkai.adapters.render import Document
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import site_report as law
from gongkai.law.errors import RuleBroken
from gongkai.law.outlets import Platform
from gongkai.org import access, site
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record

from .. import bulletin, yearly
from ..models import Outlet, Relay, Release, Round, SiteReport, Whitelisted
from ..terms import RoundState
from .common import locked
from .outlets import address


def _drafted(document: Document, agency: Agency, record: Record | None, *, by: User, at: datetime) -> Edition:
    """The paper as a piece of information; one not signed yet is set anew."""
    body = render_to_string("inspections/body.html", {"document": document})
    if record is not None:
        if record.draft is None:
            raise RuleBroken("已经签发", fix="要改的请更正那件信息。")
        return records.save(record.draft, {"body": body}, by=by, at=at, revision=record.draft.revision)
    return records.create(agency, "notice", by=by, at=at, title=document.title, made_on=local_day(at), body=body)


def author(at: datetime) -> Agency:
    """Who signs the bulletin: the office in charge."""
    found = site.office(local_day(at))
    if found is None:
        raise RuleBroken("没有主管政务公开的单位", fix="请在本站情况里填主办单位。")
    return found


@transaction.atomic
def draft_bulletin(round: Round, *, by: User, at: datetime) -> Edition:
    """起草通报:数由明细算出、核过;没有签发的重新排一遍。"""
    agency = author(at)
    access.require(by, "inspections.bulletin", agency)
    round = locked(round)
    if round.state not in (RoundState.MENDING, RoundState.CLOSED):
        raise RuleBroken(f"这一轮{round.get_state_display()}，不起草通报", fix="请查完、确认以后再起草。")
    edition = _drafted(bulletin.document(round, agency.name), agency, round.record, by=by, at=at)
    if round.record_id is None:
        round.record = edition.record
        round.save(update_fields=["record"])
    log("inspections.bulletin", f"{round}：起草通报", at=at, by=by, agency=agency, about=round)
    return edition


@transaction.atomic
def fill_site_report(
    site_: Outlet, year: int, values: Mapping[str, Any], *, by: User, at: datetime, seen: str | None = None
) -> SiteReport:
    """填年度报表里要人填的;系统知道的不能改,分项不能多于总数。"""
    access.require(by, "inspections.register", site_.agency)
    if site_.platform != Platform.SITE:
        raise RuleBroken("只有网站有工作年度报表", fix="请选网站。")
    report, _ = SiteReport.objects.select_for_update().get_or_create(site=site_, year=year)
    check(seen, report.mark)
    if report.record is not None and report.record.draft is None:
        raise RuleBroken("报表已经公开", fix="要改的请更正那件信息。")
    known = {key for key, one in law.fields().items() if one.by_person}
    report.values = {key: value for key, value in values.items() if key in known and value not in (None, "")}
    if wrong := law.faults(yearly.values(report)):
        raise RuleBroken("；".join(wrong), fix="请核对。")
    report.revision += 1
    report.save(update_fields=["values", "revision"])
    log("inspections.site_report", f"{report}：填写", at=at, by=by, agency=site_.agency, about=report)
    return report


@transaction.atomic
def draft_site_report(report: SiteReport, *, by: User, at: datetime) -> Edition:
    """把年度报表排成要公开的信息;要人填的都填了才排。"""
    report = (
        SiteReport.objects.select_for_update(of=("self",))
        .select_related("site__agency", "record")
        .get(pk=report.pk)
    )
    access.require(by, "inspections.register", report.site.agency)
    values = yearly.values(report)
    if left := law.missing(values):
        names = "、".join(one.label for one in left[:6])
        raise RuleBroken(
            f"还有{len(left)}项没有填：{names}", source=law.SOURCE, fix="没有的填0或者“无”，不能空着公开。"
        )
    if wrong := law.faults(values):
        raise RuleBroken("；".join(wrong), fix="请核对。")
    edition = _drafted(yearly.document(report), report.site.agency, report.record, by=by, at=at)
    report.record = edition.record
    report.revision += 1
    report.save(update_fields=["record", "revision"])
    log("inspections.site_report_record", f"{report}：起草", at=at, by=by, agency=report.site.agency, about=report)
    return edition


@transaction.atomic
def make_release(
    title: str, text: str, url: str, due_at: datetime, platforms: Iterable[str], *, by: User, at: datetime
) -> Release:
    """布置统一转发:一个口径,列出这些平台上在线的全部账号,各自登记什么时候转的。"""
    access.require(by, "inspections.release")
    title, text = line(title)[:120], clean(text).strip()[:3000]
    if not (title and text and url):
        raise RuleBroken("标题、口径、原文网址没有写全", fix="请都写。")
    if due_at <= at:
        raise RuleBroken("最迟转发的时刻已经过了", fix="请填以后的时刻。")
    accounts = list(Outlet.objects.accounts().online().filter(platform__in=list(platforms)))
    if not accounts:
        raise RuleBroken("这些平台上没有在线的账号", fix="请另选平台。")
    made = Release.objects.create(title=title, text=text, url=address(url), due_at=due_at, made_by=by, made_at=at)
    Relay.objects.bulk_create(Relay(release=made, outlet=one) for one in accounts)
    log("inspections.release", f"布置统一转发“{made}”，{len(accounts)}个账号", at=at, by=by, about=made)
    return made


@transaction.atomic
def note_relay(relay: Relay, posted_at: datetime, url: str, changed: str, *, by: User, at: datetime) -> Relay:
    """登记转发。"""
    relay = (
        Relay.objects.select_for_update(of=("self",)).select_related("release", "outlet__agency").get(pk=relay.pk)
    )
    access.require(by, "inspections.answer", relay.outlet.agency)
    if posted_at > at or posted_at < relay.release.made_at:
        raise RuleBroken("转发的时刻早于布置，或者在以后", fix="请填实际转发的时刻。")
    relay.posted_at, relay.url, relay.changed, relay.by = posted_at, address(url)[:300], line(changed)[:200], by
    relay.save(update_fields=["posted_at", "url", "changed", "by"])
    log(
        "inspections.relay",
        f"“{relay.outlet}”转发“{relay.release}”",
        at=at,
        by=by,
        agency=relay.outlet.agency,
        about=relay.release,
    )
    return relay


@transaction.atomic
def allow_source(name: str, note: str = "", *, by: User, at: datetime) -> Whitelisted:
    """白名单里加一个来源。"""
    access.require(by, "inspections.release")
    if not (name := line(name)[:80]):
        raise RuleBroken("没有写来源", fix="请写全称，同推文里注明的一致。")
    made, new = Whitelisted.objects.get_or_create(name=name, defaults={"note": line(note)[:100], "by": by})
    if not new:
        raise RuleBroken(f"“{name}”已经在白名单里", fix="不用再加。")
    log("inspections.whitelist", f"白名单加“{name}”", at=at, by=by, about=made)
    return made


@transaction.atomic
def drop_source(source: Whitelisted, *, by: User, at: datetime) -> None:
    """白名单里去掉一个来源。"""
    access.require(by, "inspections.release")
    log("inspections.whitelist", f"白名单去掉“{source}”", at=at, by=by, about=source)
    source.delete()
