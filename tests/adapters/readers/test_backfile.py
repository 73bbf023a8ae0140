"""档号、旧索引号、档案日期、移交目录的行:认得出的改,认不准的问人,没有的不编。样子都是编的。"""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.backfile.codes import index_number_2007, reference_code
from gongkai.adapters.readers.backfile.days import archive_date
from gongkai.adapters.readers.backfile.rows import clean, may_be_listed
from tests.outside import shared

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("raw", "canonical", "repaired"),
    [
        ("Z120-WS·2015-D30-0012", "Z120-WS·2015-D30-0012", False),
        ("档号：Z120-WS·2015-D30-0012", "Z120-WS·2015-D30-0012", False),
        ("【Z120-WS·2015-D30-0012】", "Z120-WS·2015-D30-0012", False),
        ("Z120 WS 2015 D30 0012", "Z120-WS·2015-D30-0012", False),
        ("Z120/WS/2015/D30/0012", "Z120-WS·2015-D30-0012", False),
        ("Z120-WS·2015年-D30-第12件", "Z120-WS·2015-D30-12", False),
        ("Z120-WS·2015-V-0012", "Z120-WS·2015-Y-0012", True),
        ("Z120-WS·2015-D30-O0I2", None, False),
        ("Z120-WS·2015-D30-OO12", "Z120-WS·2015-D30-0012", True),
        ("Z120-WS·2015-0012", None, False),
        ("Z120-WS·2015-D30-0012-0015", None, False),
        ("Z120-WS·2015-D30-0012、0015", None, False),
        ("2006-03-05", None, False),
        ("2006.3.5", None, False),
        ("z120-ws.2015-d30-0012.PDF", "Z120-WS·2015-D30-0012", False),
        ("Z120—WS•2015—Y—BGS—0001", "Z120-WS·2015-Y-BGS-0001", False),
        ("0096 - WS · 2021 - D10 - 0533", "0096-WS·2021-D10-0533", False),
        ("Z120-WS·2015·D30·办公室-0042", "Z120-WS·2015·D30·办公室-0042", False),
        ("Z120-WS·2015·D30·003-005", "Z120-WS·2015·D30·003-005", False),
        ("WS·2019-Y-0003", "WS·2019-Y-0003", False),
        ("1032-WS·2006-永久-12", "1032-WS·2006-永久-12", False),
        ("002-WS2017-D10-BGS0006", "002-WS·2017-D10-BGS-0006", True),
        ("002WS·2017D10-BGS-0006", "002-WS·2017-D10-BGS-0006", True),
        ("WS2019D30-0005", "WS·2019-D30-0005", True),
        ("0096-W5·2021-D10-1", "0096-WS·2021-D10-1", True),
        ("0096-WS·2021-D1O-0533", "0096-WS·2021-D10-0533", True),
        ("0096-WS·2021-D10", None, False),
        ("0096-QQ·2021-D10-1", None, False),
        ("1032-WS·20O6-Y-0003", None, False),
        ("2019-D10-0005", None, False),
        ("002-WS2017D10BGS0006", "002-WS·2017-D10-BGS-0006", True),
        ("002-WS·2017-10-BGS-0006", None, False),
        ("002-WS·D10-BGS-0006", None, False),
        ("002-WS·2017-D10-BGS-000S", None, False),
        ("关于", None, False),
        ("", None, False),
    ],
)
def test_the_normal_form_of_a_reference_code(raw, canonical, repaired):
    code = reference_code(raw)
    assert (code.canonical, code.repaired) == (canonical, repaired)
    assert code.needs_person is (canonical is None)


@pytest.mark.parametrize(
    ("raw", "parts"),
    [
        (
            "K022-ZP·2019·D30-25-5",
            {"category": "ZP", "year": 2019, "retention": "D30", "group": "25", "item": "5"},
        ),
        (
            "X033-KJ·SB·02-005-054",
            {"category": "KJ", "second": "SB", "project": "02", "file": "005", "page": "054"},
        ),
        (
            "J020-KU·PZ·2017·D30-001-002",
            {"category": "KU", "second": "PZ", "year": 2017, "retention": "D30", "file": "001", "item": "002"},
        ),
        (
            "J020-KU·01·2017-001-002",
            {"category": "KU", "second": "01", "year": 2017, "file": "001", "item": "002"},
        ),
        ("A003-RS-001-002", {"category": "RS", "file": "001", "item": "002"}),
        ("C039-001-002-003", {"catalogue": "001", "file": "002", "item": "003"}),
        ("C039-001-002", {"catalogue": "001", "file": "002"}),
        (
            "Z120-WS·2015-Y-0007_003.jpg",
            {"category": "WS", "year": 2015, "retention": "Y", "item": "0007", "page": "003"},
        ),
        ("Z120-WS·2O15-Y-0007", {"category": "WS", "retention": "Y", "item": "0007"}),
    ],
)
def test_the_parts_of_a_reference_code(raw, parts):
    row = reference_code(raw).row()
    flags = {"canonical", "needs_person", "reasons", "fonds"}
    assert {key: value for key, value in row.items() if value and key not in flags} == parts


def test_an_index_number_of_2007():
    found = index_number_2007("330200-12-0102-0304-20070615-8")
    assert (found["region"], found["dept"], found["category"], found["group"]) == ("330200", "12", "0102", "0304")
    assert (found["date"], found["serial"]) == (date(2007, 6, 15), 8)
    assert index_number_2007("330200-12-0102-0304-20071315-8")["date"] is None
    assert index_number_2007("甬政发〔2007〕8号") == {"needs_person": True}


@pytest.mark.parametrize(
    ("raw", "day", "action"),
    [
        ("20240229", "2024-02-29", "keep"),
        ("20110000", "2011", "keep"),
        ("20110300", "2011-03", "keep"),
        ("[19520000]", "1952", "keep"),
        ("2018-9-7", "2018-09-07", "convert"),
        ("2018.9", "2018-09", "convert"),
        ("2018年", "2018", "convert"),
        ("2018-09-27 00:00:00", "2018-09-27", "convert"),
        ("２０１８０９２７", "2018-09-27", "convert"),
        ("二〇一八年九月二十七日", "2018-09-27", "convert"),
        ("民国三十四年八月十五日", "1945-08-15", "convert"),
        ("43101", "2018-01-01", "convert"),
        ("201809", "2018-09", "convert"),
        ("201011", None, "ask"),
        ("20110", None, "ask"),
        ("20230229", None, "ask"),
        ("20181300", None, "ask"),
        ("2018年13月1日", None, "ask"),
        ("约1950年", None, "ask"),
        ("20180927-20180930", None, "ask"),
        ("2019012", None, "ask"),
        ("201000000", None, "empty"),
        ("00000000", None, "empty"),
        ("无", None, "empty"),
        (None, None, "empty"),
    ],
)
def test_a_date_keeps_its_precision(raw, day, action):
    assert archive_date(raw) == {"date": day, "action": action}


@pytest.mark.parametrize(
    ("column", "before", "after", "asked"),
    [
        ("文号", "清政发[2010]12事情", "清政发〔2010〕12号", False),
        ("文号", "清府（【2011】39号", "清府〔2011〕39号", False),
        ("文号", "清府[2011].3弓", "清府〔2011〕3号", False),
        ("文号", "清政办字[二003]5号", "清政办字〔2003〕5号", False),
        ("文号", "清政[2010]5", "清政[2010]5", False),
        ("文号", "清工[20056]号", "清工〔2005〕6号", False),
        ("文号", "清工[20056]12号", "清工[20056]12号", True),
        ("题名", "夫于印发《清溪县办法的通知", "关于印发《清溪县办法》的通知", False),
        ("题名", "关于20110年度工作的通如", "关于2011年度工作的通知", False),
        ("题名", "关于20117年度工作的通知", "关于20117年度工作的通知", True),
        ("题名", "关于2010年度表彰的决定", "关于2010年度表彰的决定", False),
        ("日期", "2010年3月1日", "20100301", False),
        ("日期", "20060000", "20060000", False),
        ("日期", "20188927", "20188927", True),
        ("日期", "201000000", "", False),
        ("页数", "J06", "006", False),
        ("页数", "a1", "a1", True),
        ("页数", "002 0", "002 0", True),
        ("备注", "00UUU", "", False),
        ("备注", "2", "2", False),
        ("责任者", "清溪县总工会", "清溪县总工会", False),
    ],
)
def test_only_what_has_one_reading_is_changed(column, before, after, asked):
    assert clean([column], [before]) == {"cells": [after], "ask": [column] if asked else []}


@pytest.mark.parametrize(
    ("described", "may"),
    [
        ({"题名": "关于修路的批复", "开放标识": "开放"}, True),
        ({"题名": "关于修路的批复", "公开属性": "主动公开", "开放标识": "未审核"}, True),
        ({"题名": "关于修路的批复", "密级": "机密", "开放标识": "开放"}, False),
        ({"题名": "关于修路的批复", "密级": "无", "开放标识": "控制"}, False),
        ({"题名": "关于修路的批复", "开放标识": ""}, False),
        ({"题名": "关于修路的批复", "公开属性": "不予公开", "开放标识": "开放"}, False),
        ({"档号": "Z120-RS-001-002", "题名": "登记表", "开放标识": "开放"}, False),
        ({"题名": "关于给予陈某某行政处分的决定", "开放标识": "开放"}, False),
        ({"题名": "关于张某某同志任职的通知", "公开属性": "主动公开"}, True),
        ({"题名": "关于王小样申请低保的批复", "开放标识": "开放"}, False),
        ({"题名": "关于提高低保标准的通知", "开放标识": "开放"}, True),
        ({"题名": "关于加强信访工作的意见", "开放标识": "开放"}, True),
        ({"题名": "2011年困难职工名单", "开放标识": "开放"}, False),
        ({}, None),
    ],
)
def test_what_may_stand_in_the_public_list(described, may):
    assert may_be_listed(described)["may_be_listed"] is may


def test_the_command_reads_by_kind(tmp_path, capsys):
    rows = [
        {"id": "a", "kind": "reference_code", "raw": "Z120-WS·2015-D30-0012"},
        {"id": "b", "kind": "archive_date", "raw": "20110300"},
        {"id": "c", "kind": "row_clean", "columns": ["备注"], "raw": ["00UUU"]},
        {"id": "d", "kind": "别的", "raw": ""},
        {"id": "e", "kind": "row_clean", "raw": ""},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    call_command("backfile", "codes", text_file=path, json=True)
    first, second, third, fourth, fifth = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["year"], second["date"], third["cells"]) == (2015, "2011-03", [""])
    assert (fourth, fifth) == ({"id": "d"}, {})


@pytest.mark.measured
def test_real_codes_and_dates():
    rows = [json.loads(line) for line in shared("data/handover.dev.jsonl").read_text("utf-8").splitlines()]
    right = total = 0
    for row in rows:
        if row["kind"] == "archive_date":
            total += 1
            right += archive_date(row["raw"]) == {"date": row["expected"], "action": row["action"]}
        elif row["kind"] == "reference_code":
            got = reference_code(row["raw"]).row()
            names = ("fonds", "category", "second", "year", "retention", "org_or_issue", "group", "file")
            total += 1
            right += all(got[name] == row["expected"].get(name) for name in names)
    print(f"{right}/{total}")
    assert right / total >= 0.9
