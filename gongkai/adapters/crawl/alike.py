"""对照页:同一台主机上一个肯定没有的网址答什么,就知道“不存在”的页面是什么样子。"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

#: So much of two fingerprints must agree before one page is taken for the other.
LIKE = 0.85


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two texts agree by their fingerprints, 0 to 1.

    >>> likeness(["a", "b", "c"], ["a", "b", "c"]), likeness(["a"], ["b"]), likeness([], [])
    (1.0, 0.0, 0.0)
    """
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[: max(len(one), len(other))]
    both = set(one) & set(other)
    return sum(mark in both for mark in smallest) / len(smallest)


def alike(page: Mapping[str, Any], absent: Mapping[str, Any] | None) -> bool:
    """Whether a page that was answered with 200 looks like what the host answers where nothing is.

    A page with a title of its own is there, however long the frame is that it shares with the other.

    Args:
        absent: what was read of the comparison page; None where the host answers 404 as it should.
    """
    if absent is None:
        return bool(page.get("phrase"))
    if _plain(page.get("title") or "") != _plain(absent.get("title") or ""):
        return False
    return likeness(page.get("sketch") or (), absent.get("sketch") or ()) >= LIKE


def _plain(title: str) -> str:
    """A title without its digits and signs: error pages tell the time or a number."""
    return re.sub(r"[\d\W_]+", "", title)
