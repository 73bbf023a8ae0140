"""字节变文字:先看 BOM,再试 UTF-8,不成即 GB18030;网页自报的编码常不可信,不看。"""

from __future__ import annotations

import codecs
import re

from .errors import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufdd0-\ufdef]"
)
TOLERATED = 0.02  # 少数坏字节(截断、传输错误)容忍的比例


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding that it was read in. Raises Unreadable if it is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _clean(data[len(bom) :].decode(encoding, "replace")), encoding
    try:
        return _clean(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    wide = sum(1 for char in text if char > "\x7f")
    lost = text.count("\ufffd")
    if lost <= wide * TOLERATED or (lost <= 1 and text.endswith("\ufffd")):
        return _clean(text), "utf-8"
    text = data.decode("gb18030", "replace")
    if text.count("\ufffd") <= max(1, len(text) * TOLERATED):
        return _clean(text), "gb18030"
    raise Unreadable(
        name, "文字编码认不出来，既不是 UTF-8 也不是 GB18030", "请用记事本打开，另存为 UTF-8 编码后再导入"
    )


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _CONTROL.sub("", text)
