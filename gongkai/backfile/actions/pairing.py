"""查重:指纹相像的成对列出来,按文号、日期、数字说多半是什么;认定一律由人,从不自己合并。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongkai.adapters import likeness
from gongkai.desk.moments import local_day
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record
from gongkai.records.terms import RelationKind, Stage

from ..models import Item, Pair
from ..terms import ItemState, Likely, Ruling
from .common import locked, noted

#: 相像的对子里,比过这么多新件以外的不再看:不比两件都查过的。
_MOST = 50_000


@dataclass(slots=True)
class _Known:
    """查重要看的:是旧文件还是公开着的信息,文号、日期、题名,是不是新来的。"""

    pk: int
    is_record: bool
    number: str
    day: date | None
    title: str
    new: bool


def find_pairs(*, at: datetime) -> int:
    """新读出来的同全部旧文件、公开着的信息比;返回新列出的对数。"""
    new = Item.objects.counted().filter(compared=False).exclude(sketch=b"")
    if not new.exists():
        return 0
    known, sketches = _everything()
    least = params.at("backfile.likeness", local_day(at)).value["candidate"]
    found = []
    for left, right, alike in likeness.pairs(sketches, least):
        one, other = known[left], known[right]
        if (one.new or other.new) and not (one.is_record and other.is_record):
            found.append((other, one, alike) if one.is_record else (one, other, alike))
        if len(found) >= _MOST:
            break
    return _listed(found, at)


def _everything() -> tuple[list[_Known], list[bytes]]:
    known, sketches = [], []
    rows = Item.objects.counted().exclude(sketch=b"").order_by("pk")
    columns = ("pk", "doc_number", "formed_on", "title", "compared", "sketch", "record_id")
    for pk, number, day, title, compared, sketch, _ in rows.values_list(*columns).iterator(chunk_size=2000):
        known.append(_Known(pk, False, number, day, title, not compared))
        sketches.append(bytes(sketch))
    for record, text in _published():
        known.append(_Known(record.pk, True, record.doc_number, record.made_on, record.title, False))
        sketches.append(likeness.sketch(text))
    return known, sketches


def _published() -> Iterator[tuple[Record, str]]:
    """Published information that is not an old paper opened here, with its text."""
    live = Edition.objects.filter(stage=Stage.LIVE, record__old_paper=None).select_related("record")
    for edition in live.only("text", "record__doc_number", "record__made_on", "record__title").iterator(
        chunk_size=500
    ):
        yield edition.record, edition.text


@transaction.atomic
def _listed(found: list[tuple[_Known, _Known, float]], at: datetime) -> int:
    rows, on = [], local_day(at)
    for one, other, alike in found:
        rows.append(
            Pair(
                item_id=one.pk,
                other_id=None if other.is_record else other.pk,
                record_id=other.pk if other.is_record else None,
                likeness=round(alike, 3),
                likely=likely(one.number, other.number, one.day, other.day, one.title, other.title, alike, on),
            )
        )
    before = Pair.objects.count()
    Pair.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    Item.objects.filter(compared=False).exclude(sketch=b"").update(compared=True)
    made = Pair.objects.count() - before
    if made:
        log("backfile.pairs", f"查重列出{made}对", at=at, count=made)
    return made


def likely(
    number: str,
    other: str,
    day: date | None,
    other_day: date | None,
    title: str,
    other_title: str,
    alike: float,
    on: date,
) -> Likely:
    """What a pair probably is; numbers, dates and titles decide, likeness alone never."""
    limits = params.at("backfile.likeness", on).value
    if number and number == other:
        same_day = not day or not other_day or day == other_day
        return Likely.SAME if same_day else Likely.MISTAKEN
    if number and other and title == other_title and alike >= limits["newer"]:
        return Likely.NEWER
    if alike >= limits["copy"] and not (number and other):
        return Likely.SAME
    return Likely.ALIKE


@transaction.atomic
def rule(pair: Pair, ruling: Ruling, *, by: User, at: datetime) -> Pair:
    """认定:同一件的,后收的作副本(不删);新旧两版的,公开着的建立关系。"""
    pair = (
        Pair.objects.select_for_update(of=("self",))
        .select_related("item__agency", "other", "record")
        .get(pk=pair.pk)
    )
    access.require(by, "backfile.check", pair.item.agency)
    if pair.ruling:
        raise RuleBroken(f"这一对已经认定（{pair.get_ruling_display()}）", fix="请刷新页面。")
    pair.ruling, pair.by, pair.at = Ruling(ruling), by, at
    pair.save(update_fields=["ruling", "by", "at"])
    if ruling == Ruling.COPY:
        _copied(pair)
    elif ruling == Ruling.NEWER and pair.record and pair.item.record:
        records.link(pair.record, pair.item.record, RelationKind.REPLACES, by=by, at=at, note="查重认定为新旧两版")
    noted("rule", pair.item, f"同{pair.other or pair.record}：{Ruling(ruling).label}", at=at, by=by)
    return pair


def _copied(pair: Pair) -> None:
    """The later one is the copy of the earlier; of a published one the old paper is the copy."""
    main, copy = (None, pair.item) if pair.record else sorted((pair.item, pair.other), key=lambda item: item.pk)
    copy = locked(copy)
    if copy.record_id or hasattr(copy, "opening"):
        raise RuleBroken(
            f"“{copy}”已经进了开放审核，或者已经公开", fix="请先从批次里撤出，或者在公开的那一件上处理。"
        )
    if copy.state not in (ItemState.CHECKING, ItemState.CONFIRMED, ItemState.SCANNING):
        raise RuleBroken(f"“{copy}”{copy.get_state_display()}，不能再认作副本", fix="请刷新页面。")
    copy.state, copy.copy_of = ItemState.COPY, main
    copy.reason = f"人认定同“{main or pair.record}”是一件"[:300]
    copy.revision += 1
    copy.save(update_fields=["state", "copy_of", "reason", "revision"])
