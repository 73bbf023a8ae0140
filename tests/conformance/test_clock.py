"""行为清单里的时钟(C01—C31 中属于法律核心的):一条一个测试,名字带编号。"""

import os
import subprocess
import sys
from datetime import date

import pytest

from gongkai.law import calendar, clock, fees, procedure
from gongkai.law.clock import reply_deadline
from gongkai.law.errors import RuleBroken
from gongkai.law.procedure import Step


def test_c01_day_one_is_the_first_working_day_after_receipt():
    first = next(day for day in reply_deadline(date(2025, 2, 20)).explanation if day.counted)
    assert (first.on, first.nth) == (date(2025, 2, 21), 1)


def test_c02_receipt_on_a_day_off_counts_as_the_last_day_before_the_next_working_day():
    saturday, friday = date(2025, 2, 22), date(2025, 2, 21)
    assert reply_deadline(saturday).due == reply_deadline(friday).due


def test_c03_a_make_up_saturday_counts_and_the_swapped_weekday_does_not():
    reasons = {day.on: day for day in reply_deadline(date(2021, 9, 26)).explanation}
    assert reasons[date(2021, 10, 9)].counted and not reasons[date(2021, 10, 7)].counted


@pytest.mark.parametrize(
    ("start", "due"), [("2023-12-20", "2024-01-18"), ("2024-02-08", "2024-03-13"), ("2024-02-20", "2024-03-19")]
)
def test_c04_over_new_year_spring_festival_and_the_leap_day(start, due):
    assert reply_deadline(date.fromisoformat(start)).due == date.fromisoformat(due)


def test_c06_the_due_day_itself_is_in_time():
    due = reply_deadline(date(2025, 2, 20)).due
    assert not clock.is_late(due, due)
    assert clock.is_late(due, due + calendar.DAY)


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Auckland"])
def test_c07_a_server_in_another_time_zone_gives_the_same_day(zone):
    done = subprocess.run(
        [sys.executable, "-m", "gongkai.law", "due", "--received", "2021-09-26"],
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "2021-10-28" in done.stdout


def test_c14_no_deadline_is_shown_once_terminal():
    found = procedure.review(date(2025, 2, 20), [Step("withdrawn", date(2025, 2, 24))])
    assert found.due is None


def test_c22_c23_an_extension_is_made_in_time_once_and_within_the_limit():
    received = date(2025, 2, 20)
    procedure.may(received, [], Step("extended", date(2025, 3, 20), {"days": 20}))
    for step in (
        Step("extended", date(2025, 3, 21), {"days": 5}),
        Step("extended", date(2025, 3, 20), {"days": 21}),
    ):
        with pytest.raises(RuleBroken):
            procedure.may(received, [], step)
    with pytest.raises(RuleBroken, match="一次"):
        procedure.may(
            received,
            [Step("extended", date(2025, 3, 3), {"days": 5})],
            Step("extended", date(2025, 3, 4), {"days": 5}),
        )


def test_c24_c25_the_first_due_date_stays_visible():
    found = procedure.review(date(2025, 2, 20), [Step("extended", date(2025, 3, 3), {"days": 5})])
    assert (found.original_due, found.due) == (date(2025, 3, 20), date(2025, 3, 27))


def test_c28_correction_restarts_the_whole_period_and_a_second_notice_is_refused():
    steps = [Step("correction_notice", date(2025, 2, 24)), Step("corrected", date(2025, 3, 10))]
    assert procedure.review(date(2025, 2, 20), steps).due == reply_deadline(date(2025, 3, 10)).due
    with pytest.raises(RuleBroken, match="一次性"):
        procedure.may(date(2025, 2, 20), steps, Step("correction_notice", date(2025, 3, 11)))


def test_c30_third_party_days_are_not_counted():
    steps = [Step("third_party_sent", date(2025, 2, 24)), Step("inquiry_replied", date(2025, 3, 3))]
    gained = calendar.between(date(2025, 2, 24), date(2025, 3, 3))
    assert procedure.review(date(2025, 2, 20), steps).due == calendar.add(date(2025, 3, 20), gained)


def test_c31_fee_unpaid_lapses_paid_restarts():
    notice = Step("fee_notice", date(2025, 2, 24))
    last = fees.payment_due(date(2025, 2, 24))
    with pytest.raises(RuleBroken, match="还没有届满"):
        procedure.may(date(2025, 2, 20), [notice], Step("fee_lapsed", last))
    procedure.may(date(2025, 2, 20), [notice], Step("fee_lapsed", last + calendar.DAY))
    paid = procedure.review(date(2025, 2, 20), [notice, Step("fee_paid", date(2025, 3, 3))])
    assert paid.due == calendar.add(date(2025, 3, 3), 20)
