"""专栏给统一检索的:公众看得到的专栏。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.desk.shelves import Shelf, Sought

from .models import Section


def sections(at: datetime) -> Iterator[Sought]:
    """Open sections by the title and the introduction that the public sees."""
    for section in Section.objects.open().select_related("agency"):
        shown = section.shown or {}
        note = f"{section.agency}的专栏" if section.agency else "专题专栏"
        yield Sought(section.public_title, section.get_absolute_url(), note, str(shown.get("introduction", "")))


SHELVES = (Shelf("专栏", sections),)
