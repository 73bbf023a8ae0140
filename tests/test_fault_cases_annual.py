"""年报的各种错:真人报来的样子,有材料时逐个核对(B15);``cases.jsonl`` 里的年报一件不落。"""

import json

import pytest

from gongkai.adapters.annual import read_here
from gongkai.law.report import Severity, check
from tests.outside import shared

#: 编号 → 各文件:应当有的话,不应当有的话。
CASES = {
    "Y01": {"a02-missingnumber": ("没有填数", "")},
    "Y02": {"a24-oldform": ("2019年试行格式", "本年新公开数量")},
    "Y03": {"a05-review": ("正文写“行政复议13件”", ""), "a13-cnnumwrong": ("13件", "")},
    "Y07": {"a11-wanjian": ("自然人11件", "")},
    "Y08": {"a15-feewrong": ("10的倍数", ""), "a14-fee": ("", "10的倍数")},
    "Y11": {"a01-ok": ("", "没有写明存在的主要问题"), "a16-empty5": ("第五部分只写了“无”", "")},
    "Y12": dict.fromkeys(("a33-nonumber", "a34-circled", "a35-nogroupno"), ("", "缺少")),
    "单位": {"a08-yuan": ("", "这一格的单位是万元"), "a26-yuan": ("这一格的单位是万元", "")},
}
#: 打印、转页的在 tests/adapters/test_annual_printed.py;不是数的格子在 tests/law 里。
ELSEWHERE = {"Y04", "Y09", "Y10"}


def told(name):
    report = read_here(shared(f"faults/inputs/{name}.html").read_bytes(), name)
    return list(check(report))


@pytest.mark.parametrize(("number", "name"), [(number, name) for number, files in CASES.items() for name in files])
def test_a_case(number, name):
    has, lacks = CASES[number][name]
    said = " ".join(finding.message for finding in told(name))
    assert has in said and (not lacks or lacks not in said)


def test_every_case_about_reports_is_looked_at():
    rows = [json.loads(line) for line in shared("faults/cases.jsonl").read_text("utf-8").splitlines()]
    assert {row["id"] for row in rows if row["id"].startswith("Y")} - ELSEWHERE <= set(CASES)


def test_the_right_report_has_no_error():
    assert [finding for finding in told("a01-ok") if finding.severity is not Severity.NOTICE] == []
