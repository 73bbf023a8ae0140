"""填进来的字:去掉看不见又写不进网页、订阅、公文的字符;从 Word 贴来的软回车换成换行。表单和写库都用这一处。"""

from __future__ import annotations

import re
from typing import Any

#: Word's soft return and page break, the separators of Unicode, the old line end.
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
#: What XML 1.0 cannot hold or nobody can see: controls, lone surrogates, noncharacters, the byte order mark inside; signs
#: that turn the direction of what follows, so that a name reads otherwise than it is.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)


def clean(text: str) -> str:
    """Text of several lines: one kind of line end, nothing unseen.

    >>> clean("第一条\\x0b第二条\\r\\n第\\x00三\\ufffe条\\u2028完")
    '第一条\\n第二条\\n第三条\\n完'
    """
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def line(text: str) -> str:
    """Text of one line, such as a title: breaks and runs of blanks become one blank.

    >>> line("  关于 开展\\x0b检查的\\n通知\\x00 ")
    '关于 开展 检查的 通知'
    """
    return " ".join(clean(text).split())


def clean_deep(value: Any) -> Any:
    """The same for whatever JSON holds: every string inside, keys too.

    >>> clean_deep({"a": ["甲\\x00", 1, None]})
    {'a': ['甲', 1, None]}
    """
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [clean_deep(item) for item in value]
    if isinstance(value, dict):
        return {clean_deep(key): clean_deep(item) for key, item in value.items()}
    return value
