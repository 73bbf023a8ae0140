"""自动编号的数怎样写:一、〇、甲、①、Ⅳ……按 OOXML 的编号格式名。"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def chinese(number: int, digits: str = _DIGITS, units: tuple[str, ...] = ("", "十", "百", "千")) -> str:
    """12 → 十二, 120 → 一百二十, 105 → 一百〇五; above 9999 digit by digit.

    >>> chinese(12), chinese(20), chinese(105), chinese(1010)
    ('十二', '二十', '一百〇五', '一千〇一十')
    """
    if not 0 < number < 10_000:
        return digitwise(number, digits)
    text, pending = "", False
    for power in range(len(str(number)) - 1, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += (digits[0] if pending else "") + digits[digit] + units[power]
        pending = not digit and bool(text)
    lead = digits[1] + units[1]
    return text[1:] if digits is _DIGITS and text.startswith(lead) else text


def digitwise(number: int, digits: str = _DIGITS) -> str:
    """105 → 一〇五."""
    return "".join(digits[int(digit)] for digit in str(max(0, number)))


def _chinese_counting(number: int) -> str:
    """Word's chineseCounting: words up to 99, digits above."""
    return chinese(number) if number < 100 else digitwise(number)


def _letters(number: int) -> str:
    """1 → A, 27 → AA (Word repeats the letter)."""
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number > 0 else ""


def _roman(number: int) -> str:
    text = ""
    for size, mark in _ROMAN:
        text += mark * (min(number, 9999) // size)
        number %= size
    return text


def _from(start: int, last: int) -> Callable[[int], str]:
    """Enclosed numbers that have characters of their own; beyond those plain digits."""
    return lambda number: chr(start + number - 1) if 0 < number <= last else str(number)


def circled(number: int) -> str:
    """①…㊿."""
    for first, start, last in ((1, 0x2460, 20), (21, 0x3251, 35), (36, 0x32B1, 50)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def _cycle(marks: str) -> Callable[[int], str]:
    return lambda number: marks[(number - 1) % len(marks)]


def _full_width(number: int) -> str:
    return "".join(chr(ord(mark) + 0xFEE0) if mark.isdigit() else mark for mark in str(number))


def _legal(number: int) -> str:
    return chinese(number, _LEGAL, ("", "拾", "佰", "仟"))


_WRITTEN: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese_counting,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": _chinese_counting,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "koreanCounting": chinese,
    "ideographDigital": digitwise,
    "japaneseDigitalTenThousand": digitwise,
    "taiwaneseDigital": digitwise,
    "koreanDigital2": digitwise,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 0 < number <= 10 else str(number),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}


def written(number: int, form: str) -> str:
    """A number in one of OOXML's ``ST_NumberFormat``; formats that are not known are written in digits.

    >>> written(3, "chineseCounting"), written(120, "chineseCountingThousand"), written(4, "upperRoman")
    ('三', '一百二十', 'IV')
    """
    return _WRITTEN.get(form, str)(number)
