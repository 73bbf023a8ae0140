"""菜单上各组的待办数:首页数好了记几分钟,这个人办了一件就作废,不写旧数。"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.cache import cache

#: How long the home page's counts stand in the menu, in seconds.
KEPT = 300


def _key(user: int) -> str:
    return f"desk-waiting:{user}"


def remember(user: int, counts: Mapping[str, int]) -> None:
    """Keep what the home page has just counted, by the label of the group."""
    cache.set(_key(user), dict(counts), KEPT)


def forget(user: int) -> None:
    """What was counted is no longer so."""
    cache.set(_key(user), {}, 1)


def counts(user: int) -> Mapping[str, int]:
    """How many things wait in each group; nothing where nobody has counted lately."""
    return cache.get(_key(user)) or {}
