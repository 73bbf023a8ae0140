"""检索语言:人怎么打就怎么懂。"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.engine import Document, MemoryEngine, Occur
from gongkai.adapters.words import Cutter, Sounds, Synonyms
from gongkai.search.days import Span, read_span
from gongkai.search.query import analyse, did_you_mean

CUTTER = Cutter(["学位房", "依申请公开", "公共租赁住房"])
AGENCIES = {"明湖区教育局": "区教育局", "教育局": "区教育局", "区教育局": "区教育局", "财政局": "区财政局"}


def read(text, **more):
    return analyse(text, CUTTER, agencies=AGENCIES, **more)


def test_words_of_a_question_without_its_empty_words():
    assert read("请问怎么申请公共租赁住房？需要什么材料").words == ("申请", "公共租赁住房", "材料")


@pytest.mark.parametrize("text", ['"学位房 管理"', "“学位房 管理”", "「学位房 管理」", "＂学位房 管理＂"])
def test_phrases_in_any_quotation_marks(text):
    query = read(f"{text} 通知")
    assert (query.phrases, query.words) == (("学位房 管理",), ("通知",))


@pytest.mark.parametrize("text", ["明教〔2024〕3号", "明教[2024]3号", "明教（2024）第3号", "明教【2024】3號"])
def test_document_numbers(text):
    query = read(f"{text} 学位房")
    assert (query.numbers, query.words) == (("明教〔2024〕3号",), ("学位房",))


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("预算 -草案", ("草案",)),
        ("预算 －草案", ("草案",)),
        ("预算 -“征求意见稿”", ("征求意见稿",)),
        ("2020-2023 预算", ()),
    ],
)
def test_exclusion(text, excluded):
    query = read(text)
    assert (query.excluded, query.words) == (excluded, ("预算",))


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert read("ZJAC75-2024-0001").excluded == ()


@pytest.mark.parametrize(
    ("text", "since", "until", "years"),
    [
        ("2020-2023", "2020-01-01", "2023-12-31", {2020, 2021, 2022, 2023}),
        ("2020年至2021年", "2020-01-01", "2021-12-31", {2020, 2021}),
        ("2021年", "2021-01-01", "2021-12-31", {2021}),
        ("2021", "2021-01-01", "2021-12-31", {2021}),
        ("2021年2月", "2021-02-01", "2021-02-28", set()),
        ("2021-05-06", "2021-05-06", "2021-05-06", set()),
        ("2021年5月6日", "2021-05-06", "2021-05-06", set()),
        ("after:2021-05-01", "2021-05-01", None, set()),
        ("2021年以后", "2021-01-01", None, set()),
        ("before:2021-05", None, "2021-05-31", set()),
        ("2021年以前", None, "2020-12-31", set()),
        ("2021-01-02..2021-03-04", "2021-01-02", "2021-03-04", set()),
    ],
)
def test_time(text, since, until, years):
    span, rest = read_span(f"预算 {text}")
    day = lambda one: one and date.fromisoformat(one)  # noqa: E731
    assert span == Span(day(since), day(until), frozenset(years))
    assert rest.split() == ["预算"]


@pytest.mark.parametrize("text", ["2024年预算", "2021-02-30", "13800000000", "2023-2020", "1850年", "共2021件"])
def test_what_is_not_a_time_stays_a_word(text):
    assert read_span(text) == (None, text)


def test_units_by_name_short_name_or_prefix():
    assert read("教育局 学位").units == {"区教育局"}
    assert read("单位:财政局 决算").units == {"区财政局"}
    assert read("单位:没有这个局 决算").words[-1] == "决算"
    assert read("教育局学位政策").units == frozenset()


def test_a_year_of_a_report_counts_as_its_date():
    engine = MemoryEngine(CUTTER)
    engine.write(
        [
            Document("1", "2023年年度报告", year=2023, on=date(2024, 1, 30)),
            Document("2", "预算", on=date(2022, 1, 1)),
        ]
    )
    assert [hit.id for hit in engine.search(read("2023年").plan()).hits] == ["1"]


def test_synonyms_are_tried_and_highlighted():
    query = read("拆迁 补偿", synonyms=Synonyms([["拆迁", "征收"]]))
    engine = MemoryEngine(CUTTER)
    engine.write([Document("1", "房屋征收补偿办法")])
    assert [hit.id for hit in engine.search(query.plan()).hits] == ["1"]
    assert "征收" in query.terms


def test_few_words_must_all_be_there_many_need_not():
    few, many = read("学位房 通知"), read("学位房 通知 教育 材料 期限 收费")
    assert {clause.occur for clause in few.plan().clauses} == {Occur.MUST}
    assert {clause.occur for clause in many.plan().clauses} == {Occur.SHOULD}
    assert 2 < many.plan().minimum < 6
    assert few.plan(strict=False).minimum == 1


def test_words_typed_together_are_better_together():
    engine = MemoryEngine(CUTTER)
    engine.write([Document("1", "办法", "公开的条例和管理。"), Document("2", "办法", "公开条例。")])
    assert [hit.id for hit in engine.search(read("公开条例").plan()).hits] == ["2", "1"]


def test_filters_of_the_page_come_before_the_unit_typed():
    query = read("教育局 学位")
    assert query.plan().filters["unit"] == {"区教育局"}
    assert query.plan(filters={"unit": frozenset({"区财政局"})}).filters["unit"] == {"区财政局"}


def test_homophones_are_suggested():
    sounds = Sounds(["依申请公开", "学位房"])
    assert did_you_mean("一申请公开 和 学味房", sounds) == "依申请公开 和 学位房"
    assert did_you_mean("依申请公开", sounds) is None
    assert did_you_mean("我家狗要上牌吗", Sounds(["狗咬"])) is None
    assert did_you_mean("狗要", Sounds(["狗咬"])) == "狗咬"


def test_only_empty_words_are_searched_as_they_are():
    assert read("是什么").words == ("是什么",)
    assert read("").is_empty
    assert read("!!!").is_empty


@given(st.text(max_size=400))
def test_any_text_can_be_read(text):
    query = read(text)
    query.plan()
    assert all(query.terms)


@pytest.mark.parametrize(
    "text",
    [
        "公" * 10_000,
        '"' * 999,
        "-" * 999,
        "after:9999-99-99",
        "a" * 10_000,
        "((AND)) OR *:*",
        "\x00\ud800",
        "2021" * 50,
    ],
)
def test_hostile_text_is_only_text(text):
    engine = MemoryEngine(CUTTER)
    engine.write([Document("1", "甲")])
    engine.search(read(text).plan())
    engine.search(read(text).plan(strict=False))
