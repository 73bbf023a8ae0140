"""相似和重复的申请:跨年份、换了说法也找得到。只提示,由人判断(条例第三十六条第六项)。"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from gongkai.adapters.words import bigrams

from .models import Application

#: 至少有这么大的重合才提示;逐字相同(不计空白)的是1。
LEAST = 0.5
#: 至多同这么多件比:本机关的,新的在前。
CANDIDATES = 2000
SHOWN = 5
#: 申请里人人都写的话,不说明要什么。
_EMPTY = frozenset(bigrams("申请公开请求获取提供本人相关有关信息政府以及情况资料"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """一件相似的申请;``same_person`` 是不是同一申请人(按证件号码的散列)。"""

    application: Application
    share: float
    same_person: bool

    @property
    def percent(self) -> int:
        return round(self.share * 100)


def bag(text: str) -> frozenset[str]:
    """The pairs of characters that tell what is asked for; no word list is needed and other wording still overlaps."""
    return frozenset(pair for pair in bigrams(text) if len(pair) > 1) - _EMPTY


def alike(application: Application) -> list[Likeness]:
    """Applications to the same agency that ask for much the same, most alike first; those of the same applicant
    before others of equal likeness."""
    own, flat = bag(application.description), "".join(application.description.split())
    number = application.doc_number.strip()
    rows = Application.objects.filter(agency=application.agency).exclude(pk=application.pk).order_by("-pk")
    near = Q(registered_at__lte=application.registered_at)
    found = []
    for row in rows.filter(near)[:CANDIDATES]:
        share = _share(own, flat, row)
        if number and row.doc_number.strip() == number:
            share = max(share, 0.9)
        if share >= LEAST:
            same = bool(application.identity_digest) and row.identity_digest == application.identity_digest
            found.append(Likeness(row, share, same))
    return sorted(found, key=lambda like: (-like.share, not like.same_person, -like.application.pk))[:SHOWN]


def _share(own: frozenset[str], flat: str, other: Application) -> float:
    """1 for the same text with other white space (C96), else the share of common words (Jaccard)."""
    if "".join(other.description.split()) == flat:
        return 1.0
    theirs = bag(other.description)
    return len(own & theirs) / len(own | theirs) if own and theirs else 0.0


def nth_this_month(application: Application) -> int:
    """The number of this application among those of the same applicant to the same agency in the calendar month of
    its receipt, for the fee by item (费用办法第四条); 1 where the applicant is not known."""
    if not application.identity_digest:
        return 1
    first = application.received_on.replace(day=1)
    month = Application.objects.filter(
        agency=application.agency,
        identity_digest=application.identity_digest,
        received_on__gte=first,
        received_on__lte=application.received_on,
    )
    return month.filter(Q(received_on__lt=application.received_on) | Q(pk__lte=application.pk)).count()


def askers(application: Application, likes: list[Likeness]) -> int:
    """How many different applicants asked for the same (条例第四十四条第一款): this one and those alike, each once."""
    people = {like.application.identity_digest or like.application.pk for like in likes}
    return len(people - {application.identity_digest or application.pk}) + 1
