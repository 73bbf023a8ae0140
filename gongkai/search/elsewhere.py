"""一次检索里信息以外的:政策事项(云诊所)、单位、查阅点、公开的问答。都是小表,按词直接查,当场读。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from gongkai.org.models import Agency, Place
from gongkai.policies.models import Measure
from gongkai.questions import faq

from .query import Query

#: 每一类给出几条。
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Other:
    """信息以外的一条:题、网址、一行说明。"""

    title: str
    address: str
    note: str


def elsewhere(asked: Query, at: datetime, on: date) -> list[tuple[str, list[Other]]]:
    """What else the public may read about the words asked for, by kind (种类, 各条); kinds with nothing are left out."""
    wanted = [(word, *asked.synonyms.get(word, ())) for word in (*asked.words, *asked.phrases)]
    if not wanted:
        return []
    kinds = (
        ("政策事项", _measures(at)),
        ("单位", _agencies(on)),
        ("查阅点和体验区", _places(on)),
        ("公开的问答", _answers(at)),
    )
    found = [(label, _best(rows, wanted)) for label, rows in kinds]
    return [(label, rows) for label, rows in found if rows]


def _best(rows: Iterable[tuple[Other, str]], wanted: list[tuple[str, ...]]) -> list[Other]:
    """Those in which all that is asked for stands, or most of it; titles count more."""
    scored = []
    for order, (other, text) in enumerate(rows):
        hits = sum(any(form in text for form in forms) for forms in wanted)
        titled = sum(any(form in other.title for form in forms) for forms in wanted)
        if hits * 2 > len(wanted):
            scored.append((-hits, -titled, order, other))
    return [other for *_, other in sorted(scored, key=lambda row: row[:3])[:SHOWN]]


def _measures(at: datetime) -> Iterable[tuple[Other, str]]:
    for measure in Measure.objects.shown(at).select_related("agency", "policy"):
        note = f"{measure.agency} · 依据《{measure.policy.title}》"
        yield Other(measure.title, measure.get_absolute_url(), note), f"{measure.title}{measure.benefit}"


def _agencies(on: date) -> Iterable[tuple[Other, str]]:
    for agency in Agency.objects.current(on):
        text = f"{agency.name}{agency.short_name}{agency.duties}"
        yield Other(agency.name, agency.get_absolute_url(), agency.phone), text


def _places(on: date) -> Iterable[tuple[Other, str]]:
    for place in Place.objects.open(on).select_related("agency"):
        note = f"{place.address} · {place.hours}"
        yield Other(place.name, reverse("public:places"), note), f"{place.name}{place.services}{place.address}"


def _answers(at: datetime) -> Iterable[tuple[Other, str]]:
    for known in faq.everything(at):
        address = f"{reverse('public:faq')}#{known.anchor}"
        yield Other(known.text, address, f"{known.agency}答复"), f"{known.text}{known.answer}"
