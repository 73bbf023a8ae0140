"""开放目录的条目:周期、属性、格式各种写法;过期、个人信息的判断和不该报的。文件见 test_opendata_files.py。"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.opendata.audit import audit
from gongkai.adapters.readers.opendata.entry import cycle, day, fields, formats, open_attribute, whole
from tests.outside import shared

DATA = Path(__file__).parents[2] / "data"

pytestmark = pytest.mark.once

ENTRY = {
    "标题": "公园名录",
    "摘要": "明湖区各公园的名称、地址",
    "提供单位": "区建设局",
    "开放条件": "无条件开放",
    "更新频率": "每年",
    "发布时间": "2025-03-01",
    "更新时间": "2026-03-01",
    "资源格式": ["csv"],
}

#: 虚构的条目,键名照各地门户和门户程序的叫法另取的。
ENTRIES = [json.loads(line) for line in (DATA / "catalogue-entries.jsonl").read_text("utf-8").splitlines()]


def findings(on="2026-06-01", **changed):
    return audit({"raw": ENTRY | changed, "captured_on_or_before": on})["findings"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("实时", "realtime"),
        ("每小时", "realtime"),
        ("每10分钟", "realtime"),
        ("每日", "daily"),
        ("每天", "daily"),
        ("按日更新", "daily"),
        ("每工作日", "daily"),
        ("每周", "weekly"),
        ("按周", "weekly"),
        ("每月", "monthly"),
        ("月", "monthly"),
        ("“每月”", "monthly"),
        ("每月更新一次", "monthly"),
        ("每季度", "quarterly"),
        ("按季度更新", "quarterly"),
        ("每三个月", "quarterly"),
        ("每半年", "half_yearly"),
        ("半年/次", "half_yearly"),
        ("每年", "yearly"),
        ("年度", "yearly"),
        ("一年一次", "yearly"),
        ("1次/年", "yearly"),
        ("每月1次", "monthly"),
        ("每两年", "biennial"),
        ("2年", "biennial"),
        ("不定期", "irregular"),
        ("不定期更新", "irregular"),
        ("其它", "other"),
        ("一次性", "once"),
        ("不更新", "once"),
        ("水产养殖", None),
        ("年报", None),
        ("", None),
        (None, None),
    ],
)
def test_cycles(printed, name):
    assert cycle(printed) == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("无条件开放", "无条件开放"),
        ("完全开放", "无条件开放"),
        ("有条件开放", "受限开放"),
        ("依申请开放", "受限开放"),
        ("不予开放", "禁止开放"),
        ("无条件共享", "非规范值"),
        ("注册后下载", "非规范值"),
        ("", "未标明"),
        (None, "未标明"),
    ],
)
def test_open_attributes(printed, name):
    assert open_attribute(printed) == name


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (["XLSX", "csv"], ["xlsx", "csv"]),
        ("['xml', 'json']", ["xml", "json"]),
        ("['file']", []),
        ("", []),
        ("CSV、JSON；XLS", ["csv", "json", "xls"]),
        (".xlsx/.csv", ["xlsx", "csv"]),
        ("DB数据库", ["db数据库"]),
    ],
)
def test_formats(printed, names):
    assert formats(printed) == names


def test_days_and_counts():
    assert [day(text) for text in ("2024-3-5 10:00:00", "2024年3月5日", "20240305", "2024/03/05")] == [
        "2024-03-05"
    ] * 4
    assert [day(text) for text in ("2024年", "2024-13-40", "", None)] == [None] * 4
    assert [whole(text) for text in ("1,024", 0, "-1", "35条", "12.0", "3.5", "", "很多")] == [
        1024,
        0,
        -1,
        35,
        12,
        None,
        None,
        None,
    ]


def test_keys_of_other_portals():
    got = fields(
        {"资源名称": "公厕", "数源单位": "城管局", "开放状态": "有条件开放", "数据格式": "['api']", "记录数": "8"}
    )
    assert (got["title"], got["publisher"], got["open_attr"], got["is_api"], got["rows"]) == (
        "公厕",
        "城管局",
        "受限开放",
        True,
        8,
    )
    assert (got["summary"], got["update_cycle"], got["updated_on"]) == (None, None, None)


@pytest.mark.parametrize("row", ENTRIES, ids=[row["fields"]["title"] for row in ENTRIES])
def test_entries_of_portals_that_name_their_keys_otherwise(row):
    got = audit({"raw": row["raw"], "captured_on_or_before": row["on"]})
    assert (got["fields"], got["findings"]) == (row["fields"], row["findings"])


def test_a_good_entry_has_no_findings():
    assert findings() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"摘要": ""}, ["NO_SUMMARY"]),
        ({"摘要": "公园名录 "}, ["SUMMARY_EQ_TITLE"]),
        ({"更新频率": ""}, ["NO_CYCLE"]),
        ({"更新频率": "园林"}, ["BAD_CYCLE_VALUE"]),
        ({"更新频率": "不定期"}, ["CYCLE_NOT_CHECKABLE"]),
        ({"更新频率": "每月"}, ["STALE"]),
        ({"更新频率": "每月", "更新时间": ""}, []),
        ({"更新频率": "实时", "更新时间": "2026-06-01"}, ["REALTIME_WITHOUT_API"]),
        ({"更新频率": "实时", "更新时间": "2026-06-01", "资源格式": ["csv", "api"]}, []),
        ({"资源格式": []}, ["NO_FORMAT"]),
        ({"资源格式": ["file"]}, ["FORMAT_UNKNOWN_IN_CAPTURE"]),
        ({"资源格式": "oracle"}, ["FORMAT_NOT_A_FILE_FORMAT"]),
        ({"数据量": 0}, ["ROWS_0_OR_1"]),
        ({"数据量": "2"}, []),
        ({"开放条件": ""}, ["OPEN_VALUE_MISSING"]),
        ({"开放条件": "无条件共享"}, ["OPEN_VALUE_NONSTANDARD"]),
    ],
)
def test_each_finding(changed, expected):
    assert findings(**changed) == expected


@pytest.mark.parametrize(("on", "stale"), [("2027-03-02", False), ("2027-03-03", True)], ids=["366 日", "367 日"])
def test_stale_from_the_day_after_the_cycle(on, stale):
    assert ("STALE" in findings(on=on)) == stale


@pytest.mark.parametrize(
    "summary",
    [
        "含姓名、身份证号、工种",
        "包括负责人、证件号码、职务",
        "姓名、出生年月、学历",
        "户名、开户银行、金额",
        "网格员姓名、手机号码",
    ],
)
def test_personal_items_of_what_is_open_to_all(summary):
    assert findings(摘要=summary) == ["PERSONAL_FIELDS_IN_UNCONDITIONAL"]
    assert findings(摘要=summary, 开放条件="有条件开放") == []


@pytest.mark.parametrize(
    "summary",
    [
        "殡仪馆的名称、地址、联系电话",
        "律师姓名、执业证号",
        "各镇身份证办理点",
        "手机生产企业名录",
        "按年龄分的出生人口",
    ],
)
def test_what_is_not_personal(summary):
    assert findings(摘要=summary) == []


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("根据身份证号查询婚姻状况", True),
        ("通过姓名和证件号核验学历", True),
        ("凭手机号获取办件进度", True),
        ("按街道查询公园", False),
        ("根据统一社会信用代码查询企业", False),
        ("身份证办理量统计", False),
    ],
)
def test_interfaces_that_ask_for_a_person(title, asked):
    assert ("QUERY_BY_PERSON_ID" in findings(标题=title)) == asked


def test_the_command_reads_rows(tmp_path, capsys):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"id": "a", "raw": ENTRY}, ensure_ascii=False) + '\n{"id": "b"}\n坏\n', "utf-8")
    call_command("opendata", "audit", text_file=rows, json=True)
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], first["fields"]["title"], second, third) == ("a", "公园名录", {"id": "b"}, {})


@pytest.mark.measured
def test_real_entries():
    rows = [json.loads(line) for line in shared("data/datasets.dev.jsonl").read_text("utf-8").splitlines()]
    said = true = right = 0
    for row in rows:
        got = audit({key: value for key, value in row.items() if key not in ("expected", "findings")})
        want, found = set(row["findings"]) - {"DUPLICATE_TITLE"}, set(got["findings"]) - {"BAD_CYCLE_VALUE"}
        want.discard("BAD_CYCLE_VALUE")
        said, true, right = said + len(found), true + len(want), right + len(want & found)
    print(f"准确率 {right / said:.3f},召回率 {right / true:.3f}")
    assert min(right / said, right / true) >= 0.95
