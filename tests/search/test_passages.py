"""切分:按条、按段;逐字取自原文;不漏字。"""

import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.passages import cut, sentences

RULES = """明湖区政府信息公开办法

## 第一章  总则

第一条 为了规范公开工作，制定本办法。

第二条 本办法所称信息，包括：

（一）文件；

（二）数据。

## 第二章  附则

第三条 本办法自2024年5月1日起施行。
"""

PLAN = (
    "明湖区工作要点\n\n一、总体要求\n坚持公开为常态。\n\n二、主要任务\n(一)梳理文件。"
    + "逐件核对有效性。" * 60
    + "\n(二)办好公报。\n"
)


def test_a_rule_is_cut_by_article_with_its_chapter():
    passages = cut(RULES)
    assert [one.label for one in passages] == ["第1段", "第一条", "第二条", "第三条"]
    assert [one.heading for one in passages][1:] == ["第一章 总则", "第一章 总则", "第二章 附则"]
    assert passages[2].text.endswith("（二）数据。")


def test_a_notice_is_cut_by_paragraph_under_its_headings():
    passages = cut(PLAN)
    assert [one.heading for one in passages][:2] == ["", "一、总体要求"]
    assert passages[1].text == "一、总体要求\n坚持公开为常态。"
    assert max(len(one.text) for one in passages) <= 700
    assert passages[-1].text.endswith("(二)办好公报。")


def test_an_article_of_the_criminal_law_in_between():
    passages = cut("第十七条 甲。\n第十七条之一 乙。\n第十八条 丙。依照第十七条处理。")
    assert [one.label for one in passages] == ["第十七条", "第十七条之一", "第十八条"]


def test_sentences_keep_the_closing_quotation_mark():
    text = "他说：“公开是原则。”不公开是例外；理由要写明"
    assert [text[start:end] for start, end in sentences(text)] == [
        "他说：“公开是原则。”",
        "不公开是例外；",
        "理由要写明",
    ]


@given(st.text(alphabet="第一二条章 　\n。；#、公开办法“”a1", max_size=400))
def test_passages_are_verbatim_in_order_and_leave_nothing_out(text):
    passages = cut(text)
    at = 0
    for one in passages:
        assert text[one.start : one.end] == one.text != ""
        assert one.start >= at
        at = one.end
    kept = "".join(one.text for one in passages)
    headings = "".join(one.heading for one in passages)
    body = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    for sign in set("公开办法a1"):
        wanted = sum(
            line.count(sign) for line in body if not re.match(r"第[零〇一二三四五六七八九十百千]+[编章节]", line)
        )
        assert kept.count(sign) + headings.count(sign) >= wanted


@given(st.text(max_size=300))
def test_any_text_can_be_cut(text):
    assert all(text[one.start : one.end] == one.text for one in cut(text))


def test_a_long_string_without_punctuation_is_cut():
    passages = cut("公" * 10_000)
    assert "".join(one.text for one in passages) == "公" * 10_000
    assert max(len(one.text) for one in passages) <= 700
