"""样本区的云诊所:三十个事项拆自历年的文件,有正在受理、快截止、依据已经失效、资金用完、正在修改的;兑现和告知的数。"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.sample import moment, phone
from gongkai.policies import actions
from gongkai.policies.models import Document, Fact, Measure
from gongkai.policies.models.clinic import Standing
from gongkai.records.models import Record

#: 事项从这一天起公布:上一年的兑现因此到了该填报的时候。
START, ENDED, REVISED = date(2025, 12, 22), "公共充电桩补助", "老楼装电梯补助"
YEARS = (2024, 2025)
#: 一年的兑现下一年的这一天填报。
TOLD = (1, 20)


def load(desks: dict[str, Any], until: date, guides: Mapping[str, str]) -> None:
    """The questions, the measures, what was granted, how often they were told.

    Args:
        guides: name of a guide → its address on the site, to which the measures lead that are handled by it.
    """
    text = tomllib.loads(files("gongkai.policies").joinpath("data", "demo_clinic.toml").read_text("utf-8"))
    office = desks["MH0101"].people[Role.CLERK]
    facts = {}
    for line in _lines(text["facts"]):
        key, label, kind, unit, options = line
        values = {
            "key": key,
            "label": label,
            "kind": kind,
            "unit": unit,
            "options": options.split("|") if options else [],
        }
        facts[key] = actions.add_fact(values, by=office, at=moment(START, 9))
    made = [_measure(desks, facts, *line, guides.get(guide, "")) for *line, guide in _lines(text["measures"])]
    by_title = {one.title: one for one in made}
    for nth, measure in enumerate(made):
        _redeemed(measure, nth, _desk(desks, measure.policy).people[Role.CLERK])
    ended = by_title[ENDED]
    actions.end_measure(
        ended,
        "本年度资金已经用完，下一年度另行公布。",
        by=_desk(desks, ended.policy).people[Role.HEAD],
        at=moment(until - DAY * 9, 15),
    )
    revised = by_title[REVISED]
    actions.revise_measure(revised, by=_desk(desks, revised.policy).people[Role.CLERK], at=moment(until, 10))
    for nth in range(40):
        told = [one.pk for n, one in enumerate(made) if (n + nth) % 3]
        actions.count(told, "clinic", on=until - DAY * (nth % 12))


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.strip().splitlines():
        yield line.split(";")


def _desk(desks: dict[str, Any], policy: Record) -> Any:
    return next(one for one in desks.values() if one.agency.pk == policy.agency_id)


def _measure(
    desks: dict[str, Any],
    facts: dict[str, Fact],
    paper: str,
    title: str,
    audience: str,
    amount: str,
    tests: str,
    closes: str,
    estimated: str,
    basis: str,
    guide: str,
) -> Measure:
    policy = (
        Document.objects.select_related("record__agency").get(record__title__contains=f"《明湖区{paper}》").record
    )
    desk, body = _desk(desks, policy), policy.live.body
    who, rule = _between(body, "适用于", "</p>").rstrip("。"), _between(body, "<strong>第三条</strong>　", "</p>")
    kind, *data = amount.split()
    clerk, at = desk.people[Role.CLERK], moment(START, 10)
    values = {
        "title": title,
        "audience": audience,
        "benefit": rule,
        "benefit_article": "第三条",
        "amount_kind": kind,
        "amount_data": dict(one.split("=") for one in data),
        "closes_on": date.fromisoformat(closes) if closes else None,
        "materials": "申请表\n申请人的身份证明或者营业执照",
        "place": f"{desk.agency.name}或者所在镇街便民服务中心",
        "how": "提出申请，受理单位审核；能够通过数据共享取得的材料，不用提交。",
        "guide": guide,
        "contact": phone(desk.agency.code),
        "estimated": int(estimated) if estimated else None,
        "estimated_from": basis,
    }
    made = actions.draft_measure(policy, values, by=clerk, at=at)
    for test in tests.split():
        key, wanted = test.split("=")
        quote, article = (
            (who, "第二条")
            if wanted != "start"
            else (_between(body, "</strong>　本办法", "起施行") + "起施行", "第六条")
        )
        actions.add_condition(
            made, facts[key], _wants(facts[key], wanted, policy), quote=quote, article=article, by=clerk, at=at
        )
    return actions.publish_measure(made, by=desk.people[Role.HEAD], at=moment(START, 16))


def _between(body: str, first: str, last: str) -> str:
    return body.rpartition(first)[2].partition(last)[0]


def _wants(fact: Fact, wanted: str, policy: Record) -> dict[str, Any]:
    if fact.kind == "yes_no":
        return {"yes": wanted == "yes"}
    if fact.kind == "date":
        return {"since": policy.effective_on.isoformat()}
    if fact.kind == "number":
        low, _, high = wanted.partition("-")
        return {key: value for key, value in (("low", low), ("high", high)) if value}
    return {"among": wanted.split("|")}


def _redeemed(measure: Measure, nth: int, clerk: Any) -> None:
    """Figures of the years in which the paper was in force; one in seven was not told."""
    for year in YEARS:
        if (
            not measure.estimated
            or nth % 7 == 6
            or measure.standing(date(year, 12, 31)) in (Standing.OVER, Standing.PAUSED)
        ):
            continue
        applied = measure.estimated * (35 + nth * 3 % 40 + year % 5) // 100
        granted = applied * (82 + nth % 15) // 100
        worked = measure.amount.work()
        figures = {
            "applied": applied,
            "granted": granted,
            "yuan": granted * int(worked.low if worked else 1500),
            "source": f"{year}年底业务系统统计",
        }
        actions.redeem(measure, year, figures, by=clerk, at=moment(date(max(YEARS) + 1, *TOLD), 17))
