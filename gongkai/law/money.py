"""金额和数怎样写出来:小数点后多余的零不写,小数点前的零一个不少。文书、页面、年报都用这一个函数。"""

from __future__ import annotations

from decimal import Decimal


def digits(number: Decimal | int) -> str:
    """A number in Arabic numerals, without needless zeros behind the point and with every zero before it.

    >>> [digits(Decimal(text)) for text in ("0.00", "100", "2E+2", "10.50", "11000.00", "-0.0", "0.05")]
    ['0', '100', '200', '10.5', '11000', '0', '0.05']
    """
    number = Decimal(number)
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number:f}".rstrip("0")


def yuan(amount: Decimal | int) -> str:
    """An amount of money in 元, as a letter or a page prints it (金额).

    >>> [yuan(Decimal(text)) for text in ("0", "100", "200", "10.5", "11000")]
    ['0元', '100元', '200元', '10.5元', '11000元']
    """
    return f"{digits(amount)}元"
