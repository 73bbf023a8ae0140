"""文书:种类表(``data/letters.toml``)、各项的填写和正文的组成。机关自己的口径放在资料目录 ``letters.toml``,同名的节盖过。"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from gongkai.adapters.render import Fonts
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import long_day
from gongkai.law.steps import table
from gongkai.org import access

from . import prose
from .terms import LetterStage

#: 案卷里的事实,正文可以直接用;其余的花括号必须是本种文书自己的项。
FACTS = frozenset(
    {
        "applicant",
        "number",
        "received",
        "subject",
        "agency",
        "due",
        "original",
        "office",
        "today",
        "remedy",
        "reply",
        "tariff",
        "yuan",
    }
)
KINDS = frozenset({"text", "line", "days", "number", "date", "basis"})
RECIPIENTS = frozenset({"applicant", "party", "inner"})


@dataclass(frozen=True, slots=True)
class Blank:
    """文书里要填的一项。"""

    key: str
    label: str
    kind: str
    hint: str


@dataclass(frozen=True, slots=True)
class Paper:
    """一种文书。``right`` 谁可以签发;``step`` 签发时记的步骤,没有是空。"""

    key: str
    label: str
    code: str
    right: str
    step: str
    to: str
    blanks: tuple[Blank, ...]
    body: tuple[str, ...]
    stage: str = "other"

    def number(self, mark: str, year: int, seq: int) -> str:
        """文号,例如 ``明民公开复〔2026〕3号``;``mark`` 是单位自己的文书代字,没有的和不编文号的是空。"""
        return f"{mark}{self.code}〔{year}〕{seq}号" if self.code and mark else ""


def load(text: str) -> dict[str, Paper]:
    """Read a table of letters. Raises ValueError with what is wrong (C39)."""
    found = {}
    for key, row in tomllib.loads(text).items():
        if unknown := set(row) - {"label", "code", "right", "step", "to", "stage", "fields", "body"}:
            raise ValueError(f"文书 {key} 有认不得的项:{'、'.join(sorted(unknown))}")
        blanks = tuple(Blank(one["key"], one["label"], one["kind"], one["hint"]) for one in row.get("fields", ()))
        if wrong := {one.kind for one in blanks} - KINDS:
            raise ValueError(f"文书 {key} 有认不得的填法:{'、'.join(sorted(wrong))}")
        used = {name for part in row["body"] for _, name, _, _ in string.Formatter().parse(part) if name}
        if wrong := used - FACTS - {one.key for one in blanks}:
            raise ValueError(f"文书 {key} 的正文用了没有的项:{'、'.join(sorted(wrong))}")
        if row["to"] not in RECIPIENTS or row["right"] not in access.RIGHTS:
            raise ValueError(f"文书 {key} 的收件人或者权限不对")
        if (step := row.get("step", "")) and step not in table().steps:
            raise ValueError(f"文书 {key} 的步骤 {step} 不在流程表里")
        body, stage = tuple(row["body"]), LetterStage.from_value(row.get("stage", "other"))
        found[key] = Paper(
            key, row["label"], row["code"], row["right"], step, row["to"], blanks, body, stage.value
        )
    return found


@cache
def _own(path: Path, changed: float) -> dict[str, Paper]:
    return load(path.read_text("utf-8"))


@cache
def _shipped() -> dict[str, Paper]:
    return load(files("gongkai.foi").joinpath("data/letters.toml").read_text("utf-8"))


def all() -> dict[str, Paper]:
    """Every kind of letter, the office's own over the shipped ones."""
    path = Path(settings.GONGKAI_DATA) / "letters.toml"
    shipped = _shipped()
    own = _own(path, path.stat().st_mtime) if path.exists() else {}
    return shipped | {
        key: replace(paper, stage=shipped[key].stage) if paper.stage == "other" and key in shipped else paper
        for key, paper in own.items()
    }


def by_stage() -> list[tuple[str, list[Paper]]]:
    """(阶段, 各种文书), in the order of the work; stages without any are left out."""
    found: dict[str, list[Paper]] = {}
    for paper in all().values():
        found.setdefault(paper.stage, []).append(paper)
    return [(label, found[key]) for key, label in LetterStage.choices() if key in found]


def get(key: str) -> Paper:
    """One kind. Raises RuleBroken if there is none."""
    try:
        return all()[key]
    except KeyError:
        raise RuleBroken(f"没有“{key}”这种文书", fix="请从文书种类里选。") from None


def paragraphs(paper: Paper, values: Mapping[str, str]) -> list[str]:
    """The body with every blank filled in; a value of several lines becomes several paragraphs.

    Raises:
        RuleBroken: a field is still empty: nothing is issued with an unfilled field (C66).
    """
    used = {name for part in paper.body for _, name, _, _ in string.Formatter().parse(part) if name}
    labels = {one.key: one.label for one in paper.blanks} | LABELS
    if empty := [labels[name] for name in sorted(used) if not prose.says_something(values.get(name, ""))]:
        raise RuleBroken(
            f"《{paper.label}》还有没填的项：{'、'.join(empty)}", fix="请填好再签发；案卷里缺的请先补登记。"
        )
    text = "\n".join(prose.filled(part, values) for part in paper.body)
    return [line.strip() for line in text.split("\n") if line.strip()]


LABELS = {
    "applicant": "申请人",
    "number": "受理编号",
    "received": "收到之日",
    "subject": "所需信息",
    "agency": "机关名称",
    "due": "应答复日",
    "original": "原应答复日",
    "office": "联系方式",
    "today": "落款日期",
    "remedy": "救济",
    "reply": "答复内容",
    "tariff": "计费标准",
    "yuan": "金额",
}


def day(on: date | None) -> str:
    """正文和落款里的日期:2026年11月25日;没有是空。"""
    return long_day(on) if on else ""


def bare(name: str) -> str:
    """A file name made from a label and a number: nothing that a file system minds."""
    return re.sub(r"[\\/:*?\"<>|\s]", "", name)


def fonts() -> Fonts:
    """The office's own fonts (资料目录 ``fonts/``), else the machine's. Raises NoFont if none has Chinese."""
    return Fonts.find(Path(settings.GONGKAI_DATA) / "fonts")
