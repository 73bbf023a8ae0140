"""切分:一份文件切成条或者段。每一段都是原文的一截,起止位置记着,引用时一字不差。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.adapters.engine import Document
from gongkai.adapters.meaning import mark_of, passage

_NUMERAL = "零〇一二三四五六七八九十百千"
_ARTICLE = re.compile(rf"第[{_NUMERAL}]+条(?:之[{_NUMERAL}]+)?")
_HEADING = re.compile(
    rf"\A(?:#+\s*(?P<marked>.+)|(?P<plain>第[{_NUMERAL}]+[编章节].{{0,40}})|(?P<item>[{_NUMERAL}]+、[^。;；]{{1,40}}))"
)
_SENTENCE = re.compile(r"[^。！？!?;；\n]*[。！？!?;；]+[”’」』）)]*|[^。！？!?;；\n]+")
# 复制来的文字里常夹着不占宽度的字符。
_BLANK = " \t\r\n\x0b\x0c\x1c\x1d\x1e\x85\xa0\u2000\u2001\u2002\u2003\u2028\u2029\u200b\u3000\ufeff"
# 三条以上“第几条”才算条文体。
_LEAST_ARTICLES = 3
# 短的段落并到这么长;超过最长的从句子处断开。
_SHORT = 240
_LONG = 600


@dataclass(frozen=True, slots=True)
class Passage:
    """原文的一截:``source[start:end] == text``;``label`` 是第几条或者第几段,``heading`` 是所在章节。"""

    label: str
    heading: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def cut(source: str) -> list[Passage]:
    """The articles of a text that has articles, else its paragraphs; nothing that is readable is left out.

    >>> [one.label for one in cut("第一条 甲。\\n第二条 乙。\\n第三条 丙。")]
    ['第一条', '第二条', '第三条']
    """
    lines = list(_lines(source))
    articles = sum(bool(_ARTICLE.match(line.text)) for line in lines)
    return list(_by_article(source, lines) if articles >= _LEAST_ARTICLES else _by_paragraph(source, lines, 1))


def label_of(text: str) -> str:
    """The number of the article that the text is, or nothing.

    >>> label_of("第十七条之一 已满七十五周岁的人"), label_of("依照第十七条")
    ('第十七条之一', '')
    """
    match = _ARTICLE.match(text)
    return match[0] if match else ""


def embedded(document: Document) -> str:
    """The text that stands for a passage in the space of meanings: title and words, without the article's number."""
    return passage(document.title, document.body.removeprefix(label_of(document.body)).strip(_BLANK))


def with_mark(document: Document) -> Document:
    """The document with the key of its vector."""
    return replace(document, mark=mark_of(embedded(document)))


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the blanks around it.

    >>> sentences("甲。 乙；丙")
    [(0, 2), (3, 5), (5, 6)]
    """
    found = []
    for match in _SENTENCE.finditer(text):
        inner = match[0].strip()
        if inner:
            start = match.start() + match[0].index(inner)
            found.append((start, start + len(inner)))
    return found


def _lines(source: str) -> Iterator[_Line]:
    """Lines that hold something, without the blanks around them."""
    at = 0
    for raw in source.splitlines(keepends=True):
        inner = raw.strip(_BLANK)
        if inner:
            yield _Line(inner, at + raw.index(inner))
        at += len(raw)


def _heading(line: _Line, *, items: bool) -> tuple[int, str] | None:
    """Depth and words of a heading, or None; ``items`` says whether ``一、`` heads a part (in a rule it does not)."""
    match = _HEADING.fullmatch(line.text)
    if match is None or (match["item"] and not items):
        return None
    if match["marked"]:
        return len(line.text) - len(line.text.lstrip("#")), match["marked"].strip()
    depth = 2 + (
        "编章节".find(line.text[line.text.index("第") + 1 :].lstrip(_NUMERAL)[:1]) if match["plain"] else 3
    )
    return depth, line.text


class _Headings:
    """The headings in whose reach the reading stands."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []

    def enter(self, depth: int, words: str) -> None:
        self._open = [one for one in self._open if one[0] < depth] + [(depth, re.sub(r"\s+", " ", words))]

    def __str__(self) -> str:
        return " ".join(words for _, words in self._open)


def _by_article(source: str, lines: list[_Line]) -> Iterator[Passage]:
    """One passage an article; what stands before the first, or under a heading without one, by paragraph."""
    headings = _Headings()
    article: list[_Line] = []
    loose: list[_Line] = []
    label = ""
    paragraphs = 1

    def close() -> Iterator[Passage]:
        nonlocal paragraphs
        if article:
            yield _passage(source, label, str(headings), article)
        for one in _by_paragraph(source, loose, paragraphs):
            yield Passage(one.label, str(headings), one.text, one.start, one.end)
        paragraphs += len(loose)
        article.clear()
        loose.clear()

    for line in lines:
        heading = _heading(line, items=False)
        match = _ARTICLE.match(line.text)
        if heading or match:
            yield from close()
        if heading:
            headings.enter(*heading)
        elif match:
            label = match[0]
            article.append(line)
        else:
            (article or loose).append(line)
    yield from close()


def _by_paragraph(source: str, lines: list[_Line], first: int) -> Iterator[Passage]:
    """Short paragraphs together, long ones cut between sentences."""
    headings = _Headings()
    waiting: list[_Line] = []
    label = ""
    titles_only = False

    def close(*, last: bool = False) -> Iterator[Passage]:
        if waiting and (last or not titles_only):  # 只有标题的,标题已记在后面各段上
            yield _passage(source, label, str(headings), waiting)
        waiting.clear()

    for nth, line in enumerate(lines, first):
        heading = _heading(line, items=True)
        if heading:
            yield from close()
            headings.enter(*heading)
        if waiting and (line.end - waiting[0].start > _SHORT):
            yield from close()
        label = label if waiting else f"第{nth}段"
        titles_only = bool(heading) if not waiting else titles_only and bool(heading)
        if len(line.text) <= _LONG:
            waiting.append(line)
            continue
        yield from close()
        for piece in _pieces(line):
            yield _passage(source, label, str(headings), [piece])
    yield from close(last=True)


def _pieces(line: _Line) -> Iterator[_Line]:
    """A long line cut between sentences into pieces of bearable length."""
    begin = None
    last = 0
    for start, end in sentences(line.text):
        if begin is not None and end - begin > _LONG:
            yield _Line(line.text[begin:last], line.start + begin)
            begin = None
        begin = start if begin is None else begin
        last = end
        while last - begin > _LONG:  # 没有标点的长串
            yield _Line(line.text[begin : begin + _LONG], line.start + begin)
            begin += _LONG
    if begin is not None and last > begin:
        yield _Line(line.text[begin:last], line.start + begin)


def _passage(source: str, label: str, heading: str, lines: list[_Line]) -> Passage:
    start, end = lines[0].start, lines[-1].end
    return Passage(label, heading, source[start:end], start, end)
