"""近一年的信息和不涉及的申明:从装入的那一天往前排,每一项都有新近的,剩下的空缺照实留着。"""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law.agencies import AgencyKind, Role
from gongkai.law.calendar import DAY
from gongkai.org.sample import moment
from gongkai.records import actions, catalogue

from .compose import Sample, agencies, compose

#: 排得开的题目才错开,本周的不错开。
APART = 30
#: 还没有核准的单位各留几项。
WAITING = 3
_GROUPS = {"departments": AgencyKind.DEPARTMENT, "towns": AgencyKind.TOWN}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("year.toml").read_text("utf-8"))


def samples(until: date, seed: int = 15) -> list[tuple[date, Sample]]:
    """Every paper of the last year with the day on which it was made, the oldest first."""
    chance = random.Random(seed)  # noqa: S311  样本数据,不是密码
    made = []
    for nth, paper in enumerate(_table()["paper"]):
        codes = [code for name in paper["who"] for code in _codes(name)]
        theme = {"code": "", **paper, "who": codes}
        by_code = {one["code"]: one for one in agencies()}
        for number, code in enumerate(codes):
            # 同一题目的各单位均匀排在这段时间里,各题目错开
            apart = nth * 5 % 23 if paper["days"] > APART else 0
            day = until - DAY * (
                2 + apart + (number * paper["days"] * 7 // len(codes)) % max(1, paper["days"] - 2)
            )
            made.append((day, compose(theme, by_code[code], day, chance, {})))
    return sorted(made, key=lambda item: (item[0], item[1].agency, item[1].description["title"]))


def _codes(name: str) -> list[str]:
    if name not in _GROUPS:
        return [name]
    return [one["code"] for one in agencies() if one["kind"] == _GROUPS[name] and "ended" not in one]


def load(
    desks: dict[str, Any], until: date, publish: Callable[..., object], progress: Callable[[str, int, int], None]
) -> None:
    """Publish the papers; ``publish(edition, desk, day)`` takes one through its reviews."""
    papers = samples(until)
    for number, (day, sample) in enumerate(papers, 1):
        desk = desks[sample.agency]
        edition = actions.create(
            desk.agency, sample.type, by=desk.people[Role.CLERK], at=moment(day, 9), **sample.description
        )
        publish(edition, desk, min(day + DAY * (number % 9), until - DAY))
        if number % 25 == 0 or number == len(papers):
            progress("近一年的信息", number, len(papers))


def declare(desks: dict[str, Any], until: date) -> None:
    """Whatever is empty and not an honest gap is declared not to be the agency's duty; most of it is approved."""
    gaps, reasons = _table()["gaps"], _table()["reasons"]
    office = desks["MH0101"].people[Role.OFFICE]
    for row in catalogue.matrix(on=until).rows:
        code = row.agency.code
        wanted: dict[str, list[str]] = defaultdict(list)
        for cell in row.cells:
            if (
                cell
                and cell.state == "empty"
                and code not in gaps.get(cell.duty, ())
                and cell.duty != "annual-reports"
            ):
                wanted[reasons.get(cell.duty, reasons["other"])].append(cell.duty)
        for reason, items in wanted.items():
            clerk, at = desks[code].people[Role.CLERK], moment(until - DAY * 40, 10)
            actions.declare_absences(row.agency, items, reason, by=clerk, at=at)
            if approved := items[WAITING if code in reasons["waiting"] else 0 :]:
                actions.judge_absences(row.agency, approved, True, by=office, at=moment(until - DAY * 35, 15))
