"""标准目录:领域、读入一张表、收进目录、改行、送审、公布、复审、镇街引用。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongkai.adapters.readers.standards.channels import channels
from gongkai.law.due_clauses import clauses
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency, LogEntry, User

from ..compare import differences, earlier
from ..models import Charge, Review, Row, Standard
from ..terms import Cause, Conclusion, Stage
from .common import begin, charge, in_stage, locked, noted, touch

EDITABLE = (
    "number",
    "level1",
    "level2",
    "level3",
    "content",
    "basis",
    "due_text",
    "subject",
    "channel_text",
    "duty",
    "type",
    "words",
    "reason",
)


@transaction.atomic
def revise(standard: Standard, year: int, note: str, *, by: User, at: datetime) -> Standard:
    """照现行的一版开一版新的,各行、负责单位都抄过来。"""
    access.require(by, "standards.edit", standard.agency)
    if standard.stage != Stage.LIVE:
        raise RuleBroken("只有现行的目录可以修订", fix="在编的请直接改。")
    made = begin(
        standard.area,
        standard.agency,
        year,
        by=by,
        at=at,
        parent=standard.parent,
        note=note.strip()[:300],
        needs_all_channels=standard.needs_all_channels,
    )
    copy_rows(standard, made)
    noted("draft", made, f"修订{standard.version}：{note.strip()}", at=at, by=by)
    return made


def copy_rows(old: Standard, new: Standard, *, keep: frozenset[int] | None = None, **changed: Any) -> None:
    """Copy rows with whom they fall to (the approved excuses too); the states are counted anew."""
    rows = [row for row in old.rows.all() if keep is None or row.pk in keep]
    charges = list(Charge.objects.filter(row__in=rows)) if not changed else []
    by_old = {}
    for order, row in enumerate(rows, start=1):
        by_old[row.pk] = Row(
            standard=new,
            order=order,
            due=row.due,
            channels=row.channels,
            audience=row.audience,
            way=row.way,
            extra=row.extra,
            merged=row.merged,
            levels=changed.get("levels", row.levels),
            origin_id=row.pk if changed else row.origin_id,
            **{name: getattr(row, name) for name in EDITABLE if name not in ("reason", "subject")},
            subject=changed.get("subject", row.subject),
        )
    Row.objects.bulk_create(by_old.values(), batch_size=500)
    copied = (
        "agency_id",
        "state",
        "due_on",
        "count",
        "last_on",
        "late",
        "why",
        "excuse",
        "excused_by_id",
        "excused_at",
        "approved_by_id",
        "approved_at",
    )
    Charge.objects.bulk_create(
        (
            Charge(row=by_old[one.row_id], standard=new, **{name: getattr(one, name) for name in copied})
            for one in charges
        ),
        batch_size=500,
    )
    if changed:
        Charge.objects.bulk_create(
            (Charge(row=row, standard=new, agency=new.agency) for row in by_old.values()), batch_size=500
        )


@transaction.atomic
def inherit(
    standard: Standard, agency: Agency, rows: Sequence[int], year: int, *, by: User, at: datetime
) -> Standard:
    """镇街引用区里目录的若干行:只改主体、层级,时限照区里的。"""
    access.require(by, "standards.edit", agency)
    if standard.stage != Stage.LIVE:
        raise RuleBroken("区里的这一版还没有公布，或者已经被代替", fix="请引用现行的一版。")
    if not rows:
        raise RuleBroken("没有选要引用的行", fix="请勾选本镇（街道）涉及的事项。")
    made = begin(standard.area, agency, year, by=by, at=at, parent=standard)
    copy_rows(standard, made, keep=frozenset(rows), subject=agency.name, levels={"乡级": True})
    noted("inherit", made, f"引用{standard}的{len(rows)}行", at=at, by=by)
    return made


def _editable(row: Row, by: User, seen: str | None) -> Standard:
    return in_stage(row.standard, by, "standards.edit", seen, Stage.DRAFT, Stage.CONSULTING)


@transaction.atomic
def save_row(row: Row, values: Mapping[str, Any], *, by: User, at: datetime, seen: str | None = None) -> Row:
    """改一行,或者(没有存过的)加在末尾;时限、渠道重新认。"""
    standard = _editable(row, by, seen)
    for name in EDITABLE:
        if name in values:
            setattr(row, name, values[name])
    for name in ("audience", "way", "levels"):
        if name in values:
            setattr(row, name, values[name])
    if not (row.level1 or row.level2):
        raise RuleBroken("没有写一级事项、二级事项", fix="至少写一级。")
    found = channels(row.channel_text).ticked
    row.due = [one.facts() for one in clauses(row.due_text)]
    row.channels, row.is_to_confirm = (None if found is None else list(found)), False
    if row.pk is None:
        row.order = (standard.rows.aggregate(last=Max("order"))["last"] or 0) + 1
    row.save()
    if "agencies" in values:
        _assign(row, values["agencies"])
    elif not row.charges.exists():
        charge(standard, [row])
    touch(standard)
    noted("row", standard, f"改“{row}”", at=at, by=by)
    return row


def _assign(row: Row, agencies: Sequence[Agency]) -> None:
    wanted = {one.pk for one in agencies}
    row.charges.exclude(agency__in=wanted).delete()
    have = set(row.charges.values_list("agency", flat=True))
    Charge.objects.bulk_create(
        Charge(row=row, standard_id=row.standard_id, agency=one) for one in agencies if one.pk not in have
    )


@transaction.atomic
def remove_row(row: Row, *, by: User, at: datetime, seen: str | None = None) -> None:
    """去掉一行;公布以后的版本不动。"""
    standard = _editable(row, by, seen)
    noted("row", standard, f"去掉“{row}”", at=at, by=by)
    row.delete()
    touch(standard)


@transaction.atomic
def submit(
    standard: Standard, *, by: User, at: datetime, seen: str | None = None, consult: bool = False
) -> Standard:
    """送审;要先征求意见的停在征求意见,再送一次就是送审。"""
    standard = in_stage(standard, by, "standards.edit", seen, Stage.DRAFT, Stage.CONSULTING)
    if not standard.rows.exists():
        raise RuleBroken("目录里一行也没有", fix="请导入或者加行。")
    if unsure := standard.rows.filter(is_to_confirm=True).count():
        raise RuleBroken(f"有{unsure}行区里的目录改了，还没有确认", fix="请逐行确认。")
    standard.stage = Stage.CONSULTING if consult else Stage.REVIEWING
    touch(standard, "stage")
    noted("submit", standard, "征求意见" if consult else "送审", at=at, by=by)
    return standard


@transaction.atomic
def send_back(standard: Standard, opinion: str, *, by: User, at: datetime, seen: str | None = None) -> Standard:
    """退回编制的人。"""
    standard = in_stage(standard, by, "standards.check", seen, Stage.REVIEWING)
    if not opinion.strip():
        raise RuleBroken("退回没有写意见", fix="请写明哪一行、怎样改。")
    standard.stage, standard.note = Stage.DRAFT, opinion.strip()[:300]
    touch(standard, "stage", "note")
    noted("submit", standard, f"退回：{opinion.strip()}", at=at, by=by)
    return standard


#: 写进目录里的动作:动过的人不审它。
_WROTE = tuple(f"standards.{action}" for action in ("draft", "inherit", "row", "take", "assign"))


@transaction.atomic
def publish(standard: Standard, *, by: User, on: date, at: datetime, seen: str | None = None) -> Standard:
    """审核公布:编制的人不审自己的;时限变松的要有理由;上一版留着可查,镇街引用了改过的行要确认。"""
    standard = in_stage(standard, by, "standards.check", seen, Stage.REVIEWING)
    if (
        by.pk == standard.drafted_by_id
        or LogEntry.objects.about(standard).filter(by=by, action__in=_WROTE).exists()
    ):
        raise RuleBroken(
            "编制的人、改过行的人不能审核自己编的目录", fix="请由没有动过它的负责人或者区政府办审核。"
        )
    changes = earlier(standard)
    silent = [one.row for one in changes if one.is_looser and not one.row.reason.strip()]
    if silent:
        names = "；".join(str(row) for row in silent[:5])
        raise RuleBroken(
            f"有{len(silent)}行的时限比上一版松，没有写理由：{names}", fix="请退回编制的人，在那一行写明理由。"
        )
    Standard.objects.live().filter(area=standard.area, agency=standard.agency).update(stage=Stage.REPLACED)
    standard.stage, standard.checked_by, standard.published_on, standard.reviewed_on = Stage.LIVE, by, on, on
    touch(standard, "stage", "checked_by", "published_on", "reviewed_on")
    told = _tell_towns(standard) if standard.replaces_id else 0
    noted("publish", standard, f"公布{standard.rows.count()}行，镇街待确认{told}行", at=at, by=by)
    return standard


def _tell_towns(standard: Standard) -> int:
    """Rows that towns took over point to the new version; those whose limit changed are to be confirmed."""
    old = list(Row.objects.filter(standard=standard.replaces_id))
    changed = {
        one.old.pk
        for one in differences(old, standard.rows.all())
        if one.old
        and one.kind != "added"
        and (one.kind == "removed" or any(label == "公开时限" for label, _, _ in one.changes))
    }
    by_key = {row.key: row for row in standard.rows.all()}
    told = 0
    for row in old:
        copies = row.copies.filter(standard__stage__in=(Stage.LIVE, Stage.DRAFT, Stage.CONSULTING))
        if row.pk in changed:
            told += copies.update(is_to_confirm=True)
        if row.key in by_key:
            copies.update(origin=by_key[row.key])
    Standard.objects.filter(parent=standard.replaces_id).update(parent=standard)
    return told


@transaction.atomic
def confirm_row(row: Row, *, by: User, at: datetime) -> Row:
    """镇街确认区里改了的一行:时限照区里现在的。"""
    standard = locked(row.standard)
    access.require(by, "standards.edit", standard.agency)
    row = Row.objects.select_related("origin").get(pk=row.pk)
    if row.origin is not None:
        row.due_text, row.due, row.basis = row.origin.due_text, row.origin.due, row.origin.basis
    row.is_to_confirm = False
    row.save(update_fields=["due_text", "due", "basis", "is_to_confirm"])
    touch(standard)
    noted("row", standard, f"确认“{row}”照区里的时限", at=at, by=by)
    return row


@transaction.atomic
def drop(standard: Standard, reason: str, *, by: User, at: datetime, seen: str | None = None) -> Standard:
    """在编的一版不要了;留着,不公布。"""
    standard = in_stage(standard, by, "standards.edit", seen, Stage.DRAFT, Stage.CONSULTING, Stage.REVIEWING)
    if not reason.strip():
        raise RuleBroken("没有写为什么不公布", fix="请写明原因。")
    standard.stage, standard.note = Stage.DROPPED, reason.strip()[:300]
    touch(standard, "stage", "note")
    noted("drop", standard, reason.strip(), at=at, by=by)
    return standard


@transaction.atomic
def review(
    standard: Standard, cause: Cause, conclusion: Conclusion, note: str, *, by: User, on: date, at: datetime
) -> Review:
    """复审一次;结论是修改的,接着修订;不再适用的从公布里拿下。"""
    standard = locked(standard)
    access.require(by, "standards.check", standard.agency)
    if standard.stage != Stage.LIVE:
        raise RuleBroken("只复审现行的目录", fix="在编的请直接改。")
    if not note.strip():
        raise RuleBroken("没有写复审的情况", fix="请写明看了什么、为什么是这个结论。")
    made = Review.objects.create(
        standard=standard, cause=cause, conclusion=conclusion, note=note.strip()[:500], on=on, by=by
    )
    standard.reviewed_on = on
    if conclusion is Conclusion.DROP:
        standard.stage = Stage.REPLACED
    touch(standard, "reviewed_on", "stage")
    noted("review", standard, f"{cause.label}，结论：{conclusion.label}", at=at, by=by)
    return made
