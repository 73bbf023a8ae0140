"""正文:去掉要素栏和页面杂项,认出标题层次、主送、落款,写成干净的 HTML。"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from datetime import date
from html import escape

from ..files import Block, Document, Heading, Items, Paragraph, Table
from . import agencies, dates
from .labels import Label, scan

_NOISE = re.compile(
    r"^(?:您?(?:现在|当前)?(?:所在)?(?:的)?位置|当前位置|首页|返回|打印|关闭|分享|收藏|浏览|点击|【?字[体号]|字体|扫一扫|上一篇|下一篇|相关链接|"
    r"微信|微博|QQ空间|全真版|文字版|文件下载|附件下载|无障碍|繁体|网站支持|今天是|-->|https?://|[\s|>»›/]+$)"
)
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百零〇\d]+[编章]")
_SECTION = re.compile(r"^第[一二三四五六七八九十百零〇\d]+节")
_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百零〇\d]+条)[\s\u3000]*")
_FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SECOND = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
_THIRD = re.compile(r"^\d{1,2}[.．、](?!\d)")
_LONGEST_HEADING = 40
_ADDRESSEE = re.compile(r"^(?:各|市|区|县|省|厅|局|有关|国务院|乡|镇)[^。！？]{2,200}[:：]$")
_FILE = re.compile(r"^\S.{0,120}\.(?:docx?|wps|pdf|xlsx?|zip|rar|ofd)$", re.I)
_KINDS = re.compile(
    r"(?:通知|意见|办法|规定|细则|方案|公告|通告|报告|决定|批复|函|规则|规划|预案|公示|指南|目录|章程|条例|通报|命令|决议|纪要)(?:[（(].{0,20}[）)])?$"
)


def signed_on(text: str) -> tuple[date, str] | None:
    """The date under which a paper is signed (落款日期): a line of its own, best right after an agency's line;
    or in run-on text a date right after an agency."""
    lines = [line.strip(" \t\u3000•·") for line in text.split("\n")]
    filled = [line for line in lines if line]
    loose: tuple[date, str] | None = None
    for number, line in enumerate(filled):
        found = _whole_date(line)
        if not found:
            continue
        before = filled[number - 1] if number else ""
        if agencies.looks_like(before) or agencies.split(before):
            return found, line
        if number and loose is None and not re.search(r"\d[:：]\d", line) and number > 2:
            loose = (found, line)
    if loose:
        return loose
    for match in dates.DATE.finditer(text):
        before = text[: match.start()].rstrip()
        after = text[match.end() :].lstrip(" \u3000")
        name = re.split(r"[\s\u3000。；：，、…]", before)[-1]
        ends = not after or after.startswith(("\n", "抄送", "附件", "（此件", "(此件", "…"))
        if (agencies.looks_like(name) or match["cy"]) and ends and (found := dates.of_match(match)):
            return found, match[0]
    return None


def _whole_date(line: str) -> date | None:
    match = dates.DATE.fullmatch(line)
    if match:
        return dates.of_match(match)
    return dates.stripped(line)


def signer(text: str) -> tuple[int, int] | None:
    """The span of the agency that signs: the line right before the signing date."""
    spans = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    for (start, end), (next_start, next_end) in itertools.pairwise(spans):
        if _whole_date(text[next_start:next_end].strip(" \t\u3000")) and agencies.looks_like(
            text[start:end].strip(" \t\u3000")
        ):
            return start, end
    return None


def title_of(document: Document) -> str:
    """The title: the first heading, the page's own tag, or the first line that ends like a paper's title."""
    for key, value in document.meta.items():
        if key.lower() == "articletitle":
            return value
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            return block.text
    for block in document.blocks[:12]:
        text = block.text.strip()
        if (
            len(text) <= 120
            and not _NOISE.match(text)
            and (_KINDS.search(text) or "关于" in text)
            and not text.endswith((":", "："))
        ):
            return text
    for block in document.blocks[:12]:
        if not _NOISE.match(block.text) and len(block.text) <= 120:
            return block.text.strip()
    return str(document.meta.get("title", "")) or "无标题"


def cut(
    document: Document, title: str, labels: Iterable[Label], fold: Callable[[str], str]
) -> tuple[tuple[Block, ...], str]:
    """The blocks of the body, and the addressee (主送机关)."""
    kept: list[Block] = []
    addressee = ""
    plain_title = _bare(title)
    for block in document.blocks:
        if isinstance(block, Table):
            if not _is_metadata(block, fold):
                kept.append(block)
            continue
        text = block.text.strip()
        if (
            not text
            or _NOISE.match(text)
            or _FILE.match(text)
            or _bare(text) == plain_title
            or (len(kept) < 3 and _is_label_line(fold(text)))
        ):
            continue
        if not addressee and len(kept) < 6 and _ADDRESSEE.match(text):
            addressee = text.rstrip(":：")
        kept.append(block)
    return tuple(kept), addressee[:300]


def _bare(text: str) -> str:
    return re.sub(r"[\s《》〈〉\u3000]", "", text)


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
    elif block.align == "right" or _whole_date(text) or (agencies.looks_like(text) and len(text) >= 5):
        yield f'<p class="right">{escape(text)}</p>'
    elif block.align == "center":
        yield f'<p class="center">{escape(text)}</p>'
    else:
        yield f"<p>{escape(text)}</p>"


def _table(table: Table) -> str:
    rows = []
    for number, row in enumerate(table.rows):
        cells = ""
        for cell in row:
            tag = "th" if cell.header or number == 0 else "td"
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            scope = ' scope="col"' if tag == "th" else ""
            cells += f"<{tag}{scope}{spans}>{escape(cell.text).replace(chr(10), '<br>')}</{tag}>"
        rows.append(f"<tr>{cells}</tr>")
    head, rest = rows[:1], rows[1:]
    return f"<table><thead>{''.join(head)}</thead><tbody>{''.join(rest)}</tbody></table>"
