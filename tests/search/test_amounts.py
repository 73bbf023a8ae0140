"""问数额的:用写着数额的那一句回答,不用“公开、公平”。"""

import pytest

from gongkai.records.models import Edition
from gongkai.records.terms import Stage
from gongkai.search import amounts, asking, finding, index
from tests.records.office import AT, Office


@pytest.mark.parametrize(
    "question",
    [
        "补贴多少钱",
        "最高补多少",
        "费用几元",
        "要交多少费",
        "罚款多少",
        "奖励多少万",
        "能补几万",
        "收费标准是什么",
        "高龄津贴一个月发多少",
        "低保标准",
        "补助金额",
        "公租房租金多少",
        "补貼多少錢",
        "停车收几块",
        "报销百分之几",
        "办证工本费多少",
        "最多能领多少补助",
    ],
)
def test_questions_for_an_amount(question):
    assert amounts.asks(question)


@pytest.mark.parametrize(
    "question",
    [
        "补贴对象有哪些",
        "一共补了多少户",
        "多少天办完",
        "申请公开要几个工作日",
        "有多少人领补贴",
        "奖励名单",
        "低保怎么申请",
        "学校在几路",
        "补充材料",
        "",
        "最高人民法院",
    ],
)
def test_other_questions(question):
    assert not amounts.asks(question)


TEXT = """第一条 为了做好高龄津贴发放，坚持公开、公平、公正，制定本办法。
第二条 2024年安排资金3000万元用于养老服务。
第三条 高龄津贴按下列标准发放：（一）八十至八十九周岁，每月一百元；（二）九十周岁以上，每月２００元；（三）一百周岁以上，每月最高不超过1,000元。
第四条 冒领津贴的，处五百元以下罚款。
第五条 报名费免收，城镇居民自付部分按30%补助。"""


@pytest.mark.parametrize(
    ("question", "words", "starts", "holds"),
    [
        ("高龄津贴多少钱", ["高龄", "津贴"], "第三条", "每月一百元；（二）九十周岁以上，每月２００元；"),
        ("高龄津贴最高多少", ["津贴"], "第三条", "最高不超过1,000元"),
        ("冒领要罚多少", ["冒领"], "第四条", "五百元"),
        ("养老资金多少钱", ["养老", "资金"], "第二条", "3000万元"),
    ],
)
def test_the_sentence_with_the_amount(question, words, starts, holds):
    found = amounts.answering(TEXT, words, question)
    assert found.text.startswith(starts) and holds in found.text and "公平" not in found.text
    assert TEXT[found.start :].startswith(found.text), "一字不改"
    assert any(hit and "元" in part for part, hit in found.parts())


def test_a_share_where_there_is_no_sum():
    assert amounts.answering("第一条 自付部分按30%补助。", ["补助"], "补多少").text == "第一条 自付部分按30%补助。"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "公开、公平、公正。",
        "第一条 元旦放假三天。",
        "二元体制",
        "本年收费金额（单位：万元）",
        "2024年3月5日",
        "一百件",
    ],
)
def test_no_amount_no_answer(text):
    assert amounts.answering(text, ["补助"], "补多少") is None


def test_long_texts_are_read_in_linear_time():
    text = "补助一元；" * 20000 + "补助" + "百" * 50000 + "9" * 50000
    assert len(amounts.answering(text, ["补助"], "补多少").text) <= 300


PAPER = (
    "<p>第一条 为规范既有住宅加装电梯补助，坚持公开、公平、公正的原则，制定本办法。</p>"
    "<p>第二条 加装电梯补助坚持公开、公平，既有住宅加装电梯补助由区住建局负责。</p>"
    "<p>第三条 业主向街道办事处申请，提交竣工验收材料。</p><p>第四条 每台二十万元。</p>"
)


@pytest.fixture
def office(db):
    one = Office()
    one.publish(title="明湖区既有住宅加装电梯补助办法", body=PAPER, doc_number="明政办发〔2024〕1号")
    one.publish(
        title="关于既有住宅加装电梯补助的说明",
        body="<p>既有住宅加装电梯补助的说明，加装电梯补助见办法。</p>",
        doc_number="",
    )
    for number in range(4):
        one.publish(
            title=f"关于第{number}号林地秋季绿化的通知", body="<p>各单位在十月底以前补植。</p>", doc_number=""
        )
    index.rebuild(AT, AT.date())
    return one


@pytest.mark.parametrize("question", ["加装电梯补助多少钱", "既有住宅加装电梯最高补多少", "加装电梯补助金额"])
def test_the_answer_quotes_it_first_whichever_passage_was_found(office, question):
    first = asking.ask(question, AT, AT.date()).cited[0]
    assert (first.label, first.text) == ("第四条", "第四条 每台二十万元。")
    assert first.text in Edition.objects.get(record=first.record, stage=Stage.LIVE).text
    assert "".join(part for part, _ in first.parts) == first.text


def test_other_questions_are_answered_as_before(office):
    assert all(
        "二十万" not in one.text or "业主" in one.text
        for one in asking.ask("加装电梯补助向谁申请", AT, AT.date()).cited[:1]
    )


def test_the_search_page_shows_it_as_the_excerpt(office):
    rows = finding.find("加装电梯补助多少钱", AT, AT.date()).rows
    assert rows[0].answers and not rows[-1].answers
    by_title = {row.record.title: "".join(part for part, _ in row.excerpt) for row in rows}
    assert by_title["明湖区既有住宅加装电梯补助办法"] == "第四条 每台二十万元。"


def test_words_that_only_ask_how_much_are_not_looked_for(office):
    for question in ("加装电梯最高补多少", "加装电梯补助最多领多少", "加装电梯补助金额"):
        assert finding.find(question, AT, AT.date()).total == 2, question
    assert finding.find("最高", AT, AT.date()).total == 0, "只打这个词的,找的就是它"


def test_a_long_word_that_stands_nowhere_is_cut_into_shorter_ones(office):
    office.publish(title="明湖区住宅小区管理办法", body="<p>物业服务按季收费，每平方米五元。</p>", doc_number="")
    index.rebuild(AT, AT.date())
    found = finding.find("物业服务收费", AT, AT.date())
    assert [row.record.title for row in found.rows] == ["明湖区住宅小区管理办法"] and found.loose
    assert finding.find("物业服务收费多少", AT, AT.date()).rows[0].record.title == "明湖区住宅小区管理办法"
    assert finding.find("火星移民", AT, AT.date()).total == 0
