"""索引号:各地的写法都读得出,校验只作提示,按规则编号。"""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import RuleBroken
from gongkai.law.indexnumber import generate, is_org_code, is_uscc, parse

ROWS = list(
    csv.DictReader((Path(__file__).parents[1] / "tables" / "indexnumbers.csv").read_text("utf-8").splitlines())
)


@pytest.mark.parametrize("row", ROWS, ids=[row["索引号"] for row in ROWS])
def test_table(row):
    number = parse(row["索引号"])
    assert (number.year, number.month) == (int(row["年"]), int(row["月"]) if row["月"] else None)
    assert bool(number.hints) is bool(row["校验"])


@pytest.mark.parametrize("text", ["", "索引号", "2020-1", "MH0101/1820-00018", "MH0101/2023-", "a b/2020-00001"])
def test_other_shapes_are_refused(text):
    with pytest.raises(RuleBroken):
        parse(text)


def test_checksums():
    assert is_uscc("11332500MB1601924J") and not is_uscc("11332500MB1601924K") and not is_uscc("I" * 18)
    assert is_org_code("01404053X") and is_org_code("0142768-8") is False and not is_org_code("x")
    assert parse("11332500MB1601924K/2021-00001").hints


@given(st.integers(1, 9999999), st.booleans())
def test_what_is_generated_is_read(seq, by_month):
    number = parse(generate("MH0101", date(2023, 4, 6), seq, by_month=by_month))
    assert (number.org, number.year, number.month, int(number.seq)) == (
        "MH0101",
        2023,
        4 if by_month else None,
        seq,
    )


@pytest.mark.parametrize(("org", "seq"), [("MH0101", 0), ("明湖", 1), ("", 1)])
def test_generate_refuses(org, seq):
    with pytest.raises(RuleBroken):
        generate(org, date(2023, 4, 6), seq)
