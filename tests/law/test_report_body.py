"""正文和表里一眼看得出不对的(B15)。"""

import re
from dataclasses import replace

import pytest

from gongkai.adapters.annual import read_here
from gongkai.law.report import check
from gongkai.law.report.value import read
from tests.adapters import annual_samples as samples


@pytest.fixture(scope="module")
def report():
    return read_here(samples.as_html(samples.figures(1)), "x.html")


def said(report, **sections):
    names = {"one": "一", "five": "五", "six": "六"}
    changed = {names[key]: text for key, text in sections.items()}
    return " ".join(finding.message for finding in check(replace(report, sections=report.sections | changed)))


@pytest.mark.parametrize("raw", ["125000元", "8000 元"])
def test_yuan_where_ten_thousand_yuan_belong(report, raw):
    told = check(replace(report, table2=report.table2 | {"charge": (read(raw),)}))
    assert any("这一格的单位是万元" in finding.message for finding in told)
    told = check(replace(report, table2=report.table2 | {"charge": (read("12.5"),)}))
    assert not any("单位" in finding.message for finding in told)


@pytest.mark.parametrize(
    ("amount", "possible"),
    [("385元", False), ("15.5元", False), ("380元", True), ("0.12万元", True), ("0元", True), ("1元", False)],
)
def test_a_fee_that_no_tariff_gives(report, amount, possible):
    assert ("10的倍数" not in said(report, six=f"本年度收取信息处理费{amount}。")) is possible


def test_the_year_of_another_report(report):
    assert "不一致" in said(report, one=f"{report.year - 1}年，本机关收到申请若干。")
    assert "报告的年度是" not in said(
        report, one=f"{report.year}年，本机关收到申请若干，比{report.year - 1}年多。"
    )


def test_parts_of_the_new_applications(report):
    persons = int(report.table3["new"][0].number)
    assert "自然人" in said(report, one=f"新收政府信息公开申请9件（其中自然人{persons + 1}件）。")
    assert "正文写新收申请" not in said(report, one=f"新收政府信息公开申请9件（其中自然人{persons}件）。")


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("存在公开不够及时的问题，明年将加强培训，逐项核对。", True),
        ("无", False),
        ("没有问题。", False),
        ("工作正常。", False),
    ],
)
def test_a_short_true_part_five_is_enough(report, text, enough):
    assert ("没有写明存在的主要问题" not in said(report, five=text)) is enough


def test_a_period_of_another_year(report):
    text = f"{report.year - 1}年1月1日至{report.year - 1}年12月31日，主动公开信息20条。"
    assert f"第一部分写的是{report.year - 1}年" in said(report, one=text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("作出行政许可12000件，行政处罚301件。", ["“行政处罚301件”，表二“行政处罚”为300"]),
        ("行政许可1200件。", ["“行政许可1200件”，表二“行政许可”为12000"]),
        ("行政事业性收费12.5亿元。", ["“行政事业性收费12.5亿元”，表二“行政事业性收费”（万元）为12.5"]),
        ("行政事业性收费125000元，行政强制4件。", []),
        ("行政事业性收费金额12.5万元。", []),
        ("区本级行政许可1200件。", []),
        ("上年行政处罚290件。", []),
        ("公示行政处罚5件。", []),
        ("行政复议3件，其中维持3件。", ["“行政复议其中维持3件”，表四行政复议“结果维持”为2"]),
        ("行政复议3件（其中维持2件、纠正1件）。", []),
    ],
)
def test_what_part_one_says_of_tables_two_and_four(report, text, told):
    line = tuple(read(cell) for cell in ("2", "1", "0", "0", "3"))
    decided = {"licence": (read("12000"),), "penalty": (read("300"),), "coercion": (read("4"),)}
    charged = replace(
        report,
        table2=report.table2 | decided | {"charge": (read("12.5"),)},
        table4=report.table4 | {"review": line},
    )
    found = [one for one in check(replace(charged, sections={"一": text})) if one.where.startswith("正文/行政")]
    assert [part in one.message for one, part in zip(found, told, strict=True)] == [True] * len(told)
    assert {one.severity.value for one in found} <= {"warning"}


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("个别单位更新慢，下一步按月通报。", True),
        ("政策解读形式单一。已增加图解、视频。", True),
        ("目录不全，已补齐。", True),
        ("公开不够及时。", False),
        ("无。", False),
        ("继续努力。", False),
    ],
)
def test_a_short_fifth_part_may_be_true(report, text, sound):
    assert ("没有写明存在的主要问题" not in said(report, five=text)) is sound


@pytest.mark.parametrize(("unit", "wrong"), [("单位：元", True), ("单位: 元", True), ("单位：万元", False)])
def test_the_head_of_the_charges_says_another_unit(unit, wrong):
    page = samples.as_html(samples.figures(1)).decode()
    changed = re.sub(r"单位：?\s*万元", unit, page)
    assert "本年收费金额" in changed and unit in changed
    told = check(read_here(changed.encode(), "x.html"))
    assert any("官方格式的单位是万元" in finding.message for finding in told) is wrong
