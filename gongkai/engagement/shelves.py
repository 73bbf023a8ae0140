"""互动交流给统一检索的:公开的来信和答复(公开的写法,隐去了个人信息)。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.desk.shelves import Shelf, Sought

from .models import Letter

#: 在检索里找,只看最近公开的这么多封。
MOST = 2_000


def letters(at: datetime) -> Iterator[Sought]:
    """Letters that were answered and made public, the newest first."""
    rows = Letter.objects.shown().filter(published_at__lte=at).select_related("agency")
    for row in rows.order_by("-published_at", "-pk")[:MOST]:
        note = f"{row.agency}答复 · 公开的来信"
        yield Sought(row.shown_title, row.get_absolute_url(), note, f"{row.shown_text}{row.shown_reply}")


SHELVES = (Shelf("公开的来信", letters),)
