"""文件自己写明的有效期:对照 ``tables/stated_terms.csv``;很长的、乱的正文也读得完。"""

import csv
from datetime import date
from pathlib import Path

import pytest

from gongkai.law.term import stated_term

with (Path(__file__).parents[1] / "tables" / "stated_terms.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=[row["情形"] for row in ROWS])
def test_the_term_that_a_paper_states(row):
    found = stated_term(row["正文"], made_on=day(row["成文"]), effective_on=day(row["施行"]))
    assert (found and found.last) == day(row["最后有效的一天"])


@pytest.mark.parametrize(
    "text", ["自" * 50_000, "本办法自2020年1月1日起施行，" * 5_000, "有效期" * 50_000, "。" * 50_000, ""]
)
def test_hostile_texts_give_nothing(text):
    assert stated_term(text, made_on=date(2020, 1, 1)) is None
