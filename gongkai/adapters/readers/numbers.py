"""读别人表里的数:全角、百分号、千分位都认;不是数的是 None,从不猜。"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation


def number(value: object) -> Decimal | None:
    """A printed number, also full width and with a percent sign; None if it is none.

    >>> number("９５.0％"), number("约九成")
    (Decimal('95.0'), None)
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        parsed = Decimal(str(value).replace("%", "").replace("％", "").replace(",", "").strip())
    except InvalidOperation:
        return None
    return parsed if parsed.is_finite() and abs(parsed) < 10**12 else None


def whole(value: object) -> int | None:
    """A count; None if it is no whole number.

    >>> whole("1,931"), whole(3.0), whole("3.5")
    (1931, 3, None)
    """
    parsed = number(value)
    return int(parsed) if parsed is not None and parsed == parsed.to_integral_value() else None
