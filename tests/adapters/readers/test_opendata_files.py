"""数据文件的体检:各种编码、题名和单位行、没有表头、代码列、个人信息列、写法的毛病;坏文件只得到一句话。"""

from __future__ import annotations

import io
import json
import zipfile

import pytest
import xlsxwriter
from django.core.management import call_command

from gongkai.adapters.files.errors import Unreadable
from gongkai.adapters.readers.opendata.check import check, profile
from tests.outside import shared

pytestmark = pytest.mark.once

PARKS = "编号,名称,面积\n001,东湖公园,12.5\n002,西岭公园,8\n003,南园,3.1\n"


def read(text, encoding="utf-8"):
    return profile(text.encode(encoding), "表.csv")


def codes(text):
    return {quirk["code"] for quirk in read(text)["quirks"]}


@pytest.mark.parametrize(
    ("encoding", "name", "bom"),
    [
        ("utf-8", "utf-8", False),
        ("utf-8-sig", "utf-8", True),
        ("gb18030", "gb18030", False),
        ("utf-16", "utf-16", True),
    ],
)
def test_encodings(encoding, name, bom):
    got = read(PARKS, encoding)
    assert (got["encoding"], got["bom"], got["rows"], got["header_row"], got["key"]) == (name, bom, 3, 0, "编号")


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
def test_delimiters(mark):
    assert read(PARKS.replace(",", mark))["delimiter"] == mark


def test_a_comma_within_quotes_does_not_cut():
    got = read('名称;说明\n甲;"一,二,三"\n乙;"四,五"\n丙;"六,七,八"\n')
    assert (got["delimiter"], got["rows"], got["key"]) == (";", 3, "名称")


@pytest.mark.parametrize(
    ("above", "header", "unit"),
    [
        ("2024年各镇人口,,\n单位：万人,,\n", 2, "万人"),
        ("各镇耕地（单位：亩）,,\n", 1, "亩"),
        (",,计量单位:公顷\n", 1, "公顷"),
        ("表1 各镇产量(吨),,\n\n", 2, "吨"),
        ("填报单位：区农业农村局,,\n", 1, None),
        ("单位：区统计局,,\n", 1, None),
        ("", 0, None),
    ],
)
def test_what_stands_above_the_header(above, header, unit):
    got = read(above + "镇,年初,年末\n甲镇,3.1,3.2\n乙镇,4.1,4.4\n丙镇,5,5.5\n")
    assert (got["header_row"], got["unit"], got["rows"]) == (header, unit, 3)


@pytest.mark.parametrize(
    "below",
    [
        "注：含流动人口。,,\n",
        ",,\n数据来源：区统计局,,\n",
        "说明:1.不含农场。,,\n2.按年末计。,,\n",
        "以上数据截至2024年底,,\n",
        "填报单位：区民政局,填报人：某某,填报日期：2024年1月5日\n",
    ],
)
def test_notes_below_are_no_data(below):
    got = read("镇,年初,年末\n甲镇,3.1,3.2\n乙镇,4.1,4.4\n" + below)
    assert got["rows"] == 2
    assert got["footer_rows"] == below.replace(",,\n", "\n").strip().count("\n") + 1


def test_units_in_the_header_and_under_it():
    assert read("名称,投资额（单位：万元）\n甲,3\n乙,4\n丙,9\n")["header_row"] == 0
    got = read("镇,产值,面积\n,万元,亩\n甲镇,3,4\n乙镇,5,6\n")
    assert (got["rows"], {quirk["code"] for quirk in got["quirks"]}) == (2, {"UNIT_ROW"})


def test_a_header_of_two_rows():
    got = read("镇,户数,人口数,,联系电话\n,,男,女,\n甲镇,1,2,3,\n乙镇,2,3,4,\n")
    assert (got["header_row"], got["rows"]) == (0, 2)
    assert {quirk["code"] for quirk in got["quirks"]} == {"TWO_ROW_HEADER", "LOW_COMPLETENESS"}
    assert read("镇,户数,\n甲镇,1,好\n乙镇,2,坏\n")["rows"] == 2


def test_a_last_row_with_gaps_is_data():
    assert read("项目,金额,备注\n甲,1,\n乙,2,\n丙,,\n")["rows"] == 3


def test_no_header():
    got = read("甲镇,12.5,3\n乙镇,8.1,4\n丙镇,9.9,5\n")
    assert (got["header_row"], got["rows"]) == (None, 3)
    assert read("镇,2021,2022\n甲镇,12.5,3\n乙镇,8.1,4\n丙镇,9.9,5\n")["header_row"] == 0


def test_codes_stay_text():
    got = read(
        "序号,区划,证,楼层,统一社会信用代码,数量\n"
        "1,330299001001,0571,3,91330299MA0000000X,100000000\n2,330299001002,0572,12,91330299MA0000001X,2\n"
    )
    assert got["text_codes"] == ["区划", "证"]
    assert got["key"] == "统一社会信用代码"


@pytest.mark.parametrize(
    ("header", "values", "sensitive"),
    [
        ("姓名", ["张某", "李某"], True),
        ("联系电话", ["13*******12", "13*******13"], True),
        ("办公电话", ["0571-00001111", "0571-00002222"], True),
        ("咨询电话", ["0571-80000000", "0571-80000001"], False),
        ("身份证号", ["**", "**"], True),
        ("备注", ["13800000000", "无"], True),
        ("出生日期", ["1990-01-01", ""], True),
        ("残疾人数", ["12", "13"], False),
        ("15岁及以上丧偶人口数", ["12", "13"], False),
        ("户籍人口", ["1", "2"], False),
        ("民族乡数", ["1", "2"], False),
        ("残疾证数（本）", ["12", "13"], False),
        ("名称", ["甲", "乙"], False),
        ("面积", ["13800000000.5", "1"], False),
        ("民族", ["汉族", "回族"], True),
    ],
)
def test_sensitive_columns(header, values, sensitive):
    rows = "".join(f"项{number},{value}\n" for number, value in enumerate(values))
    assert read(f"事项,{header}\n{rows}")["sensitive_columns"] == ([header] if sensitive else [])


def test_representatives_of_registered_organisations_are_published():
    assert read("企业名称,法定代表人\n甲厂,张某\n乙厂,李某\n")["sensitive_columns"] == []
    assert read("项目,负责人\n甲,张某\n乙,李某\n")["sensitive_columns"] == ["负责人"]


@pytest.mark.parametrize(
    ("code", "header", "values"),
    [
        ("YEAR_TEXT", "年份", ["2020年", "2021年", "2022年"]),
        ("INTEGER_AS_DECIMAL", "人口", ["79736.0", "80000.0", ""]),
        ("CODE_AS_TEXT", "邮编", ["315200", "315201", "315202"]),
        ("LIST_IN_CELL", "领域", ["交通、教育、卫生", "农业、水利、林业", "文化"]),
        ("UNIT_IN_CELL", "面积", ["1320m2", "2599.81平方米", "60000"]),
        ("MASK_UNEVEN", "电话", ["139*******2", "138****0000", "1300000000"]),
        ("PHONE_IN_OTHER_COLUMN", "联系人", ["张某", "13000000000", "李某"]),
        ("LOW_COMPLETENESS", "备注", ["", "有", ""]),
        ("DATETIME_GLUED", "登记时间", ["2022/8/1018:10", "2022/8/11 9:00", "2022/8/12 9:00"]),
        ("EXCEL_SERIAL_DATE", "开业日期", ["44760", "2022-01-01", "2022-02-01"]),
        ("MIXED_YES_NO", "在用", ["是", "有", "否"]),
    ],
)
def test_quirks_and_what_is_none(code, header, values):
    rows = "".join(f"项{number},{value}\n" for number, value in enumerate(values))
    assert code in codes(f"事项,{header}\n{rows}")
    plain = "".join(f"项{number},{value}\n" for number, value in enumerate(("甲乙", "丙", "丁")))
    assert codes(f"事项,说法\n{plain}") == set()


@pytest.mark.parametrize(
    ("header", "values", "code"),
    [
        ("面积", ["12", "13", "14"], "UNIT_IN_CELL"),
        ("年份", ["2020年", "2021年", "2022年"], "UNIT_IN_CELL"),
        ("地址", ["东路1号、2号、3号。", "西路", "南路"], "LIST_IN_CELL"),
        ("在用", ["是", "否", "是"], "MIXED_YES_NO"),
        ("数量", ["44760", "44761", "3"], "EXCEL_SERIAL_DATE"),
        ("比重", ["12.5", "13.0", "9.7"], "INTEGER_AS_DECIMAL"),
    ],
)
def test_what_is_no_quirk(header, values, code):
    rows = "".join(f"项{number},{value}\n" for number, value in enumerate(values))
    assert code not in codes(f"事项,{header}\n{rows}")


def test_an_end_before_its_start():
    got = read("事项,开始日期,结束日期\n甲,2024-01-02,2024-02-01\n乙,2024-03-01,2024-02-01\n")
    assert {"code": "END_BEFORE_START", "column": "结束日期", "line": 3} in got["quirks"]


def test_a_workbook():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "公园名录")
        rows = (["编号", "名称", "面积"], ["001", "东湖", 12.5], ["002", "西岭", 8], ["注：不含在建"])
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
    got = profile(held.getvalue(), "公园.xlsx")
    assert (got["encoding"], got["header_row"], got["rows"], got["footer_rows"], got["text_codes"]) == (
        None,
        1,
        2,
        1,
        ["编号"],
    )


def _bomb():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(
            "xl/worksheets/sheet1.xml", '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        )
    return held.getvalue()


HOSTILE = {
    "空": b"",
    "图": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "引号": b'a,b\n1,"' + b"x" * 300_000,
    "坏包": b"PK\x03\x04" + bytes(200),
    "远格": _bomb(),
    "乱字节": bytes(range(128, 256)) * 40,
    "零": b"a\x00b,c\n1,2\n",
    "页": b"%PDF-1.7\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_get_a_sentence(name):
    with pytest.raises(Unreadable):
        profile(HOSTILE[name], "外来")


@pytest.mark.parametrize("text", ["甲", ",,,\n,,\n", "\n\n甲,乙\n", '"', "," * 50_000 + "\n"])
def test_odd_tables_are_read(text):
    assert isinstance(read(text)["rows"], int)


def test_the_command_reads_one_file(tmp_path, capsys):
    (tmp_path / "公园.csv").write_bytes(PARKS.encode("gb18030"))
    call_command("opendata", "check", tmp_path / "公园.csv", json=True)
    got = json.loads(capsys.readouterr().out)
    assert (got["file"], got["encoding"], got["rows"]) == ("公园.csv", "gb18030", 3)
    assert check({"path": tmp_path / "没有.csv"})["trouble"].startswith("打不开")
    (tmp_path / "空.csv").write_bytes(b"")
    assert "空文件" in check({"path": tmp_path / "空.csv"})["trouble"]


@pytest.mark.measured
def test_real_files():
    rows = [json.loads(line) for line in shared("data/csv_samples.dev.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        want = row["expected"]
        got = profile(shared(f"data/csv/{row['file']}").read_bytes(), row["file"])
        for key in ("encoding", "bom", "delimiter", "header_row", "rows"):
            assert got[key] == want[key], (row["file"], key)
        assert got["footer_rows"] == want.get("footer_rows", 0)
        assert set(got["sensitive_columns"]) == set(want.get("sensitive_columns", []))
