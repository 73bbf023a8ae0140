"""同一页的另一种写法:日期、数字、标点、空格、排版换了,说的还是一样的事,读出来的也得一样。"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

_SIGNS = "〇一二三四五六七八九"
_DAY = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日(?!\d)")
_CHINESE = r"[\u4e00-\u9fff]"


def _written(digits: str) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(int(digits), 10)
    return ("" if tens < 2 else _SIGNS[tens]) + ("十" if tens else "") + (_SIGNS[ones] if ones or not tens else "")


def written_dates(text: str) -> str:
    """2025年5月6日 → 二〇二五年五月六日,5月6日 → 五月六日。"""
    text = re.sub(r"((?:19|20)\d\d)年(?=\d{1,2}月\d{1,2}日)", lambda found: _year(found[1]) + "年", text)
    return re.sub(
        r"(?<!\d)(\d{1,2})月(\d{1,2})日", lambda found: f"{_written(found[1])}月{_written(found[2])}日", text
    )


def _year(digits: str) -> str:
    return "".join(_SIGNS[int(digit)] for digit in digits)


def written_counts(text: str) -> str:
    """12件 → 十二件。"""
    return re.sub(
        r"(?<![\d.\-/:：第])([1-9]\d)(?=个?工作日|[天名人件条份])", lambda found: _written(found[1]), text
    )


def hyphened_dates(text: str) -> str:
    return _DAY.sub(lambda found: f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}", text)


def dotted_dates(text: str) -> str:
    return _DAY.sub(lambda found: f"{found[1]}.{found[2]}.{found[3]}", text)


def spread_dates(text: str) -> str:
    """2025年5月6日 → 2025 年 5 月 6 日。"""
    return _DAY.sub(lambda found: f"{found[1]} 年 {found[2]} 月 {found[3]} 日", text)


def with_weekdays(text: str) -> str:
    def named(found: re.Match[str]) -> str:
        try:
            on = date(*(int(part) for part in found.groups()))
        except ValueError:
            return found[0]
        return f"{found[0]}（星期{'一二三四五六日'[on.weekday()]}）"

    return re.sub(_DAY.pattern + r"(?![(（])", named, text)


def wide_digits(text: str) -> str:
    return "".join(chr(ord(mark) + 0xFEE0) if mark in "0123456789" else mark for mark in text)


def wide_marks(text: str) -> str:
    text = re.sub(rf"(?<={_CHINESE})[,;:?!]", lambda found: chr(ord(found[0]) + 0xFEE0), text)
    return re.sub(rf"\(([^()]*{_CHINESE}[^()]*)\)", r"（\1）", text)


def hard_blanks(text: str) -> str:
    return text.replace(" ", "\u00a0")


def indented(text: str) -> str:
    return "\n".join("\u3000\u3000" + line if line.strip() else line for line in text.split("\n"))


def spaced_lines(text: str) -> str:
    return text.replace("\n", "\n\n")


def spaced_bars(text: str) -> str:
    """序号|事项 → 序号 | 事项。"""
    return re.sub(r"(?<=[^|\s])\|(?=[^|\s])", " | ", text)


def with_buttons(text: str) -> str:
    return text + "\n打印本页 关闭窗口 分享到:微信 微博"


def below_a_path(text: str) -> str:
    return "当前位置:首页>互动交流>正文\n" + text


ALL: tuple[Callable[[str], str], ...] = (
    written_dates, written_counts, hyphened_dates, dotted_dates, spread_dates, with_weekdays, wide_digits, wide_marks,
    hard_blanks, indented, spaced_lines, spaced_bars, with_buttons, below_a_path,
)  # fmt: skip
