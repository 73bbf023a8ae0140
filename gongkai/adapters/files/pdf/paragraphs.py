"""行成段:满行接下一行,缩进的另起;居中、居右、空行照页面。"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from statistics import median

from ..document import Paragraph
from .lines import Line

_ENDS = "。；：？！;:?!”』」）)】"
_NEW = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百零〇\d]+[章节条编]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}[.．、]|附件|抄送|主送|[-—]\s*\d+\s*[-—])"
)
_PROSE = re.compile(r"[，。；、《]")
_TITLED = re.compile(r"(?:通知|意见|办法|决定|公告|通告|方案|规定|批复|函|报告|计划|规划|细则)$")


def paragraphs(pages: list[list[Line]]) -> Iterator[Paragraph]:
    """Paragraphs of the whole document; one that a page's end cuts goes on over it."""
    body = _body_size(pages)
    text, open_to = "", None
    shape = ("", 0.0, False)
    for page in pages:
        left, right, step = _margins(page)
        proven = right - left > 14 * body and sum(right - line.right < 1.5 * line.size for line in page) >= 2
        indented = sum(1.4 * line.size < line.left - left < 2.8 * line.size for line in page) > 0.08 * len(page)
        before: Line | None = None
        for line in page:
            align = _align(line, left, right, body)
            wider = before is not None and step > 0 and before.y - line.y > 1.5 * step
            if text and open_to is not None and _goes_on(open_to, line, left, align, wider, indented):
                glue = " " if text[-1:].isascii() and line.text[:1].isascii() and line.text[:1].isalnum() else ""
                text += glue + line.text.strip()
            else:
                if text:
                    yield Paragraph(text, *shape)
                text, shape = line.text.strip(), (align, round(line.size, 1), wider)
            full = right - line.right < 1.7 * line.size and not align
            # 只有一行这么长,是不是满行要看它像不像一句话
            full = full and (proven or (_PROSE.search(line.text) is not None and not _TITLED.search(line.text)))
            open_to = line if full and (line.text[-1:] not in _ENDS or indented) else None
            before = line
    if text:
        yield Paragraph(text, *shape)


def _body_size(pages: list[list[Line]]) -> float:
    sizes = [line.size for page in pages for line in page for _ in range(len(line.text))]
    return median(sizes) if sizes else 0.0


def _margins(page: list[Line]) -> tuple[float, float, float]:
    """Left and right edge of the text and the usual distance of its lines."""
    if not page:
        return 0.0, 0.0, 0.0
    long = sorted(page, key=lambda line: line.left - line.right)[: max(1, len(page) // 3)]
    left = min(line.left for line in long)
    right = sorted(line.right for line in long)[len(long) * 3 // 4]
    steps = [here.y - there.y for here, there in itertools.pairwise(page) if here.y > there.y]
    return left, right, median(steps) if steps else 0.0


def _align(line: Line, left: float, right: float, body: float) -> str:
    before, after = line.left - left, right - line.right
    large = line.size > 1.15 * body
    if abs(before - after) < 1.5 * line.size and (large or (before > 2.5 * line.size and after > 2.5 * line.size)):
        return "center"
    if large and before > 0 and after > 0 and abs(before - after) < 3 * line.size:
        return "center"
    return "right" if before > 0.4 * (right - left) and after < 6 * line.size else ""


def _goes_on(before: Line, line: Line, left: float, align: str, wider: bool, indented: bool) -> bool:
    """Whether a line goes on with the full line before it."""
    if align or wider or abs(before.size - line.size) > 0.15 * max(before.size, line.size):
        return False
    inset = line.left - left
    if inset > 1.0 * line.size:
        return False
    if before.text[-1:] in _ENDS:  # 满行又恰好收句:各段都缩进而这行不缩进,才是接着的
        return indented and inset < 0.5 * line.size and before.text[-1:] not in "：:"
    return indented or not _NEW.match(line.text)
