"""字节变文字:先看 BOM,再试 UTF-8,不成即看像哪一种;读坏了的、只剩问号的,说出来,不硬收。"""

from __future__ import annotations

import codecs
import email
import re
from dataclasses import dataclass

from .encoding import FEW_LOST, LIKELY, WIDE, guess, likeness, line_by_line
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
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})|encoding\s*=\s*[\"']([\w-]{3,20})", re.I)
_LABELS = {"big5hkscs": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_LOST = "锟斤拷"
_MOJIBAKE = 0.08  # 常用字少到这样,连人名地名的表也不会
_MARKS = re.compile(r"[?？]{2,}")
#: 西文里带符号的字母到不了三成;到了的是按单字节读错的中文。
_ACCENTED = re.compile(r"[\x80-\xff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: 乱码是这样来的:原来的字节按左边的编码写,被当成右边的读了。
_MISREAD = (
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("cp1252", "gb18030"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """解出的文字、用的编码、要人核对的话。"""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding that it was read in. Raises Unreadable if it is no text."""
    found = decoded(data, name)
    return found.text, found.encoding


def decoded(data: bytes, name: str) -> Decoded:
    """The text of a file, with what a person should check: an unusual encoding, damaged or repaired places.

    Raises:
        Unreadable: no encoding fits, or what was written was lost before (question marks, 锟斤拷).
    """
    text, encoding, notes = _read(data, name)
    text = _clean(text)
    if encoding in _LABELS and not data.startswith(tuple(bom for bom, _ in _BOMS)):
        notes.append(f"文字按 {_LABELS[encoding]} 编码读出，请核对")
    text = _judged(text, name, notes)
    return Decoded(text, encoding, tuple(notes))


def _read(data: bytes, name: str) -> tuple[str, str, list[str]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding, []
    try:
        text = data.decode("utf-8")
        if "\x00" not in text or guess(data) not in WIDE:
            return text, "utf-8", []
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    wide = sum(1 for char in text if char > "\x7f")
    lost = text.count("\ufffd")
    if lost <= wide * TOLERATED or (lost <= 1 and text.endswith("\ufffd")):
        return text, "utf-8", []
    if mixed := line_by_line(data):
        places = "、".join(str(number) for number in mixed[1][:10])
        return mixed[0], "utf-8", [f"文件里混有两种编码，第{places}行按 GB18030 读出，请核对"]
    declared = _DECLARED.search(data[:4096])
    encoding = guess(data, (declared[1] or declared[2] or b"").decode() if declared else "") or ""
    if encoding:
        text = data.decode(encoding, "replace")
        lost = text.count("\ufffd")
        if lost <= max(1, len(text) * TOLERATED) or (lost <= FEW_LOST and likeness(text) >= LIKELY):
            return text, encoding, []
    raise Unreadable(
        name, "文字编码认不出来，既不是 UTF-8 也不是 GB18030", "请用记事本打开，另存为 UTF-8 编码后再导入"
    )


def _judged(text: str, name: str, notes: list[str]) -> str:
    """Refuse what was lost, repair what was only misread, say what is damaged in places."""
    visible = sum(1 for mark in text if not mark.isspace())
    han = len(_HAN.findall(text))
    marks = text.count("?") + text.count("？")
    if marks >= 10 and marks > visible * 0.3 and han < visible * 0.2:
        raise Unreadable(name, "文字在保存的时候已经丢失，只剩问号", "请找原来的文件，另存为 UTF-8 编码后再导入")
    damaged = text.count("\ufffd") + sum(text.count(mark) for mark in _LOST)
    if damaged > max(20, visible * 0.1):
        raise Unreadable(name, "文字已经损坏成乱码", "请找原来的文件，另存为 UTF-8 编码后再导入")
    if repaired := _repaired(text):
        notes.append("原文件是乱码，已经还原，请逐字核对")
        return repaired
    accented = len(_ACCENTED.findall(text))
    if (han >= 20 and han > visible * 0.3 and likeness(text) < _MOJIBAKE) or accented > max(20, visible * 0.3):
        raise Unreadable(name, "文字像是乱码，读不成句", "请找原来的文件，另存为 UTF-8 编码后再导入")
    if "\ufffd" in text or _LOST in text:
        notes.append(f"有{damaged}个字已经损坏读不出（显示为“�”或者“锟斤拷”），请对照原件补上")
    elif han > 20 and len(_MARKS.findall(text)) >= 2 and marks > visible * 0.02:
        notes.append("文字里有成串的问号，可能是保存的时候丢了字，请对照原件")
    return text


def _repaired(text: str) -> str:
    """A text that was read in the wrong encoding and saved so, set right; empty if it is none."""
    sample = text[:4000]
    latin = sum("\x80" <= mark <= "\u024f" or mark in "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ" for mark in sample)
    if sample.isascii() or (likeness(sample) >= LIKELY and latin < len(sample) * 0.3):
        return ""
    for wrong, right in _MISREAD:
        try:
            again = text.encode(wrong, "strict").decode(right)
        except UnicodeError:
            continue
        if len(_HAN.findall(again)) >= 4 and likeness(again) >= LIKELY + 0.15:
            return again
    return ""


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _CONTROL.sub("", text)


def web_archive(data: bytes, name: str) -> bytes:
    """The page within a “single file web page” (MHTML), which Word likes to save as .doc."""
    message = email.message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return bytes(part.get_payload(decode=True) or b"")
    raise Unreadable(name, "网页存档里没有网页", "请用原来的软件打开，另存为 .docx 后再导入")
