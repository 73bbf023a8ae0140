"""底数:登记一格,由手上的文号推算。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import backfile as law
from gongkai.law import params
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..models import Holding, HoldingVersion, Item
from ..terms import Kind

#: 人填的列。
GIVEN = ("former_name", "registered", "filed", "lost", "lost_reason", "note")


@transaction.atomic
def save_holding(
    agency: Agency,
    year: int,
    kind: Kind,
    values: Mapping[str, Any],
    *,
    reason: str,
    by: User,
    at: datetime,
    seen: str | None = None,
) -> Holding:
    """登记一格;分母变了留一版,要写理由。"""
    access.require(by, "backfile.stock", agency)
    _in_years(year, at)
    found = Holding.objects.select_for_update(of=("self",)).filter(agency=agency, year=year, kind=kind).first()
    holding = found or Holding(agency=agency, year=year, kind=kind)
    if found:
        check(seen, found.mark)
    for name in GIVEN:
        if name in values:
            setattr(holding, name, values[name])
    due = law.to_describe(holding.registered, holding.filed, holding.estimated)
    _explained(holding, due)
    if found and due != holding.due and not reason.strip():
        raise RuleBroken(
            f"应梳理由{holding.due}件改为{due}件，没有写理由", fix="分母变动要写明理由，以前的数留着。"
        )
    _keep(holding, due, reason, by, at)
    log(
        "backfile.stock",
        f"登记{holding}：应梳理{due}件",
        at=at,
        by=by,
        agency=agency,
        about=holding,
        **holding.counts,
        reason=reason,
    )
    return holding


@transaction.atomic
def take_stock(
    agency: Agency, rows: Iterable[tuple[int, Kind, Mapping[str, Any]]], *, reason: str, by: User, at: datetime
) -> int:
    """成批登记一个单位的底数(导入清册);没有变动的不动,变了的留一版。返回变动的格数。"""
    access.require(by, "backfile.stock", agency)
    known = {(one.year, one.kind): one for one in Holding.objects.filter(agency=agency)}
    fresh: list[Holding] = []
    moved = 0
    for year, kind, values in rows:
        _in_years(year, at)
        holding = known.get((year, kind)) or Holding(agency=agency, year=year, kind=kind)
        if holding.pk and all(getattr(holding, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(holding, name, value)
        due = law.to_describe(holding.registered, holding.filed, holding.estimated)
        _explained(holding, due)
        moved += 1
        if holding.pk:
            _keep(holding, due, reason, by, at)
        else:
            holding.due, holding.updated_at, holding.updated_by = due, at, by
            fresh.append(holding)
    Holding.objects.bulk_create(fresh, batch_size=500)
    HoldingVersion.objects.bulk_create([_version(one, reason, by, at) for one in fresh], batch_size=500)
    if moved:
        log(
            "backfile.stock",
            f"{agency}成批登记底数{moved}格",
            at=at,
            by=by,
            agency=agency,
            moved=moved,
            reason=reason,
        )
    return moved


def _in_years(year: int, at: datetime) -> None:
    today = local_day(at)
    oldest = params.at("backfile.oldest_year", today).value
    if not oldest <= year <= today.year:
        raise RuleBroken(f"年份{year}不在{oldest}年到今年之间", fix="请改年份。")


def _explained(holding: Holding, due: int) -> None:
    if holding.lost and not holding.lost_reason.strip():
        raise RuleBroken(f"{holding}有{holding.lost}件找不到，没有写理由", fix="请写哪一批、为什么找不到。")
    if holding.lost > due:
        raise RuleBroken(f"{holding}找不到的{holding.lost}件多于应梳理的{due}件", fix="请核对件数。")


def _version(holding: Holding, reason: str, by: User | None, at: datetime) -> HoldingVersion:
    counts = {name: getattr(holding, name) for name in ("registered", "filed", "estimated", "due", "lost")}
    return HoldingVersion(holding=holding, reason=reason.strip()[:300] or "首次登记", by=by, at=at, **counts)


def _keep(holding: Holding, due: int, reason: str, by: User | None, at: datetime) -> None:
    new = holding.pk is None
    holding.due, holding.updated_at, holding.updated_by = due, at, by
    holding.revision += 0 if new else 1
    holding.save()
    _version(holding, reason, by, at).save()


@transaction.atomic
def count_numbers(agency: Agency, *, at: datetime, by: User | None = None) -> int:
    """由手上的文号(公开着的、收进来的)推算每年发了多少;返回变动的格数。"""
    if by is not None:
        access.require(by, "backfile.stock", agency)
    moved, on = 0, local_day(at)
    found = {one.year: one for one in Holding.objects.filter(agency=agency, kind=Kind.NUMBERED)}
    for year, books in sorted(_numbers(agency).items()):
        total, formula = _estimate(books, on)
        holding = found.get(year) or Holding(agency=agency, year=year, kind=Kind.NUMBERED)
        if (holding.estimated, holding.formula) == (total, formula) or (holding.pk is None and total is None):
            continue
        holding.estimated, holding.formula = total, formula
        _keep(holding, law.to_describe(holding.registered, holding.filed, total), "由文号推算", by, at)
        moved += 1
    if moved:
        log(
            "backfile.numbers",
            f"{agency}由文号推算底数，{moved}格有变动",
            at=at,
            by=by,
            agency=agency,
            moved=moved,
        )
    return moved


def _estimate(books: Mapping[str, Mapping[int, bool]], on: date) -> tuple[int | None, str]:
    """The papers of a year that are not normative, over all codes, and how that was reckoned; the normative ones bear
    the same running numbers and are counted in a row of their own."""
    estimates = [(code, law.inferred(seqs, on)) for code, seqs in sorted(books.items())]
    normative = sum(is_normative for seqs in books.values() for is_normative in seqs.values())
    totals = [one.total for _, one in estimates if one.total is not None]
    formula = "；".join(f"{code} {one.formula}" for code, one in estimates)
    if normative and totals:
        formula += f"；减去其中规范性文件{normative}件"
    return max(0, sum(totals) - normative) if totals else None, formula[:300]


def _numbers(agency: Agency) -> dict[int, dict[str, dict[int, bool]]]:
    """The running numbers at hand by year and code, and whether each is a normative document's."""
    books: dict[int, dict[str, dict[int, bool]]] = defaultdict(lambda: defaultdict(dict))
    rows = Record.objects.filter(agency=agency, number_year__isnull=False).exclude(published_at=None)
    old = Item.objects.counted().filter(agency=agency, number_year__isnull=False)
    columns = ("number_code", "number_year", "number_seq")
    for code, year, seq, kind in [*rows.values_list(*columns, "type"), *old.values_list(*columns, "kind")]:
        books[year][code][seq] = books[year][code].get(seq, False) or kind == Kind.NORMATIVE
    return books
