"""证据和排队的访问:排上、记下取到的、算出回答、试探、整轮作废、重新取证。"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction

from gongkai.adapters.crawl import Fetched, Reached, alike
from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import User

from .. import judging, site_checks
from ..models import Evidence, Finding, Outlet, Round, Sample, Visit
from ..terms import Purpose, RoundState, VisitState
from .common import record_found, voided
from .outlets import noted

#: Links of a front page that are tried, and characters of a page that are kept.
MOST_LINKS, KEPT = 30, 600
W, D = VisitState.WAITING, VisitState.DONE


@transaction.atomic
def keep_screenshot(
    outlet: Outlet, sha256: str, *, by: User, at: datetime, note: str = "检查人的截图"
) -> Evidence:
    """把检查人的截图存作证据。"""
    access.require(by, "inspections.check", outlet.agency)
    made = Evidence.objects.create(
        outlet=outlet,
        url=outlet.url or outlet.name,
        at=at,
        reached=Reached.OK,
        screenshot=sha256,
        sha256=sha256,
        note=note,
    )
    noted("visit", outlet, note, at=at, by=by, sha256=sha256)
    return made


def _queued(url: str, purpose: Purpose, at: datetime, **more: Any) -> Visit:
    return Visit(url=url[:500], host=(urlsplit(url).netloc or "")[:200], purpose=purpose, not_before=at, **more)


def absent_of(url: str, seed: str) -> str:
    """An address on the same host where surely nothing is."""
    name = hashlib.sha256(f"{seed}|{url}".encode()).hexdigest()[:16]
    return urljoin(url, f"/gk-{name}/")


def probe(round: Round, at: datetime) -> None:
    """Queue the canaries of a round that has other sites to visit; without canaries nothing is visited."""
    if round.samples.filter(outlet__platform="site", outlet__is_own=False).exists():
        Visit.objects.bulk_create(
            _queued(one["url"], Purpose.CANARY, at, round=round, facts={"expect": one["expect"]})
            for one in round.canaries
        )


def _plan(round: Round, at: datetime) -> None:
    """Queue the pages of every other site in the sample."""
    rows: list[Visit] = []
    for sample in round.samples.filter(outlet__platform="site", outlet__is_own=False).select_related("outlet"):
        outlet = sample.outlet
        given = {"round": round, "sample": sample, "outlet": outlet}
        rows.append(_queued(absent_of(outlet.url, round.seed), Purpose.ABSENT, at, **given))
        rows.append(_queued(outlet.url, Purpose.HOME, at, **given))
        rows += [
            _queued(column.url, Purpose.COLUMN, at, column=column, **given)
            for column in outlet.columns.filter(exempt="")
        ]
    Visit.objects.bulk_create(rows)


@transaction.atomic
def again(finding: Finding, *, by: User, at: datetime) -> Visit:
    """重新取证:再去看一次那个网址。"""
    access.require(by, "inspections.check", finding.agency)
    if not finding.url.startswith("http"):
        raise RuleBroken("这个问题没有网址", fix="请打开账号看，用截图作证据。")
    if waiting := finding.visits.filter(state=W).first():
        return waiting
    made = _queued(finding.url, Purpose.AGAIN, at, outlet=finding.outlet, finding=finding)
    made.save()
    noted("again", finding.outlet, f"问题{finding}重新取证", at=at, by=by)
    return made


@transaction.atomic
def record_visit(visit: Visit, fetched: Fetched, facts: Mapping[str, Any], *, at: datetime) -> None:
    """记下一次访问:留证据,更新栏目,没有了的过一会儿再看一次,一个阵地的都看完了就算出回答。"""
    visit = (
        Visit.objects.select_for_update(of=("self",))
        .select_related("round", "sample__outlet", "outlet", "column")
        .get(pk=visit.pk)
    )
    if visit.state != W:
        return
    reached = _settled(visit, fetched.reached, facts)
    visit.tries += 1
    if visit.outlet is not None:
        visit.evidence = Evidence.objects.create(
            outlet=visit.outlet,
            url=visit.url,
            final_url=fetched.final_url[:500],
            at=at,
            reached=reached,
            status=fetched.status,
            seconds=round(fetched.seconds, 3),
            headers=dict(fetched.headers),
            excerpt=str(facts.get("excerpt", ""))[:KEPT],
            sha256=fetched.sha256 or str(facts.get("sha256", "")),
            note=fetched.note[:300],
        )
    on = local_day(at)
    once_more = reached is Reached.DEAD and visit.tries < params.at("inspection.dead_visits", on).value
    if once_more and visit.purpose in (Purpose.LINK, Purpose.COLUMN, Purpose.AGAIN):
        visit.not_before = at + timedelta(minutes=params.at("inspection.dead_gap_minutes", on).value)
    else:
        visit.state = D
    visit.facts = visit.facts | dict(facts) | {"reached": reached.value}
    visit.save(update_fields=["tries", "evidence", "not_before", "state", "facts"])
    if visit.column is not None and reached is Reached.OK:
        newest, count = site_checks.column(dict(facts), visit.column.count)
        visit.column.latest_on, visit.column.count, visit.column.checked_at = newest, count, at
        visit.column.save(update_fields=["latest_on", "count", "checked_at"])
    if visit.purpose == Purpose.HOME and reached is Reached.OK:
        _follow(visit, facts, at)
    if visit.finding_id and visit.state == D and visit.evidence is not None:
        noted("visit", visit.outlet, f"问题的网址重新看过：{reached.label}", at=at, by=None)
    if visit.purpose == Purpose.CANARY:
        _tested(visit.round, at)
    elif visit.sample is not None:
        _conclude(visit.sample, at)


def _settled(visit: Visit, reached: Reached, facts: Mapping[str, Any]) -> Reached:
    """A page that looks like what the host answers where nothing is may be gone; the front page never."""
    if reached is not Reached.OK or visit.purpose not in (Purpose.COLUMN, Purpose.LINK) or visit.sample is None:
        return reached
    absent = visit.sample.visits.filter(purpose=Purpose.ABSENT, state=D).first()
    there = absent.facts if absent is not None and absent.facts.get("reached") == Reached.OK else None
    return Reached.SOFT if alike(facts, there) else reached


def _follow(visit: Visit, facts: Mapping[str, Any], at: datetime) -> None:
    """Queue some of the links of the front page, of its own host, drawn by the round's seed."""
    host = urlsplit(visit.url).netloc
    known = set(visit.sample.visits.values_list("url", flat=True)) if visit.sample else set()
    own = [url for url, _ in facts.get("links", []) if urlsplit(url).netloc == host and url not in known]
    seed = visit.round.seed if visit.round else ""
    own.sort(key=lambda url: hashlib.sha256(f"{seed}|{url}".encode()).digest())
    given = {"round": visit.round, "sample": visit.sample, "outlet": visit.outlet}
    Visit.objects.bulk_create(_queued(url, Purpose.LINK, at, **given) for url in own[:MOST_LINKS])


def _tested(round: Round | None, at: datetime) -> None:
    """Once every canary answered: as expected, the pages are queued; not so, nothing is."""
    if round is None or round.visits.filter(purpose=Purpose.CANARY, state=W).exists():
        return
    rows = list(round.visits.filter(purpose=Purpose.CANARY, state=D))
    fine = bool(rows) and all(one.facts.get("reached") == one.facts.get("expect") for one in rows)
    if fine and round.probed_at is None:
        round.probed_at = at
        round.save(update_fields=["probed_at"])
        _plan(round, at)


@transaction.atomic
def probe_again(round: Round, *, by: User, at: datetime) -> None:
    """试探没有通过的,再试一次。"""
    access.require(by, "inspections.check")
    if round.state != RoundState.CHECKING or round.probed_at is not None:
        raise RuleBroken("这一轮不需要再试探", fix="请刷新页面。")
    round.visits.filter(purpose=Purpose.CANARY).update(state=VisitState.DROPPED)
    probe(round, at)


def _conclude(sample: Sample, at: datetime) -> None:
    """Once all pages of an outlet were seen: answer; those that seem gone are looked at again later, and then it is
    answered anew. Once all of a round were seen: void it if too many failed."""
    if sample.visits.filter(state=W, tries=0).exists():
        return
    rows = list(sample.visits.filter(state=D).select_related("evidence"))
    on = sample.round.on
    found = judging.columns(list(sample.outlet.columns.all()), on) | site_checks.site(sample.outlet, rows)
    record_found(sample, found, at=at)
    key = sample.round
    left = key.visits.filter(state=W, tries=0)
    if key.state == RoundState.CHECKING and not left.exists():
        reached = Evidence.objects.filter(pk__in=key.visits.exclude(evidence=None).values("evidence")).values_list(
            "reached", flat=True
        )
        if judging.is_void(list(reached), on):
            voided(key, "访问失败的太多，多半是本机的网络或者出口的问题", by=None, at=at)
