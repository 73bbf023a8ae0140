"""同义词、置顶、评测用的检索词和等级;改同义词的前后各量一次。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from gongkai.adapters.engine import NoIndex
from gongkai.adapters.words import fold
from gongkai.desk.moments import local_day
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import User
from gongkai.records.models import Record

from .. import judging
from ..kept import plain
from ..models import JudgedQuery, Judgement, Measurement, Pin, SynonymGroup

_MOST_WORDS = 12
_MOST_GROUPS = 2_000
_MOST_PINS = 3


@transaction.atomic
def add_synonyms(words: Iterable[str], *, by: User, at: datetime) -> SynonymGroup:
    """加一组同义词,立刻生效。"""
    access.require(by, "search.manage")
    found = list(dict.fromkeys(one for word in words if (one := " ".join(fold(word).split()))))
    if len(found) < 2:
        raise RuleBroken("一组同义词至少两个词", fix="请用空格或者顿号隔开。")
    if len(found) > _MOST_WORDS or any(not 2 <= len(word) <= 20 for word in found):
        raise RuleBroken(f"一组至多{_MOST_WORDS}个词，每个词二到二十个字", fix="请拆成几组。")
    if SynonymGroup.objects.count() >= _MOST_GROUPS:
        raise RuleBroken(f"同义词已经有{_MOST_GROUPS}组", fix="请先去掉不用的。")
    if any(set(group.words) == set(found) for group in SynonymGroup.objects.all()):
        raise RuleBroken("已经有这一组了", fix="不用再加。")
    before = _measured(at)
    group = SynonymGroup.objects.create(words=found, by=by, at=at)
    log("search.synonyms", f"加同义词：{group}", at=at, by=by, about=group)
    _note(f"加同义词：{group}", before, by=by, at=at)
    return group


@transaction.atomic
def drop_synonyms(group: SynonymGroup, *, by: User, at: datetime) -> None:
    """去掉一组同义词,立刻生效。"""
    access.require(by, "search.manage")
    before = _measured(at)
    log("search.synonyms", f"去掉同义词：{group}", at=at, by=by, about=group)
    said = f"去掉同义词：{group}"
    group.delete()
    _note(said, before, by=by, at=at)


@transaction.atomic
def add_pin(query: str, record: Record, *, by: User, at: datetime) -> Pin:
    """把一件公开的信息置顶在一个检索词下。"""
    access.require(by, "search.manage")
    text = plain(query)
    if not text:
        raise RuleBroken("检索词是空的、太长，或者带有个人信息", fix="请填公众会打的词。")
    if not record.is_public(at):
        raise RuleBroken(f"{titled(record)}现在没有公开", fix="请选公众看得到的信息。")
    if Pin.objects.filter(query=text).count() >= _MOST_PINS:
        raise RuleBroken(f"“{text}”已经置顶了{_MOST_PINS}件", fix="请先去掉一件。")
    pin, made = Pin.objects.get_or_create(query=text, record=record, defaults={"by": by, "at": at})
    if made:
        log("search.pin", f"“{text}”置顶{titled(record)}", at=at, by=by, agency=record.agency, about=pin)
    return pin


@transaction.atomic
def drop_pin(pin: Pin, *, by: User, at: datetime) -> None:
    """去掉置顶。"""
    access.require(by, "search.manage")
    log(
        "search.pin",
        f"“{pin.query}”不再置顶{titled(pin.record)}",
        at=at,
        by=by,
        agency=pin.record.agency,
        about=pin,
    )
    pin.delete()


@transaction.atomic
def add_judged(text: str, *, by: User, at: datetime) -> JudgedQuery:
    """加一个评测用的检索词。"""
    access.require(by, "search.manage")
    words = plain(text)
    if not words:
        raise RuleBroken("检索词是空的、太长，或者带有个人信息", fix="请填公众会打的词。")
    row, made = JudgedQuery.objects.get_or_create(text=words, defaults={"by": by, "at": at})
    if made:
        log("search.judge", f"加评测用的检索词“{words}”", at=at, by=by, about=row)
    return row


@transaction.atomic
def drop_judged(query: JudgedQuery, *, by: User, at: datetime) -> None:
    """去掉一个评测用的检索词,连同它的等级。"""
    access.require(by, "search.manage")
    log("search.judge", f"去掉评测用的检索词“{query}”", at=at, by=by, about=query)
    query.delete()


@transaction.atomic
def grade(query: JudgedQuery, grades: Mapping[int, int], *, by: User, at: datetime) -> None:
    """给各件评等级(信息的主键 → 等级);没有提到的不变。"""
    access.require(by, "search.manage")
    known = set(Record.objects.filter(pk__in=grades).values_list("pk", flat=True))
    for pk, value in grades.items():
        if pk in known and value in Judgement.Grade.values:
            Judgement.objects.update_or_create(query=query, record_id=pk, defaults={"grade": value})
    log("search.judge", f"“{query}”评了{len(known)}件", at=at, by=by, about=query)


@transaction.atomic
def measure(occasion: str, *, by: User, at: datetime) -> Measurement:
    """按现在的权重和同义词量一次,记下来(改权重的前后各量一次)。"""
    access.require(by, "search.manage")
    found = _measured(at)
    if found is None or not found.by_query:
        raise RuleBroken("没有可量的", fix="请先给几个检索词评等级;检索库还没有建好的,过几分钟再量。")
    row = _record(found, occasion, by=by, at=at)
    log(
        "search.measure",
        f"{row.occasion}：nDCG@10 {row.ndcg:.3f}（{row.queries}个检索词）",
        at=at,
        by=by,
        about=row,
    )
    return row


def _measured(at: datetime) -> judging.Measured | None:
    """Nothing without an index: a change must not wait for it."""
    try:
        return judging.measure(at, local_day(at))
    except NoIndex:
        return None


def _note(occasion: str, before: judging.Measured | None, *, by: User, at: datetime) -> None:
    """Two rows, before and after a change, if there is anything to measure."""
    after = _measured(at)
    if before and after and before.by_query:
        _record(before, f"{occasion}（以前）", by=by, at=at)
        _record(after, f"{occasion}（以后）", by=by, at=at)


def _record(found: judging.Measured, occasion: str, *, by: User, at: datetime) -> Measurement:
    return Measurement.objects.create(
        at=at,
        by=by,
        occasion=occasion[:120],
        ndcg=found.mean,
        queries=len(found.by_query),
        weights=asdict(found.tuning.boosts),
        groups=len(found.tuning.groups),
    )
