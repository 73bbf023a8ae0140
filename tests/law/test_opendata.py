"""开放属性的判定树、更新义务、能不能开放:表里的每一行。"""

import csv
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.errors import RuleBroken
from gongkai.law.opendata import judging, opening, updating
from gongkai.law.opendata.terms import Cycle, Freshness, Level, Opening

pytestmark = pytest.mark.once
ON = date(2026, 10, 12)
TABLE = Path(__file__).parents[1] / "tables" / "opendata_tree.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=[row["情形"] for row in ROWS])
def test_the_tree(row):
    level = Level(row["级别"]) if row["级别"] else None
    judged = judging.judge(judging.Facts(level, **dict.fromkeys(row["事实"].split(), True)))
    assert (judged.opening.label if judged.opening else "不入目录", judged.step) == (row["结果"], int(row["步"]))


def test_every_question_is_a_fact_of_the_tree():
    assert set(judging.QUESTIONS) | {"level"} == set(judging.Facts.__slots__)


@pytest.mark.parametrize(
    ("old", "new", "loosens"),
    [
        ("pending", "unconditional", True),
        ("pending", "restricted", True),
        ("pending", "prohibited", False),
        ("prohibited", "restricted", True),
        ("restricted", "unconditional", True),
        ("unconditional", "restricted", False),
        ("unconditional", "prohibited", False),
        ("restricted", "restricted", False),
        ("prohibited", "pending", False),
    ],
)
def test_only_loosening_waits_for_approval(old, new, loosens):
    assert judging.loosens(Opening(old), Opening(new)) is loosens


@pytest.mark.parametrize(
    ("cycle", "updated", "now", "due"),
    [
        ("monthly", date(2026, 9, 30), Freshness.FRESH, date(2026, 10, 31)),
        ("monthly", date(2026, 9, 5), Freshness.GRACE, date(2026, 10, 6)),
        ("monthly", date(2026, 8, 20), Freshness.OVERDUE, date(2026, 9, 20)),
        ("monthly", date(2026, 7, 1), Freshness.STALE, date(2026, 8, 1)),
        ("daily", date(2026, 10, 10), Freshness.GRACE, date(2026, 10, 11)),
        ("daily", date(2026, 10, 8), Freshness.STALE, date(2026, 10, 9)),
        ("irregular", date(2020, 1, 1), Freshness.UNJUDGED, None),
        ("once", date(2020, 1, 1), Freshness.UNJUDGED, None),
        ("yearly", None, Freshness.UNJUDGED, None),
    ],
)
def test_the_duty_to_update(cycle, updated, now, due):
    found = updating.duty(Cycle(cycle), updated, ON)
    assert (found.now, found.due) == (now, due)


def test_what_ended_is_never_overdue():
    assert updating.duty(Cycle.DAILY, date(2020, 1, 1), ON, ended=True).now is Freshness.ENDED


def test_a_reminder_comes_before_the_day_and_not_after():
    due = date(2026, 10, 20)
    assert [updating.is_soon(due, date(2026, 10, day)) for day in (12, 13, 20, 21)] == [False, True, True, False]


def test_real_time_needs_an_interface():
    updating.check_cycle(Cycle.REALTIME, has_interface=True)
    with pytest.raises(RuleBroken, match="没有接口"):
        updating.check_cycle(Cycle.REALTIME, has_interface=False)


GOOD = {
    "title": "公共停车场名录",
    "summary": "全区公共停车场的名称、地址、车位数，每月由城管部门更新。",
    "phone": "0571-00000001",
    "office": "综合科",
    "fields": 3,
    "levelled": 3,
    "explained": 3,
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "公共停车场名录-1"}, "尾巴"),
        ({"title": "新建"}, "尾巴"),
        ({"summary": "公共停车场名录"}, "同名称一样"),
        ({"summary": "停车场。"}, "不到20字"),
        ({"phone": "13800000000"}, "手机号"),
        ({"phone": ""}, "没有填联系电话"),
        ({"levelled": 2}, "1个字段没有定敏感级"),
        ({"explained": 1}, "2个字段没有写说明"),
    ],
)
def test_an_entry_says_what_is_missing(change, said):
    assert not list(opening.faults(opening.Entry(**GOOD), ON))
    assert said in "；".join(opening.faults(opening.Entry(**GOOD | change), ON))


def test_a_year_at_the_end_is_no_tail():
    assert not list(opening.faults(opening.Entry(**GOOD | {"title": "公共停车场名录2026"}), ON))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"opening": Opening.PENDING}, "还没有判定"),
        ({"opening": Opening.PROHIBITED}, "禁止开放"),
        ({"rows": 0}, "空的不得上架"),
        ({"personal": 2}, "2处个人信息"),
        ({"group": 4}, "少于5行"),
    ],
)
def test_what_may_not_be_opened(given, said):
    fit = {"opening": Opening.UNCONDITIONAL, "rows": 3, "personal": 0, "group": None}
    opening.may_open(entry=opening.Entry(**GOOD), on=ON, **fit)
    with pytest.raises(RuleBroken, match=said):
        opening.may_open(entry=opening.Entry(**GOOD), on=ON, **fit | given)


def test_conditions_and_a_basis_are_written():
    judging.complete(Opening.UNCONDITIONAL, conditions="", basis="")
    with pytest.raises(RuleBroken, match="没有写条件"):
        judging.complete(Opening.RESTRICTED, conditions=" ", basis="")
    with pytest.raises(RuleBroken, match="没有写依据"):
        judging.complete(Opening.PROHIBITED, conditions="", basis="")
    with pytest.raises(RuleBroken, match="不能自己批准"):
        judging.may_approve(proposed_by=1, approver=1)
