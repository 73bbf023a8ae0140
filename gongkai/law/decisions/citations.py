"""引用法规、规章的令号对不对:常被决策文件引用的几部。"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

_ORDER = re.compile(
    r"《([^《》]{4,40})》\s{0,2}\(?([^()《》。;,]{0,24}?)(?:国务院|国|省政府|省人民政府|政府|人民政府|委|部|发展和改革委员会|发改委)?令?\s?第?\s?(\d{1,4})\s?号令?(?:[^()]{0,16}\))?"
)
#: 令号写在名称前面:“国务院令第713号《……》”。
_BEFORE = re.compile(r"((?:国务院|国|政府)令\s?第?\s?(\d{1,4})\s?号)\s?《([^《》]{4,40})》")


@cache
def numbers() -> dict[str, tuple[int, ...]]:
    """Name of the law or rule → numbers of the orders that made or revised it."""
    text = files("gongkai.law").joinpath("data/citations.toml").read_text("utf-8")
    return {row["title"]: tuple(row["numbers"]) for row in tomllib.loads(text)["order"]}


def wrong(text: str) -> list[str]:
    """The words of each citation whose number is not that of the law or rule it names.

    >>> wrong("《重大行政决策程序暂行条例》(国务院令第722号)"), wrong("《重大行政决策程序暂行条例》(国令第713号)")
    (['《重大行政决策程序暂行条例》(国务院令第722号)'], [])
    """
    cited = [(match[0], match[1], int(match[3])) for match in _ORDER.finditer(text) if "令" in match[0]]
    cited += [(match[0], match[3], int(match[2])) for match in _BEFORE.finditer(text)]
    return [words for words, title, number in cited if _is_wrong(title, number)]


def _is_wrong(title: str, number: int) -> bool:
    """A number that a rule known in full does not have, or that another regulation has, or with digits exchanged."""
    if known := numbers().get(title):
        return number not in known
    name = title.removeprefix("中华人民共和国")
    if not (own := orders().get(name)) or number in own:
        return False
    return number in _single() or any(sorted(str(number)) == sorted(str(order)) for order in own)


@cache
def _single() -> set[int]:
    """Orders that made one regulation; one that revised many at once is nobody's own number."""
    made = Counter(min(its) for its in orders().values())
    revised = {order for its in orders().values() for order in its if order != min(its)}
    return {order for order, times in made.items() if times == 1} - revised


@cache
def orders() -> dict[str, tuple[int, ...]]:
    """Name of a regulation of the State Council, without the country's, → orders known to have made or revised it."""
    text = files("gongkai.law").joinpath("data/orders.toml").read_text("utf-8")
    return {title: tuple(its) for title, its in tomllib.loads(text)["orders"].items()}
