"""读出来:有文字的直接读,扫描的排队识别;读出的只写进 ``read``,人核对过的从不改。"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from gongkai.adapters import apart, files, ocr, oldfile, pagescan
from gongkai.adapters.files import Kind, Unreadable
from gongkai.adapters.oldfile import OldFile
from gongkai.foi import store
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Intake, Item, Page
from ..settling import settle
from ..terms import ItemState, PageState
from .common import in_hand, locked, noted
from .taking import SCANS

_CHUNK = 40
_PAGE_MARK = pagescan.PAGE_MARK


@dataclass(frozen=True, slots=True)
class _Result:
    """读一件的结果:读出来的,或者要识别的几页,或者为什么不行。"""

    pk: int
    old: OldFile | None = None
    pages: int = 0
    why: str = ""


def read_waiting(*, at: datetime, limit: int = 400, own: Intake | None = None) -> int:
    """读排着队的旧文件,两个一起读;返回件数。一段一段地提交,断了从没有读的接着来。

    Args:
        own: an intake of papers that this software made itself (the sample): they are read in this process.
    """
    if own is not None:
        _write([_read(*row, here=True) for row in _waiting(own)], at)
        return 0
    done = 0
    waiting = Item.objects.filter(state=ItemState.WAITING, intake__stopped=False).order_by("pk")
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        while done < limit:
            rows = list(waiting.values_list("pk", "sha256", "path", "file_kind")[: min(_CHUNK, limit - done)])
            if not rows:
                break
            _write(list(pool.map(lambda row: _read(*row), rows)), at)
            done += len(rows)
    return done


def _waiting(intake: Intake) -> list[tuple[int, str, str, str]]:
    rows = intake.items.filter(state=ItemState.WAITING).order_by("pk")
    return list(rows.values_list("pk", "sha256", "path", "file_kind"))


def _read(pk: int, digest: str, path: str, kind: str, here: bool = False) -> _Result:
    """Outside any transaction and any connection: the bytes go to another process and come back as elements."""
    name = path.rpartition("/")[2]
    try:
        content = store.read_digest(digest)
    except FileNotFoundError:
        return _Result(pk, why="原件不在资料目录里。请重新收。")
    if here:
        return _Result(pk, oldfile.read_text_file(content, name))
    try:
        if Kind.from_value(kind) not in SCANS or Kind.from_value(kind) is Kind.PDF:
            return _Result(pk, files.apart_from(files.lane_of(content), oldfile.read_text_file, content, name))
    except Unreadable as error:
        if Kind.from_value(kind) is not Kind.PDF or "口令" in error.why:
            return _Result(pk, why=f"{error.why}。{error.fix}。")
    try:
        return _Result(pk, pages=files.apart_from(apart.DESK, pagescan.page_count, content, name))
    except Unreadable as error:
        return _Result(pk, why=f"{error.why}。{error.fix}。")


@transaction.atomic
def _write(results: Sequence[_Result], at: datetime) -> None:
    counts: dict[Agency, int] = defaultdict(int)
    known = {
        one.pk: one
        for one in Item.objects.select_for_update(of=("self",))
        .select_related("agency", "intake")
        .filter(pk__in=[result.pk for result in results])
    }
    for result in results:
        item = known[result.pk]
        if item.state != ItemState.WAITING:
            continue
        counts[item.agency] += 1
        if result.why:
            item.state, item.reason = ItemState.REFUSED, result.why[:300]
        elif result.old:
            put_in_reading(item, result.old)
        else:
            item.state = ItemState.SCANNING
            item.pages.all().delete()
            Page.objects.bulk_create(Page(item=item, number=number + 1) for number in range(result.pages))
        item.save()
    for agency, count in counts.items():
        log("backfile.read", f"读旧文件{count}件", at=at, agency=agency, count=count)


def put_in_reading(item: Item, old: OldFile) -> None:
    """Put into the row what was read; what a person has said stays. The caller saves."""
    item.read = {key: value.row() for key, value in old.values.items()}
    item.notes = [*old.notes, *(f"{one}，公开以前要审" for found in old.hints.values() for one in found)]
    item.body, item.text, item.sketch, item.compared = old.body, old.text, old.sketch, False
    if item.state in (ItemState.WAITING, ItemState.SCANNING):
        item.state = ItemState.CHECKING
    settle(item)
    _free_code(item)
    item.revision += 1


def _free_code(item: Item) -> None:
    """A reference code that another paper of the fonds has is not taken over; a person decides."""
    if not item.reference_code or not item.fonds:
        return
    rows = Item.objects.counted().filter(fonds=item.fonds, reference_code=item.reference_code).exclude(pk=item.pk)
    if other := rows.first():
        item.notes = [*item.notes, f"档号{item.reference_code}同“{other}”重复，没有采用"]
        item.reference_code = ""


# --- 扫描件 ---


def recognise(*, at: datetime, limit: int = 20) -> int:
    """识别排着队的扫描页;一页一提交。没有装识别的,留在队里等人工录入。"""
    if not ocr.installed():
        return 0
    queued = Page.objects.filter(state=PageState.QUEUED, item__intake__stopped=False).select_related("item")
    done = 0
    content: tuple[int, bytes] = (0, b"")
    for page in queued.order_by("pk")[:limit]:
        item = page.item
        try:
            if content[0] != item.pk:
                content = (item.pk, store.read_digest(item.sha256))
            found = files.apart_from(apart.AMPLE_SCANS, pagescan.recognise, content[1], str(item), page.number)
        except (Unreadable, FileNotFoundError) as error:
            _page_failed(page, getattr(error, "why", "原件不在资料目录里"), at)
        else:
            _page_read(page, found, at)
        done += 1
    return done


@transaction.atomic
def _page_failed(page: Page, why: str, at: datetime) -> None:
    page.state, page.troubles = PageState.FAILED, [why]
    page.save(update_fields=["state", "troubles"])
    _whole(page.item_id, at)


@transaction.atomic
def _page_read(page: Page, found: pagescan.Scanned, at: datetime) -> None:
    page.state, page.sure, page.turned = PageState.READ, found.sure, found.turned
    page.width, page.height = found.size
    page.troubles = list(found.troubles)
    page.lines = [[spot.text, spot.sure, *spot.box] for spot in found.spots]
    page.save()
    _whole(page.item_id, at)


def scanned(page: Page) -> pagescan.Scanned:
    """The page as the recogniser gave it."""
    spots = tuple(pagescan.Spot(line[0], line[1], tuple(line[2:6])) for line in page.lines)
    return pagescan.Scanned(spots, (page.width, page.height))


def _whole(pk: int, at: datetime) -> None:
    """When the last page is read, the elements of the whole."""
    item = locked(pk)
    pages = list(item.pages.order_by("number"))
    if item.state != ItemState.SCANNING or any(page.state == PageState.QUEUED for page in pages):
        return
    lettered = [scanned(page) for page in pages if page.lines]
    if lettered:
        put_in_reading(item, oldfile.assemble(lettered, str(item)))
    item.state = ItemState.CHECKING
    item.notes = [
        *item.notes,
        *(f"第{page.number}页：{'、'.join(page.troubles)}" for page in pages if page.troubles),
        *missing_pages(pages),
    ]
    if not item.page_count:
        item.read = item.read | {
            "page_count": {"value": str(len(pages)), "sure": 0.9, "where": "扫描页数", "page": 0, "box": []}
        }
        settle(item)
    item.save()
    noted("scan", item, f"识别完毕，{len(pages)}页", at=at)


def missing_pages(pages: Sequence[Page]) -> list[str]:
    """Where the printed page numbers leap."""
    printed = [
        (page.number, int(match[1]))
        for page in pages
        if page.lines
        if (match := _PAGE_MARK.match(str(page.lines[-1][0])))
    ]
    return [
        f"印着的页码从{one}跳到{other}，疑缺页" for (_, one), (_, other) in pairwise(printed) if other > one + 1
    ]


@transaction.atomic
def by_hand(item: Item, *, by: User, at: datetime) -> Item:
    """不等识别,人工录入要素。"""
    item = in_hand(item, by, "backfile.check", None, ItemState.SCANNING)
    item.pages.filter(state=PageState.QUEUED).update(state=PageState.BY_HAND)
    item.state = ItemState.CHECKING
    item.revision += 1
    item.save(update_fields=["state", "revision"])
    noted("scan", item, "改为人工录入", at=at, by=by)
    return item


def read_again(item: Item, *, by: User, at: datetime) -> Item:
    """重新读:程序读出的换新,人核对过的一个字不动。"""
    access.require(by, "backfile.check", item.agency)
    if not item.sha256:
        raise RuleBroken("这一件是从清单来的，没有原件", fix="请先收原件。")
    result = _read(item.pk, item.sha256, item.path, item.file_kind)
    if result.old is None:
        raise RuleBroken("这一件是扫描件，或者读不出字", fix="扫描件由后台排队识别。")
    return _anew(item, result.old, by, at)


@transaction.atomic
def _anew(item: Item, old: OldFile, by: User, at: datetime) -> Item:
    item = in_hand(item, by, "backfile.check", None, ItemState.CHECKING, ItemState.CONFIRMED)
    put_in_reading(item, old)
    item.save()
    noted("read", item, "重新读过", at=at, by=by)
    return item


__all__ = ["by_hand", "missing_pages", "put_in_reading", "read_again", "read_waiting", "recognise", "scanned"]
