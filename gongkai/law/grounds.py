"""不予公开的理由:条例第十四条至第十六条、第三十六条第七项,各自要经过的检验(数据在 ``data/grounds.toml``)。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .sources import cite, implements
from .steps import Finding, table


@dataclass(frozen=True, slots=True)
class Question:
    """一问:``key`` 记答案,``ask`` 是问题。"""

    key: str
    ask: str


@dataclass(frozen=True, slots=True)
class Ground:
    """一种理由。``discretion``:条例说的是“可以”不予公开;``steps``:要先办过的步骤。"""

    key: str
    label: str
    basis: str
    discretion: bool
    tests: tuple[Question, ...]
    steps: tuple[str, ...]


#: 地方性法规、规章和规范性文件的名字:它们不能作“法律、行政法规禁止公开”的依据。
_LOWER = re.compile(r"(省|市|县|区|自治州|自治区)[^《》]{0,20}(条例|办法|规定|细则)|部令|厅令|〔\d{4}〕\d+号")
_LAW = re.compile(r"《[^《》]*(法|条例)》")
_SHORTEST = 4  # 不足这些字的不算写明了事实


@cache
def grounds() -> dict[str, Ground]:
    """Every ground by its key, checked: a step that the procedure does not know stops the start (C39)."""
    text = files("gongkai.law").joinpath("data/grounds.toml").read_text("utf-8")
    found = {}
    for key, row in tomllib.loads(text).items():
        if unknown := set(row["steps"]) - set(table().steps):
            raise ValueError(f"理由 {key} 里有不认得的步骤:{'、'.join(sorted(unknown))}")
        found[key] = Ground(
            key,
            row["label"],
            cite(row["basis"]),
            row["discretion"],
            tuple(Question(test["key"], test["ask"]) for test in row["tests"]),
            tuple(row["steps"]),
        )
    return found


@implements("ogi:14", "ogi:15", "ogi:16.1", "ogi:16.2", "ogi:36.0.7")
def check(key: str, answers: Mapping[str, str], taken: Collection[str] = ()) -> list[Finding]:
    """What is still missing before information may be withheld on this ground.

    Args:
        answers: for each test of the ground, the facts as written down.
        taken: the kinds of the steps of the case so far.

    Raises:
        KeyError: no such ground.

    >>> [finding.code for finding in check("third_party", {"right": "甲公司的商业秘密，公开将泄露报价"})]
    ['step_missing', 'test_unanswered', 'test_unanswered']
    """
    ground = grounds()[key]
    findings = [
        Finding(
            "step_missing",
            f"以“{ground.label}”不予公开，先要“{table().steps[step]['label']}”。",
            ground.basis,
            "请先办这一步。",
        )
        for step in ground.steps
        if step not in taken
    ]
    for test in ground.tests:
        text = answers.get(test.key, "").strip()
        if len(text) < _SHORTEST:
            findings.append(
                Finding("test_unanswered", f"没有写明：{test.ask}", ground.basis, "请写明事实，附证据。")
            )
    law = answers.get("law", "")
    if key == "forbidden" and law.strip() and (_LOWER.search(law) or not _LAW.search(law)):
        findings.append(
            Finding(
                "law_too_low",
                "禁止公开的依据应当是法律或者行政法规，写明名称（加书名号）和条款；地方性法规、规章和规范性文件不能作依据。",
                ground.basis,
                "请改写依据；没有法律、行政法规依据的，不能以此为由不予公开。",
            )
        )
    return findings
