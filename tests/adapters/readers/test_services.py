"""办事指南:各种标题的写法、时限的名目、收费、毛病和不该报的。"""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.services import read
from gongkai.adapters.readers.services.elements import CORE
from gongkai.adapters.readers.services.limits import amounts, visits
from tests.adapters.readers import marked
from tests.outside import shared

pytestmark = pytest.mark.once


def check(text, **more):
    return read.check({"text": text, "truncated": False} | more)


def said(text, **more):
    return {(defect["class"], defect["code"]) for defect in check(text, **more)["defects"]}


@pytest.mark.parametrize(
    "text",
    [
        "事项名称：犬只登记\n办理地点：明湖区东路1号\n咨询电话：0571-00001111",
        "一、事项名称\n犬只登记\n二、办理地点\n明湖区东路1号\n三、咨询电话\n0571-00001111",
        "【事项名称】犬只登记\n【办理地点】明湖区东路1号\n【咨询电话】0571-00001111",
        "事项名称 | 犬只登记 | 办理地点 | 明湖区东路1号\n咨询电话 | 0571-00001111",
        "事项名称 犬只登记\n办理地点 明湖区东路1号\n咨询电话 0571-00001111",
        "事项名称犬只登记\n办理地点明湖区东路1号\n咨询电话0571-00001111",
        "1事项名称犬只登记。2办理地点明湖区东路1号。3咨询电话0571-00001111",
        "犬只登记办事指南\n（一）办理地点：明湖区东路1号\n（二）咨询电话：0571-00001111",
    ],
)
def test_headings_however_printed(text):
    got = check(text)
    assert [name for name in got["present"] if name != "online"] == ["item_name", "place", "consult"]
    assert got["missing"] == [
        "legal_basis",
        "conditions",
        "materials",
        "process",
        "time_limit",
        "fee",
        "hours",
        "complaint",
    ]


def test_an_excerpt_lacks_nothing():
    assert check("犬只登记办事指南\n", truncated=True)["missing"] is None


def test_a_heading_without_content_is_not_present():
    got = check("事项名称：犬只登记\n办理流程：\n办理地点：东路1号")
    assert "process" not in got["present"]
    assert {"class": "missing", "code": "process_empty", "quote": "办理流程："} in got["defects"]


def test_a_word_of_a_sentence_is_no_heading():
    got = check("犬只登记办事指南\n1、申请材料齐全的，当场办结。\n2、办理时间较长的，电话通知。")
    assert {"materials", "hours"} & set(got["present"]) == set()


def test_a_window_with_an_office_only_is_no_place():
    assert "place" not in check("办理窗口：区民政局\n咨询电话：0571-00001111")["present"]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("20个工作日", (20, "workday")),
        ("二十个工作日", (20, "workday")),
        ("15日", (15, "day")),
        ("3天", (3, "day")),
        ("2个月", (2, "month")),
        ("当场办结", (0, "same_day")),
        ("即时", (0, "same_day")),
        ("24小时", (24, "hour")),
    ],
)
def test_amounts(text, limit):
    assert [(found["n"], found["unit"]) for found in amounts(text)] == [limit]


@pytest.mark.parametrize("text", ["2024年3月5日", "第3日", "长期", "材料齐全"])
def test_what_is_no_duration(text):
    assert amounts(text) == []


def test_limits_by_their_names():
    got = check("法定时限：20个工作日\n承诺时限：3个工作日\n办理流程：受理1日→审核2个工作日→发证")
    assert got["limits"]["statutory"] == [{"n": 20, "unit": "workday"}]
    assert got["limits"]["promised"] == [{"n": 3, "unit": "workday"}]
    got = check("办理时限：法定20个工作日，承诺5个工作日")["limits"]
    assert (got["statutory"], got["promised"]) == ([{"n": 20, "unit": "workday"}], [{"n": 5, "unit": "workday"}])
    assert check("办理时限：7个工作日")["limits"] == {
        "statutory": [],
        "promised": [],
        "other": [{"n": 7, "unit": "workday"}],
    }


@pytest.mark.parametrize(
    ("fee", "charged"),
    [
        ("不收费", False),
        ("无", False),
        ("否", False),
        ("免费", False),
        ("工本费10元/本", True),
        ("首次免费，补领每本10元", "partly"),
        ("按物价部门核定标准", None),
    ],
)
def test_fees(fee, charged):
    assert check(f"收费标准：{fee}\n办理地点：东路1号")["fee_charged"] == charged


def test_visits():
    assert [visits(text) for text in ("到现场次数：1次", "最多跑一次", "零跑动", "电话咨询")] == [1, 1, 0, None]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("申请材料：1.申请书；2.其他相关材料。", "catch_all_material"),
        ("申请材料：申请书、身份证等材料", "catch_all_material"),
        ("办理条件：符合国家有关规定", "catch_all_condition"),
        ("办理时限：5个工作日，不含其他原因所需时间", "open_ended_exclusion"),
        ("办理流程：详见附件2", "only_by_attachment"),
        ("设定依据：X民字20XX号", "placeholder_left"),
        ("实施机关：明湖区卫生和计划生育局", "obsolete_organ"),
        ("申请材料：准生证、身份证", "abolished_precondition"),
        ("申请材料：居委会证明", "village_proof"),
        ("网上办理：http://www.example.com/a", "link_not_official"),
        ("咨询电话：13800000000", "mobile_as_office_phone"),
        ("设定依据：明民办发〔2020〕5号", "basis_not_law"),
        ("收费标准：每本10元\n办理地点：东路1号", "fee_without_basis"),
        ("到现场次数：2次", "visits_reason_missing"),
        ("事项编码：12345", "code_nonstandard"),
        ("申请材料：详见官网", "by_reference_only"),
        ("法定时限：\n办理地点：东路1号", "statutory_limit_empty"),
        ("办理时限：按法定时限办理", "limit_referenced_not_stated"),
        ("办理流程：受理后在承诺时限内办结", "limit_referenced_not_stated"),
        ("办公时间：正常上班时间", "vague_hours"),
        ("收费标准：按国家有关标准收取", "fee_by_reference"),
        ("网上办理：http://192.0.2.7:8080/", "link_is_an_address_number"),
        ("发布日期：2024年13月2日", "garbled_date"),
        ("犬只登记办事指南\n二、办理地点：东路1号", "numbering_start"),
        ("一、办理地点：东路1号\n三、咨询电话：0571-00001111", "numbering"),
        ("法定时限：5个工作日\n承诺时限：7个工作日", "promised_over_statutory"),
        ("办理时限：1个工作日\n办件类型：即办件", "case_type_mismatch"),
        ("办理时限：窗口当场办结；网上3个工作日", "online_slower_than_window"),
        ("办理流程：\n审核\n受理\n办结", "step_order_broken"),
        ("咨询电话：12345", "hotline_as_consult"),
        ("咨询电话：0571-80001234\n投诉电话：0571-80001234", "same_phone_twice"),
        ("申请材料：申请表一式三份，原件2份", "copies_conflict"),
        ("事项名称：犬牌遗失补办\n申请材料：原犬牌证", "material_impossible"),
        ("设定依据：民政部令第60号", "basis_no_title"),
        ("设定依据：《养犬管理办法》第三条（明湖区", "basis_truncated"),
        ("办理地点：东路1号（二楼东侧\n咨询电话：0571-00001111", "unclosed_bracket"),
        ("申请条件：无\n办理流程：不符合条件的，不予受理", "condition_none_but_refusal"),
        ("申请条件：符合法定犬只登记条件的", "condition_circular"),
        ("事项名称：失业登记\n申请材料：《就业创业证》", "material_is_result"),
    ],
)
def test_defects(text, code):
    assert code in {found for _, found in said(text)}


@pytest.mark.parametrize(
    "text",
    [
        "设定依据：《取水许可和水资源费征收管理条例》第十一条：“（四）规定的其他材料”。",
        "申请材料：1.申请书；2.身份证复印件",
        "办理流程：见附件1\n\n附件1：\n受理→审核→发证",
        "网上办理：https://www.zjzwfw.gov.cn/",
        "咨询电话：0571-00001111",
        "收费标准：免费",
        "法定时限：7个工作日\n承诺时限：5个工作日",
        "办理流程：受理→审核→办结",
        "咨询电话：0571-80001234、12345\n投诉电话：0571-80001235",
        "申请材料：申请表一式两份，原件2份",
        "事项名称：犬牌遗失补办\n申请材料：遗失说明",
        "一、办理地点：东路1号（二楼\n东侧）\n二、咨询电话：0571-00001111",
        "发布日期：2024年12月31日",
        "事项编码：330100000001",
        "实施机关：明湖区卫生健康局",
    ],
)
def test_what_is_no_defect(text):
    assert said(text) == set()


def test_quotations_are_words_of_the_text():
    text = "我要养犬一件事\n涉及事项清单：犬只登记\n事项名称：犬只登记（30日内）\n申请条件：购买后15日内申请，其他符合的\n"
    for defect in check(text)["defects"]:
        pieces = defect["quote"] if isinstance(defect["quote"], list) else [defect["quote"]]
        assert all(piece in text for piece in pieces)
    assert {"onething_single_item", "title_vs_condition"} <= {code for _, code in said(text)}


def test_the_command_reads_rows(tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"_id": "a", "text": "收费标准：不收费", "truncated": false}\n{"_id": "b"}\n坏\n', "utf-8")
    call_command("services", "check", text_file=rows, json=True)
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["fee_charged"], second, third) == (False, {"_id": "b"}, {})


@pytest.mark.measured
def test_real_guides():
    rows = [json.loads(line) for line in shared("data/guides.dev.jsonl").read_text("utf-8").splitlines()]
    named = true = right = 0
    for row in rows:
        got = read.check({key: row[key] for key in ("text", "truncated", "issuer", "url")})
        core = set(read.CORE)
        want, found = set(row["present"]) & core, set(got["present"]) & core
        named, true, right = named + len(found), true + len(want), right + len(want & found)
    print(f"准确率 {right / named:.3f},召回率 {right / true:.3f}")
    assert right / named >= 0.93
    assert right / true >= 0.85


@pytest.mark.parametrize("row", marked.rows("guides-invented.jsonl"), ids=lambda row: row["text"][:14])
def test_guides_in_the_manner_of_places_not_seen_before(row):
    found = check(row["text"], issuer=row["issuer"])
    assert sorted(name for name in found["present"] if name in CORE) == row["present"]
    assert row["fee_charged"] in (None, found["fee_charged"])
    quotes = [(fault["class"], str(fault["quote"])) for fault in found["defects"]]
    for kind, words in row["defects"]:
        assert any(kind == other and (words in said or said in words) for other, said in quotes), words
    assert len(quotes) == len(row["defects"])
