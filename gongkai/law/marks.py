"""书名号(《标点符号用法》4.15)。"""

from __future__ import annotations

_INNER = str.maketrans("《》〈〉", "〈〉《》")


def titled(title: object) -> str:
    """A title in book title marks; marks within it become the inner ones, and those within these the outer again.

    >>> titled("关于印发《明湖区停车办法》的通知")
    '《关于印发〈明湖区停车办法〉的通知》'
    """
    return f"《{str(title).translate(_INNER)}》"
