"""刊名和编辑部、栏目。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.desk.seen import check
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User

from ..models import Masthead, Section

FIELDS = ("name", "sponsor", "since_on", "phone", "address", "permit", "statement", "first_running")


@transaction.atomic
def save_masthead(
    agency: Agency,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    masthead: Masthead | None = None,
    seen: str | None = None,
) -> Masthead:
    """定刊名,或者改编辑部的情况。用过的刊名不改:改名是从某一天起另立一个。"""
    access.require(by, "gazette.compose", agency)
    given = {name: values[name] for name in FIELDS if name in values}
    if "标准文本" in given.get("statement", ""):
        raise RuleBroken(
            "区公报的文本不是法定的“标准文本”，那只指规章",
            source="《立法法》第九十七条",
            fix="请写“本刊文本与正式印发的文件一致；不一致时，以印发的文件为准”。",
        )
    if masthead is None:
        if Masthead.objects.exclude(agency=agency).exists():
            raise RuleBroken("公报只由区政府一家办，已经有单位承办", fix="换承办单位的请先改承办单位。")
        if Masthead.objects.filter(since_on=given["since_on"]).exists():
            raise RuleBroken(f"自{given['since_on']}起已经有一个刊名", fix="请填另一天。")
        masthead = Masthead.objects.create(agency=agency, **given)
    else:
        masthead = Masthead.objects.select_for_update().get(pk=masthead.pk)
        check(seen, masthead.mark)
        if masthead.issues.exists() and given.get("name", masthead.name) != masthead.name:
            raise RuleBroken(f"《{masthead}》已经出过刊，不能改名", fix="请从改名的那一天起另立一个刊名。")
        for name, value in given.items():
            setattr(masthead, name, value)
        masthead.revision += 1
        masthead.save()
    log("gazette.masthead", f"公报《{masthead}》：保存名称和编辑部", at=at, by=by, agency=agency, about=masthead)
    return masthead


@transaction.atomic
def save_section(
    agency: Agency, values: Mapping[str, Any], *, by: User, at: datetime, section: Section | None = None
) -> Section:
    """立一个栏目,或者停用、调次序;用过的不改名,改名是停一个、立一个。"""
    access.require(by, "gazette.compose", agency)
    given = dict(values)
    until = given.get("until_year")
    if until is not None and until < given.get("since_year", section.since_year if section else 0):
        raise RuleBroken(f"到{until}年为止早于开始的年份", fix="请改年份。")
    if section is None:
        if Section.objects.filter(name=given["name"], since_year=given["since_year"]).exists():
            raise RuleBroken(f"“{given['name']}”自{given['since_year']}年起已经有了", fix="请改原来的一个。")
        section = Section.objects.create(**given)
    else:
        section = Section.objects.select_for_update().get(pk=section.pk)
        if section.articles.exists() and given.get("name", section.name) != section.name:
            raise RuleBroken(f"栏目“{section}”登过文件，不能改名", fix="请停用它，另立一个。")
        for name, value in given.items():
            setattr(section, name, value)
        section.save()
    log("gazette.section", f"公报栏目“{section}”", at=at, by=by, agency=agency, about=section)
    return section
