"""旧网址往哪里去:收进来时的旧网址,现在是哪一件公开的信息。只读;来访的由网站问(``desk.rooms.Room.old_path``)。"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.desk.old_paths import normal
from gongkai.law.errors import RuleBroken
from gongkai.records.models import Record

from .models import Address, Item


def path_of(url: str) -> str:
    """The one spelling of an old address; empty for what is none."""
    try:
        return normal(url) if url else ""
    except RuleBroken:
        return ""


def record_at(paths: Sequence[str]) -> Record | None:
    """The record that was opened from the paper of one of these addresses, the first address first; also where the
    old site itself sent readers on, and from a copy to its main paper."""
    found = {one.old_path: one for one in _opened().filter(old_path__in=paths).order_by("-pk")}
    if not found:
        rows = Address.objects.filter(path__in=paths, item__isnull=False).order_by("-pk")
        known = {one.path: one.item_id for one in rows[:20]}
        items = {one.pk: one for one in _opened().filter(pk__in=known.values())}
        found = {path: items[pk] for path, pk in known.items() if pk in items}
    item = next((found[path] for path in paths if path in found), None)
    if item is None:
        return None
    return item.record or (item.copy_of and item.copy_of.record)


def _opened():
    return Item.objects.select_related("record", "copy_of__record").defer("text", "body", "sketch")
