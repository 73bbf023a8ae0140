"""督查考核:任务、牵头和责任单位、时限;考核指标表的分值。文字都是自编的。"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.adapters.readers import supervision
from gongkai.adapters.readers.supervision import due, units
from gongkai.adapters.readers.supervision.units import Roles
from tests.outside import shared

pytestmark = pytest.mark.once
DATA = Path(__file__).resolve().parents[2] / "data"


def invented(name):
    """The invented rows of one kind."""
    return [json.loads(line) for line in (DATA / f"{name}-invented.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("到2023年底前，占比不低于30%", "2023-12-31"),
        ("到2022年，建成体系", "2022-12-31"),
        ("力争2024年完成", "2024-12-31"),
        ("2023年6月30日前", "2023-06-30"),
        ("2024年2月底前", "2024-02-29"),
        ("6月10日前公开", "2022-06-10"),
        ("11月底前报送", "2022-11-30"),
        ("年底前", "2022-12-31"),
        ("年内完成", "2022-12-31"),
        ("2022年内完成", "2022-12-31"),
        ("第三季度末", "2022-09-30"),
        ("一季度完成", "2022-03-31"),
        ("上半年完成", "2022-06-30"),
        ("10月中旬", "2022-10-20"),
        ("9月上旬前", "2022-09-10"),
        ("4月下旬", "2022-04-30"),
        ("1月20日前报送总结", "2023-01-20"),
        ("2021年起，每年公布", None),
        ("完成2016年以来的梳理", None),
        ("2020年底前", None),
        ("2023年底11月前", None),
        ("2022年9—10月完成", "2022-10-31"),
        ("5月1日至6月15日", "2022-06-15"),
        ("2022年7月至9月", "2022-09-30"),
        ("6月31日前", None),
        ("每年3月31日前", None),
        ("按照《五年计划（2021—2025年）》办理", None),
        ("（浙某发〔2020〕75号）", None),
        ("2021年度报告", None),
        ("及时公开", None),
        ("20个工作日内", None),
    ],
)
def test_the_day_of_a_limit(text, day):
    found = [one.day for one in due.dues(text, 2022, date(2022, 3, 1)) if one.day]
    assert found == ([date.fromisoformat(day)] if day else [])


def test_a_limit_without_a_year_in_a_paper_without_one_has_no_day():
    assert [one.day for one in due.dues("年底前", None)] == [None]
    assert [one.start for one in due.dues("自2024年5月起", None)] == [date(2024, 5, 1)]


@pytest.mark.parametrize(
    ("text", "lead", "responsible"),
    [
        ("牵头单位：区府办、区司法局，责任单位：各镇、街道", ["区府办", "区司法局"], ["各镇", "街道"]),
        ("责任单位：区档案馆", [], ["区档案馆"]),
        ("区财政局牵头，区审计局、各镇配合", ["区财政局"], ["区审计局", "各镇"]),
        ("甲局和乙局分别牵头、丙局", ["甲局", "乙局"], ["丙局"]),
        ("宣传处会同办公室", ["宣传处"], ["办公室"]),
        ("区自然资源和规划局、区文化和旅游局", [], ["区自然资源和规划局", "区文化和旅游局"]),
        ("法规处、应急处等按职责分工负责", [], ["法规处", "应急处"]),
        ("市住建局等市级有关部门，各区（县、市）政府", [], ["市住建局", "市级有关部门", "各区（县、市）政府"]),
        ("区建设中心等部门、单位", [], ["区建设中心"]),
        ("牵头领导：某某，责任单位：办公室", [], ["办公室"]),
        ("责任单位：甲局与乙局分别牵头、丙局", ["甲局", "乙局"], ["丙局"]),
        ("主办：甲科；协办：乙科；完成时限：6月底", ["甲科"], ["乙科"]),
        ("", [], []),
    ],
)
def test_who_leads_and_who_is_responsible(text, lead, responsible):
    assert units.roles(text) == Roles(tuple(lead), tuple(responsible))


def tasks(text, title="明湖区2022年政务公开工作任务分解", on="2022-03-01"):
    return [
        (task["task"], task["lead"], task["responsible"], task["due_date"])
        for task in supervision.read({"text": text, "title": title, "date": on})["tasks"]
    ]


def test_a_table_whose_merged_cells_are_left_out():
    text = (
        "序号|工作任务|细化分工|责任处室|完成时限|备注\n"
        "1|公开规划|公布历史规划|规划处|6月底前|\n"
        "2|公布专项规划全文|规划处牵头，法规处配合|长期推进|\n"
        "3|政策解释|同步解读政策文件|各处室|2022年9月30日|新增"
    )
    assert tasks(text) == [
        ("公布历史规划", [], ["规划处"], "2022-06-30"),
        ("公布专项规划全文", ["规划处"], ["法规处"], None),
        ("政策解释:同步解读政策文件", [], ["各处室"], "2022-09-30"),
    ]


def test_a_responsible_unit_is_never_made_to_lead():
    assert tasks("工作任务|责任单位\n更新公开指南|区府办") == [("更新公开指南", [], ["区府办"], None)]


def test_two_limits_in_one_cell_are_two_tasks_but_steps_of_one_work_are_one():
    text = (
        "工作任务|责任单位|完成时限\n公开预算、决算|财务科|2022年2月公布预算，2022年8月公布决算\n"
        "建查阅点|办公室|2022年3月开工，2022年7月完工"
    )
    assert [(task[0], task[3]) for task in tasks(text)] == [
        ("公开预算、决算:公布预算", "2022-02-28"),
        ("公开预算、决算:公布决算", "2022-08-31"),
        ("建查阅点", "2022-07-31"),
    ]


def test_the_first_named_leads_from_the_row_that_says_so():
    text = "工作任务|责任单位\n梳理目录清单|甲局、乙局\n编制公开指南|甲局、乙局（列第一位者为牵头单位，下同）\n公布年度报告|丙局、丁局"
    assert [task[1] for task in tasks(text)] == [[], ["甲局"], ["丙局"]]


def test_rows_without_the_name_above_are_no_header_and_progress_is_one_work():
    text = (
        "工作任务|工作要求|牵头单位|责任单位\n加强会议公开|1.公开会议议题|区府办|各部门\n|2.公开会议内容|区府办|各部门,各镇街\n"
        "序号|项目|责任单位|建设内容|总投资（万元）|目标进度\n1|滨河路|住建局|改造道路3公里|5000|3月铺设管网，9月铺装路面"
    )
    assert tasks(text) == [
        ("公开会议议题", ["区府办"], ["各部门"], None),
        ("公开会议内容", ["区府办"], ["各部门", "各镇街"], None),
        ("滨河路:改造道路3公里", [], ["住建局"], "2022-09-30"),
    ]


def test_units_in_square_brackets_in_line_and_without_a_label():
    text = (
        "1.建专栏。【牵头单位：区府办；责任单位：各部门】\n2.建平台。责任单位：大数据局。完成时限：6月底前。\n"
        "3.完善目录。8月底前完成调整。（区府办、司法局负责）\n4.加强培训（含线上、线下）。（区府办、人社局）"
    )
    assert tasks(text) == [
        ("建专栏", ["区府办"], ["各部门"], None),
        ("建平台", [], ["大数据局"], "2022-06-30"),
        ("完善目录:8月底前完成调整", [], ["区府办", "司法局"], "2022-08-31"),
        ("加强培训（含线上、线下）", [], ["区府办", "人社局"], None),
    ]


def test_a_slip_of_the_paper_gives_no_day_but_the_rest_stands():
    text = "2022年8月底前完成梳理，2011年底前完成审核，2023年底11月前完成公布。"
    assert [task[3] for task in tasks(text)] == ["2022-08-31", None]


def test_a_bracket_governs_only_the_sentences_before_it():
    text = (
        "二、主要任务\n（一）公开法定事项。扩大公开范围。（责任单位：各部门）编制目录指引。（牵头单位：区府办，责任单位：主管部门）\n"
        "（二）梳理存量。摸清底数，2022年完成近年的梳理，2024年完成全部梳理，有条件的可以梳理更早的。（牵头单位：区府办、区档案馆）"
    )
    assert tasks(text) == [
        ("公开法定事项。扩大公开范围", [], ["各部门"], None),
        ("编制目录指引", ["区府办"], ["主管部门"], None),
        ("梳理存量。摸清底数，有条件的可以梳理更早的", ["区府办", "区档案馆"], [], None),
        ("2022年完成近年的梳理", ["区府办", "区档案馆"], [], "2022-12-31"),
        ("2024年完成全部梳理", ["区府办", "区档案馆"], [], "2024-12-31"),
    ]


def test_lines_of_units_below_the_task_and_a_limit_among_them():
    text = "1.办好云诊所。\n牵头单位：区经信局\n配合单位：各镇\n完成时限：2022年10月底\n2.建体验区。\n责任单位：区政务办"
    assert tasks(text) == [
        ("办好云诊所", ["区经信局"], ["各镇"], "2022-10-31"),
        ("建体验区", [], ["区政务办"], None),
    ]


def test_duties_without_brackets_name_their_bearer():
    text = (
        "（一）编制目录。（责任单位：各部门）\n三、工作要求\n各镇、街道要配齐人员；各级机关主要负责人每年至少听取1次汇报；"
        "牵头单位要定期跟踪落实。\n区政府办公室将加强督查考核，对落实好的予以表扬；对不到位的予以通报。"
    )
    assert tasks(text)[1:] == [
        ("各镇、街道要配齐人员", [], ["各镇", "街道"], None),
        ("各级机关主要负责人每年至少听取1次汇报", [], ["各级机关"], None),
        ("牵头单位要定期跟踪落实", ["牵头单位"], [], None),
        ("区政府办公室将加强督查考核，对落实好的予以表扬；对不到位的予以通报", ["区政府办公室"], [], None),
    ]


def test_days_of_a_heading_hold_for_its_line():
    text = "（一）填报（1月2日—12日）。各镇要填写报表，报区府办。\n（二）审核（1月13日至16日）。区府办对报表进行审核。"
    assert tasks(text, "关于2022年度报表的通知", "2022-12") == [
        ("各镇要填写报表，报区府办", [], ["各镇"], "2023-01-12"),
        ("区府办对报表进行审核", [], ["区府办"], "2023-01-16"),
    ]


def test_a_notice_without_brackets():
    text = "一、各镇（街道）和区级有关部门……要建立台账，实时发布进展。\n二、各牵头单位……于11月30日前汇总情况，报区府办。"
    assert [task[1:] for task in tasks(text)] == [
        ([], ["各镇（街道）", "区级有关部门"], None),
        (["各牵头单位"], [], "2022-11-30"),
    ]


def test_general_aims_are_no_tasks():
    assert tasks(
        "一、总体目标\n提升公开水平，群众更加满意。\n二、主要任务\n（一）编目录。（责任单位：区府办）"
    ) == [("编目录", [], ["区府办"], None)]


@pytest.mark.parametrize("text", ["", "|", "（（（（", "工作任务|责任单位\n|||", "牵头单位：", "（牵头单位：）"])
def test_nothing_to_read_gives_no_task(text):
    assert tasks(text) == []


def node(weight, *children, code="1"):
    return {"code": code, "name": "组", "weight": weight, "children": list(children)}


@pytest.mark.parametrize(
    ("rows", "stated", "complete", "total", "whole", "groups"),
    [
        ([node("60", node("20"), node("40")), node("40")], "100", True, "100", True, [True]),
        ([node("60", node("20"), node("39.5")), node("40")], "100", True, "100", True, [False]),
        ([node("60"), node("45")], "100", True, "105", False, []),
        ([node("60", node("20"))], "100", False, "60", None, [None]),
        ([node("60", node("20"), node("50"))], "100", False, "60", None, [False]),
        ([node("60", node(None), node("50")), node(None)], "100", True, None, None, []),
        ([node("0.1"), node("0.2")], "0.3", True, "0.3", True, []),
        ([node("１００％")], None, True, "100", None, []),
    ],
)
def test_sums_of_an_assessment_table(rows, stated, complete, total, whole, groups):
    got = supervision.check({"rows": rows, "stated_total": stated, "complete": complete})
    assert (got["sum_top"], got["sum_ok"]) == (total, whole)
    assert [group["ok"] for group in got["group_sums"]] == groups


def pairs(text):
    """The pairs of characters of a wording, without signs."""
    bare = "".join(sign for sign in text if sign.isalnum())
    return {bare[at : at + 2] for at in range(len(bare) - 1)}


@pytest.mark.parametrize("row", invented("plans"), ids=lambda row: row["id"])
def test_invented_papers_of_many_layouts(row):
    """Every task stands among those read, with its units and its day; in a table there are no others."""
    got = supervision.read({key: row[key] for key in ("text", "title", "date")})["tasks"]
    for want in row["tasks"]:
        wording = pairs(want["task"])
        near = [task for task in got if len(wording & pairs(task["task"])) >= 0.55 * len(wording)]
        answers = [[task["lead"], task["responsible"], task["due_date"]] for task in near]
        assert [want["lead"], want["responsible"], want["due_date"]] in answers, (want, answers)
    if "|" in row["text"]:
        assert len(got) == len(row["tasks"])


@pytest.mark.parametrize("row", invented("indicators"), ids=lambda row: row["id"])
def test_weights_as_tables_print_them(row):
    got = supervision.check(row)
    assert (got["sum_top"] and Decimal(got["sum_top"]), got["sum_ok"]) == (
        row["sum_top"] and Decimal(row["sum_top"]),
        row["sum_ok"],
    )
    assert [[group["code"], Decimal(group["children_sum"]), group["ok"]] for group in got["group_sums"]] == [
        [code, Decimal(total), ok] for code, total, ok in row["groups"]
    ]


@pytest.mark.measured
def test_real_plans_and_tables():
    rows = [json.loads(line) for line in shared("data/plans.dev.jsonl").read_text("utf-8").splitlines()]
    right = said = true = 0
    for row in rows:
        got = supervision.read({key: row[key] for key in ("text", "title", "date")})["tasks"]
        printed = [task for task in row["tasks"] if task["due_date"] and task["due_text"] in row["text"]]
        have, want = {task["due_date"] for task in got} - {None}, {task["due_date"] for task in printed}
        want = {day for day in want if day[5:] != "01-01"}
        right, said, true = right + len(have & want), said + len(have), true + len(want)
    assert right / true >= 0.9
    assert right / said >= 0.9
    for line in shared("data/indicators.dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        got = supervision.check({key: row[key] for key in ("rows", "stated_total", "complete")})
        assert (got["sum_top"], got["sum_ok"]) == (row["sum_top"], row["sum_ok"]), row["_id"]


@pytest.mark.measured
def test_the_five_year_plan_of_the_district_is_read_whole():
    text = shared("seed/zhenhai-plan-2021-2025.txt").read_text("utf-8")
    got = supervision.read({"text": text, "title": "五年行动实施方案(2021—2025年)", "date": "2021-09-26"})["tasks"]
    days = sorted(task["due_date"] for task in got if task["due_date"])
    assert days == ["2021-12-31", "2022-12-31", "2023-12-31", "2023-12-31", "2023-12-31", "2025-12-31"]
    assert len(got) == 32
    assert all(task["lead"] or task["responsible"] for task in got)
    assert {unit for task in got for unit in task["lead"]} == {
        "区政府办公室",
        "区司法局",
        "区大数据中心",
        "区经信局",
        "区民政局",
        "区政务办",
        "区委网信办",
        "区委宣传部",
        "牵头单位",
    }
