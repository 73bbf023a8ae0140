"""评测:标准答案找得准,算得对,命令跑得通。"""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongkai.search.answers import Answerer
from gongkai.search.evaluation import Tally, evaluate, interval, report
from gongkai.search.gold import Gold, Question
from gongkai.search.ranking import Ranking


def asked(text, *cited, kind="layperson_statute", texts=None, answer="", source=""):
    return Question(text, kind, cited, texts or {}, answer, source)


def bodies(engine, keys):
    return {document.title + document.body[:3] for document in engine.documents(list(keys)).values()}


def test_cited_articles_are_found_in_each_version(engine):
    (found,) = Gold(engine).wanted_passages(asked("?", "中华人民共和国公司登记法第二条"))
    assert bodies(engine, found) == {"公司登记法第二条", "公司登记法（2005年）第二条"}


def test_an_article_of_another_text_under_the_same_number_is_not_the_answer(engine):
    name = "公司登记法第三条"
    (found,) = Gold(engine).wanted_passages(asked("?", name, texts={name: "注册资本为股东认缴的出资额。"}))
    assert bodies(engine, found) == {"公司登记法第三条"}


def test_an_answer_that_is_not_there_is_not_evaluable(engine):
    gold = Gold(engine)
    assert gold.wanted_passages(asked("?", "没有的法第一条")) == []
    assert gold.wanted_passages(asked("?", kind="disclosure_faq", answer="申请表在大厅领取，免收工本费")) == []


def test_an_answer_named_by_its_words_only(engine):
    (found,) = Gold(engine).wanted_passages(
        asked("?", kind="disclosure_faq", answer="申请书、身份证明和婚姻状况证明")
    )
    assert bodies(engine, found) == {"明湖收养登记办法第三条"}


@pytest.fixture
def tally(engine, laws, cutter):
    questions = [
        asked("收养人应当提交什么证明", "明湖收养登记办法第三条"),
        asked("设立公司应当有什么", "公司登记法第二条"),
        asked("何处可寻", "没有的法第一条"),
        asked("明天会停水吗", kind="unanswerable"),
    ]
    answerer = Answerer(Ranking(engine), cutter)
    return evaluate(questions, answerer, Gold(engine), {law.group: law.text for law in laws})


def test_what_is_reported(tally):
    found = report(tally)
    assert found["kinds"]["layperson_statute"]["n"] == 2
    assert found["kinds"]["layperson_statute"]["r1"] == 1.0
    assert found["not_evaluable"] == {"layperson_statute": 1}
    assert (found["verbatim"], found["refused_right"], found["refused_wrong"]) == (1.0, 1.0, 0.0)
    assert found["refused"]["gold_removed"]["n"] == 2


def test_a_quotation_that_is_not_in_the_source_shows(engine, laws, cutter):
    questions = [asked("收养人应当提交什么证明", "明湖收养登记办法第三条")]
    answerer = Answerer(Ranking(engine), cutter)
    sources = {law.group: law.text.replace("身份证明", "身份证件") for law in laws}
    assert report(evaluate(questions, answerer, Gold(engine), sources))["verbatim"] < 1


def test_a_refused_question_counts_as_not_found(engine, laws, cutter):
    questions = [asked("明天收养登记要什么证明", "明湖收养登记办法第三条")]
    found = report(evaluate(questions, Answerer(Ranking(engine), cutter), Gold(engine), {}))
    assert (found["kinds"]["layperson_statute"]["r5"], found["refused_wrong"]) == (0.0, 1.0)


def test_measures():
    tally = Tally()
    tally.ranks["k"] = [1, 3, 7, None]
    tally.sureness = [(0.9, 1), (0.8, 3), (0.2, 7), (0.1, None)]
    measured = report(tally)["kinds"]["k"]
    assert (measured["r1"], measured["r5"], measured["r20"]) == (0.25, 0.5, 0.75)
    assert measured["mrr"] == pytest.approx((1 + 1 / 3 + 1 / 7) / 4, abs=1e-4)
    low, high = interval(0, 5)
    assert low == 0 and 0 < high < 1


@pytest.fixture
def files(tmp_path, laws):
    corpus = tmp_path / "data" / "laws.jsonl"
    corpus.parent.mkdir()
    rows = [
        {"category": law.category, "title": law.title, "history": list(law.history), "text": law.text}
        for law in laws
    ]
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    page = {
        "url": "https://example.org/1",
        "title": "明湖区低保标准通知",
        "text": "明湖区低保标准通知\n低保标准为每人每月一千元。",
    }
    (corpus.parent / "pages.jsonl").write_text(json.dumps(page, ensure_ascii=False), "utf-8")
    questions = [
        {
            "question": "收养人应当提交什么证明",
            "kind": "layperson_statute",
            "gold_docs": ["明湖收养登记办法第三条"],
        },
        {
            "question": "收养人要有抚养能力吗",
            "kind": "layperson_statute",
            "gold_docs": ["滨江市收养登记若干规定第二条"],
        },
        {
            "question": "明湖区低保标准是多少",
            "kind": "policy_doc",
            "gold_docs": ["https://example.org/1"],
            "answer_span": "每人每月一千元",
        },
        {"question": "明天会停水吗", "kind": "unanswerable", "gold_docs": []},
    ]
    asked_file = tmp_path / "qa.jsonl"
    asked_file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in questions), "utf-8")
    return asked_file, corpus


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("eval", "qa", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reports_in_one_line(files):
    asked_file, corpus = files
    out, err = run(asked_file, "--corpus", corpus, "--words", "--json")
    found = json.loads(out)
    assert {"kinds", "verbatim", "refused_right", "refused_wrong", "p95_ms"} <= set(found)
    assert found["kinds"]["policy_doc"]["r1"] == 1.0
    assert found["not_evaluable"] == {"layperson_statute": 1}
    assert found["verbatim"] == 1.0
    assert "答案不在库里" in err


def test_local_rules_are_taken_in_when_asked_for(files):
    asked_file, corpus = files
    found = json.loads(run(asked_file, "--corpus", corpus, "--words", "--json", "--local")[0])
    assert found["kinds"]["layperson_statute"]["n"] == 2


def test_an_index_is_kept_and_used_again(files, tmp_path):
    asked_file, corpus = files
    folder = tmp_path / "index"
    first = json.loads(run(asked_file, "--corpus", corpus, "--index", folder, "--words", "--json")[0])
    again = json.loads(run(asked_file, "--index", folder, "--words", "--json")[0])
    assert again["build_seconds"] == 0.0
    assert again["kinds"] == first["kinds"] and again["verbatim"] == 1.0


def test_without_json_people_read_it(files):
    asked_file, corpus = files
    out, _ = run(asked_file, "--corpus", corpus, "--words")
    assert "R@5" in out and "拒答" in out


def test_wrong_calls_say_what_to_do(files, tmp_path):
    asked_file, _ = files
    with pytest.raises(CommandError, match="请用 --corpus"):
        run(asked_file)
    with pytest.raises(CommandError, match="这个文件"):
        run(tmp_path / "none.jsonl", "--index", tmp_path)
    with pytest.raises(CommandError, match="请加 --corpus"):
        run(asked_file, "--index", tmp_path / "empty")
