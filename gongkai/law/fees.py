"""信息处理费:按件或者按量,超额累进,对每件申请只选一种;缴费期限和逾期的后果(国办函〔2020〕109号)。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from . import calendar, params
from .errors import RuleBroken
from .sources import implements
from .terms import Term


class Basis(Term):
    """收费的方式;对每件申请只能选一种。"""

    BY_ITEM = "item", "按件"
    BY_PAGE = "page", "按量"


@implements("fee:4.2")
def item_price(nth: int, on: date) -> Decimal:
    """The price in yuan of the ``nth`` application of one applicant in a calendar month (第几件的单价).

    Raises:
        RuleBroken: ``nth`` is less than 1.
        NotInForce: before 2021-01-01 there was no such fee.

    >>> [int(item_price(n, date(2021, 9, 1))) for n in (10, 11, 30, 31, 40, 41)]
    [0, 100, 100, 200, 200, 300]
    """
    if nth < 1:
        raise RuleBroken(f"件数{nth}不对", fix="件数从1起。")
    tariff = params.at("fee.by_item", on).value
    for ceiling, yuan in tariff["bands"]:
        if nth <= ceiling:
            return Decimal(yuan)
    last = tariff["bands"][-1][0]
    return Decimal(tariff["start"] + (nth - last - 1) // tariff["step"] * tariff["rise"])


def items_total(n: int, on: date) -> Decimal:
    """The sum in yuan for ``n`` applications in one calendar month (按件合计).

    >>> int(items_total(35, date(2021, 9, 1)))
    3000
    """
    tariff = params.at("fee.by_item", on).value
    total, done = Decimal(0), 0
    for ceiling, yuan in tariff["bands"]:
        total += max(0, min(n, ceiling) - done) * Decimal(yuan)
        done = ceiling
    steps, rest = divmod(max(0, n - done), tariff["step"])
    rising = steps * tariff["start"] + tariff["rise"] * (steps * (steps - 1) // 2)
    return total + Decimal(rising * tariff["step"] + rest * (tariff["start"] + steps * tariff["rise"]))


@implements("fee:5.2")
def pages_total(pages: int, on: date) -> Decimal:
    """The fee in yuan for one application by pages (按量,单件申请,A4 及以下单面一页).

    Raises:
        RuleBroken: ``pages`` is negative.

    >>> int(pages_total(250, date(2021, 9, 1)))
    4700
    """
    if pages < 0:
        raise RuleBroken(f"页数{pages}不对", fix="页数不能是负数。")
    tariff = params.at("fee.by_page", on).value
    total, done = Decimal(0), 0
    for ceiling, yuan in tariff["bands"]:
        total += (min(pages, ceiling) - done) * Decimal(yuan)
        done = min(pages, ceiling)
    return total + (pages - done) * Decimal(tariff["above"])


@implements("fee:3")
def one_basis(bases: frozenset[Basis]) -> Basis:
    """The one basis chosen for an application; both at once is unlawful (不得同时按件、按量重复计算).

    Raises:
        RuleBroken: none or both were chosen.
    """
    if len(bases) != 1:
        raise RuleBroken("一件申请只能按件或者按量收费,不能同时计算", source=one_basis.source, fix="请选一种。")  # type: ignore[attr-defined]
    return next(iter(bases))


@implements("fee:6")
def payment_due(notified: date, *, provisional: bool = False) -> date:
    """The last day to pay: counted from the day after the fee notice was received; unpaid means given up.

    >>> payment_due(date(2025, 1, 20))
    datetime.date(2025, 2, 21)
    """
    return calendar.add(notified, params.at("fee.pay_days", notified).value, provisional=provisional)
