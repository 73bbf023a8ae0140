"""读 PDF:按位置成行成段;转过的、逐字的、竖排的、分栏的读对;看不见的、乱码的、没有字的说出来。"""

import pytest

from gongkai.adapters import files
from gongkai.adapters.files import Kind, Unreadable
from gongkai.adapters.paper import extract
from tests.adapters.pdf_samples import pdf, put

HEAD = put("明政办发〔2024〕12号", 200, 740) + put("各镇人民政府：", 70, 660)
LONG = "现将有关事项通知如下请各镇各单位结合实际认真贯彻执行做好"


def texts(data):
    return [block.text for block in files.read(data, "x.pdf").blocks]


def test_a_title_over_lines_is_centred_and_a_full_line_goes_on():
    lines = ("明湖区人民政府办公室关于印发", "养老服务三年行动计划", "（2024—2026年）的通知")
    title = "".join(put(line, 297 - 11 * len(line), 800 - 30 * n, 22) for n, line in enumerate(lines))
    body = (
        put("各镇人民政府：", 70, 680) + put(LONG, 98, 660) + put(LONG + "事项", 70, 640) + put("工作。", 70, 620)
    )
    paper = extract(files.read(pdf(title + body), "x.pdf"))
    assert paper.title == "".join(lines)
    assert f"{LONG}{LONG}事项工作。" in paper.text and paper.addressee == "各镇人民政府"


def test_a_turned_page_is_read_upright():
    assert texts(pdf(HEAD, rotate=90)) == texts(pdf(HEAD)) == ["明政办发〔2024〕12号", "各镇人民政府："]
    up = put("第一行文字", 300, 100, turn="0 1 -1 0") + put("第二行文字", 330, 100, turn="0 1 -1 0")
    assert texts(pdf(up)) == ["第一行文字", "第二行文字"]


def test_letters_set_apart_are_joined():
    data = pdf(put("明政办发〔2024〕12号", 70, 740, pitch=24) + put("各镇人民政府：", 70, 700, pitch=20))
    assert texts(data) == ["明政办发〔2024〕12号", "各镇人民政府："]


def test_type_made_bold_by_printing_it_twice_is_read_once():
    twice = HEAD + put("明政办发〔2024〕12号", 200.4, 739.7) + put("各镇人民政府：", 70.5, 660)
    assert texts(pdf(twice)) == texts(pdf(HEAD))
    assert texts(pdf(put("人人有责，人人防汛，天天检查。", 70, 700))) == ["人人有责，人人防汛，天天检查。"]


def test_columns_from_top_to_bottom():
    def column(text, x):
        return "".join(put(mark, x, 760 - 20 * n) for n, mark in enumerate(text))

    assert texts(pdf(column("明湖区公告", 500) + column("第一条为了规范管理", 460))) == [
        "明湖区公告",
        "第一条为了规范管理",
    ]


def test_two_columns_one_after_the_other():
    left = "".join(put(f"左栏第{n}行的文字排满一栏的宽", 60, 740 - 20 * n) for n in range(8))
    right = "".join(put(f"右栏第{n}行的文字排满一栏的宽", 310, 740 - 20 * n) for n in range(8))
    text = files.read(pdf(put("明湖区通讯", 250, 790, 22) + left + right), "x.pdf").page
    assert text.index("左栏第7行") < text.index("右栏第0行")
    table = "".join(put(f"镇{n}", 60, 740 - 20 * n) + put(f"{n}20", 310, 740 - 20 * n) for n in range(8))
    assert "镇3 320" in files.read(pdf(table), "x.pdf").page


WHITE, BLACK = "1 1 1 rg\n", "0 0 0 rg\n"


@pytest.mark.parametrize(
    ("inner", "places"),
    [
        (WHITE + put("内部意见不宜公开", 70, 600) + BLACK, 1),
        (put("申请人张某某", 70, 600) + BLACK + "65 595 200 25 re f\n", 1),
        (put("申请人张某某", 70, 600) + WHITE + "65 595 200 25 re f\n" + BLACK, 1),
        ("3 Tr\n" + put("看不见的字", 70, 600) + "0 Tr\n", 1),
        ("0.8 0 0 rg 60 590 300 30 re f\n" + BLACK + put("红底上的字", 70, 600), 0),
        (put("照常的字", 70, 600) + "65 500 200 25 re f\n", 0),
    ],
)
def test_text_that_cannot_be_seen_is_left_out_and_said(inner, places):
    data = pdf(HEAD + inner)
    document = files.read(data, "x.pdf")
    told = [note for note in document.notes if "看不见的文字" in note]
    assert (len(document.page.split("\n")), len(told)) == (3 - places, places)
    assert any("看不见" in one for one in files.hidden(data, Kind.PDF)) is bool(places)


def test_codes_without_a_meaning_and_pages_without_text_are_said():
    garbled = put("쏷뫾쟸죋쏱헾뢮냬릫쫒컄볾쏷", 70, 700, font="X")
    with pytest.raises(Unreadable, match="需要文字识别"):
        files.read(pdf(garbled), "x.pdf")
    document = files.read(pdf(HEAD, garbled, ""), "x.pdf")
    assert any("第2页" in note and "需要文字识别" in note for note in document.notes)
    assert any("第3页没有文字" in note for note in document.notes) and "쏷" not in document.text


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_go():
    first = put(LONG, 98, 200) + put(LONG + "事项", 70, 180) + put("- 1 -", 280, 40)
    second = put("全部工作。", 70, 760) + put("- 2 -", 280, 40)
    assert texts(pdf(first, second)) == [f"{LONG}{LONG}事项全部工作。"]
