"""工作日:法律文件里的每个算例、放假数据的核对、缺年、推定、重放。"""

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law import calendar
from gongkai.law.errors import NoCalendar, RuleBroken
from tests.outside import shared

TABLE = Path(__file__).parents[1] / "tables" / "workdays.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
DAYS = st.dates(date(2007, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize("row", ROWS, ids=[row["编号"] for row in ROWS])
def test_table(row):
    assert calendar.add(date.fromisoformat(row["起算"]), int(row["工作日"])) == date.fromisoformat(row["届满"])


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_day_agrees_with_an_independent_calendar(year):
    day, wrong = date(year, 1, 1), []
    while day.year == year:
        if calendar.is_workday(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.measured
def test_every_day_agrees_with_the_notices():
    folder, wrong = shared("data/holiday-cn"), []
    for year in range(2007, 2027):
        for row in json.loads((folder / f"{year}.json").read_text("utf-8"))["days"]:
            on = date.fromisoformat(row["date"])
            if calendar.is_recorded(on.year) and calendar.is_workday(on) is row["isOffDay"]:
                wrong.append(row)
    assert wrong == []


def test_a_year_without_notice_raises_and_names_the_file():
    with pytest.raises(NoCalendar, match=r"law/data/calendar/2027\.toml"):
        calendar.add(date(2026, 12, 20), 20)


def test_a_provisional_answer_says_so():
    result = calendar.count(date(2026, 12, 20), 20, provisional=True)
    assert result.provisional
    assert {day.on for day in result.days if day.reason == "法定节日"} == {date(2027, 1, 1)}
    assert calendar.count(date(2026, 3, 1), 5, provisional=True).provisional is False


def test_provisional_knows_the_new_statutory_days():
    assert not calendar.is_workday(date(2027, 2, 5), provisional=True)
    assert calendar.is_workday(date(2027, 2, 9), provisional=True)
    assert calendar.is_workday(date(2031, 2, 3), provisional=True)


def test_a_revision_is_known_only_from_its_day():
    assert calendar.is_workday(date(2020, 1, 31), known_on=date(2020, 1, 20))
    assert not calendar.is_workday(date(2020, 1, 31), known_on=date(2020, 1, 27))
    assert calendar.add(date(2020, 1, 20), 20, known_on=date(2020, 1, 20)) < calendar.add(date(2020, 1, 20), 20)


def test_each_day_of_the_explanation_has_its_reason():
    result = calendar.count(date(2021, 9, 26), 20)
    assert [day.nth for day in result.days if day.counted] == list(range(1, 21))
    reasons = {day.on: day.reason for day in result.days}
    assert reasons[date(2021, 10, 9)] == "调休上班(国庆节)"
    assert reasons[date(2021, 10, 1)] == "国庆节"
    assert reasons[date(2021, 10, 16)] == "周末"
    assert all("2021" in day.notice for day in result.days)
    assert result.days[-1].on == result.due


@given(DAYS, st.integers(1, 40))
def test_adding_and_counting_are_inverse(start, n):
    due = calendar.add(start, n)
    assert calendar.between(start, due) == n
    assert calendar.is_workday(due)
    assert calendar.between(due, start) == 0


def test_zero_days_stay_and_count_refuses():
    assert calendar.add(date(2021, 10, 1), 0) == date(2021, 10, 1)
    with pytest.raises(ValueError, match="from 1"):
        calendar.count(date(2021, 10, 1), 0)


def test_an_installed_year_is_read(tmp_path):
    data = {
        "year": 2027,
        "papers": ["https://www.gov.cn/x"],
        "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            {"name": "元旦", "date": "2027-01-02", "isOffDay": False},
        ],
    }
    (tmp_path / "2027.toml").write_text(calendar.from_holiday_cn(data), "utf-8")
    try:
        calendar.extra(tmp_path)
        assert calendar.is_workday(date(2027, 1, 2))
        assert not calendar.count(date(2026, 12, 28), 5).provisional
        assert not calendar.is_workday(date(2026, 1, 1))
    finally:
        calendar.extra(None)
    assert not calendar.is_recorded(2027)


@pytest.mark.parametrize(
    "text",
    [
        "year = 2027",
        "year = 2027\nedition = []",
        "x",
        'year = 2027\n[[edition]]\nnotice = "n"\nfestivals = []',
        'year = 2027\n[[edition]]\nnotice = "n"\nfestivals = [{name="x", off=[2027-01-01, 2027-01-01], work=[]}]',
        'year = 2027\n[[edition]]\nnotice = "n"\nfestivals = [{name="x", off=[2017-01-01], work=[]}]',
        'year = 2027\n[[edition]]\nnotice = "n"\nfestivals = [{name="x", off=["a"], work=[]}]',
    ],
)
def test_a_damaged_file_is_refused(text):
    with pytest.raises(RuleBroken):
        calendar.parse(text)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"year": 2027, "papers": [], "days": []},
        {"year": 2027, "papers": ["x"], "days": []},
        {"year": 2027, "papers": ["x"], "days": [{"name": "x", "date": "2027-13-01", "isOffDay": True}]},
    ],
)
def test_damaged_holiday_data_is_refused(data):
    with pytest.raises(RuleBroken):
        calendar.from_holiday_cn(data)


def test_source_is_written_out():
    assert calendar.source() == "《行诉解释》第四十八条"


@pytest.mark.parametrize("start", [date.max, date(9999, 12, 20)])
def test_the_end_of_the_calendar_is_a_sentence_not_a_crash(start):
    with pytest.raises(RuleBroken, match="太远"):
        calendar.add(start, 20, provisional=True)
