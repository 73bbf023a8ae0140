"""什么事可以问谁:照单位自己写的职责,再照通行的分工(``offices.toml``)。只指路,不当依据。"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from gongkai.adapters.words import fold
from gongkai.law import duties
from gongkai.law.duties import Duty
from gongkai.org.models import Agency

from .query import Query

#: 给出几个单位、几个栏目。
MOST, MOST_COLUMNS = 2, 3


@cache
def table() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Parts of an office's name, the likelier first → words that tell of its business."""
    text = files("gongkai.search").joinpath("offices.toml").read_text("utf-8")
    rows = tomllib.loads(text)["offices"]
    return {tuple(names.split("、")): tuple(fold(words).split("、")) for names, words in rows.items()}


def to_ask(asked: Query, on: date) -> list[Agency]:
    """The offices whose business the query tells of, the likeliest first; those that it names before all others."""
    agencies = list(Agency.objects.current(on))
    named = [agency for agency in agencies if agency.code in asked.units]
    said = fold(" ".join([asked.text, *(form for forms in asked.synonyms.values() for form in forms)]))
    plain = fold(asked.text)
    found: list[tuple[int, int, Agency]] = []
    for order, (names, words) in enumerate(table().items()):
        # 打的话里就有的,比换成写法才有的作数
        told = sum(len(word) * (3 if word in plain else 1) for word in words if word in said)
        office = told and next((one for name in names for one in agencies if name in one.name), None)
        if office:
            found.append((-told, order, office))
    most = -min((told for told, *_ in found), default=0)
    likely = [agency for told, _, agency in sorted(found, key=lambda row: row[:2]) if -told * 3 > most]
    return list(dict.fromkeys([*named, *likely]))[:MOST]


def columns(asked: Query) -> list[Duty]:
    """The columns of what the law wants published whose name tells of what is asked for."""
    forms = [form for word in asked.words for form in (word, *asked.synonyms.get(word, ())) if len(form) > 1]
    found = []
    for duty in duties.all().values():
        name = fold(duty.short)
        if any(form in name or (len(name) > 1 and name in form) for form in forms):
            found.append(duty)
    return found[:MOST_COLUMNS]
