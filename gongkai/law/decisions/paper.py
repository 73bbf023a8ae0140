"""审查的、讨论的、公布的是同一份文件:审查以后换了文字的,等于没有审查;会上依法改的,记下改了什么。

条例没有写“一字不差”四个字,由第二十五条、第二十八条、第三十条推出,所以力度是参数(``decisions.same_paper``)。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .. import params
from ..sources import cite
from .facts import Facts, Finding
from .terms import Legality, Outcome, Stage


def discussed_as_reviewed(facts: Facts, on: date) -> Iterator[Finding]:
    """讨论的就是审查过的;审查意见要求修改的(第二十八条),照意见改了什么要登记(H7)。"""
    if not _is_held(on) or not (found := facts.review) or not found.paper:
        return
    # 还要再讨论的,看的是现在这一份
    over = facts.discussion if facts.stage is not Stage.REVIEWED else None
    discussed = over.paper if over else facts.paper
    if discussed in ("", found.paper):
        return
    if found.conclusion is not Legality.AFTER_CHANGES:
        yield Finding(
            "H7-PAPER",
            "卷里的文件同合法性审查时的不一样，现在这一份没有经过审查",
            cite("decision:25.1"),
            "请改回审查过的文字；确实要改的，改稿以后重新送审。",
        )
    elif discussed != facts.adjusted:
        yield Finding(
            "H7-ADJUSTED",
            "文件在合法性审查以后改过，没有登记照审查意见改了什么，或者登记以后又改了",
            cite("decision:28"),
            "请登记“照审查意见修改”；意见以外的改动，改稿以后重新送审。",
        )


def published_as_discussed(facts: Facts, on: date) -> Iterator[Finding]:
    """公布的就是讨论通过的;“修改后通过”的,会议决定改了什么要登记(H8)。"""
    if not _is_held(on) or not (found := facts.discussion) or facts.paper in ("", found.paper) or not found.paper:
        return
    if found.outcome is not Outcome.CHANGED:
        yield Finding(
            "H8-PAPER",
            "卷里的文件同集体讨论时的不一样，会议的结果是“通过”，没有决定修改",
            cite("decision:30.1"),
            "请改回讨论通过的文字；确实要改的，改稿以后重新审查、重新讨论。",
        )
    elif facts.paper != facts.amended:
        yield Finding(
            "H8-AMENDED",
            "文件在集体讨论以后改过，没有登记会议决定改了什么，或者登记以后又改了",
            cite("decision:30.1"),
            "请登记“会议决定的修改”；会议没有决定的改动，改稿以后重新审查、重新讨论。",
        )


def unseen(facts: Facts, on: date) -> Iterator[Finding]:
    """审查、讨论的时候卷里没有放文件,软件核对不了是不是同一份(W13)。"""
    when = [
        name
        for name, found in (("合法性审查", facts.review), ("集体讨论", facts.discussion))
        if found and facts.paper and not found.paper
    ]
    if when:
        yield Finding(
            "W13",
            f"{'、'.join(when)}的时候卷里没有放文件，现在这一份是不是当时的，无从核对",
            cite("decision:25.1"),
            "请对照审查、讨论过的文本核对一遍；以后送审以前就放上文件。",
        )


def _is_held(on: date) -> bool:
    return bool(params.at("decisions.same_paper", on).value)
