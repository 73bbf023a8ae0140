"""听证会名额的构成:总数后面各类的人数,逐项列的、写在括号里的、其中又分的都认。"""

from __future__ import annotations

import re

from ..pages.counting import NUMBER, count

_WINDOW = 600
#: 说到这些就不再是参加人的构成了。
_ENDS = re.compile(
    r"旁听|记者|媒体|报名(?:时间|办法|条件|方式|地点|人数)|(?:产生|参加)(?:方式|条件)|主持人|书记员|记录员|听证时间"
)
_COUNTED = re.compile(rf"(各)?({NUMBER})\s?[名人位](?!额|以)")
_BRACKET = re.compile(rf"\(\s?({NUMBER}\s?[名人位])?[^()]{{0,120}}\)")
_LIST_IN_BRACKET = re.compile(r"\s?\(([^()]{6,200})\)")
_CLAUSE = re.compile(r"[,;。、\n]")
_MARK = re.compile(r"^\s?(?:\d{1,2}[.)]|[一二三四五六七八九十]{1,2}|[①-⑳])?\s?")
#: 总数后面紧跟着的旁听人数不算在内。
_BESIDE = re.compile(
    rf"\A(?:[、,和及]|(?:实到|到会)\d{{1,3}}[名人位]){{0,4}}\s?旁听[^。;,、\d]{{0,8}}{NUMBER}\s?[名人位]"
)
#: “人大政协各1名”是两类。
_TOGETHER = re.compile(r"(人大(?:代表)?)(政协(?:委员)?)(?:代表)?各")
_INTRODUCED = re.compile(r"\A[^;]{0,40}?(?:其中|分别|包括|构成|组成|如下|[::(])")


def sums(text: str, at: int, total: int) -> bool | None:
    """Whether the groups behind a total make it; None where they are not all given.

    >>> sums("18名:1.消费者8名;2.经营者3名;3.人大代表、政协委员各1名;4.专家5名。", 3, 18)
    True
    >>> sums("16名:居民(8名,其中代表1名)、专家(2名)、部门(4名)。旁听3名", 3, 16)
    False
    """
    if inner := _LIST_IN_BRACKET.match(text, at):
        groups, whole = _groups(inner[1])
        if len(groups) > 2:
            return sum(groups) == total if whole else None
    window = _BRACKET.sub(lambda match: match[1] or "", text[at : at + _WINDOW])
    window = _TOGETHER.sub(r"\1、\2各", _BESIDE.sub("", window))
    stop = _ENDS.search(window)
    listed = window[: stop.start()] if stop else window
    groups, whole = _groups(listed)
    if len(groups) < 3:
        return None
    if sum(groups) == total:
        return True
    return False if whole and _INTRODUCED.search(text[at : at + 60]) else None


def _groups(text: str) -> tuple[list[int], bool]:
    """The number of each group, and whether nothing stands between them that gives none."""
    groups: list[int] = []
    pending, whole, broken = 0, True, False
    within: list[int] = []  # “其中”又分的
    for clause in _CLAUSE.split(text):
        found = _COUNTED.search(clause)
        if "其中" in clause and groups and not pending and found:
            within = [groups[-1]]
        if not found:
            name = _MARK.sub("", clause).strip()
            pending += bool(name) and len(name) <= 12
            broken = broken or (len(name) > 12 and bool(groups))
            continue
        whole = whole and not broken
        number = count(found[2])
        if within and within[0] >= number:
            within[0] -= number
            within = within if within[0] else []
        else:
            groups += [number] * (1 + pending if found[1] else 1)
        pending = 0
    return groups, whole and not within
