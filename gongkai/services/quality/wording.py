"""措辞:指南写成一篇文字,用读办事指南的那一个读法查兜底词、旧名称、占位、笔误,每一条说怎么改(``data/defects.toml``)。"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.adapters.readers.services import read
from gongkai.law import params

from ..models import Version
from ..terms import CaseType, Mark
from .context import Around
from .findings import Finding


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("gongkai.services").joinpath("data", "defects.toml").read_text("utf-8"))


def as_text(version: Version) -> str:
    """The guide as a text under the usual headings, as the reader takes it. Each line ends in a mark: a line that is
    nothing but “其他相关材料” would be read as a heading."""
    materials = "\n".join(
        f"{n}. {' '.join(filter(None, (row.name, row.count, row.points)))}；"
        for n, row in enumerate(version.material_rows, 1)
    )
    steps = "\n".join(
        f"{n}. {' '.join(filter(None, (row.name, row.who, row.bound)))}；"
        for n, row in enumerate(version.step_rows, 1)
    )
    bases = "\n".join(f"{row.law}{row.article}" for row in version.basis_rows)
    parts = (
        ("事项名称", version.name),
        ("设定依据", bases),
        ("受理条件", "\n".join(f"{text}；" for text in version.condition_lines)),
        ("申请材料", materials),
        ("办理流程", steps),
        ("办理地点", " ".join(filter(None, (version.place, version.window)))),
        ("办理时间", version.hours),
        ("咨询电话", version.consult),
        ("监督投诉电话", version.complaint),
        ("办理结果", version.result),
        ("备注", version.excluded),
        ("办件类型", CaseType.from_value(version.case_type).label if version.case_type else ""),
    )
    return "\n".join(f"{label}：\n{text}" for label, text in parts if text)


def wording(version: Version, around: Around) -> Iterator[Finding]:
    """What the reader finds in the words; the kinds that the fields themselves tell are not asked twice."""
    deductions = params.at("services.deductions", around.on).value
    left = deductions["catch_all_most"]
    result: dict[str, Any] = read.check(
        {"text": as_text(version), "issuer": version.guide.agency.name, "truncated": True}
    )
    for defect in result.get("defects", []):
        row = _table().get(defect["code"])
        if row is None:
            continue
        quote = defect["quote"] if isinstance(defect["quote"], str) else "”“".join(defect["quote"])
        points = min(deductions["catch_all"], left) if row.get("catch_all") else 0
        left -= points
        yield Finding(
            Mark.from_value(row["mark"]),
            row["section"],
            f"{row['what']}：“{quote[:60]}”",
            row["fix"],
            points=points,
            quote=quote,
        )
