"""读别人表里的数:全角、百分号、千分位都认;不是数的是 None,从不猜。日期里的汉字数连写的也认。"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_NUMERAL = "零一二三四五六七八九"
_HAN = "[〇零一二两三四五六七八九十百]{1,8}"
#: 数前面、后面的这些字不改变是多少;“约”“近”“余”“以上”改变,带着的不读。
_FIGURE = re.compile(
    r"(?:(?:分值|权重|占比?|满分|总分|总计|合计|共计|共|全部|最高|不超过|上限|计|加|加分项|附加分|合格率|不合格率|抽查率|覆盖率|比例|为|[:()\[【+])){0,6}?"
    rf"(?:(?P<n>\d{{1,9}}(?:\.\d{{1,6}})?)|百分之(?P<share>{_HAN})|(?P<han>{_HAN}))"
    r"(?:分|%|个|家|件|项|条|处|份|次|个百分点|点|/年|制|[)\]】。;,])*"
)
_ASIDE = re.compile(r"(?<=[\d分%个家件项条处份次〇-龥])\([^()]{0,40}\)$")
_SIGNS = str.maketrans("〇○０oO", "零零零零零")


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


def figure(value: object) -> Decimal | None:
    """The one number of a cell, also in numerals, with its unit and with words that do not change it.

    What is about, above or between is none, nor is what holds two numbers, but for a remark in brackets behind it.

    >>> figure("（30分）"), figure("百分之九十五"), figure("权重 40％"), figure("100分（另有加分10分）")
    (Decimal('30'), Decimal('95'), Decimal('40'), Decimal('100'))
    >>> figure("近500个"), figure("20～30"), figure("酌情")
    (None, None, None)
    """
    plain = number(value)
    if plain is not None or value is None or isinstance(value, bool):
        return plain
    text = _ASIDE.sub("", re.sub(r"[\s,，]+", "", unicodedata.normalize("NFKC", str(value))))
    if text == "百分制":
        return Decimal(100)
    match = _FIGURE.fullmatch(text)
    if not match:
        return None
    if match["n"]:
        return number(match["n"])
    try:
        return Decimal(counted((match["share"] or match["han"]).replace("两", "二")))
    except ValueError:
        return None


def quantity(value: object) -> int | None:
    """The one whole number of a cell, as ``figure`` reads it.

    >>> quantity("共461个"), quantity("三十九家"), quantity("12.5%")
    (461, 39, None)
    """
    parsed = figure(value)
    return int(parsed) if parsed is not None and parsed == parsed.to_integral_value() else None


def counted(text: str) -> int:
    """A part of a date, in digits or in numerals, also sign by sign. Raises ValueError where it is none.

    >>> counted("98"), counted("九十八"), counted("一百零二"), counted("一○二")
    (98, 98, 102, 102)
    """
    if text.isdecimal() and text.isascii():
        return int(text)
    signs = text.translate(_SIGNS)
    if "十" not in signs and "百" not in signs:
        return int("".join(sign if sign.isdecimal() else str(_NUMERAL.index(sign)) for sign in signs))
    total = last = 0
    for sign in signs:
        if sign in "十百":
            total += (last or 1) * (10 if sign == "十" else 100)
            last = 0
        else:
            last = int(sign) if sign.isdecimal() else _NUMERAL.index(sign)
    return total + last
