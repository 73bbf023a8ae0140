"""年报的各种错:真人报来的样子,有材料时逐个核对(B15)。"""

import pytest

from gongkai.adapters.annual import read_here
from gongkai.law.report import Severity, check
from tests.outside import shared

#: 文件 → (应当有的话, 不应当有的话)。
CASES = {
    "a01-ok": ("", "没有写明存在的主要问题"),
    "a05-review": ("正文写“行政复议13件”", ""),
    "a08-yuan": ("", "这一格的单位是万元"),
    "a11-wanjian": ("自然人11件", ""),
    "a13-cnnumwrong": ("13件", ""),
    "a14-fee": ("", "10的倍数"),
    "a15-feewrong": ("10的倍数", ""),
    "a16-empty5": ("第五部分只写了“无”", ""),
    "a24-oldform": ("2019年试行格式", ""),
    "a26-yuan": ("这一格的单位是万元", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_a_case(name):
    has, lacks = CASES[name]
    report = read_here(shared(f"faults/inputs/{name}.html").read_bytes(), name)
    told = " ".join(finding.message for finding in check(report))
    assert has in told and (not lacks or lacks not in told)


def test_the_right_report_has_no_error():
    report = read_here(shared("faults/inputs/a01-ok.html").read_bytes(), "x")
    assert [finding for finding in check(report) if finding.severity is not Severity.NOTICE] == []
