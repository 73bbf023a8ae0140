"""来信按工作日,舆情按自然小时;没有做事不能办结;名额和报名的时间说得清。"""

from datetime import date, datetime

import pytest

from gongkai.law import engagement as law
from gongkai.law.engagement import Grade, LetterKind, Selection
from gongkai.law.errors import RuleBroken
from tests.conftest import SHANGHAI


def at(day, hour, minute=0):
    return datetime(2026, *day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("kind", "received", "due"),
    [
        (LetterKind.CONSULT, date(2026, 9, 1), date(2026, 9, 8)),
        (LetterKind.CONSULT, date(2026, 9, 26), date(2026, 10, 9)),
        (LetterKind.ERROR, date(2026, 9, 1), date(2026, 9, 4)),
        (LetterKind.COMPLAINT, date(2026, 9, 1), date(2026, 9, 21)),
    ],
)
def test_letters_count_working_days_after_the_day_of_receipt(kind, received, due):
    assert law.letter_due(kind, received).due == due
    assert law.letter_limit(kind, received).note, "来信的天数是管理口径,要注明"


def test_an_extension_is_told_before_the_limit_and_not_endless():
    due = date(2026, 9, 8)
    assert law.extended(due, 5, date(2026, 9, 7)) == date(2026, 9, 15)
    with pytest.raises(RuleBroken, match="已经过了"):
        law.extended(due, 5, date(2026, 9, 9))
    for days in (0, 16):
        with pytest.raises(RuleBroken, match="1到15个工作日"):
            law.extended(due, days, due)


def test_public_opinion_counts_natural_hours_through_a_holiday_night():
    late = at((10, 1), 23)
    found = law.deadlines(Grade.GRAVE, happened=late, detected=at((10, 2), 1), ordered=None)
    assert (found.start, found.first, found.briefing) == (late, at((10, 2), 4), at((10, 2), 23))
    common = law.deadlines(Grade.COMMON, happened=None, detected=late, ordered=None)
    assert (common.first, common.briefing) == (at((10, 3), 23), None)


def test_a_reply_is_not_a_solution():
    with pytest.raises(RuleBroken, match="回应不等于解决"):
        law.may_close(responded=True, acted=False)
    with pytest.raises(RuleBroken, match="还没有回应"):
        law.may_close(responded=False, acted=True)
    law.may_close(responded=True, acted=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends": at((12, 5), 9)}, "结束不晚于开始"),
        ({"seats": 0}, "没有写名额"),
        ({"signup_until": at((12, 5), 9)}, "报名截止"),
        ({"signup_until": None}, "报名截止"),
    ],
)
def test_what_an_event_must_say(change, sentence):
    given = {
        "starts": at((12, 5), 9),
        "ends": at((12, 5), 11),
        "signup_until": at((12, 3), 18),
        "seats": 30,
        "selection": Selection.FIRST,
    }
    law.may_announce(**given)
    with pytest.raises(RuleBroken, match=sentence):
        law.may_announce(**given | change)
    law.may_announce(**given | change | {"selection": Selection.INVITED, "ends": at((12, 5), 11)})


def test_few_ratings_have_no_average():
    assert law.average([5, 4, 3, 5], date(2026, 9, 1)) is None
    assert law.average([5, 4, 3, 5, 5], date(2026, 9, 1)) == 4.4
