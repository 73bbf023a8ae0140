"""随意见交来的文件:按内容认类型,在另一个进程里读出文字;读不出的照收,由人打开看。"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.adapters import apart, files
from gongkai.adapters.files import Unreadable, office, reading
from gongkai.adapters.files.limits import MIB
from gongkai.adapters.plaintext import clean
from gongkai.desk.places import Places
from gongkai.records.sealed_files import typed

#: Bytes of one file at most, and characters kept of what was read in it.
LARGEST, READ = 10 * MIB, 20_000
FULL = "收到时网站正忙，没有读，请打开看"
#: 一个网站进程同时只读一份:别的线程留给别的网页。
_places = Places(1)


@dataclass(frozen=True, slots=True)
class Attached:
    """一个文件:清过的名称、内容、类型、读出的文字;读不出的写明为什么。"""

    name: str
    content: bytes
    kind: str
    text: str
    trouble: str


def examined(name: str, content: bytes) -> Attached:
    """A file as an opinion may bring it; its text is read in a limited process, never in this one.

    What needs LibreOffice is not read while somebody waits: a person opens it.

    Raises:
        RuleBroken: empty, too large, or of a kind that is not taken (a program, an archive, a web page).
    """
    kind = typed(name[-100:], content, most=LARGEST)
    name, _ = files.clean_name(name, kind)
    text = trouble = ""
    if kind in office.KINDS:
        trouble = "旧格式，请打开看"
    else:
        with _places.occupy() as taken:
            text, trouble = _text(name, content) if taken else ("", FULL)
    return Attached(name, content, kind.value, text, trouble[:200])


def _text(name: str, content: bytes) -> tuple[str, str]:
    """What was read in the file, and why not if nothing."""
    try:
        text = clean(files.apart_from(apart.PUBLIC, reading.read, content, name).text).strip()[:READ]
    except Unreadable as error:
        return "", error.why
    return text, "" if text else "没有读出文字，请打开看"
