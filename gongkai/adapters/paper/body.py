"""正文:去掉要素栏和页面杂项,认出标题层次、主送、落款,写成干净的 HTML。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from ..files import Block, Document, Heading, Items, Paragraph, Table
from . import agencies
from .labels import Label, scan
from .signature import whole_date
from .title import NOISE, bare, is_head_line

_CHAPTER = re.compile(r"^第[一二三四五六七八九十百零〇\d]+[编章]")
_SECTION = re.compile(r"^第[一二三四五六七八九十百零〇\d]+节")
_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百零〇\d]+条)[\s\u3000]*")
_FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SECOND = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
_THIRD = re.compile(r"^\d{1,2}[.．、](?!\d)")
_LONGEST_HEADING = 40
_FIGURE = re.compile(r"[\d,.，．％%+－/-]+[万亿]?[元户人件个次]?")
_ADDRESSEE = re.compile(r"^(?:各|市|区|县|省|厅|局|有关|国务院|乡|镇)[^。！？]{2,200}[:：]$")
_FILE = re.compile(r"^\S.{0,120}\.(?:docx?|wps|pdf|xlsx?|zip|rar|ofd)$", re.I)


def cut(
    document: Document, title: str, labels: Iterable[Label], fold: Callable[[str], str]
) -> tuple[tuple[Block, ...], str]:
    """The blocks of the body, and the addressee (主送机关)."""
    kept: list[Block] = []
    addressee = ""
    titles = _title_lines(document.blocks, title)
    top = min(titles, default=0)  # 标题以上是红头
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            if not _is_metadata(block, fold):
                kept.append(block)
            continue
        text = block.text.strip()
        if (
            not text
            or number in titles
            or NOISE.match(text)
            or _FILE.match(text)
            or (len(kept) < 3 and _is_label_line(fold(text)))
            or ((number < top or len(kept) < 3) and is_head_line(text))
            or (number < top and agencies.looks_like(fold(text)))
        ):
            continue
        if not addressee and len(kept) < 6 and _ADDRESSEE.match(text):
            addressee = text.rstrip(":：")
        kept.append(block)
    return tuple(kept), addressee[:300]


def _title_lines(blocks: tuple[Block, ...], title: str) -> set[int]:
    """Which blocks are the title, on one line or over several, wherever it stands again."""
    wanted = bare(title)
    found: set[int] = set()
    for start in range(len(blocks)):
        have = ""
        for number in range(start, min(len(blocks), start + (8 if start < 40 else 1))):
            if isinstance(blocks[number], Table):
                break
            have += bare(blocks[number].text)
            if have == wanted:
                found.update(range(start, number + 1))
            if not wanted.startswith(have):
                break
    return found if wanted else set()


def _is_label_line(text: str) -> bool:
    found = scan(text)
    return bool(found) and found[0].start <= 3


def _is_metadata(table: Table, fold: Callable[[str], str]) -> bool:
    names = {label.name for label in scan(fold(table.text))}
    return len(names & {"索引号", "发布机构", "文号", "发布日期", "主题分类"}) >= 2


def body_html(blocks: Iterable[object]) -> str:
    """The body as clean structured HTML; every text is escaped.

    >>> body_html([Paragraph("一、总体目标"), Paragraph("（一）做好公开。各单位要落实。")])
    '<h2>一、总体目标</h2>\\n<h3>（一）做好公开</h3>\\n<p>各单位要落实。</p>'
    """
    return "\n".join(part for block in blocks for part in _html(block))


def _html(block: object) -> Iterable[str]:
    if isinstance(block, Table):
        yield _table(block)
    elif isinstance(block, Items):
        tag = "ol" if block.ordered else "ul"
        yield f"<{tag}>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</{tag}>"
    elif isinstance(block, Heading):
        level = min(max(block.level, 1) + 1, 5)
        yield f"<h{level}>{escape(block.text)}</h{level}>"
    elif isinstance(block, Paragraph):
        yield from _paragraph(block)


def _paragraph(block: Paragraph) -> Iterable[str]:
    text = block.text.strip()
    level = next(
        (
            level
            for pattern, level in ((_CHAPTER, 2), (_SECTION, 3), (_FIRST, 2), (_SECOND, 3), (_THIRD, 4))
            if pattern.match(text)
        ),
        0,
    )
    if article := _ARTICLE.match(text):
        yield f"<p><strong>{escape(article[1])}</strong>\u3000{escape(text[article.end() :])}</p>"
    elif level:
        head, mark, rest = text.partition("。")
        if not rest.strip() and len(head) <= _LONGEST_HEADING and (level < 4 or not mark):
            yield f"<h{level}>{escape(head)}</h{level}>"
        elif rest.strip() and len(head) <= _LONGEST_HEADING - 5 and level < 4:
            yield f"<h{level}>{escape(head)}</h{level}>"
            yield f"<p>{escape(rest.strip())}</p>"
        else:
            yield f"<p>{escape(text)}</p>"
    elif block.align == "right" or whole_date(text) or (agencies.looks_like(text) and len(text) >= 5):
        yield f'<p class="right">{escape(text)}</p>'
    elif block.align == "center":
        yield f'<p class="center">{escape(text)}</p>'
    else:
        yield f"<p>{escape(text)}</p>"


def _table(table: Table) -> str:
    heads = _head_rows(table)
    rows = []
    for number, row in enumerate(table.rows):
        cells = ""
        for cell in row:
            tag = "th" if cell.header or number < heads else "td"
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            scope = ' scope="col"' if tag == "th" and number < heads else ""
            cells += f"<{tag}{scope}{spans}>{escape(cell.text).replace(chr(10), '<br>')}</{tag}>"
        rows.append(f"<tr>{cells}</tr>")
    head = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
    return f"<table>{head}<tbody>{''.join(rows[heads:])}</tbody></table>"


def _head_rows(table: Table) -> int:
    """How many rows are the head: one as a rule; a cell that reaches down out of the first row makes it more,
    or none if what it reaches into are figures. A head's cells must not reach into the body."""
    first = max((cell.rowspan for cell in table.rows[0]), default=1)
    if first == 1:
        return 1
    top = [cell for row in table.rows[:first] for cell in row]
    below = [cell for row in table.rows[first:] for cell in row]
    worded = not any(_FIGURE.fullmatch(cell.text.strip()) for cell in top)
    figured = any(_FIGURE.fullmatch(cell.text.strip()) for cell in below)
    whole = all(n + cell.rowspan <= first for n, row in enumerate(table.rows[:first]) for cell in row)
    return first if whole and below and (all(cell.header for cell in top) or (worded and figured)) else 0
