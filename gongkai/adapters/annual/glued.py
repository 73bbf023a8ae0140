"""粘连的数字:网页抄成文字以后,一行七个数连成一串,靠“前六个之和等于第七个”拆开。"""

from __future__ import annotations

from collections.abc import Iterator

MOST = 36  # 位;再长就不拆
ENOUGH = 64  # 最多留这么多种拆法


def split_sum(digits: str, parts: int, breaks: frozenset[int] = frozenset()) -> list[tuple[int, ...]]:
    """Every way to cut a run of digits into ``parts`` numbers of which the last is the sum of the others.

    Args:
        breaks: places where the source has white space; ways that cut at all of them are preferred.

    >>> split_sum("21710000218", 7)
    [(217, 1, 0, 0, 0, 0, 218)]
    """
    if not parts <= len(digits) <= MOST:
        return []
    found: list[tuple[int, ...]] = []
    for width in range(1, len(digits) - parts + 2):
        last = digits[len(digits) - width :]
        if last[0] == "0" and width > 1:
            continue
        for head in _cut(digits[: len(digits) - width], parts - 1, int(last)):
            found.append((*head, int(last)))
            if len(found) >= ENOUGH:
                return _preferred(found, breaks)
    return _preferred(found, breaks)


def _cut(digits: str, parts: int, total: int) -> Iterator[tuple[int, ...]]:
    """Ways to cut into ``parts`` numbers that add up to ``total``."""
    if parts == 1:
        if (digits == "0" or not digits.startswith("0")) and digits and int(digits) == total:
            yield (total,)
        return
    for width in range(1, len(digits) - parts + 2):
        head = digits[:width]
        if int(head) > total:
            return
        for tail in _cut(digits[width:], parts - 1, total - int(head)):
            yield (int(head), *tail)
        if head == "0":
            return


def _preferred(found: list[tuple[int, ...]], breaks: frozenset[int]) -> list[tuple[int, ...]]:
    """Those that respect the most breaks, in order."""
    if not found:
        return []
    scored = [(len(breaks & _cuts(way)), way) for way in found]
    best = max(score for score, _ in scored)
    return [way for score, way in scored if score == best]


def _cuts(way: tuple[int, ...]) -> set[int]:
    cuts, at = set(), 0
    for number in way:
        at += len(str(number))
        cuts.add(at)
    return cuts


def split_blocks(digits: str, blocks: int, parts: int) -> list[tuple[int, ...]]:
    """Ways to cut a run into ``blocks`` groups, each of ``parts`` numbers whose last is the sum of its others.

    >>> split_blocks("10203120001200000", 3, 5)
    [(1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0)]
    """
    if not blocks * parts <= len(digits) <= MOST * blocks:
        return []
    if blocks == 1:
        return split_sum(digits, parts)
    found = []
    for width in range(parts, len(digits) - (blocks - 1) * parts + 1):
        for head in split_sum(digits[:width], parts):
            for tail in split_blocks(digits[width:], blocks - 1, parts):
                found.append((*head, *tail))
                if len(found) >= ENOUGH:
                    return found
    return found


def split_any(digits: str, parts: int) -> list[tuple[int, ...]]:
    """Every way to cut a run into ``parts`` numbers, nothing known of them."""
    if not parts <= len(digits) <= MOST:
        return []
    if parts == 1:
        return [(int(digits),)] if digits == "0" or not digits.startswith("0") else []
    found = []
    for width in range(1, len(digits) - parts + 2):
        head = digits[:width]
        if head.startswith("0") and width > 1:
            break
        found += [(int(head), *tail) for tail in split_any(digits[width:], parts - 1)]
    return found[:ENOUGH]
