"""权重:从 ``weights.toml`` 读,一个数一节,各有理由。"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.adapters.engine import Boosts


@dataclass(frozen=True, slots=True)
class Sureness:
    """把握的系数和两条界线:到 ``clear`` 说“贴切”,不到 ``possible`` 说“未找到”。"""

    constant: float
    gap: float
    near: float
    covered: float
    clear: float
    possible: float


@dataclass(frozen=True, slots=True)
class Weights:
    """检索和问答用的数;名字和理由见 ``weights.toml``。"""

    candidates: int
    words: float
    bigrams: float
    whole: float
    meaning: float
    meaning_depth: int
    meaning_on_demand: int
    interpretation: float
    regulation: float
    local: float
    superseded: float
    other: float
    beside: float
    older: float
    asked_number: float
    asked_unit: float
    asked_year: float
    asked_kind: float
    asked_beside: float
    site_title: float
    site_attached: float
    site_synonym: float
    site_sunk: float
    by_words: Sureness
    by_meaning: Sureness


@cache
def weights() -> Weights:
    """The weights as shipped."""
    table = _table()
    numbers = {name: entry["value"] for name, entry in table.items() if "value" in entry}
    by_words, by_meaning = (Sureness(**_numbers(table[name])) for name in ("by_words", "by_meaning"))
    return Weights(**numbers, by_words=by_words, by_meaning=by_meaning)


def boosts() -> Boosts:
    """How much a hit counts by where it is, for the search page."""
    by = weights()
    return Boosts(title=by.site_title, attached=by.site_attached, synonym=by.site_synonym)


def reasons() -> dict[str, str]:
    """Why each weight is what it is, for the page that shows them."""
    return {name: str(entry["why"]) for name, entry in _table().items()}


def _table() -> dict[str, Any]:
    return tomllib.loads(files("gongkai.search").joinpath("weights.toml").read_text("utf-8"))


def _numbers(entry: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in entry.items() if name != "why"}
