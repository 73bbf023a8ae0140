"""真实年报(../shared/data/annual.dev.jsonl):已知的毛病都找出来,平衡的不误报。"""

import json
import re

import pytest

from gongkai.law.report import check_rows
from tests.outside import shared

pytestmark = pytest.mark.measured
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


@pytest.fixture(scope="module")
def rows():
    return [json.loads(line) for line in shared("data/annual.dev.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def checked(rows):
    """Findings by report."""
    return {row["_id"]: findings for row, (_, findings) in zip(rows, check_rows(rows), strict=True)}


def test_every_known_failure_is_found_with_its_numbers(rows, checked):
    failures = [(row["_id"], failure) for row in rows for failure in row["failures"]]
    assert failures
    for ref, failure in failures:
        rule, where = expected_of(failure)
        hits = [f for f in checked[ref] if (f.id, f.where) == (rule, where)]
        assert [f.severity.value for f in hits] == ["error"], (ref, failure)
        numbers = re.findall(r"=(-?\d+|None)", failure)
        assert str(hits[0].expected) in numbers and str(hits[0].found) in numbers, (ref, failure)


def test_a_balanced_report_has_no_error(rows, checked):
    balanced = [row["_id"] for row in rows if row["balanced"]]
    errors = {ref: [f.message for f in checked[ref] if f.severity.value == "error"] for ref in balanced}
    assert balanced and {ref: found for ref, found in errors.items() if found} == {}


def test_no_error_but_the_known_ones(rows, checked):
    for row in rows:
        if row["balanced"] is not False:
            continue
        known = {expected_of(failure) for failure in row["failures"]}
        blanks = {("E7", f"表三/{name}/总计") for name, line in row["cells"].items() if line[6] is None}
        found = {(f.id, f.where) for f in checked[row["_id"]] if f.severity.value == "error"}
        assert found == known | blanks, row["_id"]


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
def test_what_the_notes_tell_of(checked, ref, rule, expected, found):
    assert (rule, expected, found) in {(f.id, f.expected, f.found) for f in checked[ref]}


def test_a_different_base_is_only_a_notice(checked):
    assert [f.severity.value for f in checked["annual-0005"] if f.id == "E9"] == ["notice"]


def test_a_number_left_out_of_the_text(checked):
    assert any(f.where == "正文/漏填" for f in checked["annual-0026"])
