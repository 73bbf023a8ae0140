"""统一转发登记的时间,同导入的推文对一遍:同一天有没有题目相近的一条。只说对得上、对不上、核对不了,不改登记。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.desk.moments import local_day
from gongkai.law.terms import Term

from .models import Post, Relay, Release

#: Posts this many days around the release are looked at.
AROUND = timedelta(30)
#: A title that holds so much of the pairs of characters of the other is the same release.
ENOUGH = 0.6


class Agreement(Term):
    """登记的同导入的推文。"""

    SAME = "same", "同推文一致"
    OTHER_DAY = "other_day", "推文是另一天"
    MISSING = "missing", "推文里没有"
    UNSAID = "unsaid", "推文里有，没有登记"
    UNKNOWN = "unknown", "推文还没有导入"


@dataclass(frozen=True, slots=True)
class Compared:
    """一个账号的一件:怎样、推文是哪一天的。"""

    agreement: Agreement
    posted_on: date | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether somebody should look into it."""
        return self.agreement in (Agreement.OTHER_DAY, Agreement.MISSING, Agreement.UNSAID)

    @property
    def in_words(self) -> str:
        """How a page says it.

        >>> Compared(Agreement.OTHER_DAY, date(2026, 9, 3)).in_words
        '推文是另一天（9月3日）'
        """
        shown = self.posted_on if self.agreement in (Agreement.OTHER_DAY, Agreement.UNSAID) else None
        return self.agreement.label + (f"（{shown.month}月{shown.day}日）" if shown else "")


def compared(release: Release, relays: Iterable[Relay]) -> dict[int, Compared | None]:
    """For every relay how the register agrees with the imported posts; None where neither says anything yet."""
    rows = list(relays)
    begins = local_day(release.made_at)
    posts: dict[int, list[Post]] = {}
    found = Post.objects.filter(
        outlet__in=[one.outlet_id for one in rows], on__range=(begins, local_day(release.due_at) + AROUND)
    )
    for post in found.order_by("on", "pk"):
        posts.setdefault(post.outlet_id, []).append(post)
    return {one.pk: _one(release, one, posts.get(one.outlet_id, ())) for one in rows}


def _one(release: Release, relay: Relay, posts: Sequence[Post]) -> Compared | None:
    alike = [post.on for post in posts if is_alike(post.title, release.title)]
    if relay.posted_at is None:
        return Compared(Agreement.UNSAID, alike[0]) if alike else None
    said = local_day(relay.posted_at)
    if said in alike:
        return Compared(Agreement.SAME, said)
    if alike:
        return Compared(Agreement.OTHER_DAY, min(alike, key=lambda on: abs((on - said).days)))
    covered = any(post.on > said for post in posts)
    return Compared(Agreement.MISSING if covered else Agreement.UNKNOWN)


def is_alike(title: str, other: str) -> bool:
    """Whether a post's title is that of a release, with words before or behind it or a few changed.

    >>> is_alike("【提示】冬季森林防火提示来了", "冬季森林防火提示"), is_alike("冬季招聘会", "冬季森林防火提示")
    (True, False)
    """
    wanted = _pairs(other)
    return bool(wanted) and len(wanted & _pairs(title)) >= ENOUGH * len(wanted)


def _pairs(text: str) -> set[str]:
    bare = "".join(sign for sign in text if sign.isalnum())
    return {bare[at : at + 2] for at in range(len(bare) - 1)}
