"""人数、条数:汉字的也认;“其中”后面的各项加起来等不等于总数。"""

from __future__ import annotations

import re

from ..inspection.amounts import numeral

#: 一个数,汉字的也算。
NUMBER = r"(?:\d{1,7}|[一二两三四五六七八九十]{1,3})"
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_PART = re.compile(rf"([^,、;:。]{{0,24}}?)(各)?({NUMBER})\s?(名|人|位|条|件|个|项|份|席)")


def count(text: str) -> int:
    """A count written in digits or in Chinese.

    >>> count("12"), count("两"), count("二十五")
    (12, 2, 25)
    """
    return int(text) if text.isdecimal() else int(numeral(text))


def without_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    return _BRACKETS.sub("", text)


def parts(text: str) -> list[tuple[str, int]]:
    """What an enumeration says of each: “人大代表、政协委员各1名” are two parts.

    >>> parts("消费者10名(低收入2名),经营者1名,人大代表、政协委员各1名")
    [('消费者', 10), ('经营者', 1), ('人大代表', 1), ('政协委员', 1)]
    """
    plain, found, at = without_brackets(text), [], 0
    for match in _PART.finditer(plain):
        names = [match[1].strip()]
        if match[2]:
            lead = plain[at : match.start(2)].strip(",;、: ")
            names = [name for name in re.split(r"[、和及]", lead.rsplit(",", 1)[-1]) if name]
        found += [(name, count(match[3])) for name in names]
        at = match.end()
    return found
