"""附件:加、去、随新版本抄下。"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from gongkai.adapters import files
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User

from .. import html, store
from ..models import Attachment, Edition
from .derived import editable


def attach(
    edition: Edition, name: str, content: bytes, *, by: User, at: datetime, own: bool = False
) -> Attachment:
    """加附件:类型按内容判断(C94),大小受限,文件名去掉路径并提示个人信息(C73),Office 的隐藏内容列为提示(C72)。

    文件在事务以前看完:看得再久,别人照样签发。``own`` 是本软件自己生成的文件,不必看。
    """
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
    if found := files.active_content(content, kind):
        raise RuleBroken(f"文件{found}，不能作附件", fix="请去掉宏和程序，另存以后再传。")
    clean, warnings = files.clean_name(name, kind)
    findings = [] if own else [*warnings, *files.concerns(content, kind, clean)]
    return _attached(edition, clean, content, kind, findings, by=by, at=at)


@transaction.atomic
def _attached(
    edition: Edition, name: str, content: bytes, kind: files.Kind, findings: list[str], *, by: User, at: datetime
) -> Attachment:
    edition = editable(edition)
    access.require(by, "records.write", edition.record.agency)
    attachment = Attachment.objects.create(
        edition=edition,
        name=name,
        sha256=store.keep(content),
        size=len(content),
        kind=kind.value,
        findings=findings,
        position=edition.attachments.count(),
    )
    _touch(edition, by, at, f"加附件“{name}”")
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User, at: datetime) -> None:
    """去掉草稿的附件。"""
    edition = editable(attachment.edition)
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
        f"{titled(edition.title)}{what}",
        at=at,
        by=by,
        agency=edition.record.agency,
        about=edition.record,
    )


def copy_attachments(old: Edition, new: Edition) -> None:
    """Give the new edition its own rows of the old one's files, and point its body at them."""
    keys = {}
    for attachment in old.attachments.all():
        row = Attachment.objects.create(
            edition=new,
            name=attachment.name,
            sha256=attachment.sha256,
            size=attachment.size,
            kind=attachment.kind,
            findings=attachment.findings,
            position=attachment.position,
        )
        keys[attachment.pk] = row.pk
    if keys:
        new.body = html.rekeyed(new.body, keys)
        new.save(update_fields=["body"])
