"""读懂一句问话里的单位、年份、文号和家常说法,好把同名的、各年的、改过的分开。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from gongkai.adapters.words import fold
from gongkai.law import docnumber

from .query import bracketed

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_DISTRICT = re.compile(r"^(?:原|[\u4e00-\u9fff]{1,4}(?:区|县|市))?(?:区|县|市)?")
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Intent:
    """一类家常说法。"""

    said: tuple[str, ...]
    words: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """读出的:``units`` 单位代码,``years`` 年份,``numbers`` 文号,``kinds`` 信息类型,``extra`` 另外拿去找的词。"""

    units: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    numbers: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    extra: str = ""

    @property
    def names_a_time(self) -> bool:
        """Whether a year or a document number says which of several editions is meant."""
        return bool(self.years or self.numbers)


@cache
def intents() -> tuple[Intent, ...]:
    """The ways of speaking, as shipped."""
    table = tomllib.loads(files("gongkai.search").joinpath("intents.toml").read_text("utf-8"))
    return tuple(Intent(tuple(row["said"]), row["words"], frozenset(row["kinds"])) for row in table["intent"])


def aliases(names: Mapping[str, str]) -> dict[str, str]:
    """Ways to name an agency → code: as given, and without the district in front; one that fits two is left out.

    >>> aliases({"明湖区教育局": "MH0104", "区政府办公室": "MH0101"})["教育局"]
    'MH0104'
    """
    return _aliases(tuple(names.items()))


@lru_cache(maxsize=4)
def _aliases(names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    found = {fold(name): code for name, code in names}
    short: dict[str, set[str]] = {}
    for name, code in names:
        bare = _DISTRICT.sub("", fold(name), count=1)
        for one in (
            bare,
            bare.removesuffix("公室") if bare.endswith("办公室") else "",
            fold(name).removesuffix("公室"),
        ):
            if len(one) > _SHORTEST or (len(one) == _SHORTEST and one not in ("政府", "中心")):
                short.setdefault(one, set()).add(code)
    return {name: codes.pop() for name, codes in short.items() if len(codes) == 1 and name not in found} | found


def read(question: str, names: Mapping[str, str]) -> Reading:
    """What the question says of unit, year, number and kind.

    Args:
        names: names and short names of the agencies → code.

    >>> read("教育局2024年预算", {"明湖区教育局": "MH0104"}).years
    frozenset({2024})
    """
    plain = bracketed(fold(question))
    numbers = docnumber.find(plain)
    rest = plain
    for number in reversed(numbers):
        rest = f"{rest[: number.start]} {rest[number.end :]}"
    found, words = _units(rest, names)
    said = [one for one in intents() if any(fold(phrase) in rest for phrase in one.said)]
    words += [one.words for one in said if one.words]
    return Reading(
        frozenset(found),
        frozenset(int(year) for year in _YEAR.findall(rest)),
        frozenset(one.number.text for one in numbers),
        frozenset(kind for one in said for kind in one.kinds),
        " ".join([*words, *(one.number.text for one in numbers)]),
    )


def _units(plain: str, names: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Codes of the agencies that are named, the longest names first, and their full names where they are not said."""
    known = aliases(names)
    full: dict[str, str] = {}
    for name, code in names.items():
        full[code] = max(full.get(code, ""), name, key=len)
    codes, words = [], []
    for name in sorted(known, key=len, reverse=True):
        if name in plain:
            code = known[name]
            plain = plain.replace(name, " ")
            if code not in codes:
                codes.append(code)
                if name != fold(full[code]):
                    words.append(full[code])
    return codes, words
