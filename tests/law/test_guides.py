"""指南的时限:换算成同一种再比,并行取最长、先后相加,哪天办好;实施编码。"""

from datetime import date

import pytest

from gongkai.law import guides as law
from gongkai.law import itemcode
from gongkai.law.errors import RuleBroken
from gongkai.law.guides import Limit, Order, Unit

pytestmark = pytest.mark.once
ON = date(2026, 9, 1)
W, D, M, H = Unit.WORKDAY, Unit.DAY, Unit.MONTH, Unit.HOUR
AT_ONCE = Limit(0, Unit.INSTANT)


@pytest.mark.parametrize(
    ("promise", "legal", "order"),
    [
        (Limit(21, W), Limit(20, W), Order.OVER),
        (Limit(20, W), Limit(20, W), Order.WITHIN),
        (Limit(40, W), Limit(60, D), Order.WITHIN),
        (Limit(60, W), Limit(60, D), Order.PERHAPS),
        (AT_ONCE, Limit(1, H), Order.WITHIN),
        (Limit(2, M), Limit(45, D), Order.PERHAPS),
        (None, Limit(20, W), Order.UNKNOWN),
        (Limit(5, W), Limit(0, Unit.NONE), Order.UNKNOWN),
    ],
)
def test_a_promise_against_the_law(promise, legal, order):
    assert law.compare(promise, legal, ON) is order


def test_zero_days_are_no_limit():
    for n, unit in ((0, "workday"), (None, "day"), (5, "")):
        with pytest.raises(RuleBroken):
            law.limit(n, unit)
    assert law.limit(None, "instant") == AT_ONCE and law.limit(None, "") is None


def test_side_by_side_the_longest_one_after_another_the_sum():
    stages = [[Limit(3, W), Limit(8, W), AT_ONCE], [Limit(2, W)], [AT_ONCE]]
    assert law.together(stages, ON).words == "10个工作日"
    assert law.apart([one for stage in stages for one in stage], ON).words == "13个工作日"
    assert law.together([[Limit(7, D)], [Limit(5, W)]], ON).words == "约10个工作日"
    assert law.together([[None, Limit(1, W)], [Limit(0, Unit.NONE)]], ON).words == "1个工作日，另有2项没有写时限"
    assert law.together([[AT_ONCE]], ON).words == "当场办结" and law.apart([None], ON).words == "1项都没有写时限"


def test_the_day_on_which_it_is_done():
    assert law.done_by(Limit(5, W), date(2026, 9, 30)).due == date(2026, 10, 13)
    assert law.done_by(Limit(5, D), date(2026, 9, 30)) == date(2026, 10, 5)
    assert law.done_by(AT_ONCE, ON) == ON
    with pytest.raises(RuleBroken):
        law.done_by(Limit(1, M), ON)


REAL = (
    "1144030069395366354440114024003",
    "12441500196720244T3442199806003",
    "11440100696927671X3442011817001",
    "114403006939536635444011402400305",
    "00016421300Y",
    "00016421300301",
)


@pytest.mark.parametrize("code", REAL)
def test_real_codes_hold(code):
    assert itemcode.parse(code) and itemcode.problems(code) == []


@pytest.mark.parametrize("code", REAL[:3])
def test_every_wrong_sign_in_the_credit_code_is_seen(code):
    for place in range(18):
        wrong = code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1 :]
        assert any("校验位" in what or "不是31位" in what for what in itemcode.problems(wrong)), place


def test_another_scheme_is_only_remarked_on():
    assert "请核对" in itemcode.problems("511A0138000000-511602000000-000-11511301008778183N-1-00")[0]
    assert itemcode.problems("") == [] and "不一致" in itemcode.problems(REAL[0], level="市")[0]
