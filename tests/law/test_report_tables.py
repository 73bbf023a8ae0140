"""表内校验:填数、横向合计、办理结果、收结平衡、复议诉讼、规章。"""

import csv
from pathlib import Path

import pytest

from gongkai.law.report import Kind, check, check_recount, check_rollup, from_row, is_sound, to_row
from gongkai.law.report.agency import kind_of, makes_rules
from gongkai.law.report.tables import suspects
from gongkai.law.report.value import read
from tests.adapters.annual_samples import cells, figures

TABLES = Path(__file__).parents[1] / "tables"
CELLS = list(csv.DictReader((TABLES / "report_cells.csv").read_text("utf-8").splitlines()))


def sound(seed: int = 1, **change) -> dict:
    """A sound report as a row of exchanged data."""
    data = figures(seed)
    table2 = {
        "规章": data["table2"]["rule"],
        "行政规范性文件": data["table2"]["norm"],
        "行政许可": data["table2"]["licence"][0],
        "行政处罚": data["table2"]["penalty"][0],
        "行政强制": data["table2"]["coercion"][0],
        "行政事业性收费(万元)": data["table2"]["charge"][0],
    }
    table4 = dict(zip(("行政复议", "未经复议直接起诉", "复议后起诉"), data["table4"].values(), strict=True))
    row = {"org": "明湖区水利局", "year": 2023, "complete_table": True, "cells": cells(data)}
    return row | {"table2": table2, "table4": table4} | change


def found(row: dict) -> list[tuple[str, str]]:
    return [(finding.id, finding.where) for finding in check(from_row(row))]


def test_the_verified_vector_of_law_md_3_5_balances():
    row = {
        "org": "某市",
        "year": 2025,
        "cells": {
            "一、本年新收": [13612, 252, 0, 45, 128, 32, 14069],
            "二、上年结转": [535, 6, 0, 1, 18, 0, 560],
            "(七)总计": [13364, 252, 0, 44, 121, 29, 13810],
            "四、结转下年度": [783, 6, 0, 2, 25, 3, 819],
        },
        "table4": {
            "行政复议": [376, 97, 196, 121, 790],
            "未经复议直接起诉": [16, 1, 12, 27, 56],
            "复议后起诉": [74, 1, 30, 51, 156],
        },
    }
    assert check(from_row(row)) == []
    row["cells"]["四、结转下年度"][0] = 784
    row["table4"]["行政复议"][0] = 375
    assert found(row) == [
        ("E1", "表三/四、结转下年度/总计"),
        ("E3", "表三/收结平衡/自然人"),
        ("E5", "表四/行政复议/总计"),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_a_sound_report_gives_no_finding(seed):
    assert check(from_row(sound(seed))) == []


@pytest.mark.parametrize("case", CELLS, ids=lambda case: f"{case['写法']!r}")
def test_zero_blank_not_applicable_and_text_are_kept_apart(case):
    """C84."""
    value = read(case["写法"])
    assert value.kind.label == case["类别"]
    assert ("" if value.number is None else f"{value.number.normalize():f}") == case["数"]
    row = sound()
    row["table4"] = {"行政复议": [0, case["写法"], 0, 0, int(float(case["数"] or 0))]}
    messages = [f.message for f in check(from_row(row)) if f.id == "E7" and "结果纠正" in f.where]
    assert bool(messages) == bool(case["校验"])
    assert all(case["校验"].strip("“”") in message for message in messages)


def test_json_null_is_blank_and_a_count_as_float_is_a_count():
    assert read(None).kind is Kind.EMPTY and read(0).kind is Kind.NUMBER
    assert read(3.0).plain == 3 and read(True).kind is Kind.TEXT and read(1e300).kind is Kind.TEXT


def test_one_wrong_cell_is_named_with_what_it_should_be():
    row = sound(3)
    before = row["cells"]["(四)1不掌握"][0]
    row["cells"]["(四)1不掌握"][0] = before + 4
    assert ("E1", "表三/(四)1不掌握/总计") in found(row)
    assert ("E2", "表三/(七)总计/自然人") in found(row)
    assert suspects(from_row(row)) == {("r4_1", "person"): before}
    assert any(f"“(四)1不掌握”的“自然人”一格，应为{before}" in f.message for f in check(from_row(row)))


def test_two_wrong_cells_are_not_guessed_at():
    row = sound(3)
    row["cells"]["(四)1不掌握"][0] += 4
    row["cells"]["(四)1不掌握"][1] += 1
    row["cells"]["(五)2重复申请"][0] += 4
    assert suspects(from_row(row)) == {}


def test_blanks_of_one_row_make_one_finding_that_names_each_cell():
    row = sound()
    row["cells"]["一、本年新收"] = [None, "", "　", 0, 0, 0, 0]
    row["cells"]["二、上年结转"] = ["/", 0, 0, 0, 0, 0, 0]
    wheres = [where for rule, where in found(row) if rule == "E7"]
    assert wheres == ["表三/一、本年新收/自然人、商业企业、科研机构", "表三/二、上年结转/自然人"]


def test_missing_rows_and_columns():
    row = sound()
    del row["cells"]["(五)2重复申请"]
    assert ("E7", "表三/(五)2重复申请") in found(row)
    row = sound()
    row["cells"]["(五)2重复申请"] = row["cells"]["(五)2重复申请"][:6]
    assert ("E7", "表三/(五)2重复申请") in found(row)
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "总计"]
    row = sound(columns=names)
    row["cells"] = {name: [*line[:5], line[6]] for name, line in row["cells"].items()}
    assert found(row) == [("E7", "表三/其他")]


def test_columns_in_another_order_are_read_by_name():
    row = sound(7)
    row["columns"] = ["总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    row["cells"] = {name: [line[6], *line[:6]] for name, line in row["cells"].items()}
    assert found(row) == [("E14", "表三/列名")]


def test_rows_out_of_order_or_unknown_or_twice():
    row = sound()
    row["cells"] = dict(reversed(row["cells"].items()))
    assert found(row) == [("E14", "表三/行名")]
    assert ("E14", "表三/（八）另行处理的情形") in found(
        sound(cells=sound()["cells"] | {"（八）另行处理的情形": [0] * 7})
    )
    assert ("E14", "表三/（一）予以公开") in found(sound(cells=sound()["cells"] | {"（一）予以公开": [0] * 7}))


def test_an_incomplete_row_is_checked_as_far_as_it_goes():
    row = {"org": "某区", "year": 2024, "complete_table": False}
    row["cells"] = {"一、本年新收": 122, "二、上年结转": 11, "(七)总计": 126, "四、结转下年度": 7}
    assert check(from_row(row)) == []
    assert found(row | {"cells": row["cells"] | {"四、结转下年度": 8}}) == [("E3", "表三/收结平衡/总计")]
    assert check(from_row(row | {"cells": row["cells"] | {"二、上年结转": None}})) == []
    head = {"一、本年新收": [58, 7, 0, 0, 1, 0, 67], "行政强制": None, "行政规范性文件": [5, 1, 25]}
    assert found(row | {"table_head": head, "cells": {"(七)总计": None}}) == [
        ("E7", "表二/行政强制"),
        ("E1", "表三/一、本年新收/总计"),
    ]


@pytest.mark.parametrize(
    ("org", "kind", "may"),
    [
        ("明湖区人民政府", "government", False),
        ("明湖县", "government", False),
        ("云州市人民政府办公室", "department", False),
        ("明湖区水利局", "department", False),
        ("柳桥镇人民政府", "town", False),
        ("青石街道办事处", "town", False),
        ("临港经济技术开发区管委会", "government", False),
        ("云江省人民政府", "government", True),
        ("云岭自治州人民政府", "government", True),
        ("云州市", "government", None),
        ("某单位", None, None),
    ],
)
def test_agencies_and_rules(org, kind, may):
    assert (kind_of(org) and kind_of(org).value) == kind
    assert makes_rules(org) is may


def test_rules_of_a_county_agency_are_a_warning():
    row = sound(table2={"规章": [1, 0, 3]})
    findings = check(from_row(row))
    assert [(f.id, f.where) for f in findings] == [
        ("E8", "表二/规章/本年制发件数"),
        ("E8", "表二/规章/现行有效件数"),
    ]
    assert is_sound(findings) and "《立法法》第九十三条第一款" in findings[0].message
    assert check(from_row(row | {"org": "云江省人民政府"})) == []


def test_rolled_up_report_is_the_sum_of_its_units():
    """C81."""
    units = [sound(seed) for seed in (1, 2, 3)]
    total = {name: [sum(unit["cells"][name][c] for unit in units) for c in range(7)] for name in units[0]["cells"]}
    whole = from_row(sound(org="明湖区", cells=total))
    parts = [from_row(unit) for unit in units]
    assert check_rollup(whole, parts) == []
    assert {f.id for f in check_rollup(whole, parts[:2])} == {"E12"}
    assert check_rollup(whole, []) == []


def test_recount_from_the_register():
    report = from_row(sound(4))
    right = {("new", "total"): int(report.value("new", "total").number)}
    assert check_recount(report, right) == []
    wrong = check_recount(report, {("new", "total"): right["new", "total"] + 1})
    assert [(f.id, f.where, f.expected) for f in wrong] == [
        ("E16", "表三/一、本年新收/总计", right["new", "total"] + 1)
    ]


def test_a_report_goes_out_and_comes_back():
    row = to_row(from_row(sound(5)))
    assert row["cells"] == sound(5)["cells"] and row["table2"] == sound(5)["table2"]
    assert to_row(from_row(row)) == row


def test_too_many_under_other_is_a_warning():
    row = sound(1)
    zero = {name: [0] * 7 for name in row["cells"]}
    zero |= {name: [40, 0, 0, 0, 0, 0, 40] for name in ("一、本年新收", "(七)总计")}
    zero |= {"(六)3其他": [30, 0, 0, 0, 0, 0, 30], "(一)予以公开": [10, 0, 0, 0, 0, 0, 10]}
    assert found(row | {"cells": zero}) == [("E15", "表三/(六)3其他/总计")]


def test_findings_say_what_is_wrong_by_which_rule_and_what_to_do():
    row = sound()
    row["cells"]["(一)予以公开"][6] += 1
    for finding in check(from_row(row)):
        assert finding.message.endswith("。") and finding.remedy.endswith("。") and finding.basis.startswith("《")
        assert set(finding.as_dict()) >= {"id", "severity", "where", "expected", "found", "message"}


def test_an_old_report_cites_the_notice_of_its_time():
    row = sound(year=2020, table2=None)
    row["cells"]["(一)予以公开"][6] += 1
    assert {f.basis for f in check(from_row(row))} == {"《2019年年度报告通知》"}
