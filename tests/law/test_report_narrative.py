"""文字与表格核对(E9、E10):取数要准,口径不同只提示,不误报。"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.law.report import check, from_row
from gongkai.law.report.charges import check_charges
from gongkai.law.report.statements import statements
from tests.adapters.annual_samples import cells, figures, narrative

TABLES = Path(__file__).parents[1] / "tables"
CASES = list(csv.DictReader((TABLES / "report_narrative.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("case", CASES, ids=[case["情形"] for case in CASES])
def test_figures_taken_from_the_text(case):
    told = {f"{s.figure.value}={s.number}" for s in statements(case["文字"], int(case["年度"])) if not s.part}
    assert told == set(case["应取"].split())


def row(text: str, **change) -> dict:
    data = figures(9)
    return {
        "org": "明湖区人民政府",
        "year": 2023,
        "complete_table": True,
        "cells": cells(data),
        "table2": {"行政规范性文件": data["table2"]["norm"]},
        "table4": dict(zip(("行政复议", "未经复议直接起诉", "复议后起诉"), data["table4"].values(), strict=True)),
        "sections": {"一": text},
    } | change


def told(text: str, **change) -> list[tuple[str, str, object]]:
    findings = check(from_row(row(text, **change)))
    return [(f.severity.value, f.where, f.found) for f in findings if f.id == "E9"]


TOTALS = {key: line[6] for key, line in figures(9)["table3"].items()}
NEW, OLD, DONE = TOTALS["new"], TOTALS["old"], TOTALS["tot"]


def test_a_text_that_agrees_gives_nothing():
    assert told(narrative(figures(9))) == []


def test_a_wrong_number_is_an_error_that_quotes_the_text():
    text = f"2023年，全区新收政府信息公开申请{NEW + 5}件。"
    assert told(text) == [("error", "正文/本年新收", NEW + 5)]
    message = next(f.message for f in check(from_row(row(text))) if f.id == "E9")
    assert f"新收政府信息公开申请{NEW + 5}件" in message and f"为{NEW}" in message


def test_received_including_carry_over_is_a_warning_about_the_base():
    data = figures(9)
    data["table3"]["old"] = [3, 0, 0, 0, 0, 0, 3]
    text = f"2023年，全区收到政府信息公开申请{NEW + 3}件。"
    assert told(text, cells=cells(data)) == [("warning", "正文/本年新收", NEW + 3)]
    assert told(f"2023年，全区办理政府信息公开申请{NEW + 3}件。", cells=cells(data)) == []


def test_the_offices_own_number_beside_a_table_for_the_whole_district_is_a_notice():
    text = "2023年，区政府办代表区政府受理政府信息公开申请17件，均已按期答复。"
    assert told(text) == [("notice", "正文/本年新收", 17)]
    assert told(text, org="明湖区人民政府办公室") == [("error", "正文/本年新收", 17)]


def test_scope_lasts_until_the_text_turns_to_something_else():
    text = f"区政府本级收到政府信息公开申请17件，办结16件。（三）全区办结政府信息公开申请{DONE}件。"
    assert {severity for severity, _, _ in told(text)} == {"notice"}


def test_a_digest_only_warns():
    digest = {"sections": None, "narrative": f"受理{NEW + 9}件，答复{DONE}件"}
    assert told("", **digest) == [("warning", "正文/本年新收", NEW + 9)]


def test_cleared_or_published_documents_are_another_count():
    valid = figures(9)["table2"]["norm"][2]
    assert told(f"现行有效行政规范性文件{valid + 1}件。") == [("error", "正文/规范性文件现行有效", valid + 1)]
    assert told(f"清理并集中发布现行有效行政规范性文件{valid + 1}件。")[0][0] == "warning"


def test_a_stated_zero_against_cases_in_the_table():
    assert told("2023年没有发生政府信息公开行政复议。") == [("error", "正文/行政复议", 0)]
    assert told("2023年，全区未收到政府信息公开申请。") == [("error", "正文/本年新收", 0)]


def test_a_number_never_filled_in():
    findings = check(from_row(row("全年共主动公开政府信息条，收到信件3件，逐件答复。")))
    assert [f.where for f in findings if f.id == "E14" and "漏填" in f.where] == ["正文/漏填"]


def charges(six: str, unpaid: int, charged=None) -> list[str]:
    lines = {"(六)2逾期不缴费": [unpaid, 0, 0, 0, 0, 0, unpaid]}
    report = from_row({"org": "某局", "year": 2023, "cells": lines, "sections": {"一": "略", "六": six}})
    return [f"{f.id} {f.severity.value}" for f in check_charges(report, charged)]


def test_charges_must_be_told_of_in_part_six():
    assert charges("无其他需要报告的事项。", 2) == ["E10 warning"]
    assert charges("无其他需要报告的事项。", 0) == ["E10 notice"]
    assert charges("2023年没有收取信息处理费。", 2) == []
    assert charges("收取信息处理费2件400元。", 0, (2, Decimal(400))) == []
    assert charges("没有收取信息处理费。", 0, (2, Decimal(400))) == ["E10 warning"]
    assert charges("收费通知逾期未缴纳的3件，未收取信息处理费。", 0) == ["E10 warning"]


def test_parts_of_a_charge_make_its_sum():
    assert charges("收取信息处理费3件2230元（880+1080+270）。", 0) == []
    assert charges("收取信息处理费3件2230元（880+1080+280）。", 0) == ["E9 error"]


def test_shares_and_growth_that_do_not_follow_from_the_numbers():
    half = TOTALS["r1"]
    right, wrong = f"{100 * half / DONE:.2f}", f"{100 * half / DONE + 3:.2f}"
    assert told(f"予以公开{half}件，占{right}%。") == []
    assert told(f"予以公开{half}件，占{wrong}%。") == [("notice", "正文/占比", f"{wrong}%")]
    now, before = (
        from_row(row(f"2023年，全区新收政府信息公开申请{NEW}件，同比增长99.9%。")),
        from_row(row("", year=2022)),
    )
    growth = [f for f in check(now, before) if f.where == "正文/同比"]
    assert [(f.severity.value, f.found) for f in growth] == [("notice", "99.9%")]


def test_a_report_of_another_year_does_not_serve_as_the_previous_one():
    findings = check(from_row(row("")), from_row(row("", year=2021)))
    assert [(f.severity.value, f.where) for f in findings if f.id == "E4"] == [("notice", "上一年度报告")]
