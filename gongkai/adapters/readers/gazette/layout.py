"""公报目录读之前先理顺:连成一行的分开,列名、行首的“目录”去掉,栏目两边的点去掉,单占一行的文号接上。"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HEAD = re.compile(r"^(?:目\s{0,4}[录錄次]|CONTENTS)[:：\s\u3000]{1,4}(?=\S)", re.I)
_COLUMNS = re.compile(r"(?:页码|頁碼|页次|标题|標題|题名|篇名|名称|文件名称|文号|文號|发文字号|序号)")
#: 一行题名的末尾:一串点和页码,或者文号后面括号里的页码。
_END = re.compile(
    r"(?:(?:…{2,80}|\.{4,80}|·{4,80})\s{0,3}[(（]?\d{1,4}[)）]?|(?<=[)）])\s{0,2}[(（]\d{1,4}[)）])[\s\u3000]{0,4}(?=[\u4e00-\u9fff《“【])"
)
#: 栏目的名称夹在一样的符号中间(· 县政府文件 ·)。
_FRAMED = re.compile(
    r"^(?P<mark>[·•*※=~～\-—]{1,6})\s{0,3}(?P<name>[\u4e00-\u9fff、（）()]{2,16})\s{0,3}(?P=mark)$"
)
_NUMBER = r"[\u4e00-\u9fff]{1,16}[〔\[(（［](?:19|20)\d\d[〕\])）］]\s?第?\d{1,5}\s?[号號]"
_ALONE = re.compile(rf"(?:{_NUMBER}|[\u4e00-\u9fff]{{2,20}}令第?\d{{1,4}}[号號])")
#: 栏目的名称,不是题名。
_NAME = re.compile(r"^[■◆●▲★◇☆【\[]|^[\u4e00-\u9fff]{2,9}(?:文件|规章|政府令|任免|解读)$")
_NUMBER_LINE = re.compile(
    rf"^[(（]?{_NUMBER}[)）]?\s{{0,3}}(?:…{{1,200}}|\.{{3,300}}|·{{3,300}}|\s)\s{{0,3}}[(（]?\d{{1,4}}[)）]?$"
)


def settled(texts: Iterable[str]) -> list[str]:
    """One line for each entry or section, of lines as printed.

    >>> settled(["目录 甲办法(甲政〔2012〕1号)(1) 乙办法(甲政〔2012〕2号)(5)", "· 政策解读 ·"])
    ['甲办法(甲政〔2012〕1号)(1)', '乙办法(甲政〔2012〕2号)(5)', '【政策解读】']
    """
    out: list[str] = []
    for text in _unmarked(_paged([text.strip() for text in texts])):
        for part in _parted(_HEAD.sub("", text.strip())):
            framed = _FRAMED.match(part)
            if all(_COLUMNS.fullmatch(word) for word in part.split()):
                continue
            if _NUMBER_LINE.match(part) and out and _is_open(out[-1]):
                out[-1] += " " + part
                continue
            out.append(f"【{framed['name']}】" if framed else part)
    return _numbered_below(out)


def _numbered_below(lines: list[str]) -> list[str]:
    """Numbers on lines of their own joined to the titles above, where each of them has one above."""
    places = [place for place, line in enumerate(lines) if _ALONE.fullmatch(line)]
    if len(places) < 2 or not all(
        place and place - 1 not in places and _is_open(lines[place - 1]) and not _NAME.match(lines[place - 1])
        for place in places
    ):
        return lines
    joined = {place - 1: f"{lines[place - 1]} {lines[place]}" for place in places}
    return [joined.get(place, line) for place, line in enumerate(lines) if place not in places]


_MARK = re.compile(r"^(?:[•·●▪◦○\-*★◆■►▶]\s{0,3}|\(?\d{1,3}[.)、．]\s{0,3}(?=\D))(?=\S{2})")


_PAGE = re.compile(r"[(（]?(?:第?\s?)(?P<page>\d{1,4})\s?页?[)）]?")


def _paged(texts: list[str]) -> list[str]:
    """Pages on lines of their own joined to the titles, where they stand in turn: all below, or all above them."""
    pages = [_PAGE.fullmatch(text) for text in texts]
    for first in (0, 1):
        titles = texts[first::2]
        numbers = [page["page"] for page in pages[1 - first :: 2] if page]
        if len(numbers) > 1 and len(numbers) == len(titles) == len(texts) / 2 and not any(pages[first::2]):
            return [f"{title} …… {number}" for title, number in zip(titles, numbers, strict=True)]
    return texts


def _unmarked(texts: list[str]) -> list[str]:
    """The lines without the dot before each; of English titles, and of a single entry, without the number too."""
    marks = [found for text in texts if (found := _MARK.match(text))]
    if not marks or len(marks) < len(texts):
        return texts
    counted = [int(number[0]) for mark in marks if (number := re.search(r"\d+", mark[0]))]
    is_counted = counted == list(range(1, len(texts) + 1))
    dots = {mark[0].strip() for mark in marks}
    return [_MARK.sub("", text) for text in texts] if is_counted or (len(dots) == 1 and not counted) else texts


def _parted(text: str) -> list[str]:
    """A line parted behind each page within it; whole where there is only the one at its end."""
    ends = [found.end() for found in _END.finditer(text)]
    starts = [0, *ends]
    return [text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True)]


def _is_open(line: str) -> bool:
    """Whether a line is a title whose number and page may stand below it."""
    return (
        len(line) > 5
        and re.search(r"[\u4e00-\u9fff]", line) is not None
        and not line.startswith("【")
        and re.search(r"\d[)）]?$|[〔\[](?:19|20)\d\d[〕\]]", line) is None
    )
