"""检索引擎的契约:tantivy 的和内存的各跑一遍。"""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.adapters.engine import (
    Clause,
    Document,
    Field,
    Index,
    IndexBusy,
    Kind,
    MemoryEngine,
    NoIndex,
    Occur,
    Plan,
    Sort,
    key_of,
)
from gongkai.adapters.words import Cutter

CUTTER = Cutter(["依申请公开", "明湖区", "明湖区教育局"])
DOCUMENTS = [
    Document(
        "1",
        "明湖区教育局关于学位房管理的通知",
        "学位房按房屋登记确认。",
        unit="区教育局",
        kind="通知",
        year=2021,
        on=date(2021, 5, 1),
        validity="废止",
        numbers=("明教〔2021〕8号",),
        weight=0.5,
    ),
    Document(
        "2",
        "明湖区教育局关于学位管理的通知",
        "学位房以本通知为准。明教〔2021〕8号同时废止。",
        unit="区教育局",
        kind="通知",
        year=2024,
        on=date(2024, 3, 1),
        validity="有效",
        numbers=("明教〔2024〕3号",),
    ),
    Document(
        "3",
        "明湖区2023年财政预算",
        "一般公共预算收入的说明。税收返还。",
        unit="区财政局",
        kind="预算",
        year=2023,
        on=date(2023, 1, 20),
        validity="有效",
        group="预算",
        start=120,
        standing=-0.2,
        mark=7,
    ),
    Document(
        "4",
        "明湖区2024年财政预算",
        "一般公共预算支出的说明,含学位建设。",
        unit="区财政局",
        kind="预算",
        year=2024,
        on=date(2024, 1, 22),
        validity="有效",
        group="预算",
    ),
    Document("5", "依申请公开指南", "申请人可以提出申请。", unit="区政府办", kind="指南", on=date(2022, 1, 1)),
]


@pytest.fixture(params=["tantivy", "memory"])
def engine(request, tmp_path):
    engine = Index(tmp_path / "index", CUTTER) if request.param == "tantivy" else MemoryEngine(CUTTER)
    engine.write(DOCUMENTS)
    return engine


def ids(result):
    return [hit.id for hit in result.hits]


def word(text, **how):
    return Clause(text, **how)


def test_a_word_is_found_in_title_and_body(engine):
    assert set(ids(engine.search(Plan((word("学位"),))))) == {"1", "2", "4"}
    assert ids(engine.search(Plan((word("税收返还"),)))) == ["3"]


def test_title_comes_before_body_and_what_is_repealed_sinks(engine):
    assert ids(engine.search(Plan((word("学位"),))))[0] == "2"
    assert ids(engine.search(Plan((word("学位房"),))))[:2] in (["2", "1"], ["1", "2"])
    result = engine.search(Plan((word("通知"),)))
    assert ids(result) == ["2", "1"]
    assert result.hits[0].score > result.hits[1].score > 0


def test_two_characters_inside_a_word_never_miss(engine):
    """“位房”“预算支”不是词,照样找得到。"""
    assert set(ids(engine.search(Plan((word("位房"),))))) == {"1", "2"}
    assert ids(engine.search(Plan((word("算支出"),)))) == ["4"]


def test_the_unit_is_searched_too(engine):
    assert set(ids(engine.search(Plan((word("财政局"),))))) == {"3", "4"}


def test_one_character(engine):
    assert ids(engine.search(Plan((word("税"),)))) == ["3"]


def test_phrases_are_literal_and_do_not_cross_from_title_to_body(engine):
    phrase = [word("学位房管理", kind=Kind.PHRASE)]
    assert ids(engine.search(Plan(tuple(phrase)))) == ["1"]
    assert ids(engine.search(Plan((word("预算一般公共", kind=Kind.PHRASE),)))) == []


@pytest.mark.parametrize("written", ["明教〔2021〕8号", "明教[2021]8号", "明教(2021)第8号"])
def test_a_document_number_in_any_form(engine, written):
    assert set(ids(engine.search(Plan((word(written, kind=Kind.NUMBER),))))) == {"1", "2"}


def test_traditional_and_full_width(engine):
    assert ids(engine.search(Plan((word("財政預算"), word("２０２４年"))))) == ["4"]


def test_exclusion(engine):
    assert ids(engine.search(Plan((word("学位"), word("学位房", occur=Occur.NOT))))) == ["4"]
    assert set(ids(engine.search(Plan((word("学位", occur=Occur.NOT),))))) == {"3", "5"}


def test_synonyms_match_for_less(engine):
    plan = Plan((word("收入", others=("支出",)),))
    assert ids(engine.search(plan)) == ["3", "4"]


def test_some_of_the_words(engine):
    some = (word("学位", occur=Occur.SHOULD), word("预算", occur=Occur.SHOULD))
    assert set(ids(engine.search(Plan(some, minimum=1)))) == {"1", "2", "3", "4"}
    assert ids(engine.search(Plan(some, minimum=2))) == ["4"]
    assert engine.search(Plan(some)).total == 5


def test_filters_and_dates(engine):
    assert ids(engine.search(Plan((word("学位"),), filters={"unit": frozenset({"区财政局"})}))) == ["4"]
    assert ids(engine.search(Plan((word("预算"),), since=date(2024, 1, 1)))) == ["4"]
    assert ids(engine.search(Plan((word("预算"),), until=date(2023, 1, 20)))) == ["3"]
    about_2023 = Plan(since=date(2024, 1, 1), until=date(2024, 2, 1), years=frozenset({2023}))
    assert set(ids(engine.search(about_2023))) == {"3", "4"}
    assert ids(engine.search(Plan(years=frozenset({2021})))) == ["1"]
    assert set(ids(engine.search(Plan(filters={"year": frozenset({"2023", "2021"})})))) == {"1", "3"}


def test_an_empty_plan_lists_everything(engine):
    assert engine.search(Plan()).total == 5


def test_sort_by_date_and_paging(engine):
    assert ids(engine.search(Plan(sort=Sort.NEWEST))) == ["2", "4", "3", "5", "1"]
    assert ids(engine.search(Plan(sort=Sort.OLDEST, limit=2, offset=1))) == ["5", "3"]
    result = engine.search(Plan(sort=Sort.NEWEST, limit=2))
    assert (len(result.hits), result.total) == (2, 5)


def test_a_facet_does_not_count_its_own_filter(engine):
    plan = Plan((word("学位"),), filters={"unit": frozenset({"区财政局"})}, facets=("unit", "year"))
    result = engine.search(plan)
    assert result.facets["unit"] == (("区教育局", 2), ("区财政局", 1))
    assert result.facets["year"] == (("2024", 1),)


def test_replacing_and_taking_out(engine):
    engine.write([Document("2", "更正后的标题", "全新的正文")], delete=["1"])
    assert engine.count() == 4
    assert ids(engine.search(Plan((word("学位"),)))) == ["4"]
    assert ids(engine.search(Plan((word("全新"),)))) == ["2"]


def test_candidates_of_a_question(engine):
    for field in Field:
        found = engine.candidates("财政预算里的收入有多少", field, 10)
        assert found[0].key == key_of("3")
        assert found[0].score > found[1].score > 0
    assert (found[0].group, found[0].mark) == (key_of("预算"), 7)
    assert found[0].standing == pytest.approx(-0.2)
    assert engine.candidates("财政预算", Field.WORDS, 1, {"year": frozenset({"2024"})})[0].key == key_of("4")
    assert engine.candidates("🙂", Field.BIGRAMS, 5) == []


def test_documents_come_back_as_they_were_put_in(engine):
    keys = [key_of(document.id) for document in DOCUMENTS]
    assert engine.documents([*keys, 5]) == dict(zip(keys, DOCUMENTS, strict=True))
    assert [one.key for one in engine.marked([7, 9])] == [key_of("3")]
    assert sorted(engine.every_document(), key=lambda one: one.id) == DOCUMENTS
    assert engine.documents([]) == {}
    assert engine.marked([]) == []


def test_rarity(engine):
    rarity = engine.rarity(["通知", "税收", "没有的词"])
    assert rarity["没有的词"] > rarity["税收"] > rarity["通知"] > 0


def test_mentions(engine):
    assert engine.mentions("明湖区") == 4
    assert engine.mentions("财政局") == 2
    assert engine.mentions("镇海区") == 0
    assert engine.mentions("!") == 0


HOSTILE = [
    "公" * 10_000,
    "a" * 10_000,
    '"' * 50,
    "(((",
    "*:*",
    "AND OR NOT",
    "field:value^5~2",
    "'; DROP TABLE records;--",
    "<script>alert(1)</script>",
    "\x00\x01\x7f\u202e",
    "\ud800",
    ".*",
    "[",
    "号〔〕",
    "🙂",
    " ",
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_never_fail(engine, text):
    for kind in Kind:
        for occur in Occur:
            clause = Clause(text, occur=occur, kind=kind, others=(text,))
            plan = Plan((clause,), filters={"unit": frozenset({text.encode("utf-8", "replace").decode()})})
            engine.search(plan)
            engine.search(Plan((clause,), limit=0, offset=-1))
            engine.search(Plan((clause,), limit=10**9, offset=10**9, facets=("unit", "no such facet")))
    for field in Field:
        engine.candidates(text, field, 10)
    engine.mentions(text)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=50))
def test_any_text_is_a_query(engine, text):
    engine.search(Plan((Clause(text), Clause(text, kind=Kind.PHRASE))))
    engine.candidates(text, Field.BIGRAMS, 3)


@settings(max_examples=40)
@given(
    texts=st.lists(st.text(alphabet="公开条例办法区县，", min_size=1, max_size=12), min_size=1, max_size=6),
    sought=st.text(alphabet="公开条例办法区县", min_size=1, max_size=4),
    how=st.sampled_from(Kind),
)
def test_both_engines_find_the_same(tmp_path_factory, texts, sought, how):
    documents = [Document(str(nth), text, text[::-1]) for nth, text in enumerate(texts)]
    twin = MemoryEngine(CUTTER)
    index = Index(tmp_path_factory.mktemp("index"), CUTTER)
    for engine in (twin, index):
        engine.write(documents)
    plan = Plan((Clause(sought, kind=how),))
    found = set(ids(index.search(plan)))
    assert found == set(ids(twin.search(plan)))
    literal = {document.id for document in documents if sought in document.title or sought in document.body}
    assert how is Kind.NUMBER or literal <= found


class TestFolder:
    """Only the index on disk."""

    def test_no_index_yet(self, tmp_path):
        with pytest.raises(NoIndex, match="请先重建检索库"):
            Index(tmp_path, CUTTER).search(Plan())

    def test_a_reader_sees_what_another_wrote(self, tmp_path):
        writer, reader = Index(tmp_path, CUTTER), Index(tmp_path, CUTTER)
        writer.write(DOCUMENTS[:2])
        assert reader.count() == 2
        writer.write(DOCUMENTS[2:])
        assert reader.count() == 5

    def test_rebuilding_swaps_and_leaves_no_rest(self, tmp_path):
        index, reader = Index(tmp_path, CUTTER), Index(tmp_path, CUTTER)
        index.write(DOCUMENTS)
        assert reader.count() == 5
        for _ in range(3):
            assert index.rebuild([*DOCUMENTS[:3], DOCUMENTS[0]]) == 3
        assert reader.count() == 3
        assert len(list(tmp_path.glob("v*-*"))) == 2

    def test_a_failed_rebuild_changes_nothing(self, tmp_path):
        index = Index(tmp_path, CUTTER)
        index.write(DOCUMENTS)

        def broken():
            yield DOCUMENTS[0]
            raise RuntimeError("源头断了")

        with pytest.raises(RuntimeError):
            index.rebuild(broken())
        assert index.count() == 5
        assert index.rebuild(DOCUMENTS) == 5

    def test_one_writer(self, tmp_path):
        first, second = Index(tmp_path, CUTTER), Index(tmp_path, CUTTER)
        first.write(DOCUMENTS)

        def during():
            with pytest.raises(IndexBusy, match="请稍后再试"):
                second.write(DOCUMENTS)
            yield DOCUMENTS[0]

        first.write(during())
        second.write(DOCUMENTS[:1])
        assert second.count() == 5
