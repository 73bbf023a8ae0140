"""规范性文件任何一天的有效性和文本,照表;统一编号、有效期、提醒。"""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import docnumber, normative
from gongkai.law.normative import Effect, EffectKind

TABLE = Path(__file__).parents[1] / "tables" / "validity_at.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").replace("有效，已修改", "有效;已修改").splitlines()))
KINDS = {kind.label: kind for kind in EffectKind}
ONE = re.compile(
    r"(?P<kind>\D+)@(?P<unknown>\??)(?P<day>[\d-]{10})(?:~(?P<until>[\d-]{10}))?(?:#(?P<edition>\d))?"
)


def effects(text):
    for word in text.split():
        found = ONE.fullmatch(word)
        day, until = date.fromisoformat(found["day"]), found["until"]
        yield Effect(
            KINDS[found["kind"]],
            None if found["unknown"] else day,
            by=day if found["unknown"] else None,
            until=date.fromisoformat(until) if until else None,
            edition=int(found["edition"]) if found["edition"] else None,
        )


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=[row["情形"] for row in ROWS])
def test_as_at_a_day(row):
    happened = tuple(effects(row["变动"]))
    on = day(row["某日"])
    state = normative.state_at(on, happened, effective_on=day(row["施行"]), expires_on=day(row["有效期至"]))
    assert (state.validity.label.replace("，", ";"), state.certain) == (row["有效性"], row["说得准"] == "是")
    editions = [1, *(one.edition for one in happened if one.edition)]
    text = normative.text_at(on, editions, happened)
    assert f"{text.edition}{'-' * bool(text.behind)}" == row["文本"]


def test_corrections_replace_the_text_they_correct():
    amended = Effect(EffectKind.AMEND, date(2022, 1, 1), edition=3)
    found = [
        normative.text_at(date(year, 6, 1), [2, 4, 1, 3], [amended]).edition for year in (2020, 2021, 2022, 2025)
    ]
    assert found == [2, 2, 4, 4]
    assert normative.text_at(date(2020, 1, 1), [], []).edition is None


days = st.dates(date(2010, 1, 1), date(2030, 1, 1))
some_effects = st.builds(Effect, st.sampled_from(EffectKind), days, until=st.one_of(st.none(), days))


@given(st.lists(some_effects, max_size=6), days)
def test_the_order_of_rows_does_not_matter(rows, on):
    assert normative.state_at(on, rows) == normative.state_at(on, list(reversed(rows)))


@given(st.lists(some_effects, max_size=6), days, days)
def test_a_repealed_paper_never_binds_again(rows, repealed, on):
    rows = [*rows, Effect(EffectKind.REPEAL, min(repealed, on))]
    assert not normative.state_at(on, rows).validity.binds


@pytest.mark.parametrize(
    ("title", "effective", "expires", "said"),
    [
        ("停车办法", "2024-01-01", "2028-12-31", ""),
        ("停车办法", "2024-01-01", "2029-01-01", "超过5年"),
        ("停车办法", "2024-01-01", "", "没有写"),
        ("停车试行办法", "2024-01-01", "2026-01-01", "超过2年"),
        ("停车办法", "2005-01-01", "", ""),
        ("停车办法", "", "", ""),
        ("停车办法", "2024-02-29", "2029-02-28", ""),
    ],
)
def test_terms(title, effective, expires, said):
    found = normative.term_findings(title, day(effective), day(expires))
    assert bool(found) is bool(said)
    assert not said or said in found[0].what


def test_the_number_is_one_that_the_reader_of_papers_knows():
    number = normative.register_number(2024, 12, date(2024, 5, 1))
    assert docnumber.normative_number(f"统一编号：{number}") == number
