"""图的轴:从零起,一格一样宽,不短于最长的一条。"""

from decimal import Decimal
from itertools import pairwise

import pytest

from gongkai.opendata.views.table import _scale

pytestmark = pytest.mark.once


@pytest.mark.parametrize("most", [0, 0.4, 1, 2, 7, 43, 99, 100, 101, 250, 999, 1000, 12345, Decimal("987654.5")])
def test_the_axis_covers_the_longest_bar_in_few_even_steps(most):
    scale = _scale([most, None, -1])
    steps = {after - before for before, after in pairwise(scale)}
    assert scale[0] == 0 and scale[-1] >= most and len(steps) == 1 and 2 <= len(scale) <= 6


def test_the_ticks_are_round():
    assert (_scale([7, 43]), _scale([0.4]), _scale([])) == ([0, 10, 20, 30, 40, 50], [0, 1], [0, 1])
