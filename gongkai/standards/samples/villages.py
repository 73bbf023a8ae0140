"""样本区的村务公开:十二个村社,各四期;一个迟了,一个还在填,一个每月公布,两件异议。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.law import villages as law
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.villages import Affairs, Unit
from gongkai.org.sample import District, moment
from gongkai.standards import actions
from gongkai.standards.models import Village

#: 镇(街道) → 村社。
VILLAGES = {
    "MH05": ("白鹭洲村", "沙溪村", "东湾村"),
    "MH06": ("青石岭村", "石门村", "上垟村"),
    "MH07": ("桃溪村", "杏林村", "后岙村"),
    "MH08": ("北塘村", "河角村"),
    "MH02": ("望湖社区",),
}
HEAVY, LATE, DRAFT = "北塘村", "后岙村", "上垟村"
INCOME = ("门面租金", "土地流转租金", "上级补助", "集体林地承包款", "光伏发电收入")
SPENT = ("保洁和垃圾清运", "道路修补", "老年活动", "办公用品", "水电费", "慰问困难户", "误工补贴")
PERIODS = 4


def load(district: District) -> None:
    """The villages, through the room's own actions."""
    for n, (code, name) in enumerate((code, name) for code, names in VILLAGES.items() for name in names):
        _village(district, code, name, n)


def _village(district: District, code: str, name: str, n: int) -> None:
    desk, until = district.desks[code], district.until
    clerk = desk.people[Role.CLERK]
    made = actions.save_village(
        Village(
            town=desk.agency,
            name=name,
            is_community=name.endswith("社区"),
            heavy=name == HEAVY,
            board=f"{name}党群服务中心门口",
            committee="主任某、委员甲某、委员乙某",
            supervisors="监督员甲某、监督员乙某",
            phone=f"0571-0000{8100 + n}",
        ),
        by=None,
        at=moment(until - DAY * 400, 9),
    )
    periods = _periods(made.unit, until)
    for place, (year, number) in enumerate(periods):
        is_last = place == len(periods) - 1
        _period(made, year, number, clerk, until, seed=n * 7 + place, is_last=is_last)


def _periods(unit: Unit, until: date) -> list[tuple[int, int]]:
    """The last four periods that ended before the day."""
    months = 1 if unit is Unit.MONTH else 3
    per_year = 12 // months
    now = until.year * per_year + (until.month - 1) // months
    return [(index // per_year, index % per_year + 1) for index in range(now - PERIODS, now)]


def _period(
    village: Village, year: int, number: int, clerk: Any, until: date, *, seed: int, is_last: bool
) -> None:
    first, last = law.span(village.unit, year, number)
    period = actions.open_period(village, village.unit, year, number, by=clerk, at=moment(last + DAY, 9))
    lines = [
        (
            first + DAY * (3 + i * 9 % 27),
            True,
            INCOME[(seed + i) % len(INCOME)],
            Decimal(3000 + (seed * 37 + i * 911) % 9000),
        )
        for i in range(2)
    ] + [
        (
            first + DAY * (5 + i * 7 % 24),
            False,
            SPENT[(seed + i) % len(SPENT)],
            Decimal(300 + (seed * 53 + i * 277) % 1900),
        )
        for i in range(4)
    ]
    items: list[dict[str, Any]] = [
        {
            "kind": Affairs.PARTY,
            "title": "支部主题党日",
            "content": f"开展主题党日{1 + seed % 3}次，参加{18 + seed % 9}人次。",
        },
        {
            "kind": Affairs.VILLAGE,
            "title": "环境整治和公益事业",
            "content": "完成道路清扫、河道保洁，筹资筹劳没有新的项目。",
        },
        {"kind": Affairs.VILLAGE, "title": "临时救助对象", "content": "陈某 800元\n王某 600元", "is_list": True},
        {"kind": Affairs.FINANCE, "title": "收支情况说明", "content": "收支逐笔列在下面，票据由监督委员会审核。"},
    ]
    if seed % 5 == 0:
        happened = last - DAY * 2
        items.append(
            {
                "kind": Affairs.FINANCE,
                "title": "文化礼堂屋面维修工程结算",
                "content": "中标价4.8万元，结算4.6万元。",
                "happened_on": happened,
            }
        )
    actions.fill_period(period, items, lines, by=clerk, at=moment(last + DAY * 3, 10))
    if is_last and village.name == DRAFT:
        return
    reviewed = last + DAY * (25 if is_last and village.name == LATE else 9)
    actions.submit_period(period, by=clerk, at=moment(last + DAY * 4, 10))
    names = village.supervisors.split("、")
    actions.supervise(period, names, "收支真实，同意公布。", True, reviewed, by=clerk, at=moment(reviewed, 15))
    posted = reviewed + DAY * (1 + seed % 3)
    done = actions.posted(period, posted, "", by=clerk, at=moment(posted, 16))
    if not is_last:
        actions.take_down(period, posted + DAY * 20, by=clerk, at=moment(posted + DAY * 20, 9))
    elif seed % 11 == 3:
        _objections(done, posted, clerk)


def _objections(period: Any, posted: date, clerk: Any) -> None:
    first, _ = actions.send_objection(
        period, "道路修补写了两次，是不是重复报账？", at=moment(posted + DAY, 20), contact={"name": "某村民"}
    )
    actions.answer_objection(
        first,
        "两次是不同路段，分别在村东和村西，票据和照片可以到村办公室查看。",
        by=clerk,
        at=moment(posted + DAY * 3, 9),
    )
    actions.send_objection(period, "门面租金比去年少了，合同在哪里看？", at=moment(posted + DAY * 4, 20))
