"""跨年、期限、格式要素:E4 E6 E11 E13 E14 和同比突变。"""

from datetime import date

import pytest

from gongkai.law.agencies import AgencyKind
from gongkai.law.report import check, check_rows, due_on, from_row
from gongkai.law.report.years import similarity
from tests.adapters.annual_samples import FEES, PROBLEMS, cells, figures, narrative

HEADINGS = {
    "一": "一、总体情况",
    "二": "二、主动公开政府信息情况",
    "三": "三、收到和处理政府信息公开申请情况",
    "四": "四、政府信息公开行政复议、行政诉讼情况",
    "五": "五、存在的主要问题及改进情况",
    "六": "六、其他需要报告的事项",
}


def year_row(year: int, seed: int, **change) -> dict:
    data = figures(seed)
    norm = {"行政规范性文件": data["table2"]["norm"]}
    return {"org": "明湖区", "year": year, "complete_table": True, "cells": cells(data), "table2": norm} | change


def pair(seed: int = 1) -> tuple[dict, dict]:
    """Two years that fit together: what was carried over came in, and the documents add up."""
    now = year_row(2023, seed)
    before = year_row(2022, seed)
    lines = before["cells"]
    for column in range(7):
        change = now["cells"]["二、上年结转"][column] - lines["四、结转下年度"][column]
        lines["四、结转下年度"][column] += change
        lines["一、本年新收"][column] += change
    made, ended, valid = now["table2"]["行政规范性文件"]
    before["table2"]["行政规范性文件"] = [0, 0, valid - made + ended]
    return before, now


def found(*rows: dict) -> list[tuple[str, str]]:
    return [(f.id, f.where) for f in list(check_rows(rows))[-1][1] if f.id != "W1"]


def test_years_that_fit_give_nothing():
    assert found(*pair()) == []


def test_carry_over_must_be_last_years():
    before, now = pair()
    before["cells"]["四、结转下年度"][0] += 2
    assert ("E4", "表三/二、上年结转/自然人") in found(before, now)
    expected = next(f for f in list(check_rows([before, now]))[-1][1] if f.id == "E4")
    assert expected.expected == before["cells"]["四、结转下年度"][0]


def test_documents_in_force_follow_from_last_year():
    before, now = pair()
    now["table2"]["行政规范性文件"][2] += 1
    assert found(before, now) == [("E6", "表二/行政规范性文件/现行有效件数")]


def test_only_the_same_agency_and_the_year_before_count():
    before, now = pair()
    now["cells"] = dict(now["cells"], **{"二、上年结转": [5, 0, 0, 0, 0, 0, 5], "一、本年新收": None})
    assert not any(rule == "E4" for rule, _ in found(before | {"year": 2021}, now))
    assert not any(rule == "E4" for rule, _ in found(before | {"org": "青石区"}, now))
    assert any(rule == "E4" for rule, _ in found(before | {"org": "明湖区人民政府（全区）"}, now))


def test_a_trial_form_is_not_carried_into_the_new_one():
    before, now = pair()
    old = before | {"year": 2020, "table2": {"规范性文件": [9, 9, 9], "行政事业性收费(项)": 3}}
    assert found(old, now | {"year": 2021}) == []


def test_a_jump_is_a_warning_never_an_error():
    """C88."""
    before, now = pair()
    before["table2"]["行政许可"], now["table2"]["行政许可"] = 100, 100000
    jumps = [f for f in list(check_rows([before, now]))[-1][1] if f.id == "W1"]
    assert [(f.where, f.severity.value) for f in jumps] == [("表二/行政许可", "warning")]


@pytest.mark.parametrize(
    ("kind", "year", "day"),
    [
        (AgencyKind.DEPARTMENT, 2024, date(2025, 1, 31)),
        (AgencyKind.GOVERNMENT, 2024, date(2025, 3, 31)),
        (AgencyKind.DEPARTMENT, 2018, date(2019, 3, 31)),
        (AgencyKind.DEPARTMENT, 2019, date(2020, 1, 31)),
        (None, 2024, date(2025, 3, 31)),
    ],
)
def test_last_day_to_publish(kind, year, day):
    assert due_on(kind, year) == day


@pytest.mark.parametrize(
    ("org", "published", "severity"),
    [
        ("明湖区水利局", "2024-01-31", None),
        ("明湖区水利局", "2024-02-01", "error"),
        ("明湖区人民政府", "2024-03-31", None),
        ("明湖区人民政府", "2024-04-01", "error"),
        ("柳桥镇人民政府", "2024-02-01", "warning"),
        ("明湖区水利局", "", None),
    ],
)
def test_late_publication(org, published, severity):
    report = from_row({"org": org, "year": 2023, "cells": {}, "published": published})
    assert [f.severity.value for f in check(report) if f.id == "E11"] == ([severity] if severity else [])


# --- 文字 ---


def text_row(**sections: str) -> dict:
    data = figures(1)
    texts = {"一": narrative(data) + "考核、社会评议、责任追究情况如下。", "五": PROBLEMS, "六": FEES} | sections
    return year_row(2023, 1, sections=texts, headings=HEADINGS)


def marks(row: dict) -> list[str]:
    return [f.where for f in check(from_row(row)) if f.id == "E14"]


def test_a_complete_text_gives_nothing():
    assert marks(text_row()) == []


def test_missing_parts_and_headings_in_other_words():
    headings = {k: v for k, v in HEADINGS.items() if k != "六"} | {
        "四": "四、政府信息公开行政法复议、行政诉讼情况"
    }
    assert marks(text_row() | {"headings": headings}) == ["第四部分/标题", "第六部分"]


@pytest.mark.parametrize(
    "five",
    [
        "",
        "无。",
        "不存在问题。",
        "加强组织领导，进一步提高思想认识。高度重视这项工作，扎实推进各项任务落实，再上新台阶。"
        "今后将进一步完善机制，进一步加强领导，取得一定成绩，继续努力。",
        "全年工作顺利，公开信息120条，解读12篇，答复申请30件，开设专栏2个，新媒体推送信息300条，各项任务按时完成，群众满意。",
    ],
)
def test_part_five_must_name_problems_and_improvements(five):
    assert "第五部分" in marks(text_row(五=five))


def test_an_enumeration_that_repeats():
    five = PROBLEMS + "一是公开不及时；三是解读单一；三是培训不多。"
    assert marks(text_row(五=five)) == ["第五部分/序号"]
    nested = PROBLEMS + "一是制度不全：一是登记、二是审核；二是培训不多。"
    assert marks(text_row(五=nested)) == []


def test_a_text_copied_from_last_year():
    long = "".join(
        f"第{word}项工作按照要求组织实施并取得相应的成果，" for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"
    )
    before, now = text_row(五=long + "不足和改进。") | {"year": 2022}, text_row(五=long + "不足和改进措施。")
    assert ("E13", "第五部分") in found(before, now)
    assert not any(rule == "E13" and where == "第五部分" for rule, where in found(before, text_row()))


def test_similarity_looks_past_numbers():
    assert similarity("", "甲") == 0.0
    assert similarity("公开信息12条，组织培训3次，开设专栏2个", "公开信息99条，组织培训1次，开设专栏7个") == 1.0


def test_a_form_of_another_year():
    row = year_row(2023, 1, table2={"规范性文件": [1, 1, 9], "行政事业性收费(项)": 3})
    assert [(f.id, f.found) for f in check(from_row(row))] == [("E14", "2019年试行格式")]
