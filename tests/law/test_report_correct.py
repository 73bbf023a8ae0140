"""订正表:合计由分项重算,空白填0,分项和读不出的一概不动。"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.report import check, corrected, form, from_row
from tests.outside import shared

USED = form("2021")


def row(cells, **more):
    return {"org": "明湖区民政局", "year": 2025, "cells": cells, **more}


def full(change=lambda key, line: line):
    """A whole table of zeros with one case that was received and answered."""
    lines = {row.key: [0] * 7 for row in USED.rows}
    for key in ("new", "r1", "tot"):
        lines[key] = [1, 0, 0, 0, 0, 0, 1]
    return {row.short: change(row.key, lines[row.key]) for row in USED.rows}


def test_a_correct_table_is_left_alone():
    report = from_row(row(full()))
    fixed, changes = corrected(report)
    assert changes == () and fixed.cells() == report.cells()


@pytest.mark.parametrize(
    ("key", "line", "fixed", "changed"),
    [
        ("new", [1, 0, 0, 0, 0, 0, 2], [1, 0, 0, 0, 0, 0, 1], [6]),
        ("new", [1, "", "/", 0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 1], [1, 2]),
        ("new", [1, "若干", 0, 0, 0, 0, 9], [1, "若干", 0, 0, 0, 0, 9], []),
        ("tot", [5, 0, 0, 0, 0, 0, 5], [1, 0, 0, 0, 0, 0, 1], [0, 6]),
        ("r3_1", ["", "", "", "", "", "", ""], [0] * 7, list(range(7))),
    ],
)
def test_totals_and_blanks(key, line, fixed, changed):
    table = full(lambda k, old: line if k == key else old)
    report, changes = corrected(from_row(row(table)))
    assert report.cells()[USED.row(key).short] == fixed
    assert [(c.table, c.row, c.index) for c in changes] == [(3, key, n) for n in changed]


def test_a_row_that_is_missing_stays_missing_and_the_sum_of_outcomes_is_not_guessed():
    table = full()
    del table[USED.row("r2").short]
    table[USED.row("tot").short] = [9, 0, 0, 0, 0, 0, 9]
    report, changes = corrected(from_row(row(table)))
    assert changes == () and "(二)部分公开" not in report.cells()


def test_remedies_and_disclosures():
    fixed, changes = corrected(
        from_row(row(full(), table4={"行政复议": [1, 2, 0, "", 9]}, table2={"行政许可": ["/"]}))
    )
    assert fixed.remedies()["行政复议"] == [1, 2, 0, 0, 3]
    assert fixed.disclosures()["行政许可"] == 0
    assert len(changes) == 3


@given(st.lists(st.lists(st.integers(0, 999), min_size=7, max_size=7), min_size=25, max_size=25))
def test_after_correcting_no_sum_is_wrong(lines):
    table = {row.short: line for row, line in zip(USED.rows, lines, strict=True)}
    fixed, _ = corrected(from_row(row(table)))
    assert not {finding.id for finding in check(fixed)} & {"E1", "E2", "E5"}
    again, changes = corrected(fixed)
    assert changes == () and again.cells() == fixed.cells()


@pytest.mark.measured
def test_on_real_reports_no_sum_is_wrong_afterwards():
    rows = [json.loads(line) for line in shared("data/annual.dev.jsonl").read_text("utf-8").splitlines()]
    sums = [
        finding
        for one in rows
        if one.get("complete_table")
        for finding in check(corrected(from_row(one))[0])
        if finding.id in ("E1", "E5")
    ]
    assert sums == []
