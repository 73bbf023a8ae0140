"""引用法规、规章的令号对不对:常被决策文件引用的几部。"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_ORDER = re.compile(
    r"《([^《》]{4,40})》\s{0,2}\(([^()]{0,24}?)(?:国务院|国|省政府|省人民政府|政府|人民政府|委|部|发展和改革委员会|发改委)?令?\s?第?\s?(\d{1,4})\s?号令?[^()]{0,16}\)"
)


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
    return [
        match[0]
        for match in _ORDER.finditer(text)
        if (known := numbers().get(match[1])) and "令" in match[0] and int(match[3]) not in known
    ]
