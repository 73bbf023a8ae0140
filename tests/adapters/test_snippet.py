"""摘录逐字取自原文,命中处标得准。"""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.adapters.engine import snippet
from gongkai.adapters.words import fold

TEXT = (
    "第一条 为了规范工作,制定本办法。第二条 公民可以提出申请。" * 8
    + "第三条 收費標準由区财政局公布,收费按件计收。"
    + "其他事项。" * 60
)


def test_the_stretch_with_most_terms_is_taken():
    made = snippet(TEXT, ["收费", "财政局"], 60)
    assert made.text.startswith("第三条")
    assert [made.text[start:end] for start, end in made.spans] == ["收費", "财政局", "收费"]


def test_all_terms_together_are_worth_more_than_one_often():
    made = snippet("收费收费收费收费。" + "其他事项。" * 40 + "按规定收费并公开。", ["收费", "公开", "规定"], 30)
    assert made.text.endswith("按规定收费并公开。")


def test_without_a_hit_the_beginning():
    made = snippet(TEXT, ["没有这个词"], 40)
    assert (made.start, made.spans) == (0, ())
    assert len(made.text) <= 60


@given(st.text(max_size=300), st.lists(st.text(max_size=4), max_size=4), st.integers(1, 80))
def test_always_verbatim(text, terms, size):
    made = snippet(text, terms, size)
    assert text[made.start : made.start + len(made.text)] == made.text
    assert "".join(piece for piece, _ in made.parts()) == made.text
    wanted = {fold(term).strip() for term in terms}
    assert all(fold(made.text)[start:end] in wanted for start, end in made.spans)
