"""边打边提示、相关的检索、热门的检索。只出自公开的题名、单位名、公开事项和好几天都有人打的词,给人看以前再查一遍找不找得到。"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gongkai.adapters.engine import Clause, Index, Kind, NoIndex, Plan
from gongkai.adapters.words import bigrams, fold
from gongkai.law import duties

from . import index
from .kept import LONGEST
from .models import Popular
from .query import analyse

MOST = 8
_TITLES = 12


def suggest(text: str, at: datetime) -> list[str]:
    """At most ``MOST`` texts to search for, out of what was typed so far. Never fails; nothing without an index."""
    typed = " ".join(fold(text[: LONGEST * 4]).split())[:LONGEST]
    if not any(sign.isalnum() for sign in typed):
        return []
    try:
        known = index.names()
        engine = index.index(known)
        found = [*_popular(typed, engine, known, at), *_names(typed, known), *_titles(typed, engine, at)]
    except NoIndex:
        return []
    by_plain = {fold(one): one for one in reversed(found)}
    return [by_plain[one] for one in dict.fromkeys(map(fold, found)) if one != typed][:MOST]


def popular(at: datetime, limit: int = MOST) -> list[str]:
    """What people search for most, as far as it finds something now."""
    try:
        known = index.names()
        engine = index.index(known)
        return list(_finding((row.text for row in Popular.objects.all()[: limit * 3]), engine, known, at, limit))
    except NoIndex:
        return []


def related(text: str, at: datetime, limit: int = 6) -> list[str]:
    """What other people searched for with some of the same words, nearest first."""
    typed = " ".join(fold(text[: LONGEST * 4]).split())
    mine = _pairs(typed)
    near = [
        (len(shared) / len(theirs), row.asked, row.text)
        for row in Popular.objects.all()
        if row.text != typed and (theirs := _pairs(row.text)) and (shared := mine & theirs)
    ]
    try:
        known = index.names()
        engine = index.index(known)
        ordered = (words for _, _, words in sorted(near, key=lambda item: (-item[0], -item[1], item[2])))
        return list(_finding(ordered, engine, known, at, limit))
    except NoIndex:
        return []


def _pairs(text: str) -> set[str]:
    return {pair for pair in bigrams(text) if len(pair) > 1}


def _popular(typed: str, engine: Index, known: dict[str, str], at: datetime) -> list[str]:
    rows = [row.text for row in Popular.objects.filter(text__contains=typed)[: MOST * 2]]
    rows.sort(key=lambda title: not title.startswith(typed))
    return list(_finding(rows, engine, known, at, MOST // 2))


def _names(typed: str, known: dict[str, str]) -> list[str]:
    """Agencies and items to be published whose name holds what was typed, those that begin with it first."""
    if len(typed) < 2:
        return []
    rows = [name for name in (*known, *(one.short for one in duties.all().values())) if typed in fold(name)]
    rows.sort(key=lambda row: (not fold(row).startswith(typed), len(row)))
    return rows[: MOST // 2]


def _titles(typed: str, engine: Index, at: datetime) -> list[str]:
    """Titles of records that are public now; those that hold the very words first."""
    literal = engine.search(Plan((Clause(typed, kind=Kind.PHRASE),), limit=_TITLES)) if len(typed) > 1 else None
    pks = [int(hit.id) for hit in literal.hits] if literal else []
    if len(pks) < MOST:
        asked = analyse(typed, engine.cutter)
        if asked.words:
            pks += [int(hit.id) for hit in engine.search(asked.plan(limit=_TITLES)).hits]
    records = index.public(pks, at)
    rows = [records[pk].title for pk in dict.fromkeys(pks) if pk in records]
    return sorted(rows, key=lambda row: typed not in fold(row))


def _finding(
    texts: Iterator[str] | list[str], engine: Index, known: dict[str, str], at: datetime, limit: int
) -> Iterator[str]:
    """Those that find something public now."""
    count = 0
    for text in texts:
        hits = engine.search(analyse(text, engine.cutter, agencies=known).plan(limit=3)).hits
        if index.public((int(hit.id) for hit in hits), at):
            yield text
            count += 1
            if count == limit:
                return
