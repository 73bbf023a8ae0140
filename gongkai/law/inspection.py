"""政府网站和政务新媒体检查:否决项的界限,合格率、抽查率的核算。

界限都在 ``data/params/inspection.toml``;事实不够(没有写数、写的数跨过界限)时不下结论。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from . import params
from .errors import NotInForce
from .sources import implements

Bound = Literal["exact", "over", "least", "under"]

#: 没有写明检查日的,按最近的口径。
CURRENT = date.max
MONTH_DAYS = 30
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """通报里写的一个数:正好、超过、至少、不到。"""

    value: Decimal
    bound: Bound = "exact"

    def reaches(self, limit: Decimal) -> bool | None:
        """Whether the amount is ``limit`` or more; ``None`` where the wording leaves it open.

        >>> Amount(Decimal(5)).reaches(Decimal(5)), Amount(Decimal(3), "over").reaches(Decimal(5))
        (True, None)
        """
        if self.bound == "under":
            return False if self.value <= limit else None
        if self.value >= limit:
            return True
        return False if self.bound == "exact" else None


def limit(name: str, on: date) -> Decimal:
    """A limit of the check, as in force on a day; days before the first census follow its first value.

    Raises:
        KeyError: there is no such parameter.
    """
    full = f"inspection.{name}"
    try:
        found = params.at(full, on)
    except NotInForce:
        found = params.at(full, CURRENT)
    return Decimal(found.value)


@implements("inspection19")
def is_dormant(days: Amount, on: date) -> bool | None:
    """Whether a home page or an account that stood still for ``days`` fails (否决项三、新媒体否决项二)."""
    return days.reaches(limit("update_days", on))


@implements("inspection19")
def dormant_between(last: date, on: date) -> bool:
    """Whether more than the allowed days lie between the last update and the check; exactly so many still pass.

    >>> dormant_between(date(2025, 6, 1), date(2025, 6, 15)), dormant_between(date(2025, 6, 1), date(2025, 6, 16))
    (False, True)
    """
    return (on - last).days > limit("update_days", on)


@implements("inspection19")
def too_many(
    what: Literal["key_columns", "stale_columns", "blank_columns"], count: Amount, on: date
) -> bool | None:
    """Whether so many columns not updated or blank make the site fail (否决项四)."""
    return count.reaches(limit(what, on))


@implements("inspection19")
def letters_ignored(days: Amount, on: date) -> bool | None:
    """Whether letters left without an answer for ``days`` make the site fail (否决项五)."""
    return days.reaches(limit("reply_months", on) * MONTH_DAYS)


@implements("inspection19")
def unreachable(percent: Amount, on: date) -> bool | None:
    """Whether a share of failed visits, in percent, makes the site fail (否决项二)."""
    return percent.reaches(limit("unreachable_percent", on))


@implements("inspection19")
def guides_lacking(items: Amount, elements: Amount, on: date) -> bool | None:
    """Whether so many items that lack so many kinds of elements make the site fail (否决项六)."""
    verdicts = {
        items.reaches(limit("lacking_items", on)),
        elements.reaches(limit("lacking_elements", on)),
    }
    return False if False in verdicts else None if None in verdicts else True


def rate(part: int, whole: int) -> Decimal:
    """``part`` of ``whole`` in percent, exact to the precision of the decimal context.

    Raises:
        ZeroDivisionError: ``whole`` is 0.
    """
    if not whole:
        raise ZeroDivisionError("总数是零,算不出比率")
    return Decimal(100 * part) / Decimal(whole)


def in_print(exact: Decimal) -> Decimal:
    """A rate to two digits, half up.

    >>> in_print(rate(437, 461))
    Decimal('94.79')
    """
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


def printed_right(exact: Decimal, printed: Decimal) -> bool:
    """Whether a printed rate is the exact one, rounded half up to the digits printed.

    >>> printed_right(rate(437, 461), Decimal("95.0")), printed_right(rate(437, 461), Decimal("95"))
    (False, True)
    """
    exponent = printed.as_tuple().exponent
    step = Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)
    return exact.quantize(step, ROUND_HALF_UP) == printed
