"""从一份读出来的文件里找公文要素。拿不准就空着:错的文号比没有更糟。"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..files import Document, Kind, Paragraph
from ..files.web import read_html
from . import absent, body, dates, elements, issuing, labels, layout, pairs
from .model import FILE_NAME, Fields, Found, Paper, filled_values, fold
from .residue import restored, scripts
from .title import Title, title_of

__all__ = ["Found", "Paper", "extract", "fold", "from_text"]

_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])(?:[(（][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,6}[)）])+")
_TAGS = re.compile(r"</?(?:table|tr|td|div|p|span|h[1-6]|li|ul|br|meta|font)\b[^>]*>", re.I)
#: 日期后面的星期:“2024年5月8日（星期三）”“2024-05-08 星期三 09:00”。
_WEEKDAY = re.compile(
    r"(?<=[日号\d])[ \u3000]?(?:[(（](?:星期|周)[一二三四五六日天][)）]|(?:星期|周)[一二三四五六日天](?=\s|\Z))"
)
_BRACKETS = str.maketrans("〖〗", "【】")


def from_text(text: str, title: str | None = None, url: str = "") -> Paper:
    """Read page text (perhaps with HTML left in it)."""
    if len(_TAGS.findall(text)) >= 3:
        document = read_html(scripts(text) + text, "")
        return extract(document, title, url)
    text = text.replace("\xa0", " ")
    lines = (line.strip(" \t\u3000") for line in text.split("\n"))
    blocks = tuple(Paragraph(line) for line in lines if line)
    return extract(Document("", Kind.TXT, blocks, page=text), title, url)


def extract(document: Document, title: str | None = None, url: str = "") -> Paper:
    """Find the elements of an official paper.

    Args:
        document: what ``files.read`` gave.
        title: the title if it is known from elsewhere.
        url: the page's address; only its date is used, and only where nothing better is found.
    """
    document = layout.unrolled(document)
    page = _WEEKDAY.sub("", (document.page or document.text).replace("\xa0", " "))
    text = pairs.paired(_columns(_PINYIN.sub("", restored(page))))
    folded = fold(text)
    seen = labels.values(text, labels.scan(folded))
    fields = _fields(seen)
    read = _title(title, fields, document)
    paper = Paper(read.text, other_title=read.other, warnings=document.notes)
    elements.index_number(paper, fields)
    if "索引号" not in fields:
        elements.loose_index(paper, text)
    elements.subject(paper, fields)
    elements.by_line(fields, folded, text)
    bare = _without_dates(folded, seen)
    elements.days(paper, fields, folded, bare, document, url)
    elements.effective(paper, folded)
    issuing.issuer(paper, fields, folded, bare, text)
    issuing.number(paper, fields, text, folded)
    elements.validity(paper, fields, folded)
    paper.blocks, paper.addressee = body.cut(document, paper.title, [one.label for one in seen], fold)
    paper.attachments = tuple(dict.fromkeys([link.name for link in document.links] + FILE_NAME.findall(text)))
    paper.absent = absent.reasons(paper, fields, text)
    paper.text = "\n".join(getattr(block, "text", "") for block in paper.blocks)
    return paper


def _columns(text: str) -> str:
    """Rows of a table drawn with bars (|文号|…|) as cells apart by tabs."""
    lines = [
        line.strip("| ｜").replace("|", "\t").replace("｜", "\t")
        if line.count("|") + line.count("｜") >= 2
        else line
        for line in text.translate(_BRACKETS).split("\n")
        if not _is_rule(line)
    ]
    return re.sub(r"[ \u3000]{0,40}\t[ \t\u3000]{0,40}", "\t", "\n".join(lines))


def _is_rule(line: str) -> bool:
    """Whether a line only rules a table drawn with bars: |---|---|."""
    return "-" in line and "|" in line and not line.strip("|-: \t")


def _without_dates(folded: str, seen: list[labels.Value]) -> str:
    """The text with the dates of the metadata block blanked out: none of them is a signature's."""
    for value in seen[:80]:
        at = folded.find(fold(value.text), value.label.end, value.label.end + 200) if value.text else -1
        if at >= 0 and dates.at_start(value.text):
            end = at + len(value.text)
            folded = folded[:at] + " " * (end - at) + folded[end:]
    return folded


def _fields(seen: Iterable[labels.Value]) -> Fields:
    fields: Fields = {}
    for value in seen:
        fields.setdefault(value.label.name, []).append(value)
    return fields


def _title(title: str | None, fields: Fields, document: Document) -> Title:
    if title and title.strip():
        return Title(" ".join(title.split()))
    for value in filled_values(fields, "标题"):
        return Title(" ".join(value.split()))
    return title_of(document)
