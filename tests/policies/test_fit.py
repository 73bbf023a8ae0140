"""对条件:解释和照条件直接判断一致,不管怎样回答;数额的算法照表。"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import RuleBroken
from gongkai.policies import clinic
from gongkai.policies.amounts import Amount, number
from gongkai.policies.clinic_forms import Questionnaire
from gongkai.policies.fit import FactKind, Need, Verdict, judge
from gongkai.policies.models import Condition, Fact, Measure
from gongkai.policies.models.clinic import Standing

NUMBERS = st.decimals(0, 200, places=1)
DATES = st.dates(date(2000, 1, 1), date(2030, 1, 1))
OPTIONS = ("甲镇", "乙镇", "丙镇")


@st.composite
def wants(draw, kind):
    """What a condition of this kind may ask for."""
    if kind is FactKind.YES_NO:
        return {"yes": draw(st.booleans())}
    if kind in (FactKind.CHOICE, FactKind.PLACE):
        return {"among": draw(st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True))}
    names, values = (("low", "high"), NUMBERS) if kind is FactKind.NUMBER else (("since", "until"), DATES)
    one, two = sorted(draw(st.tuples(values, values)))
    both = {names[0]: str(one), names[1]: str(two)}
    return {name: both[name] for name in draw(st.sampled_from([names, names[:1], names[1:]]))}


@st.composite
def cases(draw):
    """Facts of every kind, conditions over them in and out of groups, and raw answers as the address bears them."""
    kinds = draw(st.lists(st.sampled_from(list(FactKind)), min_size=1, max_size=6))
    facts = [
        Fact(pk=n, key=f"f{n}", label=f"第{n}问", kind=kind, options=list(OPTIONS))
        for n, kind in enumerate(kinds, 1)
    ]
    rows, raw = [], {}
    for fact in facts:
        for _ in range(draw(st.integers(1, 2))):
            rows.append((fact, draw(wants(FactKind(fact.kind))), draw(st.integers(0, 2))))
        good = {
            "yes_no": st.sampled_from(["yes", "no"]),
            "choice": st.sampled_from(OPTIONS),
            "place": st.sampled_from(OPTIONS),
            "number": NUMBERS.map(str),
            "date": DATES.map(str),
        }[fact.kind]
        raw[f"a-{fact.key}"] = draw(st.one_of(good, good, st.just(""), st.text(max_size=8)))
    return facts, rows, raw


def plainly(rows, answers) -> Verdict:
    """The conditions evaluated without any of the product's matching: three values, written out."""

    def one(fact, want):
        if fact.key not in answers:
            return None
        value = answers[fact.key]
        if fact.kind == "yes_no":
            return value == want["yes"]
        if fact.kind in ("choice", "place"):
            return value in want["among"]
        if fact.kind == "number":
            return Decimal(want.get("low", 0)) <= value <= Decimal(want.get("high", 10**9))
        return want.get("since", "0000-01-01") <= value.isoformat() <= want.get("until", "9999-12-31")

    must = [one(fact, want) for fact, want, group in rows if group == 0]
    for chosen in {group for _, _, group in rows if group}:
        some = [one(fact, want) for fact, want, group in rows if group == chosen]
        must.append(True if True in some else None if None in some else False)
    if False in must:
        return Verdict.NOT
    return Verdict.UNKNOWN if None in must else Verdict.FITS


@given(cases())
def test_the_explanation_agrees_with_a_plain_evaluation(case):
    facts, rows, raw = case
    answers = Questionnaire(facts, raw).answers()
    measure = Measure(pk=1, title="事项")
    conditions = [
        Condition(pk=n, measure=measure, fact=fact, wants=want, group=group, quote="句", article="条")
        for n, (fact, want, group) in enumerate(rows)
    ]
    measure._prefetched_objects_cache = {"conditions": conditions}
    found = clinic.explain(measure, Standing.OPEN, answers)
    assert found.verdict is plainly(rows, answers)
    for line, (fact, want, _) in zip(found.lines, rows, strict=True):
        assert line.verdict is plainly([(fact, want, 0)], answers)
        said = {"fits": "，符合。", "not": "，不符合。", "unknown": "没有回答"}[line.verdict.value]
        assert said in line.words and fact.label in line.words


@given(cases())
def test_answering_more_never_turns_a_settled_verdict(case):
    facts, rows, raw = case
    answers = Questionnaire(facts, raw).answers()
    tests = [Need.read(fact.key, fact.kind, want, group) for fact, want, group in rows]
    for key in list(answers):
        fewer = {name: value for name, value in answers.items() if name != key}
        before = judge(tests, fewer)
        assert before is Verdict.UNKNOWN or before is judge(tests, answers)


@pytest.mark.parametrize(
    ("kind", "data", "n", "words", "how"),
    [
        ("fixed", {"yuan": "200000"}, None, "20万元", "固定数额"),
        ("range", {"yuan": "20000", "high": "50000"}, None, "2万元至5万元", "由受理单位核定"),
        ("per_unit", {"yuan": "120", "base": "种植面积", "unit": "亩"}, "50.5", "6060元", "50.5亩×120元=6060元"),
        (
            "per_unit",
            {"yuan": "200", "cap": "5000", "base": "功率", "unit": "千瓦"},
            "30",
            "5000元",
            "超过最高5000元",
        ),
        (
            "percent",
            {"percent": "15", "cap": "1000000", "base": "设备投入", "unit": "元"},
            "10000000",
            "100万元",
            "超过最高100万元",
        ),
        ("percent", {"percent": "33.33", "base": "投入", "unit": "元"}, "100.1", "33.36元", "×33.33%"),
        (
            "tiers",
            {"tiers": "30=1000\n50=2000\n以上=3000", "base": "人数", "unit": "人"},
            "30",
            "1000元",
            "不超过30人的",
        ),
        (
            "tiers",
            {"tiers": "30=1000\n50=2000\n以上=3000", "base": "人数", "unit": "人"},
            "30.01",
            "2000元",
            "超过30人、不超过50人的",
        ),
        ("tiers", {"tiers": "30=1000\n以上=3000", "base": "人数", "unit": "人"}, "31", "3000元", "超过30人的"),
    ],
)
def test_amounts(kind, data, n, words, how):
    worked = Amount.read(kind, data).work(n and number(n))
    assert worked.words == words and how in worked.how


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("fixed", {}, "没有填数额"),
        ("range", {"yuan": "5", "high": "5"}, "上限要比下限大"),
        ("percent", {"percent": "101"}, "不超过100"),
        ("fixed", {"yuan": "-1"}, "不是数"),
        ("per_unit", {"yuan": "1"}, "按什么数算"),
        ("tiers", {"tiers": "以上=1"}, "至少要有两档"),
        ("tiers", {"tiers": "50=1\n30=2\n以上=3"}, "读不懂"),
        ("tiers", {"tiers": "30=1\n50=2"}, "读不懂"),
    ],
)
def test_amounts_that_cannot_be(kind, data, said):
    with pytest.raises(RuleBroken, match=said):
        Amount.read(kind, data)


def test_no_number_no_amount():
    assert Amount.read("none", {}).work() is None
    assert Amount.read("per_unit", {"yuan": "1", "base": "数", "unit": "件"}).work() is None


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_not(text):
    found = number(text)
    assert found is None or found >= 0
