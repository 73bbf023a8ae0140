"""一版指南的各部分写成一行行的字,给工作台看;两版逐项比。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from gongkai.law import certificates

from .forms.guides import SECTIONS
from .joining import why
from .models import Version
from .quality.context import Around
from .terms import Audience

#: 时限的数和单位合成一行写。
_PAIRED = {"legal_n": "legal", "promise_n": "promise"}
_SKIPPED = ("seen", "legal_unit", "promise_unit")


def lines(version: Version, section: str) -> list[tuple[str, str]]:
    """(label, text) of what is filled in of one part."""
    part = SECTIONS[section]
    found = []
    for name, field in part.form.base_fields.items():
        if name in _SKIPPED:
            continue
        text = _shown(version, _PAIRED.get(name, name))
        if text:
            found.append((str(field.label), text))
    for name, label, _ in part.rows:
        found += [(f"{label}{number}", text) for number, text in enumerate(_listed(version, name), 1)]
    return found


def differences(older: Version | None, newer: Version) -> list[tuple[str, str, str, str]]:
    """(part, label, before, after) of everything that is not the same."""
    found = []
    for key, part in SECTIONS.items():
        before, after = dict(lines(older, key)) if older else {}, dict(lines(newer, key))
        for label in dict.fromkeys([*before, *after]):
            if before.get(label, "") != after.get(label, ""):
                found.append((part.label, label, before.get(label, ""), after.get(label, "")))
    return found


def elsewhere(version: Version, around: Around) -> list[tuple[Version, list[tuple[str, bool]]]]:
    """(version, cells and whether they differ) of the same item of other units: this one first, for reading (C11)."""
    rows = [version, *around.others(version)]
    if len(rows) == 1:
        return []
    own = _cells(version)
    return [(row, [(text, text != mine) for text, mine in zip(_cells(row), own, strict=True)]) for row in rows]


def _cells(version: Version) -> list[str]:
    legal, promise = version.legal, version.promise
    return [
        legal.words if legal else "没有写",
        promise.words if promise else "没有写",
        {True: "收费", False: "不收费", None: "没有写"}[version.charged],
        f"{len(version.material_rows)}样",
        "没有写" if version.visits is None else f"{version.visits}次",
    ]


def _shown(version: Version, name: str) -> str:
    value = getattr(version, name)
    if name in ("legal", "promise"):
        return value.words if value else ""
    if name == "audiences":
        labels = dict(Audience.choices())
        return "、".join(labels[one] for one in value if one in labels)
    if name == "certificate":
        known = certificates.kinds().get(value)
        return known.name if known else ""
    if hasattr(version, f"get_{name}_display"):
        return str(getattr(version, f"get_{name}_display")())
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value in (None, "") else value.isoformat() if isinstance(value, date) else str(value)


def _listed(version: Version, name: str) -> Iterator[str]:
    rows: list[Any]
    if name == "bases":
        rows = version.basis_rows
        yield from (f"{row.law}{row.article}" + (f"：{row.text}" if row.text else "") for row in rows)
    elif name == "situations":
        yield from (f"{row.text}（{'、'.join(row.options)}）" for row in version.situation_rows)
    elif name == "materials":
        for row in version.material_rows:
            parts = (
                row.name,
                row.count,
                row.form_label,
                row.need_label,
                row.source_label,
                row.points,
                row.basis,
                f"中介服务：{row.by}" if row.by else "",
                why(row.when, version.situation_rows),
            )
            yield "，".join(filter(None, parts))
    elif name == "steps":
        for row in version.step_rows:
            limit = row.limit
            parts = (
                row.name,
                row.who,
                limit.words if limit else "",
                "" if row.counted else "不计入时限",
                row.bound,
                row.result,
            )
            yield "，".join(filter(None, parts))
    else:
        for row in version.fee_rows:
            yield "，".join(
                filter(None, (row.item, row.standard, row.basis, f"减免：{row.relief}" if row.relief else ""))
            )
