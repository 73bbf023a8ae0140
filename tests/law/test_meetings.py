"""会议公开:邀请公众列席的名额、报名截止同会期合不合。"""

from datetime import date

import pytest

from gongkai.law import meetings
from gongkai.law.errors import RuleBroken

HELD, ON = date(2026, 9, 14), date(2026, 9, 1)


@pytest.mark.parametrize(
    ("seats", "closes", "why"),
    [
        (2, None, "没有填报名截止"),
        (0, date(2026, 9, 10), "没有名额"),
        (2, HELD, "会议2026-09-14召开"),
        (2, date(2026, 9, 20), "报名到2026-09-20截止"),
        (2, date(2026, 8, 31), "已经过去"),
    ],
)
def test_a_sign_up_that_cannot_be_kept(seats, closes, why):
    with pytest.raises(RuleBroken, match=why):
        meetings.may_invite(seats=seats, closes_on=closes, held_on=HELD, on=ON)


@pytest.mark.parametrize(("seats", "closes"), [(0, None), (2, date(2026, 9, 13)), (2, ON)])
def test_a_sign_up_that_ends_before_the_meeting(seats, closes):
    meetings.may_invite(seats=seats, closes_on=closes, held_on=HELD, on=ON)
