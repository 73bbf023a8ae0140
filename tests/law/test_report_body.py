"""正文和表里一眼看得出不对的(B15)。"""

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
