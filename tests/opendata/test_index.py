"""大表的索引:有没有索引,答的一样;“含有”的索引只跳过没有的段。"""

import random

import pytest

from gongkai.adapters.datatable import engine, textindex
from gongkai.adapters.datatable.columns import Column
from gongkai.adapters.datatable.engine import Filter

COLUMNS = (
    Column("name", "名称"),
    Column("unit", "单位"),
    Column("day", "日", "date"),
    Column("n", "数", "integer"),
)
ROWS = 6000
NAME, UNIT, DAY, NUMBER = COLUMNS


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """(without, with) the index, of the same six thousand rows."""
    folder = tmp_path_factory.mktemp("index")
    chance = random.Random(7)
    rows = [
        f"第{chance.randrange(10**6)}家,{'' if n % 50 == 0 else f'MH{n % 30:02}'},2026-01-{n % 28 + 1:02},{n % 97}"
        for n in range(ROWS)
    ]
    (folder / "a.csv").write_text("name,unit,day,n\n" + "\n".join(rows) + "\n", "utf-8")
    engine.build(folder / "a.csv", folder / "a.parquet", COLUMNS)
    engine.build_index(folder / "a.parquet", folder / "index", COLUMNS)
    return engine.Table(folder / "a.parquet", COLUMNS), engine.Table(
        folder / "a.parquet", COLUMNS, folder / "index"
    )


@pytest.mark.parametrize(
    "filters",
    [
        [Filter(NUMBER, "gte", "90"), Filter(DAY, "lt", "2026-01-03")],
        [Filter(UNIT, "", "MH07")],
        [Filter(NAME, "contains", "77")],
        [Filter(NAME, "contains", "7")],
        [Filter(NAME, "contains", "没有")],
        [Filter(NAME, "contains", "123"), Filter(UNIT, "contains", "MH"), Filter(NUMBER, "gt", "50")],
        [Filter(NUMBER, "contains", "9")],
        [Filter(DAY, "contains", "2026-01-2"), Filter(NAME, "contains", "88")],
    ],
    ids=["范围", "相等", "含有两个字", "含有一个字", "没有的", "几样", "数里含有", "日子里含有"],
)
def test_with_the_index_the_answers_are_the_same(tables, filters):
    plain, indexed = tables
    for after, limit, offset in ((-1, 10, 0), (3000, 25, 0), (-1, 7, 5), (ROWS, 5, 0)):
        given = {"after": after, "limit": limit, "offset": offset, "filters": filters}
        assert indexed.page(**given) == plain.page(**given)


def test_pages_one_after_another_lose_nothing(tables):
    plain, indexed = tables
    condition, after, met = [Filter(NAME, "contains", "12")], -1, []
    while found := indexed.page(filters=condition, after=after, limit=13):
        met += [row for row, _ in found]
        after = met[-1]
    assert met == [row for row, _ in plain.page(filters=condition, limit=ROWS)] and len(met) > 50


def test_the_search_leaves_out_the_blocks_that_cannot_have_it(tmp_path):
    values = [f"{'湖滨路' if n == 2500 else '学士路'}{n}号" for n in range(5 * textindex.ROWS)]
    assert textindex.build(values, tmp_path / "a") == len(values)
    found = textindex.search(tmp_path / "a", "湖滨路")
    assert found.blocks == 1 and list(found.rows()) == [2500]
    assert textindex.search(tmp_path / "a", "湖滨路", after=2500 + textindex.ROWS).blocks == 0
    assert list(textindex.search(tmp_path / "a", "湖滨路", after=2500).rows()) == []
    assert textindex.search(tmp_path / "a", "路") is None, "一个字的从头看"
    assert textindex.search(tmp_path / "none", "湖滨") is None


def test_a_column_with_the_separator_has_no_index(tmp_path):
    with pytest.raises(textindex.NotIndexable):
        textindex.build(["a\x00b"], tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_a_thread_lets_go_of_the_files_it_used_longest_ago(tables, tmp_path):
    plain, indexed = tables
    for number in range(6):
        engine.build_index(plain.path, tmp_path / str(number), COLUMNS[:1])
        one = engine.Table(plain.path, COLUMNS[:1], tmp_path / str(number))
        assert one.page(filters=[Filter(NAME, "contains", "12")], limit=1)
    attached = engine.connection().execute(
        "SELECT count(*) FROM duckdb_databases() WHERE database_name LIKE 'kept%'"
    )
    assert attached.fetchall() == [(4,)]
    assert indexed.page(filters=[Filter(NUMBER, "gt", "95")], limit=1)
