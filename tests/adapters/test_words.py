"""词:归一不挪位,切词不漏词,文号写法不一样也是同一个词,同音字认得。"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.words import Cutter, Sounds, Synonyms, bigrams, fold, number_tokens

CUTTER = Cutter(["依申请公开", "明湖区", "政务公开五年行动实施方案"])


@given(st.text(max_size=200))
def test_folding_keeps_every_position(text):
    plain = fold(text)
    assert len(plain) == len(text)
    assert fold(plain) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("國務院辦公廳關於信息公開", "国务院办公厅关于信息公开"),
        ("２０２１年Ａ款", "2021年a款"),
        ("皇后和乾隆", "皇后和乾隆"),
        ("㎡", "㎡"),
    ],
)
def test_folding(written, plain):
    assert fold(written) == plain


def test_a_taught_term_stays_whole_and_its_words_are_found_too():
    words = CUTTER.words("明湖区依申请公开流程")
    assert {"明湖区", "依申请公开", "公开"} <= set(words)
    assert CUTTER.whole_words("明湖区依申请公开流程") == ["明湖区", "依申请公开", "流程"]


def test_every_two_characters_of_a_run_are_a_bigram():
    assert bigrams("学位房") == ["学位", "位房"]
    assert bigrams("甲、乙丙") == ["甲", "乙丙"]
    assert bigrams("𬀩县GDP增3.5%") == ["𬀩县", "gdp", "增", "3.5"]


@given(st.text(alphabet="公开条例办法区县政府〔〕12年,", min_size=2, max_size=30), st.data())
def test_bigrams_miss_no_literal_phrase_of_han(text, data):
    """A phrase of Han characters inside a run has all its bigrams among those of the text, in a row."""
    runs = re.findall("[\u4e00-\u9fff]{2,}", text)
    if runs:
        run = data.draw(st.sampled_from(runs))
        start = data.draw(st.integers(0, len(run) - 2))
        end = data.draw(st.integers(start + 2, len(run)))
        wanted, have = bigrams(run[start:end]), bigrams(text)
        assert any(have[at : at + len(wanted)] == wanted for at in range(len(have)))


@pytest.mark.parametrize(
    "written",
    [
        "明政办发〔2021〕51号",
        "明政办发[2021]51号",
        "明政办发（2021）51号",
        "明政办发【2021】第51号",
        "明政办发〔２０２１〕５１號",
        "明政办发〔2021〕051号",
    ],
)
def test_a_document_number_is_one_token_however_it_is_written(written):
    assert number_tokens(f"见{written}文件") == number_tokens("明政办发〔2021〕51号")


def test_a_number_is_found_by_the_tail_of_its_code():
    assert set(number_tokens("政办发〔2021〕51号")) < set(number_tokens("明政办发〔2021〕51号"))


def test_orders_of_the_state_council_are_written_in_two_ways():
    assert set(number_tokens("国令第711号")) & set(number_tokens("国务院令第711号"))


def test_homophones_are_recognised():
    sounds = Sounds(["依申请公开", "公开指南", "政务"])
    assert [one.meant for one in sounds.alike("一申请公开怎么办")] == ["依申请公开"]
    assert [one.meant for one in sounds.alike("工开指南")] == ["公开指南"]


def test_what_is_spelt_right_is_not_suggested():
    sounds = Sounds(["依申请公开", "公开", "攻开"])
    assert sounds.alike("依申请公开") == []
    assert sounds.alike("公开") == []


def test_accents_are_forgiven():
    assert [one.meant for one in Sounds(["政策解读"]).alike("增册解读")] == ["政策解读"]


@given(st.text(max_size=60))
def test_homophones_stand_where_they_say(text):
    for one in Sounds(["依申请公开", "公开", "条例"]).alike(text):
        assert fold(text)[one.start : one.start + len(one.typed)] == one.typed != one.meant


def test_synonyms_are_data():
    synonyms = Synonyms([["拆迁", "征收"], ["工资", "薪酬", "劳动报酬"]])
    assert synonyms.synonyms_of("薪酬") == ("工资", "劳动报酬")
    assert synonyms.synonyms_of("征收") == ("拆迁",)
    assert synonyms.synonyms_of("没有") == ()


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "a" * 10_000, "公" * 10_000, "'; DROP TABLE--", "🙂" * 50])
def test_nothing_breaks_the_cutting(text):
    assert all(word for word in CUTTER.words(text) + bigrams(text) + CUTTER.whole_words(text))
    assert number_tokens(text) == []
