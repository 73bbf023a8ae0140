"""年报写成各种版式再读回来,一格不差。"""

import pytest

from gongkai.adapters.annual import read
from gongkai.adapters.annual.glued import split_any, split_blocks, split_sum
from gongkai.adapters.annual.headings import name_of, parts_of
from gongkai.adapters.annual.rulings import Char, Line, tables_of
from gongkai.adapters.annual.source import Span, expand
from gongkai.law.report import check
from tests.adapters import annual_samples as samples

LAYOUTS = {
    "网页": lambda data: samples.as_html(data),
    "网页里套版面表格、段落和空格": lambda data: samples.as_html(data, messy=True),
    "国标编码的网页": lambda data: samples.as_html(data, encoding="gb18030"),
    "Word": lambda data: samples.as_docx(data),
    "Word表格断成两张": lambda data: samples.as_docx(data, split_at=14),
    "Excel一张表": lambda data: samples.as_xlsx(data),
    "Excel分表且数字是文字": lambda data: samples.as_xlsx(data, sheets=True, numbers=False),
    "文字一行一行": lambda data: samples.as_text(data, "rows"),
    "文字竖线隔开": lambda data: samples.as_text(data, "bars"),
    "文字制表符隔开": lambda data: samples.as_text(data, "tabs"),
    "文字一格一行": lambda data: samples.as_text(data, "stacked"),
    "文字全部粘连": lambda data: samples.as_text(data, "glued"),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_round_trip(layout, seed):
    data = samples.figures(seed)
    report = read(LAYOUTS[layout](data), "年报")
    assert report.cells() == samples.cells(data)
    assert {key: [v.plain for v in line] for key, line in report.table2.items()} == data["table2"]
    assert {key: [v.plain for v in line] for key, line in report.table4.items()} == data["table4"]
    assert (report.org, report.year, report.title) == (data["org"], 2023, samples.title(data))
    assert list(report.headings) == list("一二三四五六")
    assert check(report) == []


def broken_label(data: dict, old: str, new: str) -> list:
    html = samples.as_html(data).decode()
    assert old in html
    return check(read(html.replace(old, new).encode(), "年报"))


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("5.属于三类内部事务信息", "5.属于三类内容事务信息", "表三/(三)5三类内部事务信息/行名"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开", "表三/(三)2其他法律行政法规禁止公开/行名"),
        ("四、政府信息公开行政复议、", "四、政府信息公开行政法复议、", "第四部分/标题"),
    ],
)
def test_slips_in_names_are_read_and_told(old, new, where):
    assert [(f.id, f.where) for f in broken_label(samples.figures(1), old, new)] == [("E14", where)]


def test_blank_cells_stay_blank_and_zero_stays_zero():
    """C84."""
    data = samples.figures(1)
    data["table3"]["new"] = ["", "/", 0, "", 0, 0, 0]
    data["table3"]["r3_1"] = ["无", "3件", "", 0, 0, 0, "见附件"]
    for layout in ("网页", "Word", "Excel一张表", "文字竖线隔开"):
        assert read(LAYOUTS[layout](data), "年报").cells()["一、本年新收"] == [None, "/", 0, None, 0, 0, 0], layout
        assert read(LAYOUTS[layout](data), "年报").cells()["(三)1国家秘密"] == [
            "无",
            "3件",
            None,
            0,
            0,
            0,
            "见附件",
        ]


def simple_table(data: dict, columns: list[int]) -> list[list[tuple]]:
    """Table 3 with one head row and one label column, some columns, in some order."""
    head = [("项目", 1, 1), *[(samples.FORM.columns[i].label, 1, 1) for i in columns]]
    rows = samples.FORM.rows
    return [head, *[[(r.label, 1, 1), *[(data["table3"][r.key][i], 1, 1) for i in columns]] for r in rows]]


def page(data: dict, rows: list[list[tuple]]) -> bytes:
    return f"<h1>{samples.title(data)}</h1>{samples._html_table(rows, messy=False)}".encode()


def test_a_form_whose_last_group_is_one_row():
    data = samples.figures(2)
    rows = [row for row in simple_table(data, list(range(7))) if "申请人" not in row[0][0]]
    rows = [[("（六）其他处理", 1, 1), *row[1:]] if row[0][0] == "3.其他" else row for row in rows]
    report = read(page(data, rows), "年报")
    assert report.cells()["(六)3其他"] == data["table3"]["r6_3"]
    assert report.cells()["(六)1逾期不补正"] == [0] * 7
    assert any(f.where == "表三/（六）其他处理" for f in report.remarks)


def test_columns_in_another_order_are_put_right():
    data = samples.figures(3)
    report = read(page(data, simple_table(data, [6, 0, 1, 2, 3, 4, 5])), "年报")
    assert report.cells() == samples.cells(data)
    assert any(f.where == "表三/列名" for f in report.remarks)


def test_a_column_left_out_is_told_once():
    data = samples.figures(3)
    report = read(page(data, simple_table(data, [0, 1, 2, 3, 4, 6])), "年报")
    assert [f.where for f in report.remarks if f.id == "E7"] == ["表二", "表四", "表三/其他"]
    assert report.cells()["(一)予以公开"][5:] == [None, data["table3"]["r1"][6]]


def test_the_trial_form_is_told_by_its_heads():
    text = (
        "某区2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n"
        "规章 0 0 0\n规范性文件 7 7 66\n信息内容 上一年项目数量 本年增/减 处理决定数量\n行政许可 39 减4 42278\n"
        "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 20 0 0 0 0 1 21\n"
        "（六）其他处理 4 0 0 0 0 0 4\n"
    )
    report = read(text.encode(), "年报")
    assert report.form.key == "2019"
    assert report.disclosures() == {"规章": [0, 0, 0], "规范性文件": [7, 7, 66], "行政许可": [39, -4, 42278]}
    assert report.cells()["(六)3其他"] == [4, 0, 0, 0, 0, 0, 4]
    new = read(text.replace("2020", "2023").encode(), "年报")
    assert ("E14", "表二") in [(f.id, f.where) for f in new.remarks]


def test_glued_counts_that_cannot_be_told_apart_are_not_guessed():
    data = samples.figures(1)
    data["table2"]["norm"] = [69, 3, 665]
    text = samples.as_text(data, "glued").decode()
    assert read(text.encode(), "年报").disclosures()["行政规范性文件"] == [69, 3, 665]  # 正文写有三个数
    silent = text.replace("制发行政规范性文件69件，废止3件，现行有效665件", "公开文件若干")
    report = read(silent.encode(), "年报")
    assert report.table2["norm"] == (None, None, None)
    assert any("粘连" in remark.message for remark in report.remarks)


def test_glued_rows():
    assert split_sum("640020470", 7) == [(64, 0, 0, 2, 0, 4, 70)]
    assert split_sum("1000000", 7) == []
    assert (3402, 99, 0, 4, 5, 1, 3511) in split_sum("34029904513511", 7)
    assert len(split_any("693665", 3)) > 1
    assert split_blocks("21317000001324019", 3, 5) == [(2, 1, 3, 1, 7, 0, 0, 0, 0, 0, 13, 2, 4, 0, 19)]


def test_merged_cells_are_laid_out():
    grid = expand([[Span("甲", 2, 2), Span("乙")], [Span("丙")], [Span("丁"), Span("戊"), Span("己")]])
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["甲", "甲", "乙"],
        ["甲", "甲", "丙"],
        ["丁", "戊", "己"],
    ]
    assert [cell.above for cell in grid.rows[1]] == [True, True, False]


def test_ruled_lines_make_cells_and_missing_lines_merge_them():
    lines = [Line(True, y, 0, 90) for y in (0, 20, 40)] + [Line(False, x, 0, 40) for x in (0, 30, 90)]
    lines.append(Line(False, 60, 0, 20))
    chars = [Char("甲", 15, 30), Char("乙", 75, 30), Char("丙", 15, 10), Char("1", 45, 10), Char("2", 75, 10)]
    (table,) = tables_of(lines, chars)
    assert [[cell.text for cell in row if not cell.left] for row in table.grid.rows] == [
        ["甲", "乙"],
        ["丙", "1", "2"],
    ]
    assert table.holds(chars[0]) and not table.holds(Char("外", 200, 30))


@pytest.mark.parametrize(
    ("declared", "lines", "org", "year"),
    [
        ("", ["明湖区水利局", "2024年政府信息公开工作年度报告"], "明湖区水利局", 2024),
        ("", ["2019年云州市人民政府办公厅政府信息公开工作年度报告"], "云州市人民政府办公厅", 2019),
        ("明湖区水利局2023年政府信息公开年度报告", ["正文"], "明湖区水利局", 2023),
        ("", ["标题: 明湖区2022年度政府信息公开工作年度报告"], "明湖区", 2022),
        ("", ["明湖区水利局政府信息公开工作年度报告（2021年）"], "明湖区水利局", 2021),
        ("", ["根据条例要求，现向社会公开明湖区水利局2023年政府信息公开工作年度报告。"], "明湖区水利局", 2023),
        (
            "",
            ["本报告由明湖区教育局根据条例编制，数据期限自2023年1月1日起至2023年12月31日止。"],
            "明湖区教育局",
            2023,
        ),
        ("", ["明湖区水利局2023年度政府信息", "公开工作年度报告"], "明湖区水利局", 2023),
        ("", ["数据统计期限为2023年1月1日起至2023年12月31日止。"], "", 2023),
        ("", ["通知"], "", None),
    ],
)
def test_agency_and_year_from_the_title(declared, lines, org, year):
    name = name_of(declared, lines)
    assert (name.org, name.year) == (org, year)


def test_a_table_of_contents_is_passed_over():
    heads = [section.heading for section in samples.FORM.sections]
    text = "\n".join(heads) + "\n" + "\n".join(f"{head}\n{'正文' * 30}" for head in heads)
    parts = parts_of(text)
    assert [part.number for part in parts] == list("一二三四五六")
    assert all("正文" in text[part.start : part.end] for part in parts)
