"""便民服务、政策解读类推文的占比,一月一点,分母写明。不看点赞、关注、阅读,也不按条数排名。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from gongkai.law import inspection as law

from .models import Post
from .terms import USEFUL, PostKind

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """一个月:全部、便民服务和政策解读、原创。"""

    first: date
    posts: int
    useful: int
    original: int

    @property
    def share(self) -> str:
        """The share of useful posts in percent; a dash for no posts."""
        return f"{law.in_print(law.rate(self.useful, self.posts))}%" if self.posts else "—"

    @property
    def own_share(self) -> str:
        """The share of original posts in percent."""
        return f"{law.in_print(law.rate(self.original, self.posts))}%" if self.posts else "—"

    @property
    def width(self) -> int:
        """The share as a whole number, for a bar."""
        return round(100 * self.useful / self.posts) if self.posts else 0


def months(posts: QuerySet[Post], on: date) -> list[Month]:
    """The last twelve months up to a day, the oldest first; months without posts are there too."""
    first = date(on.year - 1, on.month % 12 + 1, 1) if on.month < 12 else date(on.year, 1, 1)
    rows = (
        posts.filter(on__range=(first, on))
        .annotate(month=TruncMonth("on"))
        .values("month")
        .order_by("month")
        .annotate(
            n=Count("pk"),
            useful=Count("pk", filter=Q(kind__in=USEFUL)),
            own=Count("pk", filter=~Q(kind=PostKind.RELAY)),
        )
    )
    known = {row["month"]: row for row in rows}
    found = []
    for number in range(MONTHS):
        here = date(first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1, 1)
        row = known.get(here, {"n": 0, "useful": 0, "own": 0})
        found.append(Month(here, row["n"], row["useful"], row["own"]))
    return found
