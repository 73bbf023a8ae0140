"""提交以前先看一看:可能已经公开了的,至多三件,够像才提示,不拦着提交(C102)。"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.db.models import Q, QuerySet

from gongkai.adapters.words import Cutter
from gongkai.law import docnumber
from gongkai.records.models import Record

BEST = 3
#: 标题要含有所问的词的这么大一份,才值得提示。
LEAST = 0.5
_LOOKED_AT = 300
_ASKED = 8
_EMPTY = frozenset(
    [
        "申请",
        "公开",
        "信息",
        "政府",
        "请求",
        "获取",
        "提供",
        "有关",
        "相关",
        "关于",
        "情况",
        "年度",
        "文件",
        "资料",
        "明细",
    ]
)


@cache
def _cutter() -> Cutter:
    return Cutter()


def words_of(text: str) -> list[str]:
    """The words that tell what is asked for, the longest first."""
    words = [word for word in dict.fromkeys(_cutter().whole_words(text)) if len(word) > 1 and word not in _EMPTY]
    return sorted(words, key=len, reverse=True)[:_ASKED]


def share(words: list[str], title: str) -> float:
    """So much of the words (by their length, 0 to 1) stands in a title.

    >>> share(["农村道路", "养护"], "关于农村道路建设的通知")
    0.6666666666666666
    """
    return sum(len(word) for word in words if word in title) / sum(map(len, words))


def public(text: str, number: str, at: datetime, agency: str = "") -> list[Record]:
    """Published records that this application may be asking for, best first; of equally good ones those of the agency
    (its code) that is asked come first."""
    rows = Record.objects.public(at).select_related("agency")
    numbered = [found for one in docnumber.find(f"{number} {text}") if (found := _by_number(rows, one))]
    words = words_of(text)
    if not words:
        return numbered[:BEST]
    some = Q()
    for word in words:
        some |= Q(title__icontains=word)
    scored = []
    for row in rows.filter(some).order_by("-published_at")[:_LOOKED_AT]:
        if (part := share(words, row.title)) >= LEAST:
            scored.append((part, row))
    scored.sort(key=lambda pair: (-pair[0], pair[1].agency.code != agency))
    found = {row.pk: row for row in (*numbered, *(row for _, row in scored))}
    return list(found.values())[:BEST]


def _by_number(rows: QuerySet[Record], found: docnumber.Found) -> Record | None:
    number = found.number
    same = rows.filter(number_code=number.code, number_year=number.year, number_seq=number.seq)
    exact = same.filter(doc_number=number.text).first()
    return exact if exact or number.part else same.first()
