"""要素齐不齐:公文要素、本类专门要素、正文、不公开的理由、更正说明。这些缺了不能送审。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law import disclosure
from gongkai.law.openness import Openness
from gongkai.law.sources import cite

from .. import types
from ..models import Description, Edition
from .check import Check, Severity


def required(edition: Edition, on: date) -> Iterator[Check]:
    """标题和本类必备的公文要素(条例第十二条第三款要求目录有名称、生成日期等)。"""
    basis = disclosure.missing_elements.source
    for name in dict.fromkeys(("title", *types.get(edition.record.type).required)):
        if name in ("body", "attachments") or getattr(edition, name) not in ("", None, [], {}):
            continue
        label = Description._meta.get_field(name).verbose_name
        yield Check(Severity.BLOCK, "missing", f"缺少“{label}”。", basis, f"请填写{label}。", name)


def special(edition: Edition, on: date) -> Iterator[Check]:
    """本类信息的专门要素;指南的七项内容出自条例第十二条第二款。"""
    kind = types.get(edition.record.type)
    basis = disclosure.missing_elements.source if kind.key == "guide" else ""
    for field in kind.fields:
        if field.required and not str(edition.fields.get(field.key, "")).strip():
            yield Check(
                Severity.BLOCK, "missing", f"缺少“{field.label}”。", basis, f"请填写{field.label}。", field.key
            )


def something_to_read(edition: Edition, on: date) -> Iterator[Check]:
    """既没有正文也没有附件的,没有东西可以公开(C47)。"""
    if not edition.text.strip() and not edition.attachments.exists():
        yield Check(
            Severity.BLOCK, "empty", "既没有正文，也没有附件。", fix="请写上正文，或者加上附件。", field="body"
        )


def ground(edition: Edition, on: date) -> Iterator[Check]:
    """不主动公开的必须注明理由。"""
    if edition.openness == Openness.WITHHELD and not edition.ground.strip():
        yield Check(
            Severity.BLOCK,
            "ground",
            "公开属性是“不予公开”，没有写理由。",
            cite("ogi:13"),
            "请写明属于第十四条、第十五条、第十六条的哪一种情形。",
            "ground",
        )
    if edition.openness == Openness.ON_REQUEST and not edition.ground.strip():
        yield Check(
            Severity.WARN, "ground", "公开属性是“依申请公开”，没有写理由。", fix="请写明理由。", field="ground"
        )


def not_hidden_again(edition: Edition, on: date) -> Iterator[Check]:
    """已经公开过的,不能靠改公开属性悄悄撤下(C103)。"""
    if edition.record.published_at and edition.openness != Openness.ACTIVE:
        yield Check(
            Severity.BLOCK,
            "hidden",
            "这件信息已经公开过，不能改为不公开。",
            fix="需要撤下的，请用“撤下”并写明种类和原因。",
            field="openness",
        )


def change_note(edition: Edition, on: date) -> Iterator[Check]:
    """公开以后再改的,要向公众说明改了什么。"""
    if edition.nth > 1 and edition.record.published_at and not edition.change_note.strip():
        yield Check(
            Severity.BLOCK, "change-note", "更正没有写说明。", fix="请写明改了什么、为什么。", field="change_note"
        )


CHECKS = (required, special, something_to_read, ground, not_hidden_again, change_note)
