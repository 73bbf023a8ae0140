"""排序:词、整部法、效力、文意。"""

from dataclasses import replace

import numpy as np
import pytest

from gongkai.adapters.engine import Document, MemoryEngine
from gongkai.adapters.meaning import DIMENSIONS, Vectors
from gongkai.search.ranking import Ranking
from gongkai.search.weights import Weights, reasons, weights


class Dictionary:
    """A model that knows a few words: texts that share a topic are near."""

    TOPICS = (("领养", "收养人应当同时具备"), ("公司", "注册资本"))

    def __init__(self):
        self.embedded = []

    def _vector(self, text):
        row = np.full(DIMENSIONS, 0.01, np.float32)
        for nth, topic in enumerate(self.TOPICS):
            row[nth] += sum(word in text for word in topic)
        return row / np.linalg.norm(row)

    def question(self, text):
        return self._vector(text)

    def passages(self, texts):
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])


def titles(engine, ranked):
    documents = engine.documents([one.key for one in ranked])
    return [(documents[one.key].title, documents[one.key].body[:3]) for one in ranked]


def test_the_passage_that_shares_most_words_is_first(engine):
    ranked = Ranking(engine).rank("收养人要提交什么证明")
    assert titles(engine, ranked)[0] == ("明湖收养登记办法", "第三条")


def test_of_equal_words_the_statute_comes_first(cutter):
    engine = MemoryEngine(cutter)
    by = weights()
    for nth, standing in enumerate((by.local, by.regulation, 0.0, by.interpretation)):
        engine.write([Document(str(nth), "办法", f"申请人应当提交证明。{nth}", standing=standing)])
    ranked = Ranking(engine).rank("申请人提交证明")
    assert [engine.documents([one.key])[one.key].id for one in ranked] == ["2", "3", "1", "0"]


def test_an_old_version_stands_after_the_new(engine):
    found = titles(engine, Ranking(engine).rank("设立公司要有名称和住所吗"))
    assert found.index(("公司登记法", "第二条")) < found.index(("公司登记法（2005年）", "第二条"))


def test_filters_narrow(engine):
    ranked = Ranking(engine).rank("收养", {"kind": frozenset({"行政法规"})})
    assert {title for title, _ in titles(engine, ranked)} == {"明湖收养登记办法"}


def test_nothing_shared_nothing_found(engine):
    assert Ranking(engine).rank("🙂") == []


def test_vectors_are_made_when_asked_for_and_only_once(engine, tmp_path):
    model, vectors = Dictionary(), Vectors(tmp_path / "v")
    ranking = Ranking(engine, meaning=model, vectors=vectors, on_demand=4)
    ranking.rank("收养登记的条件")
    assert len(model.embedded) == len(vectors) == 4
    ranking.rank("收养登记的条件")
    assert len(model.embedded) == 4


def test_meaning_reorders_the_first_few_and_keeps_them_first(engine, tmp_path):
    much = replace(weights(), meaning=1.0)
    ranking = Ranking(engine, meaning=Dictionary(), vectors=Vectors(tmp_path / "v"), on_demand=8, by=much)
    plain = [one.key for one in Ranking(engine).rank("领养登记")]
    found = ranking.rank("领养登记")
    assert {one.key for one in found[:8]} == set(plain[:8])
    assert all(one.cosine is not None for one in found[:8])
    assert titles(engine, found)[0] == ("收养登记法", "第二条")


def test_with_all_vectors_a_passage_without_a_shared_word_is_found(engine, tmp_path):
    model, vectors = Dictionary(), Vectors(tmp_path / "v")
    documents = list(engine.every_document())
    vectors.add([one.mark for one in documents], model.passages([f"{one.title}：{one.body}" for one in documents]))
    vectors.refresh()
    assert Ranking(engine).rank("领养") == []
    ranked = Ranking(engine, meaning=model, vectors=vectors, complete=True).rank("领养")
    assert titles(engine, ranked)[0] == ("收养登记法", "第二条")


def test_filters_hold_for_what_meaning_finds_too(engine, tmp_path):
    model, vectors = Dictionary(), Vectors(tmp_path / "v")
    documents = list(engine.every_document())
    vectors.add([one.mark for one in documents], model.passages([one.body for one in documents]))
    vectors.refresh()
    ranking = Ranking(engine, meaning=model, vectors=vectors, complete=True)
    found = ranking.rank("领养登记", {"kind": frozenset({"行政法规"})})
    assert {title for title, _ in titles(engine, found)} == {"明湖收养登记办法"}


def test_the_same_text_counts_once(engine, laws, cutter):
    document = next(engine.every_document())
    engine.write([replace(document, id="again")])
    keys = [one.key for one in Ranking(engine).rank(document.body)]
    twins = {
        key
        for key, one in engine.documents(keys).items()
        if one.body == document.body and one.title == document.title
    }
    assert len(twins) == 1


def test_every_weight_has_its_reason():
    assert set(reasons()) == set(Weights.__dataclass_fields__)
    assert all(len(why) > 10 for why in reasons().values())
    assert weights().regulation < weights().interpretation < 0


@pytest.mark.parametrize("text", ["公" * 10_000, "'; --", "\x00\ud800", "AND OR NOT ((", ""])
def test_hostile_questions(engine, text):
    Ranking(engine).rank(text)
