"""一条检查结果。"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.terms import Term


class Severity(Term):
    """检查结果的轻重:只有法律和完整性的问题拦住送审、签发,其余供人判断。"""

    BLOCK = "block", "须改正"
    WARN = "warn", "请核对"
    INFO = "info", "提示"


@dataclass(frozen=True, slots=True)
class Check:
    """一条检查结果:轻重、代号、什么不对、依据、怎么改、在哪一栏、原文和它在那一栏里的起止位置。"""

    severity: Severity
    code: str
    message: str
    basis: str = ""
    fix: str = ""
    field: str = ""
    excerpt: str = ""
    span: tuple[int, int] | None = None
