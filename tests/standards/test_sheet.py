"""读标准目录的表:合并的格、重复的表头、各种勾、同上、拆开的格;不是表的说清为什么。"""

import io

import docx
import pytest

from gongkai.adapters.files import Unreadable
from gongkai.adapters.readers.standards.channels import channels
from gongkai.adapters.readers.standards.sheet import read_here
from tests.standards.office import HEAD1, HEAD2, ROWS, workbook

pytestmark = pytest.mark.once


def test_merged_cells_are_filled_and_remembered():
    sheet = read_here(workbook(), "目录.xlsx")
    assert [line.columns["一级事项"] for line in sheet.lines] == ["行政处罚", "行政处罚", "社会救助", "社会救助"]
    assert [line.merged for line in sheet.lines] == [[], ["一级事项"], [], ["一级事项"]]
    assert sheet.lines[2].columns["公开对象"] == {"特定群体": "本村村民"}
    assert sheet.lines[3].due[0]["n"] == 10 and sheet.lines[3].due[0]["trigger"] == "收到批准"


def test_a_table_saved_as_text_is_read_too():
    """“20天内”没有写从什么事起的,是多少天照写,从形成起算是推定的。"""
    head = "序号,一级事项,二级事项,公开时限,公开主体"
    text = f"{head}\n1,救助,第1项,20天内,民政局\n{head}\n2,救助,第2项,每季度,民政局\n"
    for encoding in ("utf-8-sig", "gb18030"):
        sheet = read_here(text.encode(encoding), "目录.csv")
        assert [line.columns["二级事项"] for line in sheet.lines] == ["第1项", "第2项"]
        assert (sheet.lines[0].due[0]["n"], sheet.lines[0].due[0]["presumed"]) == (20, True)


def test_a_header_on_every_page_is_passed_over():
    assert len(read_here(workbook(repeat=True), "目录.xlsx").lines) == len(ROWS)


def test_a_header_of_one_row_does_not_swallow_the_rows_below():
    """“全社会”“主动”“县级”写在格里的一行不是表头。"""
    head = ["序号", "一级事项", "二级事项", "公开时限", "公开主体", "公开对象", "公开方式", "公开层级"]
    rows = [[str(n), "救助", f"第{n}项", "每季度", "民政局", "全社会", "主动", "县级"] for n in range(1, 4)]
    sheet = read_here(word([head, *rows]), "目录.docx")
    assert [line.columns["二级事项"] for line in sheet.lines] == ["第1项", "第2项", "第3项"]
    assert sheet.lines[0].columns["公开层级"] == {"县级": True}


def test_the_same_as_above_takes_the_clauses_of_the_row_above():
    first, second, *_ = read_here(workbook(), "目录.xlsx").lines
    assert [one["n"] for one in second.due] == [one["n"] for one in first.due] == [20]


def test_ticks_that_were_lost_stay_unknown_and_are_told():
    sheet = read_here(workbook(), "目录.xlsx")
    assert sheet.lines[2].channels is None and any("勾" in doubt for doubt in sheet.lines[2].doubts)
    assert sheet.rates["公开渠道和载体"] == 75 and sheet.rates["三级事项"] is None


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("■政府网站 □政府公报", ("政府网站",)),
        ("R政府网站 £政府公报 R公开查阅点", ("政府网站", "公开查阅点")),
        ("þ 政府网站 □政府公报", ("政府网站",)),
        ("t政府网站 口其他", ("政府网站",)),
        ("√政府网站 √社区/企事业单位/村公示栏(电子屏)", ("政府网站", "公示栏")),
        ("1.政府网站; 2.其他", ("政府网站", "其他")),
        ("□政府网站 □其他", None),
        ("", None),
    ],
)
def test_channels_in_every_glyph(text, ticked):
    assert channels(text).ticked == ticked


def test_words_behind_an_empty_box_are_a_doubt():
    assert "没有勾" in channels("■政府网站 □其他 基层公共服务平台").doubts[0]


def word(rows, *, nested: bool = False) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            table.cell(y, x).text = cell
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_table_reads_the_same():
    head = [name or HEAD1[max(x - 1, 0)] for x, name in enumerate(HEAD1)]
    under = [HEAD2[x] or name for x, name in enumerate(head)]
    sheet = read_here(word([head, under, *ROWS]), "目录.docx")
    assert [line.columns["二级事项"] for line in sheet.lines] == [row[2] for row in ROWS]
    assert sheet.lines[0].due[0]["n"] == 20


def test_a_web_page_with_one_channel_a_row_is_put_together():
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in (
            [name or HEAD1[x - 1] for x, name in enumerate(HEAD1)],
            [HEAD2[x] or name for x, name in enumerate(HEAD1)],
            ROWS[0],
            ["", "", "", "", "", "", "", "■政务服务中心", *[""] * 6],
            ROWS[3],
        )
    )
    page = f"<html><body><h1>标准目录</h1><table>{rows}</table></body></html>"
    sheet = read_here(page.encode(), "目录.html")
    assert len(sheet.lines) == 2 and sheet.lines[0].channels == ["政府网站", "公开查阅点", "政务服务中心"]


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (word([["甲", "乙"], ["一", "二"]]), "别的.docx", "表头"),
        (b"PK\x03\x04broken", "坏的.xlsx", "压缩包|损坏|打不开|不能"),
        ("没有表，只有文字。".encode(), "文字.txt", "没有表格"),
        (workbook(rows=ROWS[:0] or [[""] * 14] * 4), "空的.xlsx", "没有内容"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_sentence(content, name, why):
    with pytest.raises(Unreadable, match=why):
        read_here(content, name)
