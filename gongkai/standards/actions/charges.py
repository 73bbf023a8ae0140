"""目录的行同信息对照:对上栏目、定负责单位、登记起算的事、不是本单位职责的申明和核准、每夜重算到期。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from gongkai.desk.moments import end_of, local_day
from gongkai.law import row_due as law
from gongkai.law.due_clauses import Clause
from gongkai.law.errors import RuleBroken
from gongkai.law.row_due import Happened, Judged, Published, State
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..models import Charge, Occurrence, Row, Standard
from ..terms import OPEN_STAGES, Stage
from .common import locked, noted


@transaction.atomic
def assign(row: Row, agencies: Sequence[Agency], *, by: User, at: datetime) -> int:
    """定一行由哪些单位负责;已有的申明、登记的事留着。"""
    standard = locked(row.standard)
    access.require(by, "standards.edit", standard.agency)
    wanted = {one.pk for one in agencies}
    if row.charges.exclude(agency__in=wanted).filter(occurrences__isnull=False).exists():
        raise RuleBroken("要去掉的单位已经登记过起算的事", fix="请先由它办完，或者申明不是本单位职责。")
    row.charges.exclude(agency__in=wanted).delete()
    have = set(row.charges.values_list("agency", flat=True))
    new = [one for one in agencies if one.pk not in have]
    Charge.objects.bulk_create(Charge(row=row, standard=standard, agency=one) for one in new)
    noted("assign", standard, f"“{row}”由{'、'.join(map(str, agencies)) or '没有单位'}负责", at=at, by=by)
    return len(new)


@transaction.atomic
def link(row: Row, duty: str, type: str, words: str, *, by: User, at: datetime) -> Row:
    """一行对着网站的哪一栏、哪一类、标题里有哪些词的信息;公布以后也可以改,目录本身不变。"""
    standard = locked(row.standard)
    access.require(by, "standards.edit", standard.agency)
    row.duty, row.type, row.words = duty, type, words.strip()[:200]
    row.save(update_fields=["duty", "type", "words"])
    noted("link", standard, f"“{row}”对着{duty or '没有定'}", at=at, by=by)
    return row


@transaction.atomic
def link_rows(words: Mapping[int, str], standard: Standard, *, by: User, at: datetime) -> int:
    """几行一起对上标题里的词:行 → 词。"""
    standard = locked(standard)
    access.require(by, "standards.edit", standard.agency)
    rows = list(standard.rows.filter(pk__in=words))
    for row in rows:
        row.words = words[row.pk].strip()[:200]
    Row.objects.bulk_update(rows, ["words"], batch_size=500)
    noted("link", standard, f"{len(rows)}行对上标题里的词", at=at, by=by)
    return len(rows)


@transaction.atomic
def enter_event(charge: Charge, on: date, what: str, *, by: User, at: datetime) -> Occurrence:
    """登记起算的一件事;最迟公开日由法律核心算,算不出的登记不了。"""
    charge = (
        Charge.objects.select_for_update(of=("self",))
        .select_related("row", "agency", "standard")
        .get(pk=charge.pk)
    )
    access.require(by, "standards.charge", charge.agency)
    if on > local_day(at):
        raise RuleBroken("这件事的日子还没有到", fix="请核对日期。")
    dues = [due for one in charge.row.clauses if (due := law.due_after(one, on))]
    if not dues:
        raise RuleBroken(f"“{charge.row}”的时限没有从一件事起算的天数，不用登记", fix="直接发布信息就可以。")
    if not what.strip():
        raise RuleBroken("没有写是什么事", fix="请写明哪一件，例如哪一个批文。")
    made = Occurrence.objects.create(charge=charge, on=on, what=what.strip()[:200], due_on=max(dues), by=by, at=at)
    _recount_rows(Charge.objects.filter(pk=charge.pk), local_day(at))
    log(
        "standards.event",
        f"{charge.row}：{made.what}（{on}），最迟{made.due_on}公开",
        at=at,
        by=by,
        agency=charge.agency,
        about=charge,
    )
    return made


@transaction.atomic
def answer_event(occurrence: Occurrence, record: Record, *, by: User, at: datetime) -> Occurrence:
    """这件事公开在哪一件信息里。"""
    occurrence = (
        Occurrence.objects.select_for_update(of=("self",)).select_related("charge__agency").get(pk=occurrence.pk)
    )
    charge = occurrence.charge
    access.require(by, "standards.charge", charge.agency)
    if not record.is_public(at):
        raise RuleBroken("这件信息公众还看不到", fix="请发布以后再登记。")
    if record.agency_id != charge.agency_id:
        raise RuleBroken(f"这件信息不是{charge.agency}公开的", fix="请选本单位公开的信息。")
    occurrence.record = record
    occurrence.save(update_fields=["record"])
    _recount_rows(Charge.objects.filter(pk=charge.pk), local_day(at))
    log("standards.answer", f"{occurrence.what}公开在“{record}”", at=at, by=by, agency=charge.agency, about=charge)
    return occurrence


@transaction.atomic
def excuse(charges: Iterable[int], agency: Agency, reason: str, *, by: User, at: datetime) -> int:
    """申明这几行不是本单位的职责,送区政府办核准;核准以前仍算空缺。"""
    access.require(by, "standards.charge", agency)
    if not reason.strip():
        raise RuleBroken("没有写理由", fix="请写明这件事归哪个单位管、依据哪一条职责。")
    rows = Charge.objects.filter(pk__in=list(charges), agency=agency, approved_at=None)
    done = rows.update(excuse=reason.strip()[:300], excused_by=by, excused_at=at)
    if not done:
        raise RuleBroken("没有选事项", fix="请勾选不是本单位职责的行；已经核准的不用再申明。")
    log("standards.excuse", f"{agency}申明{done}行不是本单位职责：{reason.strip()}", at=at, by=by, agency=agency)
    return done


@transaction.atomic
def judge_excuse(
    charges: Iterable[int], agency: Agency, agrees: bool, opinion: str = "", *, by: User, at: datetime
) -> int:
    """核准或者退回;退回的要写意见。申明的人不能自己核准。"""
    access.require(by, "standards.approve")
    waiting = list(
        Charge.objects.select_for_update()
        .filter(pk__in=list(charges), agency=agency, approved_at=None)
        .exclude(excused_at=None)
    )
    if not waiting:
        raise RuleBroken("没有选待核准的行", fix="请勾选；别人办过的刷新以后就看不到了。")
    if any(one.excused_by_id == by.pk for one in waiting):
        raise RuleBroken("申明的人不能自己核准", fix="请由区政府办的另一位经办人核准。")
    if not agrees and not opinion.strip():
        raise RuleBroken("退回没有写意见", fix="请写明为什么是这个单位的职责。")
    rows = Charge.objects.filter(pk__in=[one.pk for one in waiting])
    if agrees:
        rows.update(approved_by=by, approved_at=at)
    else:
        rows.update(excuse="", excused_by=None, excused_at=None)
    verdict = "核准" if agrees else f"退回（{opinion.strip()}）"
    log("standards.excuse", f"{verdict}{agency}不是本单位职责的申明{len(waiting)}行", at=at, by=by, agency=agency)
    return len(waiting)


@transaction.atomic
def recount(*, on: date, at: datetime, standard: Standard | None = None, by: User | None = None) -> int:
    """重算每个单位对每一行做得怎样:公开了几件、最近哪天、迟了几件、下一个到期日。现行的和在编的都算。

    Returns:
        how many charges changed.
    """
    charges = Charge.objects.filter(standard__stage__in=(Stage.LIVE, *OPEN_STAGES))
    if standard is not None:
        charges = charges.filter(standard=standard)
    changed = _recount_rows(charges, on)
    log("standards.recount", f"重算到期，变了{changed}格", at=at, by=by, agency=standard and standard.agency)
    return changed


class _Records:
    """What each agency published by duty and type, read once; narrowed by words of the title."""

    def __init__(self, agencies: set[int], on: date) -> None:
        rows = (
            Record.objects.public(end_of(on)).filter(agency__in=agencies)
            if len(agencies) < 300
            else (Record.objects.public(end_of(on)))
        )
        self._by_agency: dict[int, list[tuple[str, str, str, Published]]] = defaultdict(list)
        given = rows.order_by().values_list("agency_id", "duty", "type", "title", "made_on", "published_at")
        for agency, duty, kind, title, made_on, published_at in given.iterator(chunk_size=5000):
            self._by_agency[agency].append((duty, kind, title, Published(made_on, local_day(published_at))))
        self._known: dict[tuple[int, str, str, str], list[Published]] = {}

    def published_for(self, agency: int, duty: str, kind: str, words: str) -> list[Published]:
        key = (agency, duty, kind, words)
        if key not in self._known:
            wanted = words.split()
            self._known[key] = [
                published
                for its_duty, its_kind, title, published in self._by_agency[agency]
                if (wanted or not duty or its_duty == duty)
                and (not kind or its_kind == kind)
                and (not wanted or any(word in title for word in wanted))
            ]
        return self._known[key]


def _recount_rows(charges: QuerySet[Charge], on: date) -> int:
    agencies = set(charges.order_by().values_list("agency_id", flat=True).distinct())
    records = _Records(agencies, on)
    happened: dict[int, list[Happened]] = defaultdict(list)
    entered = Occurrence.objects.filter(charge__in=charges).values_list("charge_id", "on", "record__published_at")
    for charge, day, published_at in entered:
        happened[charge].append(Happened(day, local_day(published_at) if published_at else None))
    known: dict[tuple[object, ...], Judged] = {}
    rows = {
        row.pk: row
        for row in Row.objects.filter(pk__in=charges.order_by().values("row")).only("due", "duty", "type", "words")
    }
    changed: list[Charge] = []
    fields = ("state", "due_on", "count", "last_on", "late", "why")
    for one in charges.order_by().iterator(chunk_size=5000):
        row = rows[one.row_id]
        found = (
            records.published_for(one.agency_id, row.duty, row.type, row.words)
            if row.duty or row.type or row.words
            else []
        )
        key = (
            (one.agency_id, row.duty, row.type, row.words, tuple(row.clauses))
            if one.pk not in happened
            else (one.pk,)
        )
        if key not in known:
            known[key] = _judged(
                row.clauses, found, happened.get(one.pk, []), on, linked=bool(row.duty or row.type or row.words)
            )
        judged = known[key]
        last = max((single.published_on for single in found), default=None)
        values = (judged.state, judged.due, len(found), last, judged.late, judged.why[:200])
        if values != tuple(getattr(one, name) for name in fields):
            for name, value in zip(fields, values, strict=True):
                setattr(one, name, value)
            changed.append(one)
    # 逐格的 CASE 太慢:十万格一起变的时候,按主键覆盖快十倍;算的时候收回的责任不能借此又有了,所以先锁住还在的
    for start in range(0, len(changed), 500):
        batch = changed[start : start + 500]
        held = Charge.objects.select_for_update().filter(pk__in=[one.pk for one in batch])
        standing = set(held.order_by("pk").values_list("pk", flat=True))
        Charge.objects.bulk_create(
            [one for one in batch if one.pk in standing],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=fields,
        )
    return len(changed)


def _judged(
    clauses: Sequence[Clause], found: list[Published], happened: list[Happened], on: date, *, linked: bool
) -> Judged:
    if not linked and not happened:
        return Judged(State.UNJUDGED, None, 0, "还没有对上网站的栏目")
    # 迟公开的只看最近一年,以前的记在当时
    recent = [one for one in found if law.months_after(one.published_on, 12) >= on]
    return law.judge(clauses, recent or found[-1:], happened, on)
