"""真实年报(../shared/data/annual.dev.jsonl):已知的毛病都找出来,平衡的不误报。"""

import json
import re
from pathlib import Path

import pytest

from gongkai.law.report import check_rows

DATA = Path(__file__).parents[3] / "shared" / "data" / "annual.dev.jsonl"
ROWS = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()] if DATA.exists() else []
CHECKED = {row["_id"]: findings for row, (_, findings) in zip(ROWS, check_rows(ROWS), strict=True)}
pytestmark = [
    pytest.mark.measured,
    pytest.mark.skipif(not ROWS, reason="没有 ../shared/data"),
]
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def expected_of(failure: str) -> tuple[str, str]:
    """A known failure in the data's own words → (rule, where)."""
    place, what = failure.split(": ", 1)
    if "分项和" in what:
        return "E2", f"表三/(七)总计/{place}"
    if "一+二" in what:
        return "E3", f"表三/收结平衡/{place}"
    if "横向和" in what:
        return "E1", f"表三/{place}/总计"
    return "E5", f"表四/{place}/总计"


FAILURES = [(row["_id"], failure) for row in ROWS for failure in row["failures"]]


@pytest.mark.parametrize(("ref", "failure"), FAILURES)
def test_every_known_failure_is_found_with_its_numbers(ref, failure):
    rule, where = expected_of(failure)
    hits = [f for f in CHECKED[ref] if (f.id, f.where) == (rule, where)]
    assert [f.severity.value for f in hits] == ["error"]
    numbers = re.findall(r"=(-?\d+|None)", failure)
    assert str(hits[0].expected) in numbers and str(hits[0].found) in numbers


@pytest.mark.parametrize("ref", [row["_id"] for row in ROWS if row["balanced"]])
def test_a_balanced_report_has_no_error(ref):
    assert [f.message for f in CHECKED[ref] if f.severity.value == "error"] == []


@pytest.mark.parametrize("ref", [row["_id"] for row in ROWS if row["balanced"] is False])
def test_no_error_but_the_known_ones(ref):
    row = next(row for row in ROWS if row["_id"] == ref)
    known = {expected_of(failure) for failure in row["failures"]}
    blanks = {("E7", f"表三/{name}/总计") for name, line in row["cells"].items() if line[6] is None}
    found = {(f.id, f.where) for f in CHECKED[ref] if f.severity.value == "error"}
    assert found == known | blanks


@pytest.mark.parametrize(
    ("ref", "rule", "expected", "found"),
    [
        ("annual-0001", "E9", 170, 134),
        ("annual-0001", "E9", 77, 57),
        ("annual-0003", "E9", 275, 258),
        ("annual-0003", "E9", 337, 265),
        ("annual-0005", "E9", 95, 17),
        ("annual-0032", "E6", 499, 440),
        ("annual-0033", "E6", 643, 470),
        ("annual-0033", "E9", 470, 393),
        ("annual-0034", "E9", 74, 75),
        ("annual-0023", "E7", "非负整数", None),
    ],
)
def test_what_the_notes_tell_of(ref, rule, expected, found):
    assert (rule, expected, found) in {(f.id, f.expected, f.found) for f in CHECKED[ref]}


def test_a_different_base_is_only_a_notice():
    assert [f.severity.value for f in CHECKED["annual-0005"] if f.id == "E9"] == ["notice"]


def test_a_number_left_out_of_the_text():
    assert any(f.where == "正文/漏填" for f in CHECKED["annual-0026"])
