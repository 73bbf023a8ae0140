"""一条检查结果。"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.desk.seen import mark
from gongkai.law.terms import Term


class Severity(Term):
    """检查结果的轻重:只有法律和完整性的问题拦住送审、签发,其余供人判断。"""

    BLOCK = "block", "须改正"
    WARN = "warn", "请核对"
    INFO = "info", "提示"


#: 正文写的同要素栏填的不一样:核对以后仍要这样的,写明理由。
_CONTRADICTIONS = frozenset({"text-number", "text-date", "text-agency", "text-openness", "term-differs"})


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

    @property
    def mark(self) -> str:
        """Tells this finding from any other: another wording, another excerpt is another finding."""
        return mark(self.code, self.message, self.excerpt)

    @property
    def needs_reason(self) -> bool:
        """Whether the text and the register contradict each other: who confirms that says why."""
        return self.code in _CONTRADICTIONS
