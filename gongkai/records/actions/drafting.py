"""起草:新建、保存、附件、更正、作废、改归事项。"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.adapters.plaintext import clean
from gongkai.desk.moments import local_day
from gongkai.law import duties
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from .. import html, numbering, types
from ..models import Description, Edition, Record
from ..terms import Stage
from .attaching import copy_attachments
from .derived import editable, hand_on, locked
from .derived import store as save_record

EDITION_FIELDS = (*Description.description_fields(), "body", "change_note")


class Conflict(RuleBroken):
    """Someone saved in between (C54): ``edition`` is what stands now; nothing was written."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        super().__init__(
            f"{edition.saved_by}已经先保存过这份稿子，您的改动没有写入",
            fix="请对照后再保存，您填的内容还在页面上。",
        )


@transaction.atomic
def create(agency: Agency, type: str, *, by: User, at: datetime, **description: Any) -> Edition:
    """新建一件信息和它的第一个草稿。

    Args:
        description: columns of ``Description``; besides, ``body``, and of an import ``fingerprint``, ``origin`` and
            ``index_number`` (kept if nobody has it, else a new one is taken).

    Raises:
        RuleBroken: no such type, an agency that no longer exists, or a value that is not possible.
    """
    access.require(by, "records.write", agency)
    edition = begin(agency, type, by=by, at=at, **description)
    log(
        "records.create",
        f"新建{titled(edition.title)}",
        at=at,
        by=by,
        agency=agency,
        about=edition.record,
        type=type,
    )
    return edition


def begin(agency: Agency, type: str, *, by: User, at: datetime, **description: Any) -> Edition:
    """A record with its first draft, for the actions of this package; the caller has checked the right and logs."""
    kind = known_type(type)
    if agency.ended_on and agency.ended_on <= local_day(at):
        raise RuleBroken(
            f"{agency}已于{agency.ended_on}撤并", fix=f"请以{agency.successor or '承继单位'}的名义起草。"
        )
    record = Record(
        agency=agency,
        type=kind.key,
        duty=kind.duty,
        fingerprint=description.pop("fingerprint", ""),
        origin=description.pop("origin", "")[:200],
        updated_at=at,
    )
    wanted = description.pop("index_number", "")
    description.setdefault("openness", kind.openness)
    edition = Edition(author=by, created_at=at, saved_at=at, saved_by=by)
    fill(edition, description, kind)
    record.index_number = numbering.keep(wanted) or numbering.next_index_number(agency, kind, local_day(at))
    hand_on(edition, record)
    save_record(record, at)
    edition.record = record
    edition.save()
    edition.editors.add(by)
    return edition


def known_type(key: str) -> types.RecordType:
    """A record type by its key; RuleBroken if there is none."""
    try:
        return types.get(key)
    except KeyError:
        raise RuleBroken(f"没有“{key}”这种信息类型", fix="请从信息类型表里选。") from None


CHECKED = frozenset(EDITION_FIELDS) - {"issuers", "fields", "body"}


def fill(edition: Edition, values: dict[str, Any], kind: types.RecordType) -> None:
    """Put values in, clean the body, and check them as the columns and the record type demand."""
    if unknown := set(values) - set(EDITION_FIELDS):
        raise RuleBroken(f"不认得这些要素：{'、'.join(sorted(unknown))}", fix="请核对要素名称。")
    for name, value in values.items():
        setattr(edition, name, clean(value) if isinstance(value, str) else value)
    edition.title = " ".join(str(edition.title).split())
    edition.doc_number = edition.doc_number.strip()
    edition.issuers = [str(one).strip()[:100] for one in edition.issuers if str(one).strip()]
    images = set(edition.attachments.values_list("pk", flat=True)) if edition.pk else set()
    edition.body = html.clean(edition.body, images=images)
    edition.text = html.text_of(edition.body)
    faults = _special_faults(edition.fields, kind)
    try:
        edition.clean_fields(exclude={field.name for field in Edition._meta.fields} - CHECKED)
    except ValidationError as error:
        labels = {field.name: field.verbose_name for field in Edition._meta.fields}
        faults += [f"{labels[name]}：{''.join(texts)}" for name, texts in error.message_dict.items()]
    if faults:
        wrong = "；".join(fault.rstrip("。") for fault in faults)
        raise RuleBroken(f"有几项没有填对（{wrong}）", fix="请改正后再保存。")


def _special_faults(values: Any, kind: types.RecordType) -> list[str]:
    """What is wrong with the special elements of the type; an empty value is not wrong, only missing."""
    if not isinstance(values, dict):
        return ["专门要素的格式不对"]
    known = {field.key: field for field in kind.fields}
    faults = [f"“{kind.label}”没有“{key}”这一要素" for key in values if key not in known]
    for key, field in known.items():
        text = str(values.get(key, "") or "")
        if not text:
            continue
        if field.kind == "choice" and text not in field.choices:
            faults.append(f"{field.label}没有“{text}”这一选项")
        elif field.kind == "date" and not _reads(date.fromisoformat, text):
            faults.append(f"{field.label}“{text}”不是日期")
        elif field.kind == "number" and not _reads(Decimal, text):
            faults.append(f"{field.label}“{text}”不是数")
        elif field.kind == "url" and not text.startswith(("https://", "http://")):
            faults.append(f"{field.label}“{text}”不是网址")
    return faults


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except (ValueError, ArithmeticError):
        return False
    return True


@transaction.atomic
def save(edition: Edition, values: dict[str, Any], *, by: User, at: datetime, revision: int) -> Edition:
    """保存草稿。

    Args:
        revision: the edition's ``revision`` when it was opened.

    Raises:
        Conflict: someone saved in between; nothing was written.
        LawError: the edition may not be changed, or a value is not possible.
    """
    edition = editable(edition)
    access.require(by, "records.write", edition.record.agency)
    if edition.revision != revision:
        raise Conflict(edition)
    before = {name: str(getattr(edition, name)) for name in values if hasattr(edition, name)}
    fill(edition, values, types.get(edition.record.type))
    changed = sorted(name for name in before if str(getattr(edition, name)) != before[name])
    if not changed:
        return edition
    edition.revision += 1
    edition.saved_at, edition.saved_by = at, by
    edition.save()
    edition.editors.add(by)
    if edition.nth == 1:
        hand_on(edition, edition.record)
    save_record(edition.record, at)
    log(
        "records.save",
        f"修改{titled(edition.title)}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
        changed=changed,
        revision=edition.revision,
    )
    return edition


@transaction.atomic
def revise(record: Record, *, by: User, at: datetime, change_note: str = "") -> Edition:
    """从公开版开一个新草稿(更正)。公众看到的仍是公开版,直到新版签发。"""
    record = locked(record)
    access.require(by, "records.write", record.agency)
    live = record.live
    if live is None:
        raise RuleBroken("这件信息还没有签发过，谈不上更正", fix="请直接修改草稿。")
    if record.draft:
        raise RuleBroken("这件信息已有一个在办的版本", fix="请在那一版上修改，或者先把它作废。")
    last = record.editions.order_by("-nth").first()
    edition = Edition(
        record=record,
        nth=last.nth + 1,
        body=live.body,
        text=live.text,
        change_note=change_note[:300],
        author=by,
        created_at=at,
        saved_at=at,
        saved_by=by,
        **{name: getattr(live, name) for name in Description.description_fields()},
    )
    edition.save()
    edition.editors.add(by)
    copy_attachments(live, edition)
    save_record(record, at)
    log(
        "records.revise",
        f"更正{titled(record.title)}：{change_note}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
    )
    return edition


@transaction.atomic
def discard(edition: Edition, *, reason: str, by: User, at: datetime) -> Edition:
    """作废草稿,必须写原因;内容和经过留存。"""
    edition = editable(edition)
    access.require(by, "records.write", edition.record.agency)
    if not reason.strip():
        raise RuleBroken("作废草稿没有写原因", fix="请写明原因。")
    edition.stage = Stage.DISCARDED
    edition.save(update_fields=["stage"])
    save_record(edition.record, at)
    log(
        "records.discard",
        f"作废{titled(edition.title)}的草稿：{reason}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
    )
    return edition


@transaction.atomic
def change_duty(record: Record, duty: str, *, by: User, at: datetime) -> Record:
    """改归另一项法定公开事项。"""
    record = locked(record)
    access.require(by, "records.write", record.agency)
    if duty not in duties.all() or duties.get(duty).tab is duties.Tab.FIELDS:
        raise RuleBroken(f"没有“{duty}”这一项法定公开事项", fix="请从目录里选。")
    before, record.duty = record.duty, duty
    save_record(record, at)
    log(
        "records.duty",
        f"{titled(record.title)}改归“{duties.get(duty).label}”",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
        before=before,
    )
    return record


@transaction.atomic
def change_type(edition: Edition, type: str, *, by: User, at: datetime) -> Edition:
    """改信息类型,只在第一次签发以前;新类型没有的专门要素随之去掉,归入新类型的法定公开事项。"""
    edition = editable(edition)
    record, kind = edition.record, known_type(type)
    access.require(by, "records.write", record.agency)
    if record.live:
        raise RuleBroken(
            "已经签发过的信息不能改类型", fix="归错事项的请用“改归事项”，类型错了的请撤下后重新公开。"
        )
    before, record.type, record.duty = record.type, kind.key, kind.duty
    keys = {field.key for field in kind.fields}
    edition.fields = {key: value for key, value in edition.fields.items() if key in keys}
    edition.revision += 1
    edition.saved_at, edition.saved_by = at, by
    edition.save()
    edition.editors.add(by)
    hand_on(edition, record)
    save_record(record, at)
    log(
        "records.type",
        f"{titled(edition.title)}的类型改为“{kind.label}”",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
        before=before,
    )
    return edition
