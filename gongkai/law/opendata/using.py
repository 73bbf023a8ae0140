"""使用:受限数据的申请和协议的期限,需求的回应,接口的限次。"""

from __future__ import annotations

from datetime import date

from .. import calendar, params
from ..calendar import DAY
from ..errors import RuleBroken


def application_due(received: date) -> calendar.Count:
    """By when an application for restricted data is decided; the day of receipt is not counted."""
    return calendar.count(received, params.at("opendata.application_days", received).value, provisional=True)


def demand_due(received: date) -> calendar.Count:
    """By when a demand is answered."""
    return calendar.count(received, params.at("opendata.demand_days", received).value, provisional=True)


def by_district(on: date) -> bool:
    """Whether applications are reviewed by the district's office instead of the unit that opens the data."""
    return bool(params.at("opendata.application_reviewer", on).value == "district")


def check_term(months: int, on: date) -> None:
    """Raises RuleBroken: a term that is none, or longer than allowed."""
    most = params.at("opendata.term_months", on)
    if not 0 < months <= most.value:
        raise RuleBroken(
            f"使用期限要在1到{most.value}{most.unit}之间", source=most.source, fix="请改期限；到期可以再申请。"
        )


def destroy_by(ended: date) -> date:
    """The last day on which the data is destroyed after an agreement ended."""
    days: int = params.at("opendata.destroy_days", ended).value
    return ended + DAY * days


def limits(on: date, *, with_key: bool) -> tuple[int, int | None]:
    """(calls in a minute, calls in a day) of a key; without one the day is not counted."""
    if with_key:
        return params.at("opendata.key_per_minute", on).value, params.at("opendata.key_per_day", on).value
    return params.at("opendata.anonymous_per_minute", on).value, None
