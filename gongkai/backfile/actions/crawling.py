"""收一个旧网站:登记主机、开始收、把取到的逐个记下(存档、收作旧文件、接着去哪里)。

网址各一行、一个理由;一段存档和它的各行在一个事务里,断了从没有取的接着来,取过的不再取。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from gongkai.adapters import files, warc
from gongkai.adapters.crawl import Fetched, Reached
from gongkai.adapters.crawl.following import absolute
from gongkai.adapters.files import Kind
from gongkai.adapters.plaintext import line
from gongkai.law.errors import RuleBroken
from gongkai.org import access, site
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import sealed_files

from ..models import Address, Archive, Intake, Item, OldSite
from ..old_paths import path_of
from ..terms import AddressState, ItemState, Way
from .taking import begin, entered, row_of

S = AddressState
#: 一个旧网站至多这么多网址、从开始的一页至多这么多步、同一路径至多这么多种查询串:自动生成的网页没有尽头。
MOST, DEEPEST, VARIANTS = 50_000, 25, 2000
#: 忙的、断的、出错的过些时候再去,至多这么多次;连着这么多个取不到就停下,别再打扰。
TRIES, LATER, IN_A_ROW = 3, timedelta(minutes=10), 20
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{1,63}(?::\d{1,5})?")
_AGAIN = (Reached.TIMEOUT, Reached.DNS, Reached.REFUSED, Reached.SERVER)
_FIXES = {
    Reached.ROBOTS: "旧网站的 robots.txt 不许，请网站管理员放开以后再收。",
    Reached.PRIVATE: "要收内网里的旧网站，请管理员在 GONGKAI_INSPECTION_ADDRESSES 里列出它的地址。",
    Reached.BLOCKED: "旧网站拒绝了，请网站管理员放行。",
    Reached.LARGE: "太大，请另外收。",
    Reached.TLS: "旧网站的证书不对，请从 http 开始收，或者换好证书。",
}


@dataclass(frozen=True, slots=True)
class Got:
    """取到的一个:哪个网址、取到什么、网页往哪里去(``crawl.follow``)。"""

    address: Address
    fetched: Fetched
    seen: Mapping[str, Any]


@transaction.atomic
def declare_site(agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime) -> OldSite:
    """登记一个旧网站。

    Args:
        values: ``name``, ``start`` (the address to begin at), ``hosts`` (further hosts, apart by spaces or commas),
            ``basis``.

    Raises:
        RuleBroken: an address or a host that is none, the site of today, or no reason why it is the unit's own.
    """
    access.require(by, "backfile.declare", agency)
    start = absolute(str(values["start"]), str(values["start"]), "utf-8")
    if not start:
        raise RuleBroken(f"“{str(values['start'])[:80]}”不是网址", fix="请写成 http://主机/ 的样子。")
    more = re.split(r"[\s,，、;；]+", str(values.get("hosts", "")).lower())
    hosts = list(dict.fromkeys([urlsplit(start).netloc, *(one for one in more if one)]))
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise RuleBroken(f"“{host[:60]}”不是主机名", fix="请写成 www.example.gov.cn 的样子，几个之间空一格。")
        if host == site.current().domain:
            raise RuleBroken(f"{host}是本站", fix="只收已经停用、要停用的旧网站。")
    basis = line(str(values["basis"]))
    if not basis:
        raise RuleBroken("没有写凭什么是本单位的", fix="请写备案号、标识码或者主办单位的文件。")
    name = line(str(values["name"]))[:80] or hosts[0]
    made = OldSite.objects.create(
        agency=agency, name=name, hosts=hosts, start=start, basis=basis[:300], by=by, at=at
    )
    log("backfile.declare", f"登记旧网站“{made}”（{'、'.join(hosts)}）", at=at, by=by, agency=agency, about=made)
    return made


@transaction.atomic
def end_site(old: OldSite, *, by: User, at: datetime) -> OldSite:
    """不再去:没有收完的停下,收到的都留着。"""
    old = OldSite.objects.select_for_update(of=("self",)).select_related("agency").get(pk=old.pk)
    access.require(by, "backfile.declare", old.agency)
    old.ended_at = at
    old.save(update_fields=["ended_at"])
    old.intakes.filter(opened=False).update(stopped=True)
    log("backfile.declare", f"不再去旧网站“{old}”", at=at, by=by, agency=old.agency, about=old)
    return old


@transaction.atomic
def begin_crawl(old: OldSite, *, fonds: str = "", by: User, at: datetime) -> Intake:
    """开始收一个旧网站,从登记的那一页起;正在收的不另开一次。"""
    old = OldSite.objects.select_for_update(of=("self",)).select_related("agency").get(pk=old.pk)
    if old.ended_at:
        raise RuleBroken(f"“{old}”已经不再去了", fix="要再收，请重新登记。")
    if old.intakes.filter(opened=False).exists():
        raise RuleBroken(f"“{old}”正在收", fix="停着的，在那一次里接着收。")
    intake = begin(old.agency, Way.SITE, old.name, fonds=fonds, by=by, at=at)
    intake.site = old
    intake.save(update_fields=["site"])
    _queue(intake, [old.start], 0)
    return intake


def waiting(intake: Intake, at: datetime, most: int) -> list[Address]:
    """The addresses to visit next, in the order in which they were found."""
    rows = intake.addresses.filter(state=S.WAITING).exclude(not_before__gt=at)
    return list(rows.order_by("depth", "pk")[:most])


def unvisited() -> list[Intake]:
    """Crawls that are not done and do not rest."""
    rows = Intake.objects.filter(way=Way.SITE, opened=False, stopped=False).select_related("agency", "site")
    return list(rows.order_by("pk"))


@transaction.atomic
def record_crawled(intake: Intake, got: Sequence[Got], *, at: datetime) -> int:
    """记下取到的一段:先存档,再逐个定结果;没有要去的了就收完。返回收作旧文件的件数。"""
    intake = Intake.objects.select_for_update(of=("self",)).select_related("agency", "site").get(pk=intake.pk)
    fresh = [one for one in got if not Address.objects.filter(pk=one.address.pk).exclude(state=S.WAITING).exists()]
    archive, offsets = _archived(intake, fresh, at)
    items: list[Item] = []
    for answer in fresh:
        item = _settle(intake, answer, at)
        if archive is not None and answer.address.pk in offsets:
            answer.address.archive, answer.address.offset = archive, offsets[answer.address.pk]
        if item is not None:
            items.append(item)
    taken = entered(intake, items, at) if items else 0
    for answer in fresh:
        answer.address.save()
    _led_on(intake)
    _rest(intake, fresh, at)
    return taken


def _archived(intake: Intake, got: Sequence[Got], at: datetime) -> tuple[Archive | None, dict[int, int]]:
    """One file of all that came, with each record's place in it."""
    whole = bytearray(warc.information("Gongkai", at, name=str(intake)))
    offsets: dict[int, int] = {}
    for answer in got:
        if answer.fetched.status and (answer.fetched.body or answer.fetched.reached is not Reached.KIND):
            offsets[answer.address.pk] = len(whole)
            fetched = answer.fetched
            whole += warc.response(
                warc.Answer(fetched.final_url, at, fetched.status or 0, fetched.headers, fetched.body)
            )
    if not offsets:
        return None, {}
    number = intake.archives.count() + 1
    content = bytes(whole)
    return (
        Archive.objects.create(
            intake=intake,
            number=number,
            sha256=sealed_files.keep(content),
            size=len(content),
            count=len(offsets),
            at=at,
        ),
        offsets,
    )


def _settle(intake: Intake, got: Got, at: datetime) -> Item | None:
    """The result of one address; the paper that it holds, not saved."""
    address, fetched = got.address, got.fetched
    address.tries += 1
    address.status = fetched.status
    if fetched.sent_to or fetched.final_url != address.url:
        return _sent_on(intake, got, at)
    if fetched.reached is not Reached.OK:
        _missed(address, fetched, at)
        return None
    return _came(intake, got)


def _sent_on(intake: Intake, got: Got, at: datetime) -> Item | None:
    """The old site sends one elsewhere: where that is its own, it is an address of its own."""
    address, fetched = got.address, got.fetched
    to = absolute(fetched.sent_to or fetched.final_url, address.url, "utf-8")
    if not fetched.sent_to and fetched.reached in (*_AGAIN, Reached.PRIVATE, Reached.BAD):
        _missed(address, fetched, at)
    elif to and urlsplit(to).netloc in intake.site.hosts:
        address.state, address.moved_to, address.reason = S.MOVED, to, f"转到{to}"[:300]
        _queue(intake, [to], address.depth)
    else:
        address.state, address.reason = S.LEFT, f"转到别的网站（{urlsplit(to).netloc[:80]}），没有跟去。"
    return None


def _missed(address: Address, fetched: Fetched, at: datetime) -> None:
    said = fetched.reached.label + (f"（{fetched.note}）" if fetched.note else "")
    if fetched.reached in _AGAIN and address.tries < TRIES:
        address.not_before, address.reason = at + LATER, f"{said}，过一会儿再去"[:300]
        return
    left = fetched.reached in (Reached.ROBOTS, Reached.PRIVATE, Reached.BAD)
    address.state = S.LEFT if left else S.FAILED
    address.reason = f"{said}。{_FIXES.get(fetched.reached, '')}"[:300]


def _came(intake: Intake, got: Got) -> Item | None:
    """What came: a page of links is followed, a picture kept, everything else a paper."""
    address, seen = got.address, got.seen
    _queue(intake, seen.get("links", ()), address.depth + 1)
    _queue(intake, seen.get("pictures", ()), address.depth + 1, pictures=True)
    kind = files.kind_of(got.fetched.body)
    if kind is Kind.EMPTY:
        address.state, address.reason = S.FAILED, "答的是空的。"
    elif address.is_picture:
        address.state, address.reason = S.KEPT, "网页里的图。"
    elif seen and (seen.get("framed") or seen.get("is_list")):
        address.state, address.reason = S.LIST, "框架页。" if seen.get("framed") else ""
    else:
        item = row_of(intake, address.url, got.fetched.body)
        item.old_address, item.old_path = address.url, address.path
        if item.state == ItemState.REFUSED:
            address.state, address.reason = S.KEPT, item.reason
            return None
        address.state, address.item = S.PAPER, item
        return item
    return None


def _queue(intake: Intake, urls: Iterable[str], depth: int, *, pictures: bool = False) -> None:
    """Queue addresses of the declared hosts that are not known yet; those that are left out for their number have a
    row too, once for a path."""
    own = [url for url in dict.fromkeys(urls) if urlsplit(url).netloc in intake.site.hosts]
    known = set(intake.addresses.filter(url__in=own).values_list("url", flat=True))
    room = MOST - intake.addresses.count()
    rows = []
    for url in own:
        if url in known or room <= len(rows):
            continue
        row = Address(intake=intake, url=url, path=path_of(url), depth=depth, is_picture=pictures)
        if depth > DEEPEST:
            row.state, row.reason = S.LEFT, f"离开始的一页超过{DEEPEST}步。"
        elif "?" in url and _variants(intake, url) >= VARIANTS:
            row.state, row.reason = S.LEFT, f"同一网页的查询串超过{VARIANTS}种，多半是自动生成的。"
        rows.append(row)
    Address.objects.bulk_create(rows, batch_size=500)


def _variants(intake: Intake, url: str) -> int:
    return intake.addresses.filter(url__startswith=url.partition("?")[0] + "?").exclude(state=S.LEFT).count()


def _led_on(intake: Intake) -> None:
    """Addresses that were sent on lead to the paper at their end, once that is taken in."""
    for row in intake.addresses.filter(state=S.MOVED, item=None).exclude(moved_to=""):
        if end := intake.addresses.filter(url=row.moved_to).exclude(item=None).first():
            row.item = end.item
            row.save(update_fields=["item"])


def _rest(intake: Intake, got: Sequence[Got], at: datetime) -> None:
    """Done where nothing is left; stopped where the old site no longer answers."""
    last = [one.fetched.reached for one in got][-IN_A_ROW:]
    if len(last) == IN_A_ROW and all(one in (*_AGAIN, Reached.BLOCKED) for one in last):
        intake.stopped = True
        intake.trouble = f"连着{IN_A_ROW}个网址没有取到（{last[-1].label}），停下了；旧网站好了以后接着收。"
        intake.save(update_fields=["stopped", "trouble"])
        log("backfile.crawl", f"“{intake}”停下：{last[-1].label}", at=at, agency=intake.agency, about=intake)
    elif not intake.addresses.filter(state=S.WAITING).exists():
        intake.opened, intake.trouble = True, ""
        intake.save(update_fields=["opened", "trouble"])
        log("backfile.crawl", f"“{intake}”收完", at=at, agency=intake.agency, about=intake)
