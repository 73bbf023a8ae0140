"""读问话:单位的各种叫法、年份和文号分得开、家常说法;一份东西的各年,新的、有效的在前。"""

from datetime import date

import pytest

from gongkai.adapters.engine import Document, key_of
from gongkai.search.district import bonus, newest_first, series_of, spread, years_of
from gongkai.search.ranking import Ranked
from gongkai.search.reading import Reading, aliases, intents, read

NAMES = {
    "明湖区教育局": "MH0104",
    "区教育局": "MH0104",
    "明湖区人民政府": "MH01",
    "区政府": "MH01",
    "明湖区人民政府办公室": "MH0101",
    "区政府办公室": "MH0101",
    "明湖区残疾人联合会": "MH0142",
    "区残联": "MH0142",
    "白鹭镇": "MH05",
    "明湖区白鹭镇人民政府": "MH05",
}


@pytest.mark.parametrize(
    ("said", "units"),
    [
        ("教育局2024年预算", {"MH0104"}),
        ("区政府办2024年年报", {"MH0101"}),
        ("区政府年报", {"MH01"}),
        ("残联是干什么的", {"MH0142"}),
        ("白鹭镇和教育局", {"MH05", "MH0104"}),
        ("明湖区人民政府办公室", {"MH0101"}),
        ("政府有什么补助", set()),
    ],
)
def test_units(said, units):
    assert read(said, NAMES).units == units


def test_a_short_name_that_fits_two_is_no_name():
    assert "一中" not in aliases({"明湖区一中": "A", "临河区一中": "B"})


def test_the_year_of_a_document_number_is_no_year_asked_for():
    assert read("明政办发2024 3号讲什么", NAMES) == Reading(
        numbers=frozenset({"明政办发〔2024〕3号"}), extra="明政办发〔2024〕3号"
    )
    assert read("2023年和2024年的预算", NAMES).years == {2023, 2024}
    assert read("区教育局2022年第51号", NAMES).years == {2022}


def test_household_words():
    assert read("低保有多少户", NAMES).extra == "最低生活保障"
    assert all(one.said and (one.words or one.kinds) for one in intents())


def paper(key, title, on, **more):
    return Document(key, title, on=on, group=key, **more)


def test_newest_in_force_first():
    old, new = paper("1", "2019年床位情况", date(2019, 1, 1)), paper("2", "2022年床位情况", date(2022, 1, 1))
    ended = paper("3", "2025年床位情况", date(2025, 1, 1), standing=-0.2)
    assert series_of(old) == series_of(new) != series_of(paper("4", "2022年学区情况", date(2022, 1, 1)))
    documents = {key_of(one.id): one for one in (old, new, ended)}
    scores = newest_first(dict.fromkeys(documents, 1.0), documents)
    assert sorted(scores, key=lambda key: -scores[key]) == [key_of("2"), key_of("1"), key_of("3")]


def test_what_is_asked_for_gains():
    one = paper(
        "1", "关于招生的意见", date(2020, 1, 1), unit="MH0104", kind="normative", numbers=("明教发〔2020〕1号",)
    )
    assert years_of(one) == {2020} and years_of(paper("2", "2019年年报", date(2020, 1, 1))) == {2019}
    asked = Reading(frozenset({"MH0104"}), frozenset({2020}), frozenset(one.numbers), frozenset({"normative"}))
    assert bonus(one, asked) > bonus(one, Reading(units=frozenset({"MH0104"}))) > bonus(one, Reading()) == 0


def test_one_record_does_not_fill_the_answer():
    ranked = [Ranked(key, 1.0, 1.0, 1.0, 1.0, None, group) for key, group in enumerate((7, 7, 7, 8))]
    assert [one.key for one in spread(ranked)] == [0, 1, 3, 2]


@pytest.mark.parametrize("text", ["", "年" * 500, "\ud800", "〔2024〕", "2024" * 100, "局" * 1000])
def test_anything_can_be_read(text):
    read(text, NAMES)
