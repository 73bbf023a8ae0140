"""一整句口语说的是哪件事:几个意思合起来认,公文的叫法已经在话里的不换,别的字里碰巧有的不算。"""

import pytest

from gongkai.adapters.words import fold
from gongkai.search import events
from gongkai.search.query import analyse
from gongkai.search.tuning import Tuning


def asked(text):
    tuning = Tuning()
    return analyse(text, tuning.cutter(()), synonyms=tuning.synonyms)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("我妈八十了有啥补贴", "高龄津贴"),
        ("81岁一个月给多少钱", "高龄津贴"),
        ("被炒鱿鱼了能拿啥钱", "失业保险金"),
        ("孩子学费交不起", "学生资助"),
        ("老屋要倒了政府给修不", "危房改造"),
        ("外地看病回来报账", "异地就医备案"),
        ("量子计算机几块钱", None),
        ("世界杯门票多少钱", None),
        ("", None),
        ("😀" * 50, None),
    ],
)
def test_a_sentence_is_one_thing_or_none(said, written):
    event = events.event_in(said)
    assert (event.written[0] if event else None) == written


def test_what_takes_as_much_of_the_sentence_counts_as_well():
    """Who it is and that money is wanted are said of everything and weigh half."""
    assert events.event_in("厂子倒闭了没钱").written[0] == "失业保险金"
    assert "公共租赁住房" not in events.event_in("八十岁的老人补贴").written


@pytest.mark.parametrize("text", ["高龄津贴给多少钱", "最低生活保障怎么申请", "食品经营许可要什么材料"])
def test_what_papers_write_is_looked_for_as_it_stands(text):
    assert events.event_in(text) is None


def test_no_character_counts_for_two_ideas():
    """“公租房”里的“租”不再算要租。"""
    table = events.table()
    assert events._apart([table.ideas["租公房"], table.ideas["租"]], "公租房") == ()
    assert events._apart([table.ideas["租公房"], table.ideas["租"]], "公租房怎么申请") == ("公租房", "申请")


def test_other_words_of_the_sentence_only_bring_forward():
    query = asked("厂子倒闭了能拿啥钱")
    assert query.tells_event and query.words[0] == "失业保险金"
    assert list(query.synonyms) == ["失业保险金"]


def test_a_longer_saying_of_the_table_goes_first():
    assert not asked("高龄老人").tells_event


def test_quotation_marks_and_numbers_are_taken_at_their_word():
    assert not asked("“老屋要倒了”").tells_event


def test_every_idea_is_used_and_every_event_known():
    table = events.table()
    used = {name for names in table.events for name in names} - {"高龄"}
    assert used == set(table.ideas)
    assert table.common <= set(table.ideas)
    assert set(table.alone) <= used - table.common, "到处都有的，单凭它猜不出"
    assert all(fold(said) == said for ways in table.ideas.values() for said in ways)
    assert len(table.events) >= 150


def test_a_title_that_was_copied_is_sought_as_it_stands():
    assert events.event_in("明湖区延长婚姻登记办公时间的通知是什么") is None
    assert events.event_in("婚姻登记办公时间").written[0] == "结婚登记"


def test_a_long_word_that_was_typed_stays_a_way_of_writing():
    query = asked("婚姻登记要带啥办公时间")
    assert query.written[0] == "结婚登记" and "婚姻登记" in query.written and "办公时间" not in query.written


@pytest.mark.parametrize(
    ("said", "guess"), [("小电驴被拦了", "电动自行车管理"), ("老人问个事", None), ("养鳄鱼", None), ("", None)]
)
def test_one_thing_is_enough_for_a_guess(said, guess):
    event = events.guess(said)
    assert (event.written[0] if event else None) == guess
