"""对着真实的法律法规库量:只按词找,全国的法;低于底线就是改坏了。底线的来由见 docs 和 weights.toml。"""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.outside import shared

# 183 问上的期望值减去 1.645×√2×标准误:偶然跌不到这里。
FLOOR_R1 = 0.15
FLOOR_R5 = 0.37
FLOOR_SURE = 0.58

pytestmark = [
    pytest.mark.once,
    pytest.mark.measured,
    pytest.mark.timeout(900),
]


@pytest.fixture(scope="module")
def found():
    out = StringIO()
    corpus = shared("data/corpus/laws.jsonl.xz")
    call_command(
        "eval",
        "qa",
        str(shared("data/qa.dev.jsonl")),
        "--corpus",
        str(corpus),
        "--words",
        "--json",
        stdout=out,
        stderr=StringIO(),
    )
    return json.loads(out.getvalue())


def test_recall_is_above_the_floor(found):
    statutes = found["kinds"]["layperson_statute"]
    assert statutes["n"] >= 180
    assert statutes["r1"] >= FLOOR_R1
    assert statutes["r5"] >= FLOOR_R5


def test_the_most_confident_are_right_more_often(found):
    sure = next(one for one in found["curve"] if one["share"] == 0.3)
    assert sure["r5"] >= FLOOR_SURE
    assert sure["r5"] > found["curve"][-1]["r5"]


def test_every_quotation_is_verbatim(found):
    assert found["quoted_sentences"] > 1_000
    assert found["verbatim"] == 1.0


def test_what_cannot_be_there_is_refused_and_the_rest_is_not(found):
    assert found["refused_right"] >= 0.8
    assert found["refused_wrong"] <= 0.05
