"""标准目录的一行:按列名认出各列,打勾的列只留勾了的;时限见 tests/law/test_due_clauses.py。"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.standards import read
from gongkai.adapters.readers.standards.columns import columns
from gongkai.law.due_clauses import clauses
from tests.outside import shared

pytestmark = pytest.mark.once

HEADS = (
    [
        "序号",
        "公开事项",
        "",
        "公开内容(要素)",
        "公开时限",
        "公开责任主体",
        "公开渠道\n和载体",
        "公开对象",
        "",
        "公开方式",
        "",
    ],
    ["", "一级事项", "二级事项", "", "", "", "", "全社会", "特定群众", "主动", "依申请公开"],
)
CELLS = ["4", "1.1 水质监测", "饮用水", "监测结果", "20个工作日", "区水务局", "■政府网站", "√", "", "", "☑"]


def test_columns_by_their_printed_names():
    assert columns([*HEADS, CELLS]) == {
        "序号": "4",
        "一级事项": "1.1 水质监测",
        "二级事项": "饮用水",
        "公开内容": "监测结果",
        "公开时限": "20个工作日",
        "公开主体": "区水务局",
        "公开渠道和载体": "■政府网站",
        "公开对象": {"全社会": True},
        "公开方式": {"依申请": True},
    }


def test_columns_stand_in_any_order():
    turned = [
        list(reversed(cells))
        for cells in ([*HEADS[0][:1], *HEADS[0][3:7]], ["4", "监测结果", "即时", "区局", "网"])
    ]
    assert columns(turned) == {
        "序号": "4",
        "公开内容": "监测结果",
        "公开时限": "即时",
        "公开主体": "区局",
        "公开渠道和载体": "网",
    }


@pytest.mark.parametrize("tick", ["√", "✓", "✔", "☑", "■", "●", "是", "þ", "t", "R", "▲"])
def test_every_kind_of_tick(tick):
    assert columns([["公开对象", ""], ["全社会", "特定群体"], [tick, ""]]) == {"公开对象": {"全社会": True}}


@pytest.mark.parametrize("empty", ["", " ", "□", "口", "£", "/", "—", "否", "×", None])
def test_what_is_no_tick(empty):
    assert columns([["公开对象", ""], ["全社会", "特定群体"], ["√", empty]]) == {"公开对象": {"全社会": True}}


def test_words_instead_of_a_tick_are_kept():
    table = [
        ["公开对象", "", "公开层级", ""],
        ["全社会", "特定群体", "县级", "乡、村级"],
        ["", "被征地村民", "县级", "√"],
    ]
    assert columns(table) == {
        "公开对象": {"特定群体": "被征地村民"},
        "公开层级": {"县级": "县级", "乡、村级": True},
    }


def test_a_channel_column_printed_in_two_is_one():
    table = [["公开时限", "公开渠道和载体", ""], ["", "", ""], ["及时", "■政府网站", "□公示栏"]]
    assert columns(table)["公开渠道和载体"] == "■政府网站\n□公示栏"


def test_one_row_of_heads_and_cells_that_name_what_applies():
    assert columns([["一级事项", "公开对象", "公开方式"], ["村务", "全社会", "主动公开"]]) == {
        "一级事项": "村务",
        "公开对象": {"全社会": True},
        "公开方式": {"主动": True},
    }


@pytest.mark.parametrize(
    "row", [{}, {"table": 3}, {"table": [["序号"]]}, {"printed": ["20"]}, {"table": [[], [], []]}]
)
def test_nothing_is_made_up_of_an_unreadable_row(row):
    assert not read.check(row).get("due") and not read.check(row).get("columns")


def test_the_command_answers_row_by_row(tmp_path, capsys):
    rows = [{"_id": "a", "table": [*HEADS, CELLS]}, [1], {"_id": "b", "printed": {"公开时限": None}}]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    call_command("standards", "check", text_file=path, json=True)
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["_id"], first["due"][0]["n"], second, third["due"]) == ("a", 20, {}, [])
    path.write_text(json.dumps({"_id": "v", "due_text": "每季度首月15日"}), "utf-8")
    call_command("standards", "village", text_file=path, json=True)
    assert json.loads(capsys.readouterr().out)["due"][0]["period"] == "quarter"


@pytest.mark.measured
@pytest.mark.parametrize(("name", "way"), [("catalogue", read.check), ("village", read.village)])
def test_real_rows(name, way):
    rows = [json.loads(line) for line in shared(f"data/{name}.dev.jsonl").read_text("utf-8").splitlines()]
    keys = ("kind", "n", "unit", "period", "month", "day")
    equal, seen = 0, 0
    for row in rows:
        want = [tuple(one.get(key) for key in keys) for one in row["due"]]
        got = [tuple(one.get(key) for key in keys) for one in way(row)["due"]]
        days = {one[1] for one in want}
        assert all(one[1] in days for one in got if one[1] is not None), row["_id"]
        seen += 1
        equal += sorted(map(str, want)) == sorted(map(str, got))
    print(f"{equal}/{seen}")
    assert equal / seen >= 0.95


KEPT = Path(__file__).parents[2] / "data" / "due-wordings.jsonl"


@pytest.mark.parametrize("row", [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()])
def test_dues_of_other_places(row):
    """Written before the reader was looked at; what it does not know stays unknown."""
    keys = ("kind", "n", "unit", "period", "month", "day")
    assert [[getattr(one, key) for key in keys] for one in clauses(row["text"])] == row["due"]


def test_a_head_that_names_column_and_tick_in_one_cell():
    heads = ["序号", "一级事项", "公开对象（全社会）", "公开对象（特定群众）", "公开方式-主动", "公开方式-依申请"]
    found = columns([heads, ["3", "救助", "", "申请人", "√", ""]])
    assert found == {
        "序号": "3",
        "一级事项": "救助",
        "公开对象": {"特定群体": "申请人"},
        "公开方式": {"主动": True},
    }
