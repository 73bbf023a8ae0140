"""年度目录公布得迟不迟;听证公告提前了多少天。"""

from __future__ import annotations

from datetime import date, timedelta

from .. import params

#: 重大行政决策程序暂行条例施行之日。
LAW_SINCE = date(2019, 9, 1)


def is_late(year: int | None, published: date | None, signed: date | None) -> bool:
    """Whether a yearly catalogue came out when half the year was gone, or long after it was signed.

    >>> is_late(2024, date(2024, 9, 27), None), is_late(2025, date(2025, 5, 14), None)
    (True, False)
    """
    on = published or signed
    if on is None:
        return False
    if published and signed and (published - signed).days > params.at("decisions.catalogue_online_days", on).value:
        return True
    return year == on.year and on.month >= params.at("decisions.catalogue_overdue_month", on).value


def notice_is_short(noticed: date, held: date) -> bool:
    """Whether a hearing is held before the days of notice have passed.

    >>> notice_is_short(date(2023, 4, 12), date(2023, 5, 12)), notice_is_short(date(2023, 4, 13), date(2023, 5, 12))
    (False, True)
    """
    return held - noticed < timedelta(days=params.at("decisions.hearing_notice_days", noticed).value)
