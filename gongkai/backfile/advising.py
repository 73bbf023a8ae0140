"""有人申请的文件是不是已经移交档案馆:按文号、题名找移交清单,归档案馆答复的写好告知的内容(``foi.advice``)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.desk.moments import end_of
from gongkai.foi import suggest
from gongkai.foi.advice import Advice
from gongkai.law import docnumber
from gongkai.law import handover as law
from gongkai.law.marks import titled
from gongkai.org.models import Agency

from .models import TransferRow
from .models.handover import route_of

MOST, LOOKED_AT = 3, 300
_QUOTED = re.compile(r"《([^《》]{4,100})》")


def advise(*, agency: Agency, text: str, number: str, on: date) -> Iterator[Advice]:
    """What was handed over and may be what is asked for: by number, by a title in marks, by the words of the title."""
    rows = TransferRow.objects.filter(transfer__agency=agency, transfer__handed_on__lte=on)
    for row in _likely(rows.select_related("transfer__agency", "record"), text, number):
        route = route_of(row, on)
        where = f"全宗号{row.transfer.fonds}" + (f"，档号{row.reference_code}" if row.reference_code else "")
        given = law.reply(
            route,
            archive=row.transfer.archive,
            where=where,
            handed_on=row.transfer.handed_on,
            public=row.record is not None and row.record.is_public(end_of(on)),
        )
        if given is None:
            said = f"{titled(row.title)}在移交清单里（{row.transfer}），仍由本机关答复：{route.why}"
            yield Advice(said, _url(row), "", route.source)
            continue
        facts = dict(given.facts)
        if given.outcome == "already_public" and row.record:
            facts["where"] = f"{row.record.get_absolute_url()}；{facts['where']}"
        yield Advice(
            f"{titled(row.title)}已经移交{row.transfer.archive}（{where}）。{given.said}",
            _url(row),
            given.outcome,
            given.source,
            facts,
            given.answers,
            row.record.index_number if given.outcome == "already_public" and row.record else "",
        )


def _url(row: TransferRow) -> str:
    return reverse("desk:backfile_transfer", args=[row.transfer_id])


def _likely(rows: QuerySet[TransferRow], text: str, number: str) -> list[TransferRow]:
    numbers = {one.number.text for one in docnumber.find(f"{number} {text}")}
    numbered = list(rows.filter(doc_number__in=numbers)[:MOST]) if numbers else []
    quoted = Q()
    for title in _QUOTED.findall(text)[:5]:
        quoted |= Q(title__icontains=title)
    named = list(rows.filter(quoted)[:MOST]) if quoted else []
    words = suggest.words_of(text)
    some = Q()
    for word in words:
        some |= Q(title__icontains=word)
    scored = [
        (share, row)
        for row in (rows.filter(some).order_by("-pk")[:LOOKED_AT] if words and not (numbered or named) else ())
        if (share := suggest.share(words, row.shown_title)) >= suggest.LEAST
    ]
    scored.sort(key=lambda pair: -pair[0])
    return list({row.pk: row for row in (*numbered, *named, *(row for _, row in scored))}.values())[:MOST]
