"""校验发现:哪一条规则、哪一格、应当是什么、实际是什么、怎样改。规则表在 ``data/forms/identities.toml``。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ..money import digits
from ..sources import cite, laws
from ..terms import Term
from .value import Value

Shown = int | float | str | None


class Severity(Term):
    """错误必须改;警告要核对;提示多半是口径不同。"""

    ERROR = "error", "错误"
    WARNING = "warning", "警告"
    NOTICE = "notice", "提示"


_SEVERITIES = {severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Rule:
    """一条校验规则(law.md 3.5)。"""

    id: str
    label: str
    severity: Severity
    formula: str
    basis: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Finding:
    """一处发现。``where`` 写作“表三/行名/列名”;``message`` 是整句,可以直接给人看。"""

    id: str
    severity: Severity
    where: str
    expected: Shown
    found: Shown
    message: str
    basis: str
    remedy: str

    def as_dict(self) -> dict[str, Shown]:
        return {
            "id": self.id,
            "severity": self.severity.value,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
            "message": self.message,
            "basis": self.basis,
            "remedy": self.remedy,
        }


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in order."""
    text = files("gongkai.law").joinpath("data/forms/identities.toml").read_text("utf-8")
    return {
        key: Rule(
            key,
            row["label"],
            _SEVERITIES[row["severity"]],
            row["formula"],
            cite(row["basis"]) if row["basis"].partition(":")[0] in laws() else row["basis"],
            row["remedy"],
        )
        for key, row in tomllib.loads(text).items()
    }


def found(
    rule_id: str,
    where: str,
    message: str,
    *,
    expected: Decimal | Value | Shown = None,
    actual: Decimal | Value | Shown = None,
    severity: Severity | None = None,
    basis: str = "",
    remedy: str = "",
) -> Finding:
    """A finding under a rule; severity, basis and remedy are the rule's own unless given."""
    rule = rules()[rule_id]
    return Finding(
        rule_id,
        severity or rule.severity,
        where,
        _shown(expected),
        _shown(actual),
        message,
        basis or rule.basis,
        remedy or rule.remedy,
    )


def _shown(value: Decimal | Value | Shown) -> Shown:
    if isinstance(value, Value):
        return value.plain
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def say(n: Decimal) -> str:
    """A number for a message."""
    return digits(n)
