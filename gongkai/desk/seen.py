"""看到的那一稿:页面带着它的记号,办的时候核对,免得看的是旧稿、办的是新稿。"""

from __future__ import annotations

import hashlib
import json

from gongkai.law.errors import RuleBroken


def mark(*what: object) -> str:
    """A short mark of what a page shows; the same for the same, another for anything else."""
    text = json.dumps(what, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def check(seen: str | None, now: str) -> None:
    """RuleBroken if a page was open with another mark than the one that holds now; None was not on a page."""
    if seen is not None and seen != now:
        raise RuleBroken("您看的不是最新的稿子，它在您打开以后改过", fix="请刷新页面，看过新稿再办。")
