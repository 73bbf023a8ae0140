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


def public(text: str, number: str, at: datetime, agency: str = "") -> list[Record]:
    """Published records that this application may be asking for, best first; of equally good ones those of the agency
    (its code) that is asked come first."""
    rows = Record.objects.public(at).select_related("agency")
    numbered = [found for one in docnumber.find(f"{number} {text}") if (found := _by_number(rows, one))]
    words = [word for word in dict.fromkeys(_cutter().whole_words(text)) if len(word) > 1 and word not in _EMPTY]
    words = sorted(words, key=len, reverse=True)[:_ASKED]
    if not words:
        return numbered[:BEST]
    some = Q()
    for word in words:
        some |= Q(title__icontains=word)
    scored = []
    for row in rows.filter(some).order_by("-published_at")[:_LOOKED_AT]:
        share = sum(len(word) for word in words if word in row.title) / sum(map(len, words))
        if share >= LEAST:
            scored.append((share, row))
    scored.sort(key=lambda pair: (-pair[0], pair[1].agency.code != agency))
    found = {row.pk: row for row in (*numbered, *(row for _, row in scored))}
    return list(found.values())[:BEST]


def _by_number(rows: QuerySet[Record], one: docnumber.Found) -> Record | None:
    number = one.number
    same = rows.filter(number_code=number.code, number_year=number.year, number_seq=number.seq)
    exact = same.filter(doc_number=number.text).first()
    return exact if exact or number.part else same.first()
