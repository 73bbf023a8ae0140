"""看别的单位的页面判断:来信按期答复没有、舆情回应的小时数、报名留够天数没有、引用的法规废止没有。

工作日、自然日、小时三种钟不混:来信数工作日,报名数自然日,舆情数小时(昼夜、节假日连续)。
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from . import calendar, params
from .engagement import LetterKind, letter_limit
from .errors import NotInForce

#: 来信的期限从这天起有口径;更早的来信也照它量。
_LETTERS_SINCE = date(2016, 1, 1)


def letter_kept(kind: str | None, submitted: date, replied: date) -> bool | None:
    """Whether a letter was answered in time; the day it came does not count. None where it hangs on a kind not known.

    >>> letter_kept(None, date(2024, 3, 1), date(2024, 3, 8)), letter_kept(None, date(2024, 3, 1), date(2024, 3, 11))
    (True, None)
    """
    if replied < submitted:
        return None
    passed = calendar.between(submitted, replied, provisional=True)
    on = max(submitted, _LETTERS_SINCE)
    named = next((one for one in LetterKind if one.label == kind), None)
    if named:
        return bool(passed <= letter_limit(named, on).value)
    limits = [letter_limit(one, on).value for one in (LetterKind.CONSULT, LetterKind.COMPLAINT)]
    return True if passed <= limits[0] else False if passed > limits[1] else None


def opinion_hours(detected: datetime | date, responded: datetime | date) -> tuple[float, float]:
    """The fewest and the most hours from detection to response; a day without an hour is taken from 0:00 to 24:00.

    >>> opinion_hours(datetime(2024, 3, 3, 11), date(2024, 3, 3))
    (0.0, 13.0)
    """
    most = _until(responded) - _from(detected)
    least = _from(responded) - _until(detected)
    return max(least / timedelta(hours=1), 0.0), round(most / timedelta(hours=1), 2)


def _from(when: datetime | date) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time())


def _until(when: datetime | date) -> datetime:
    return when if isinstance(when, datetime) else datetime.combine(when, time()) + calendar.DAY


def opinion_kept(detected: datetime | date, responded: datetime | date) -> bool | None:
    """Whether a response came within the hours; None where the hour decides and is not known."""
    least, most = opinion_hours(detected, responded)
    try:
        limit = params.at("engagement.response_hours", _from(detected).date()).value
    except NotInForce:
        return None
    if most <= limit:
        return True
    return False if least > limit else None


def signup_is_short(noticed: date, until: date) -> bool:
    """Whether a visit leaves too few days to sign up.

    >>> signup_is_short(date(2024, 8, 22), date(2024, 8, 24)), signup_is_short(date(2024, 8, 21), date(2024, 8, 24))
    (True, False)
    """
    return bool((until - noticed).days < params.at("engagement.signup_days", noticed).value)


@cache
def repealed() -> tuple[tuple[str, date], ...]:
    """Rules that are no longer in force, with the day they ended."""
    rows = tomllib.loads(files("gongkai.law").joinpath("data/repealed.toml").read_text("utf-8"))["rule"]
    return tuple((row["title"], row["until"]) for row in rows)


def outdated(text: str, on: date | None) -> str | None:
    """A repealed rule that a text cites by its whole name, unless the text is older than the repeal.

    >>> outdated("依照《信访条例》办理", None), outdated("依照《信访工作条例》办理", None)
    ('信访条例', None)
    """
    for title, until in repealed():
        if (f"《{title}》" in text or f"国务院{title}" in text) and (on is None or on >= until):
            return title
    return None
