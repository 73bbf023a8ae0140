"""政府公报:题头的各种写法、目录的各行、繁体的单件(民国纪年)。样子都是编的。"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from gongkai.adapters.readers.gazette import contents, issue, minguo, read
from tests.outside import shared

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("head", "year", "number", "total"),
    [
        ("1958, No. 12 (Overall Issue No. 99)", 1958, 12, 99),
        ("No.7 (1024)", None, 7, 1024),
        ("Issue No. 3 Serial No. 1071 January 30, 2003", None, 3, 1071),
        ("2001 No. 14 (Total No. 1013)", 2001, 14, 1013),
        ("Gazette of the State Council, 2003, Issue 5", 2003, 5, None),
        ("清溪县人民政府公报 2022年第4号（总号：88）", 2022, 4, 88),
        ("２０１９年第１期（总第５７７期）", 2019, 1, 577),
        ("第2號 (總號:720)", None, 2, 720),
        ("《清溪政报》2003年第十二期 总第一百二十期", 2003, 12, 120),
        ("二〇二三年第五期（总第五十期）", 2023, 5, 50),
        ("二OO一年第十四号（总号：1013）", 2001, 14, 1013),
        ("二○一○年第3期", 2010, 3, None),
        ("1955 No. 6 (Overall No. 9)", 1955, 6, 9),
        ("No. 6, 1955", 1955, 6, None),
        ("2001年第29号 总号:1028", 2001, 29, 1028),
        ("第 29 期 (总第 1028 期)", None, 29, 1028),
        ("2020年第9号 总第1694号 3月30日", 2020, 9, 1694),
        ("2021年第3、4期合刊（总第98期）", 2021, 3, 98),
        ("2023年第1－2期（总第200－201期）", 2023, 1, 200),
        ("总第45期 2021年第3期", 2021, 3, 45),
        ("总期号:1022 期号:23 2001年", 2001, 23, 1022),
        ("2001年第23期(总1022期)", 2001, 23, 1022),
        ("2016·2（总第310期）", 2016, 2, 310),
        ("2024年 第 6 期 总第 121 期 2024年6月30日出版", 2024, 6, 121),
        ("2024年6月30日 第6期（总第121期）", None, 6, 121),
        ("2012年35期", 2012, 35, None),
        ("2009年第13期50-50,共1页", 2009, 13, None),
        ("2022年2月（总第14期）", 2022, None, 14),
        ("〔2021〕第9期（总第 89 期）", 2021, 9, 89),
        ("政府公报 年 第期(总第期)", None, None, None),
        ("公报 年第 期（总第 期）", None, None, None),
        ("", None, None, None),
    ],
)
def test_the_numbers_of_an_issue(head, year, number, total):
    found = issue.read(head)
    assert (found.issue_year, found.issue_no, found.total_no) == (year, number, total)


def test_day_name_and_the_second_number_of_a_double_issue():
    found = issue.read("《清溪县人民政府公报》2021年第3、4期合刊（总第98期） 2021年4月30日出版")
    assert (found.gazette, found.published_on, found.issue_no_end, found.kind) == (
        "清溪县人民政府公报",
        date(2021, 4, 30),
        4,
        "合刊",
    )
    assert issue.read("May  20,2001 No.14 (1013)").published_on == date(2001, 5, 20)
    assert issue.read("February 30, 2001 No.4").published_on is None


TABLE = """目 录
清溪县人民政府关于印发《清溪县河道管理办法》的通知（清政发〔2021〕3号）……………（1）
清溪县河道管理办法 …… 2
清溪县人民政府令 第12号
清溪县城市养犬管理规定............7
清溪县人民政府办公室关于做好防汛工作的通知(清政办发〔2021〕18号)  15
清溪县人民政府关于任免职的通知 …… 20
清溪县大事记（2021年3月）
单位办事指南（第二版）(BQXD01-2021-0003)
Presidential Decree No. 12 of the People's Republic …… 6
Decision on Amending the Law on Rivers
Communique on the Census No. 2
Law on Rivers
Circular of the General Office on Transmitting the Opinions of the Ministry on Dams (Ministry of Dams)
Opinions of the Ministry on Dams
Report on the Work of the Government in 2001"""


def test_the_lines_of_a_table_of_contents():
    found = contents.lines(TABLE.splitlines())
    assert {line.title: line.parent for line in found if line.parent is not None} == {
        "清溪县河道管理办法": 0,
        "清溪县城市养犬管理规定": 2,
        "Decision on Amending the Law on Rivers": 8,
        "Law on Rivers": 8,
        "Opinions of the Ministry on Dams": 12,
    }
    assert {line.title: line.page for line in found if line.page} == {
        "清溪县人民政府关于印发《清溪县河道管理办法》的通知": 1,
        "清溪县河道管理办法": 2,
        "清溪县城市养犬管理规定": 7,
        "清溪县人民政府办公室关于做好防汛工作的通知": 15,
        "清溪县人民政府关于任免职的通知": 20,
        "Presidential Decree No. 12 of the People's Republic": 6,
    }
    assert [line.doc_no for line in found if line.doc_no] == [
        "清政发〔2021〕3号",
        "清溪县人民政府令 第12号",
        "清政办发〔2021〕18号",
        "BQXD01-2021-0003",
        "Presidential Decree No. 12",
    ]


@pytest.mark.parametrize(
    "title", ["清溪县管理办法（试行）", "大事记（2021年3月）", "关于某路（二期）工程的批复", "Rules (Draft)"]
)
def test_brackets_that_hold_no_number_stay_in_the_title(title):
    (line,) = contents.lines([title])
    assert (line.title, line.doc_no, line.page) == (title, None, None)


@pytest.mark.parametrize(
    ("title", "text", "issuers", "numbers", "day"),
    [
        (
            "清溪部令：訂定「水庫辦法」",
            "清溪部 令\n中華民國九十八年八月十二日\n清水字第○九八○二○三號\n訂定「水庫辦法」。",
            ["清溪部"],
            ["清水字第○九八○二○三號"],
            date(2009, 8, 12),
        ),
        (
            "清溪市政府公告：預告修正",
            "清溪市政府　公告\n發文日期：中華民國 110 年 3 月 5 日\n發文字號：府法字第 1100012345 號\n主旨：修正，並廢止府法字第1號",
            ["清溪市政府"],
            ["府法字第1100012345號"],
            date(2021, 3, 5),
        ),
        (
            "甲部、乙部及丙委員會令：訂定",
            "甲部\n乙　　部 令\n丙委員會\n中華民國一○二年三月五日（補登）\n甲字第1號、乙字第２２號\n丙（一）字第333A號\n訂定",
            ["甲部", "乙部", "丙委員會"],
            ["甲字第1號", "乙字第22號", "丙(一)字第333A號"],
            date(2013, 3, 5),
        ),
        (
            "教育局國民及學前教育署令：修正",
            "教育局國民及學前教育署 令\n修正「甲辦法」。\n中華民國90年1月1日甲字第9號令訂定",
            ["教育局國民及學前教育署"],
            None,
            None,
        ),
    ],
)
def test_a_document_in_traditional_characters(title, text, issuers, numbers, day):
    found = minguo.read(title, text)
    assert (found["issuer"], found["doc_no"], found["doc_date"]) == (issuers, numbers, day)


def test_the_command_takes_issues_and_documents(tmp_path, capsys):
    rows = [
        {"id": "a", "text": "2024年第3期（总第57期）\n清溪县河道管理办法(清政发〔2024〕3号)"},
        {"id": "b", "title": "清溪部令：訂定", "text": "清溪部 令\n中華民國98年8月12日\n清字第5號", "url": None},
        {"id": "c", "text": 5},
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    call_command("gazette", "check", text_file=path, json=True)
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["total_no"], first["items"][0]["doc_no"]) == (57, "清政发〔2024〕3号")
    assert (second["items"][0]["doc_date"], second["items"][0]["doc_no"]) == ("2009-08-12", ["清字第5號"])
    assert third == {"id": "c"}


@pytest.mark.measured
def test_real_issues():
    rows = [json.loads(line) for line in shared("data/gazette.dev.jsonl").read_text("utf-8").splitlines()]
    right = said = true = 0
    for row in rows:
        got = read.check({"text": row["raw"]})
        for key in ("issue_no", "total_no"):
            true += row[key] is not None
            said += got[key] is not None
            right += row[key] is not None and got[key] == row[key]
    print(f"准确率 {right / said:.3f},召回率 {right / true:.3f}")
    assert right / said >= 0.98


@pytest.mark.measured
def test_real_documents():
    rows = [json.loads(line) for line in shared("data/gazette_tw.dev.jsonl").read_text("utf-8").splitlines()]
    right = 0
    for row in rows:
        (got,) = read.check(row)["items"]
        want = row["expected"]
        numbers = [number.replace("(", "").replace(")", "") for number in got["doc_no"] or []]
        right += numbers == want["文号"].replace("(", "").replace(")", "").split(";")
    print(f"{right}/{len(rows)}")
    assert right / len(rows) >= 0.97


KEPT = Path(__file__).parents[2] / "data" / "gazette-heads.jsonl"


@pytest.mark.parametrize("row", [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()])
def test_heads_and_contents_of_other_places(row):
    """Written from what other provinces print, before the reader was looked at."""
    found, wanted = read.check(row), row["expected"]
    items = [[one["title"], one["doc_no"], one["page"], one["parent"]] for one in found["items"]]
    assert items == wanted["items"]
    day = found["published_on"]
    told = {key: found[key] for key in wanted if key not in ("items", "published_on")}
    assert told == {key: wanted[key] for key in told}
    assert "published_on" not in wanted or (day and day.isoformat()) == wanted["published_on"]


def test_names_of_sections_are_no_lines():
    found = contents.lines(["【人事任免】", "关于甲任职的通知 3", "■大事记", "九月大事记 5"])
    assert [(one.section, one.title, one.page) for one in found] == [
        ("人事任免", "关于甲任职的通知", 3),
        ("大事记", "九月大事记", 5),
    ]
    assert len(contents.lines(["【人事任免】"], has_sections=False)) == 1
