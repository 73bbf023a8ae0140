"""发文字号:各种写法归一,文中找,缺号重号。"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.docnumber import DocNumber, find, gaps, normalise, normative_number, parse
from gongkai.law.errors import RuleBroken

ROWS = list(
    csv.DictReader((Path(__file__).parents[1] / "tables" / "docnumbers.csv").read_text("utf-8").splitlines())
)
CODES = st.text("明政办发函规字镇区委府财教", min_size=2, max_size=8)


@pytest.mark.parametrize("row", ROWS, ids=[row["写法"] for row in ROWS])
def test_table(row):
    number = normalise(row["写法"])
    assert number.text == row["归一"]
    assert bool(number.warnings) is (row["有提示"] == "是")


@given(CODES, st.integers(1950, 2099), st.integers(1, 99999))
def test_what_is_written_is_read_again(code, year, seq):
    number = DocNumber(code, year, seq)
    assert parse(number.text) == number == normalise(number.text)


@pytest.mark.parametrize(
    "text",
    ["", "镇政办发", "〔2021〕5号", "镇政办发〔1021〕5号", "镇政办发〔2021〕0号", "令第0号", "没有文号的一句话"],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(RuleBroken):
        normalise(text)
    with pytest.raises(RuleBroken):
        parse(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("根据国办发〔2019〕54号和国令第711号", ["国办发〔2019〕54号", "国令第711号"]),
        ("按照浙政办发〔2020〕75号、甬政办发[2021]38号精神", ["浙政办发〔2020〕75号", "甬政办发〔2021〕38号"]),
        ("现将《通知》(皖财综〔2021〕28号)印发", ["皖财综〔2021〕28号"]),
        ("已由和政办发〔2020〕7号修改", ["和政办发〔2020〕7号"]),
        ("中华人民共和国国务院令第711号", ["中华人民共和国国务院令第711号"]),
        ("共有3号楼、5号楼,电话2021年", []),
    ],
)
def test_numbers_in_running_text(text, wanted):
    found = find(text)
    assert [one.number.text for one in found] == wanted
    assert all(str(one.number.seq) in text[one.start : one.end] for one in found)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    for one in find(text):
        assert 0 <= one.start < one.end <= len(text)


def test_gaps_and_repeats_by_code_and_year():
    numbers = [DocNumber("明政发", 2024, n) for n in (1, 2, 2, 5)] + [
        DocNumber("明政发", 2023, 1),
        DocNumber("令", None, 3),
    ]
    (one,) = gaps(numbers)
    assert (one.code, one.year, one.missing, one.repeated) == ("明政发", 2024, (3, 4), (2,))


def test_sorting_is_by_number_not_by_letters():
    numbers = [DocNumber("甲", 2024, 10), DocNumber("甲", 2024, 9), DocNumber("甲", None, 1)]
    assert [one.seq for one in sorted(numbers, key=lambda one: one.key)] == [1, 9, 10]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("统一编号:ZJAC75-2024-0001", "ZJAC75-2024-0001"), ("HFGS—2017—9", "HFGS—2017—9"), ("没有", None)],
)
def test_the_unified_number_is_another_field(text, wanted):
    assert normative_number(text) == wanted


def test_an_order_has_no_year():
    assert parse("国令第711号") == DocNumber("国令", None, 711)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("明自然资规〔2024〕3-2号", "明自然资规〔2024〕3-2号"),
        ("明自然资规[2024]3—2号", "明自然资规〔2024〕3-2号"),
        ("明自然资规〔2024〕３－２号", "明自然资规〔2024〕3-2号"),
        ("厦 府 办 〔2024〕 12 号", "厦府办〔2024〕12号"),
        ("厦　府　办〔 2024 〕１２号", "厦府办〔2024〕12号"),
        ("ＭＺ发〔2024〕1号", "MZ发〔2024〕1号"),
    ],
)
def test_parts_spaces_and_wide_letters(text, wanted):
    assert normalise(text).text == wanted
    assert [one.number.text for one in find(f"文件\n{text}\n各镇")] == [wanted]


def test_spaces_do_not_draw_a_sentence_in():
    assert [one.number.text for one in find("依照 国办发〔2019〕54号 执行")] == ["国办发〔2019〕54号"]
    assert [one.number.text for one in find("厦府办 〔2024〕12号")] == ["厦府办〔2024〕12号"]


def test_parts_of_one_number_are_no_repetition():
    assert gaps([normalise(f"明政发〔2024〕1-{n}号") for n in (1, 2)]) == []
    assert gaps([normalise("明政发〔2024〕1-1号")] * 2)[0].repeated == (1,)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("BZHD01–2020–0014", "BZHD01–2020–0014"),
        ("（BHSD01-2021-0007）", "BHSD01-2021-0007"),
        ("BYZD01-2023-0002", "BYZD01-2023-0002"),
        ("ＢＹＺＤ０１－２０２３－０００２", "ＢＹＺＤ０１－２０２３－０００２"),
        ("ZJAC75 — 2024 — 0001", "ZJAC75 — 2024 — 0001"),
        ("统一编号BXSD00—2019—0003号", "BXSD00—2019—0003"),
        ("BZHD01一2020一0014", "BZHD01一2020一0014"),
        ("BZHD01_2020_0014", "BZHD01_2020_0014"),
        ("COVID19-2020年", None),
        ("电话0571-2020-0001", None),
    ],
)
def test_unified_numbers_of_districts(text, wanted):
    assert normative_number(text) == wanted


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("见明建〔2024〕3号之二）", "明建〔2024〕3-2号"),
        ("按明建〔2024〕3号之二的规定", "明建〔2024〕3-2号"),
        ("明政办发〔2024〕12（1）号", "明政办发〔2024〕12-1号"),
        ("明政办发〔2024〕12号-2", "明政办发〔2024〕12-2号"),
        ("明政办发〔2024〕12-1", "明政办发〔2024〕12-1号"),
        ("见明政办发〔2024〕12号-15号文件", "明政办发〔2024〕12号"),
        ("明政办发〔2024〕12号（2）项", "明政办发〔2024〕12号"),
        ("（明政办发〔2024〕12号－2024年版）", "明政办发〔2024〕12号"),
        ("明政办发〔2024〕3号2024-12-30", "明政办发〔2024〕3号"),
        ("《办法》（明 政 办 发 〔2024〕 12 号）", "明政办发〔2024〕12号"),
    ],
)
def test_the_number_within_a_number_wherever_it_is_written(text, read):
    """一件的几个分号读成同一个号,后一件就被当成重复,拒收。"""
    assert find(text)[0].number.text == read


def test_the_long_serial_of_some_cities_registers():
    assert normative_number("统一编号：JNCR-2021-0020001") == "JNCR-2021-0020001"
    assert normative_number("电话 ABC-2021-002000111") is None
