"""签发前的检查:要素齐不齐、日期和文号对不对、有没有个人信息和错别字、链接通不通、文里文外一不一致。

检查只提出来,由人判断;只有法律的规定和要素不全(``Severity.BLOCK``)拦住送审和签发。
没有查出问题不等于没有问题。
"""

from __future__ import annotations

from datetime import date

from ..models import Edition
from . import consistency, content, elements
from .check import Check, Severity

_ORDER = list(Severity)
_CHECKS = (*elements.CHECKS, *consistency.CHECKS, *content.CHECKS)


def run(edition: Edition, *, on: date) -> list[Check]:
    """Every finding about one edition as of the day ``on``, gravest first."""
    found = [one for check in _CHECKS for one in check(edition, on)]
    return sorted(found, key=lambda finding: _ORDER.index(finding.severity))


def to_confirm(edition: Edition, *, on: date) -> list[Check]:
    """The findings (请核对) that whoever hands the edition in confirms one by one."""
    return [finding for finding in run(edition, on=on) if finding.severity is Severity.WARN]


__all__ = ["Check", "Severity", "run", "to_confirm"]
