"""回答:三档、逐字、有效的在前、拒答说明理由。"""

from datetime import date

import pytest

from gongkai.adapters.engine import Document, MemoryEngine
from gongkai.search.answers import Answerer, Band
from gongkai.search.confidence import Signals, confidence
from gongkai.search.laws import REPLACED
from gongkai.search.passages import cut
from gongkai.search.ranking import Ranking
from gongkai.search.scope import Missing, Scope
from gongkai.search.weights import weights


@pytest.fixture
def answerer(engine, cutter):
    return Answerer(Ranking(engine), cutter, not_in_force=frozenset({REPLACED}))


def test_a_plain_question_gets_its_article(answerer):
    answer = answerer.answer("收养人应当提交申请书、身份证明和婚姻状况证明吗")
    assert answer.band is Band.CLEAR
    assert (answer.quotes[0].document.title, answer.quotes[0].label) == ("明湖收养登记办法", "第三条")
    assert answer.unit is None


def test_every_quotation_is_verbatim(answerer, laws):
    sources = {law.group: law.text for law in laws}
    for question in ("收养登记", "公司的注册资本", "办理登记的机关是哪个部门"):
        for quote in answerer.answer(question).quotes:
            assert sources[quote.document.group][quote.start : quote.end] == quote.text
            for start, end in quote.spans:
                assert quote.text[start:end] in quote.text


def test_a_long_passage_is_quoted_in_part(cutter):
    text = "总的要求如下。" + "各单位要高度重视。" * 60 + "低保标准是每人每月一千元。" + "其他按规定执行。" * 60
    (whole,) = [one for one in cut(text) if "低保标准" in one.text]
    engine = MemoryEngine(cutter)
    engine.write([Document("1", "通知", whole.text, start=whole.start, group="1")])
    (quote,) = Answerer(Ranking(engine), cutter).answer("低保标准是多少").quotes
    assert "低保标准是每人每月一千元。" in quote.text
    assert len(quote.text) < 600
    assert text[quote.start : quote.end] == quote.text


def test_what_is_in_force_stands_first_and_the_rest_is_marked(answerer):
    quotes = answerer.answer("公司的注册资本最低为三万元吗").quotes
    old = [quote for quote in quotes if quote.document.validity == REPLACED]
    assert old and not any(quote.in_force for quote in old)
    assert [quote.in_force for quote in quotes] == sorted((quote.in_force for quote in quotes), reverse=True)


def test_refusals_say_why(answerer):
    answer = answerer.answer("明天民政局上班吗")
    assert (answer.band, answer.missing, answer.quotes) == (Band.NOT_FOUND, Missing.LIVE, ())
    answer = answerer.answer("青山县的低保标准")
    assert answer.missing is Missing.PLACE
    assert answerer.answer("🙂🙂").missing in (Missing.EMPTY, Missing.WEAK)


REPORTS = [
    Document(
        f"r{year}{place}",
        f"{place}区{year}年政府信息公开工作年度报告",
        f"全年收到申请{count}件。",
        year=year,
        on=date(year + 1, 1, 20),
        group=f"r{year}{place}",
    )
    for place, year, count in (("明湖", 2022, 31), ("明湖", 2023, 42), ("青山", 2023, 77), ("明湖", 2024, 58))
]


@pytest.mark.parametrize(("year", "count"), [(2022, 31), (2023, 42), (2024, 58)])
def test_reports_of_different_years_and_places_are_told_apart(cutter, year, count):
    engine = MemoryEngine(cutter)
    engine.write(REPORTS)
    cutter.add(["明湖区", "青山区"])
    answerer = Answerer(Ranking(engine), cutter, scope=Scope(local=True, on=date(2025, 3, 1)))
    answer = answerer.answer(f"明湖区{year}年收到多少件申请")
    assert f"申请{count}件" in answer.quotes[0].text
    assert {quote.document.year for quote in answer.quotes} == {year}


def test_a_year_without_a_report_is_not_answered_with_another(cutter):
    engine = MemoryEngine(cutter)
    engine.write(REPORTS)
    answerer = Answerer(Ranking(engine), cutter, scope=Scope(local=True, on=date(2025, 3, 1)))
    assert answerer.answer("2021年收到多少件申请").band is Band.NOT_FOUND


def test_a_follow_up_is_narrowed_by_filters(answerer):
    answer = answerer.answer("收养登记", filters={"kind": frozenset({"行政法规"})})
    assert {quote.document.kind for quote in answer.quotes} == {"行政法规"}


@pytest.mark.parametrize("near", [None, 0.6])
def test_confidence_grows_with_each_signal(near):
    plain, _ = confidence(Signals(0.1, near, 0.5), weights())
    assert confidence(Signals(0.3, near, 0.5), weights())[0] > plain
    assert confidence(Signals(0.1, near, 0.9), weights())[0] > plain
    assert near is None or confidence(Signals(0.1, 0.7, 0.5), weights())[0] > plain
    assert 0 < plain < 1


@pytest.mark.parametrize("text", ["公" * 10_000, "<b>'\";--", "\x00\ud800", "AND ((", "？", "2024年" * 300])
def test_hostile_questions_get_an_answer(answerer, text):
    assert answerer.answer(text).band in Band
