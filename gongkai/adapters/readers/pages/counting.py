"""人数、条数:汉字的也认;“其中”后面的各项加起来等不等于总数。"""

from __future__ import annotations

import re

from ..inspection.amounts import numeral

#: 一个数,汉字的也算。
NUMBER = r"(?:\d{1,7}|[一二两三四五六七八九十][一二两三四五六七八九十百千零〇]{0,6})"
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_PART = re.compile(rf"([^,、;:。]{{0,24}}?)(各)?({NUMBER})\s?(名|人|位|条|件|个|项|份|席|则|封)")


def count(text: str) -> int:
    """A count written in digits or in Chinese.

    >>> count("12"), count("两"), count("二十五")
    (12, 2, 25)
    """
    return int(text) if text.isdecimal() else int(numeral(text))


def without_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    return _BRACKETS.sub("", text)


_TOGETHER = re.compile(
    rf"(?:合计|总计|共计?|累计|归纳(?:意见|建议)?)[::为]?\s?({NUMBER})\s?(?:名|人|位|条|件|个|项|份|席|则|封)"
)


def summed(text: str) -> tuple[int, int, bool] | None:
    """A whole that stands behind its parts in one sentence: where the parts begin, the whole, whether they make it.

    >>> summed("收到书面意见6份、网上留言9条,共15条"), summed("共15条")
    ((0, 15, True), None)
    """
    for match in _TOGETHER.finditer(text):
        begins = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
        numbers = [number for _, number in parts(text[begins : match.start()])]
        if len(numbers) > 1:
            return begins, count(match[1]), sum(numbers) == count(match[1])
    return None


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
