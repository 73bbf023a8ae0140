"""文书的句子:标点接得对,事实一项不丢,二十一种结果都成话。"""

import pytest

from gongkai.foi import composing, papers, prose
from gongkai.law import replies
from gongkai.law.errors import RuleBroken
from gongkai.law.grounds import grounds


@pytest.mark.parametrize(
    "sentence, value, read",
    [
        ("因{it}，不能答复。", "因需要检索大量材料。", "因需要检索大量材料，不能答复。"),
        ("因{it}，不能答复。", "由于材料分散；", "因材料分散，不能答复。"),
        ("内容：{it}", "写明年度", "内容：写明年度。"),
        ("内容：{it}", "写明年度。", "内容：写明年度。"),
        ("内容：{it}", "“低保”一词不明确。”", "内容：“低保”一词不明确。”"),
        ("情况为：{it}。", "查了档案。\n没有找到。", "情况为：查了档案；没有找到。"),
        ("请在{it}前答复。", "2025年3月3日", "请在2025年3月3日前答复。"),
        ("内容：{it}", "一，年度\n二，地点", "内容：一，年度\n二，地点。"),
        ("签名：　　　{it}", "　", "签名：　　　"),
    ],
)
def test_values_join_into_a_sentence(sentence, value, read):
    assert prose.filled(sentence, {"it": value}) == read


@pytest.mark.parametrize("key", list(replies.outcomes()))
def test_every_outcome_reads_as_sentences_and_states_every_fact(key):
    one = replies.outcomes()[key]
    facts = {name: f"事实{name}。" for name in one.needs if name != "tests"}
    known = {"law": "条例某条", "label": one.label}
    if one.ground or key == "partial":
        known |= {"ground": "某种信息", "basis": "依据某条", "tests": "逐项检验的回答。"}
    text = "\n".join(prose.reply(key, facts | known, replies.facts()))
    assert all(f"事实{name}" in text for name in facts) and text.endswith("。")
    assert not any(wrong in text for wrong in ("。。", "。，", "；。", "，。", "：。", "{"))
    assert "依据" in text or key in ("confirmation", "otherwise")


def test_a_fact_that_no_sentence_uses_is_not_lost():
    said = prose.reply("not_held", {"law": "条例", "label": "无", "reason": "另有说明"}, replies.facts())
    assert said[-1] == "理由：另有说明。"


def test_every_ground_has_its_words_and_no_list_name_stands_in_a_letter():
    for key, found in grounds().items():
        said = prose.ground(key)
        assert said and "三类" not in said and "四类" not in said and "三安全一稳定" not in said, found.label


def test_the_regulation_is_named_once_in_full():
    law = composing._law("《条例》第十六条第二款、《条例》第三十六条第(三)项")
    assert law == "《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项"


@pytest.mark.parametrize(
    ("sentence", "value", "read"),
    [
        ("因{why}，不能答复。", "他说“不同意。”", "因他说“不同意”，不能答复。"),
        ("因{why}，不能答复。", "不同意（见附件。）", "因不同意（见附件），不能答复。"),
        ("理由是：{why}。", "因为涉及第三方；", "理由是：涉及第三方。"),
        ("公开的理由：{why}", "由于公共利益", "公开的理由：公共利益。"),
        ("依据{why}，本机关决定", "《办法》第3条;第4条", "依据《办法》第3条；第4条，本机关决定"),
        ("途径为：{why}。", "https://a.example/x?id=3,4", "途径为：https://a.example/x?id=3,4。"),
        ("{why}", "材料较多……", "材料较多……"),
        ("情况为：{why}。", "他说“有。”\n（没有。）", "情况为：他说“有”；（没有）。"),
    ],
)
def test_other_values_that_clerks_type_read_as_one_sentence(sentence, value, read):
    assert prose.filled(sentence, {"why": value}) == read


@pytest.mark.parametrize("value", ["", "。", "、", "因为。", "因", "……", "（）", "　"])
def test_a_stop_or_a_lone_because_says_nothing(value):
    """只填了标点的,不算填了:不然发出去的是“因，不能答复”。"""
    assert not prose.says_something(value)
    paper = papers.get("extension")
    filled = dict.fromkeys(papers.LABELS, "2026年1月5日") | {"days": "20", "why": value}
    with pytest.raises(RuleBroken, match="延长的理由"):
        papers.paragraphs(paper, filled)
