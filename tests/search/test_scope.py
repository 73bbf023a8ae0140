"""库里不可能有的:按规则认。"""

from datetime import date

import pytest

from gongkai.adapters.engine import Document
from gongkai.search.scope import Missing, Scope, missing, places


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("", Missing.EMPTY),
        ("？！", Missing.EMPTY),
        ("县长家里的电话是多少", Missing.PERSONAL),
        ("教育局局长的手机号码", Missing.PERSONAL),
        ("后天会下雨吗", Missing.LIVE),
        ("今晚哪里停电", Missing.LIVE),
        ("今年的入学政策什么时候出", Missing.THIS_YEAR),
        ("本县低保标准是多少", Missing.LOCAL),
        ("我们区有几个公园", Missing.LOCAL),
        ("青山县的低保标准是多少", Missing.PLACE),
        ("青山县2024年公开了多少件信息", Missing.PLACE),
    ],
)
def test_what_cannot_be_there(engine, cutter, question, why):
    assert missing(question, Scope(), engine, cutter) is why


@pytest.mark.parametrize(
    "question",
    [
        "我今年十六岁，打工合法吗",
        "我今年满60岁了还能签劳动合同吗",
        "夫妻双方都是城镇户口，孩子怎么落户",
        "上市公司的股东有什么权利",
        "县级人民政府可以征收土地吗",
        "公司不告诉我家里的地址会怎样",
        "公务员的工资由谁发",
        "劳动关系与劳务关系如何区分",
        "滨江市收养登记要什么条件",
        "县长由谁选举产生",
        "同事泄露了我的手机号码怎么办",
    ],
)
def test_what_may_be_there(engine, cutter, question):
    assert missing(question, Scope(), engine, cutter) is None


def test_with_local_papers_local_questions_are_asked(engine, cutter):
    engine.write([Document("n", "明湖区2026年入学通知", "按学区登记。", unit="区教育局", year=2026)])
    scope = Scope(local=True, on=date(2026, 5, 1))
    assert missing("本区入学怎么登记", scope, engine, cutter) is None
    assert missing("今年入学怎么登记", scope, engine, cutter) is None
    assert missing("去年入学怎么登记", scope, engine, cutter) is Missing.THIS_YEAR


def test_an_office_without_any_paper(engine, cutter):
    engine.write([Document("n", "入学通知", unit="区教育局")])
    scope = Scope(local=True, offices=frozenset({"区教育局", "区海洋局"}))
    assert missing("区海洋局发过什么通知", scope, engine, cutter) is Missing.OFFICE
    assert missing("区教育局发过什么通知", scope, engine, cutter) is None


def test_places_that_only_look_like_places(cutter):
    assert places("怎么区分、城镇、社区、市场、县级以上", cutter) == []


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("象山县的新能源补贴怎么申请", ["象山县"]),
        ("招宝山街道的低保标准是多少", ["招宝山街道"]),
        ("平潭综合实验区管委会主任是谁", ["平潭"]),
        ("县市场监管局在哪里", []),
        ("上市公司退市了怎么办", []),
        ("山区的学校怎么补助", []),
    ],
)
def test_which_place_is_named(cutter, question, named):
    assert places(question, cutter) == named
