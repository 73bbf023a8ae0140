"""证照续办:最早、最晚申请的日子照案例表;提醒的各个日子;坏的输入。"""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import certificates as law
from gongkai.law.certificates import NodeKind, Pattern
from gongkai.law.errors import RuleBroken

pytestmark = pytest.mark.once
ROWS = list(
    csv.DictReader((Path(__file__).parents[1] / "tables/certificate_days.csv").read_text("utf-8").splitlines())
)
ON = date(2026, 9, 1)
ENDING = [one for one in law.kinds().values() if one.pattern is not Pattern.NONE]


@pytest.mark.parametrize("row", ROWS, ids=[row["情形"] for row in ROWS])
def test_the_days(row):
    found = law.span(law.kind(row["种类"]), date.fromisoformat(row["到期"]))
    assert ((found.first and found.first.isoformat()) or "", found.last.isoformat()) == (row["最早"], row["最晚"])


def test_two_rules_take_the_earlier_day():
    end = date(2027, 6, 30)
    assert law.span(law.kind("pesticide"), end).last == law.back(end, law.Lead(90, "unclear"))


@given(end=st.dates(date(2025, 1, 1), date(2035, 12, 31)), kind=st.sampled_from(ENDING))
def test_every_kind_has_its_order(end, kind):
    """One may apply before one must; every reminder lies in its place, one a day, and none before one may apply."""
    period = law.span(kind, end)
    assert period.last <= end and (period.first is None or period.first <= period.last)
    found = law.nodes(kind, end, ON)
    days = [node.on for node in found]
    assert days == sorted(set(days)) and found[-1] == law.Node(NodeKind.ENDED, end + timedelta(1))
    assert all(node.on <= period.last for node in found if node.kind not in (NodeKind.CLOSED, NodeKind.ENDED))
    assert period.first is None or min(days) >= period.first


def test_one_reminder_after_a_pause_and_not_those_that_were_missed():
    kind, end = law.kind("work-safety"), date(2027, 3, 31)
    nodes = law.nodes(kind, end, ON)
    on, sent = ON, []
    while on <= end + timedelta(40):
        node = law.due(kind, end, since=sent[-1].on if sent else ON, on=on)
        if node:
            sent.append(node)
        on += timedelta(1)
    assert sent == nodes and {node.kind for node in sent} >= {
        NodeKind.SOON,
        NodeKind.NEAR,
        NodeKind.LAST,
        NodeKind.CLOSED,
    }
    late = law.due(kind, end, since=ON, on=end + timedelta(10))
    assert late == nodes[-1] and law.due(kind, end, since=late.on, on=end + timedelta(11)) is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"issued": None, "end": None}, "没有填"),
        ({"issued": date(2027, 1, 1), "end": date(2026, 12, 1)}, "不晚于发证"),
        ({"issued": None, "end": date(2020, 1, 1)}, "已经到期"),
        ({"issued": date(2024, 1, 1), "end": None}, "不是固定的"),
    ],
)
def test_what_makes_no_sense_is_refused(given, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        law.checked(law.kind("water-intake"), on=ON, **given)


def test_a_certificate_that_never_ends_needs_no_reminder():
    with pytest.raises(RuleBroken, match="没有有效期"):
        law.span(law.kind("business-licence"), date(2030, 1, 1))
    with pytest.raises(RuleBroken, match="没有这种"):
        law.kind("x")


def test_every_kind_says_its_rule_and_source():
    assert all(one.source and one.rule for one in law.kinds().values())
    assert "或者" in law.kind("pesticide").rule and "早了晚了" in law.kind("food").rule
    assert {one.pattern for one in law.kinds().values()} == set(Pattern)
