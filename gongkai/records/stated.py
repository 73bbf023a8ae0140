"""一版正文写明的自己的有效期;登草案、登别人的话的没有。"""

from __future__ import annotations

from gongkai.law.term import Stated, stated_term

from . import types
from .models import Edition, Record


def stated_by(edition: Edition, record: Record) -> Stated | None:
    """The term that the edition's own text states of itself (正文写明的有效期)."""
    if types.get(record.type).quotes_others:
        return None
    return stated_term(edition.text, made_on=edition.made_on, effective_on=edition.effective_on)
