"""公文里怎样写:书名号(《标点符号用法》4.15)、年月日。"""

from __future__ import annotations

from datetime import date

_INNER = str.maketrans("《》〈〉", "〈〉《》")


def titled(title: object) -> str:
    """A title in book title marks; marks within it become the inner ones, and those within these the outer again.

    >>> titled("关于印发《明湖区停车办法》的通知")
    '《关于印发〈明湖区停车办法〉的通知》'
    """
    return f"《{str(title).translate(_INNER)}》"


def long_day(day: date) -> str:
    """A day as papers write it.

    >>> long_day(date(2026, 9, 3))
    '2026年9月3日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
