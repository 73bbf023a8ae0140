"""起草:新建、保存、附件、更正、作废、改归事项。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.adapters import files
from gongkai.law import duties
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from .. import html, numbering, store, types
from ..models import Attachment, Description, Edition, Record
from ..terms import EDITABLE_STAGES, Stage
from .derived import hand_on, local_day, locked
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
        description: columns of ``Description``; besides, ``body``, and ``fingerprint`` and ``origin`` of an import.
    """
    access.require(by, "records.write", agency)
    try:
        kind = types.get(type)
    except KeyError:
        raise RuleBroken(f"没有“{type}”这种信息类型", fix="请从信息类型表里选。") from None
    if agency.ended_on and agency.ended_on <= local_day(at):
        raise RuleBroken(
            f"{agency}已于{agency.ended_on}撤并", fix=f"请以{agency.successor or '承继单位'}的名义起草。"
        )
    record = Record(
        agency=agency,
        type=kind.key,
        duty=kind.duty,
        index_number=numbering.take(agency, kind, local_day(at)),
        fingerprint=description.pop("fingerprint", ""),
        origin=description.pop("origin", "")[:200],
        updated_at=at,
    )
    description.setdefault("openness", kind.openness)
    edition = Edition(author=by, created_at=at, saved_at=at, saved_by=by)
    _fill(edition, description)
    hand_on(edition, record)
    save_record(record, at)
    edition.record = record
    edition.save()
    edition.editors.add(by)
    log("records.create", f"新建《{edition.title}》", at=at, by=by, agency=agency, about=record, type=kind.key)
    return edition


def _fill(edition: Edition, values: dict[str, Any]) -> None:
    """Put values in, clean the body, and check lengths and choices as the columns demand."""
    unknown = set(values) - set(EDITION_FIELDS)
    if unknown:
        raise RuleBroken(f"不认得这些要素:{'、'.join(sorted(unknown))}", fix="请核对要素名称。")
    for name, value in values.items():
        setattr(edition, name, value)
    edition.title = " ".join(str(edition.title).split())
    edition.doc_number = edition.doc_number.strip()
    images = set(edition.attachments.values_list("pk", flat=True)) if edition.pk else set()
    edition.body = html.clean(edition.body, images=images)
    edition.text = html.text_of(edition.body)
    checked = {"title", "doc_number", "subject", "genre", "addressee", "keywords", "source", "openness", "ground",
               "change_note", "made_on", "effective_on", "expires_on"}  # fmt: skip
    try:
        edition.clean_fields(exclude={field.name for field in Edition._meta.fields} - checked)
    except ValidationError as error:
        labels = {field.name: field.verbose_name for field in Edition._meta.fields}
        faults = "；".join(f"{labels[name]}：{''.join(texts)}" for name, texts in error.message_dict.items())
        raise RuleBroken(f"有几项没有填对（{faults.rstrip('。')}）", fix="请改正后再保存。") from None


def _editable(edition: Edition) -> Edition:
    """The edition as it stands now, with its record locked; LawError unless it may be changed."""
    record = locked(edition.record_id)
    edition = Edition.objects.select_related("saved_by").get(pk=edition.pk)
    edition.record = record
    if edition.stage not in EDITABLE_STAGES:
        raise RuleBroken(
            f"这一版是“{edition.get_stage_display()}”，不能修改", fix="已经送审的请先撤回；已经签发的请开更正版。"
        )
    return edition


@transaction.atomic
def save(edition: Edition, values: dict[str, Any], *, by: User, at: datetime, revision: int) -> Edition:
    """保存草稿。

    Args:
        revision: the edition's ``revision`` when it was opened.

    Raises:
        Conflict: someone saved in between; nothing was written.
        LawError: the edition may not be changed, or a value is not possible.
    """
    edition = _editable(edition)
    access.require(by, "records.write", edition.record.agency)
    if edition.revision != revision:
        raise Conflict(edition)
    before = {name: str(getattr(edition, name)) for name in values if hasattr(edition, name)}
    _fill(edition, values)
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
    log("records.save", f"修改《{edition.title}》", at=at, by=by, agency=edition.record.agency, about=edition.record,
        changed=changed, revision=edition.revision)  # fmt: skip
    return edition


@transaction.atomic
def attach(edition: Edition, name: str, content: bytes, *, by: User, at: datetime) -> Attachment:
    """加附件:类型按内容判断(C94),大小受限,文件名去掉路径并提示个人信息(C73),Office 的隐藏内容列为提示(C72)。"""
    edition = _editable(edition)
    access.require(by, "records.write", edition.record.agency)
    if not content:
        raise RuleBroken("文件是空的", fix="请核对后再传。")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        limit = settings.UPLOAD_MAX_BYTES // 1024 // 1024
        raise RuleBroken(f"文件超过{limit} MB", fix="请压缩或者拆开后再传。")
    kind = files.kind_of(content)
    if kind not in files.ALLOWED:
        raise RuleBroken(
            f"这种文件（{kind.label}）不能作附件", fix="请改用 PDF、Word、Excel、图片、音视频、OFD 或者压缩包。"
        )
    clean, warnings = files.clean_name(name, kind)
    attachment = Attachment.objects.create(
        edition=edition,
        name=clean,
        sha256=store.keep(content),
        size=len(content),
        kind=kind.value,
        findings=[*warnings, *files.hidden(content, kind)],
        position=edition.attachments.count(),
    )
    _touch(edition, by, at, f"加附件“{clean}”")
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User, at: datetime) -> None:
    """去掉草稿的附件。"""
    edition = _editable(attachment.edition)
    access.require(by, "records.write", edition.record.agency)
    attachment.delete()
    _touch(edition, by, at, f"去掉附件“{attachment.name}”")


def _touch(edition: Edition, by: User, at: datetime, what: str) -> None:
    edition.revision += 1
    edition.saved_at, edition.saved_by = at, by
    edition.save(update_fields=["revision", "saved_at", "saved_by"])
    edition.editors.add(by)
    log(
        "records.attach",
        f"《{edition.title}》{what}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
    )


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
        record=record, nth=last.nth + 1, body=live.body, text=live.text, change_note=change_note[:300],
        author=by, created_at=at, saved_at=at, saved_by=by,
        **{name: getattr(live, name) for name in Description.description_fields()},
    )  # fmt: skip
    edition.save()
    edition.editors.add(by)
    keys = {}
    for old in live.attachments.all():
        new = Attachment.objects.create(
            edition=edition, name=old.name, sha256=old.sha256, size=old.size, kind=old.kind, findings=old.findings,
            position=old.position,
        )  # fmt: skip
        keys[old.pk] = new.pk
    if keys:
        edition.body = html.rekeyed(edition.body, keys)
        edition.save(update_fields=["body"])
    save_record(record, at)
    log(
        "records.revise",
        f"更正《{record.title}》：{change_note}",
        at=at,
        by=by,
        agency=record.agency,
        about=record,
    )
    return edition


@transaction.atomic
def discard(edition: Edition, *, reason: str, by: User, at: datetime) -> Edition:
    """作废草稿,必须写原因;内容和经过留存。"""
    edition = _editable(edition)
    access.require(by, "records.write", edition.record.agency)
    if not reason.strip():
        raise RuleBroken("作废草稿没有写原因", fix="请写明原因。")
    edition.stage = Stage.DISCARDED
    edition.save(update_fields=["stage"])
    save_record(edition.record, at)
    log("records.discard", f"作废《{edition.title}》的草稿：{reason}", at=at, by=by, agency=edition.record.agency,
        about=edition.record)  # fmt: skip
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
    log("records.duty", f"《{record.title}》改归“{duties.get(duty).label}”", at=at, by=by, agency=record.agency,
        about=record, before=before)  # fmt: skip
    return record
