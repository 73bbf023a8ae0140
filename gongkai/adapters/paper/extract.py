"""从一份读出来的文件里找公文要素。拿不准就空着:错的文号比没有更糟。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from opencc import OpenCC

from gongkai.law import docnumber, indexnumber
from gongkai.law.errors import LawError

from ..files import Document, Kind, Paragraph
from ..files.web import read_html
from . import agencies, body, dates, labels, layout, signature
from .title import Title, title_of

_NOTHING = re.compile(r"\A[\s无無/—\-－–―空]*\Z")
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])(?:[(（][a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,6}[)）])+")
_TAGS = re.compile(r"</?(?:table|tr|td|div|p|span|h[1-6]|li|ul|br|meta|font)\b[^>]*>", re.I)
_VALIDITY = re.compile(
    r"(?:现行|继续|宣布|尚未|已经|已|部分|全文|暂时)?(?:有效|失效|废止|修改|修订|生效|停止执行|暂停执行|结束)(?:[,，]\s*已修改)?|未生效|征集中"
)
_URL_DATES = (
    re.compile(r"/t((?:19|20)\d{2})(\d{2})(\d{2})[_.]"),
    re.compile(r"/art/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d{2})[-/](\d{2})[-/](\d{2})/"),
    re.compile(r"/((?:19|20)\d{2})/(\d{2})-(\d{2})/"),
)
_STAMP = re.compile(
    r"^[ \t\u3000\xa0•·●▪◆■]*+((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[ \t\u3000\xa0]*$",
    re.M,
)
_INDEX = re.compile(r"(?<![0-9A-Za-z\-])[0-9A-Za-z\-]{0,60}[0-9A-Za-z][/\-][0-9A-Za-z\-]{0,60}\d{2,30}")
_INDEX_ALONE = re.compile(r"[0-9A-Z][0-9A-Z\-]{5,24}/(?:19|20)\d{2}-?\d{3,8}")
_EDGE = " \t\u3000•·●▪◆■-|"
#: 标题前面标着的效力:“(已废止)微政办字……”。
_MARKED = re.compile(r"^[（(\[【〔]\s*(已废止|已失效|废止|失效|已修改|现行有效|有效)\s*[）)\]】〕]")
_FILE_NAME = re.compile(r"\S{1,120}\.(?:docx?|wps|pdf|xlsx?|zip|rar|ofd)\s*$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Found:
    """一个值、从哪里读到、原文怎么写。"""

    value: str
    where: str
    raw: str = ""


@dataclass(slots=True)
class Paper:
    """一份公文的要素和正文。没有的要素不在 ``found`` 里。``other_title`` 是标题拿不准时的另一种读法。"""

    title: str
    other_title: str = ""
    found: dict[str, Found] = field(default_factory=dict)
    issuers: tuple[str, ...] = ()
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    blocks: tuple[object, ...] = ()
    text: str = ""
    warnings: tuple[str, ...] = ()

    def get(self, name: str) -> str | None:
        """A value by its Chinese name, None if it was not found."""
        one = self.found.get(name)
        return one.value if one else None

    def day(self, name: str) -> date | None:
        """A value that is a date."""
        value = self.get(name)
        return date.fromisoformat(value) if value else None

    def row(self) -> dict[str, object]:
        """The JSON of one paper: Chinese field names, null where absent, where each was found."""
        names = (
            "索引号",
            "主题分类",
            "发布机构",
            "文号",
            "成文日期",
            "发文日期",
            "发布日期",
            "有效性",
            "施行日期",
            "废止日期",
        )
        row: dict[str, object] = {"title": self.title} | {name: self.get(name) for name in names}
        if len(self.issuers) > 1:
            row["发布机构"] = row["联合发文"] = list(self.issuers)
        row["标题也可能是"] = self.other_title or None
        row["主送"] = self.addressee or None
        row["附件"] = list(self.attachments)
        row["来历"] = {name: one.where for name, one in self.found.items()}
        row["提示"] = list(self.warnings)
        return row


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """The text in simplified characters, character for character, so that positions stay."""
    converted = _simplifier().convert(text)
    if len(converted) == len(text):
        return str(converted)
    return "".join(one if len(one := _simplifier().convert(mark)) == 1 else mark for mark in text)


def from_text(text: str, title: str | None = None, url: str = "") -> Paper:
    """Read page text (perhaps with HTML left in it)."""
    if len(_TAGS.findall(text)) >= 3:
        document = read_html(text, "")
        return extract(document, title, url)
    lines = (line.strip(" \t\u3000\xa0") for line in text.split("\n"))
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
    text = _columns(_PINYIN.sub("", (document.page or document.text).replace("\xa0", " ")))
    folded = fold(text)
    seen = labels.values(text, labels.scan(folded))
    fields = _fields(seen)
    read = _title(title, fields, document)
    paper = Paper(read.text, other_title=read.other, warnings=document.notes)
    _index_number(paper, fields)
    if "索引号" not in fields:
        _loose_index(paper, text)
    _subject(paper, fields)
    _dates(paper, fields, folded, text, document, url)
    _issuer(paper, fields, folded, text)
    _number(paper, fields, text, folded)
    _validity(paper, fields, folded)
    paper.blocks, paper.addressee = body.cut(document, paper.title, [one.label for one in seen], fold)
    paper.attachments = tuple(dict.fromkeys([link.name for link in document.links] + _FILE_NAME.findall(text)))
    paper.text = "\n".join(getattr(block, "text", "") for block in paper.blocks)
    return paper


def _columns(text: str) -> str:
    """Rows of a table drawn with bars (|文号|…|) as cells apart by tabs."""
    lines = [
        line.strip("| ｜").replace("|", "\t").replace("｜", "\t")
        if line.count("|") + line.count("｜") >= 2
        else line
        for line in text.split("\n")
    ]
    return re.sub(r"[ \u3000]{0,40}\t[ \t\u3000]{0,40}", "\t", "\n".join(lines))


def _fields(seen: Iterable[labels.Value]) -> dict[str, list[labels.Value]]:
    fields: dict[str, list[labels.Value]] = {}
    for value in seen:
        fields.setdefault(value.label.name, []).append(value)
    return fields


def _given(fields: dict[str, list[labels.Value]], name: str) -> Iterable[str]:
    """Values of a label that say something."""
    for value in fields.get(name, ()):
        if value.text and not _NOTHING.match(value.text):
            yield value.text


def _title(title: str | None, fields: dict[str, list[labels.Value]], document: Document) -> Title:
    if title and title.strip():
        return Title(" ".join(title.split()))
    for value in _given(fields, "标题"):
        return Title(" ".join(value.split()))
    return title_of(document)


def _index_number(paper: Paper, fields: dict[str, list[labels.Value]]) -> None:
    for raw in _given(fields, "索引号"):
        match = _INDEX.search(raw)
        if match:
            paper.found["索引号"] = Found(match[0], "要素栏“索引号”", raw)
            try:
                hints = indexnumber.parse(match[0]).hints
            except LawError:
                hints = ("索引号的写法不常见，请核对",)
            paper.warnings += hints
            return


def _loose_index(paper: Paper, text: str) -> None:
    """An index number on a line of its own near the top, on pages that lost their labels."""
    for line in text.split("\n")[:20]:
        if _INDEX_ALONE.fullmatch(line.strip(_EDGE)):
            paper.found["索引号"] = Found(line.strip(_EDGE), "要素栏里单独一行", line)
            return


def _subject(paper: Paper, fields: dict[str, list[labels.Value]]) -> None:
    # “组配分类”在同时有“信息分类”(实为体裁)的平台上才是主题;单独出现时是栏目。
    names = ["主题分类"] + (["组配分类"] if fields.get("信息分类") else [])
    for name in names:
        for value in fields.get(name, ()):
            text = " ".join(value.text.split())
            if not text or _NOTHING.match(text) or len(text) > 60 or "。" in text or text == paper.title:
                continue
            if not value.same_line and value.label.colon and not _below_style(fields):
                continue
            paper.found["主题分类"] = Found(text.strip(" ,，;；"), f"要素栏“{name}”", value.text)
            return


def _below_style(fields: dict[str, list[labels.Value]]) -> bool:
    """Whether this page puts values on the line below their labels (the index number shows it)."""
    return any(not value.same_line and _INDEX.search(value.text) for value in fields.get("索引号", ())) or any(
        not value.same_line and docnumber.find(value.text) for value in fields.get("文号", ())
    )


def _dates(
    paper: Paper, fields: dict[str, list[labels.Value]], folded: str, text: str, document: Document, url: str
) -> None:
    for name in ("成文日期", "发文日期", "发布日期", "废止日期", "施行日期"):
        for raw in _given(fields, name):
            if (found := dates.first_date(raw[:40])) or (found := dates.stripped(raw)):
                paper.found[name] = Found(found.isoformat(), f"要素栏“{name}”", raw)
                break
    if "成文日期" not in paper.found and (signed := signature.signed_on(folded)):
        paper.found["成文日期"] = Found(signed[0].isoformat(), "落款", signed[1])
    if "成文日期" not in paper.found:
        for raw in _given(fields, "生成日期"):
            if found := dates.first_date(raw[:40]):
                paper.found["成文日期"] = Found(found.isoformat(), "要素栏“生成日期”", raw)
                break
    if "发布日期" not in paper.found:
        for raw in _given(fields, "时间"):
            if found := dates.first_date(raw[:40]):
                paper.found["发布日期"] = Found(found.isoformat(), "标题下的时间", raw)
                break
    if "发布日期" not in paper.found:
        meta = next((value for key, value in document.meta.items() if key.lower() == "pubdate"), "")
        if found := dates.first_date(meta):
            paper.found["发布日期"] = Found(found.isoformat(), "网页标签 PubDate", meta)
        elif stamped := _stamp(folded):
            paper.found["发布日期"] = Found(stamped[0].isoformat(), "标题下的时间", stamped[1])
        elif found := _date_in(url):
            paper.found["发布日期"] = Found(found.isoformat(), "网址", url)


def _stamp(folded: str) -> tuple[date, str] | None:
    """A time stamp on a line of its own near the top: with a clock time, or as an item of a list."""
    for match in _STAMP.finditer(folded[: max(600, len(folded) // 3)]):
        listed = match[0].strip().startswith(("•", "·", "●"))
        if (":" in match[0] or "：" in match[0] or listed) and (found := dates.first_date(match[1])):
            return found, match[0].strip()
    return None


def _date_in(url: str) -> date | None:
    for pattern in _URL_DATES:
        if match := pattern.search(url):
            return dates.first_date("-".join(match.groups()))
    return None


def _issuer(paper: Paper, fields: dict[str, list[labels.Value]], folded: str, text: str) -> None:
    joint = agencies.at_head(fold(paper.title))
    if len(joint) > 1:
        paper.issuers = tuple(joint)
    for value in fields.get("发布机构", ()):
        name = value.text.strip(" ,，;；、。")
        if (
            name
            and not _NOTHING.match(name)
            and len(name) <= 60
            and name != paper.title
            and (value.same_line or agencies.looks_like(fold(name)) or _below_style(fields))
        ):
            name = name.split("\t")[0].strip()
            several = agencies.split(name) if not paper.issuers else []
            paper.found["发布机构"] = Found(name, "要素栏“发布机构”", value.text)
            paper.issuers = paper.issuers or tuple(several if len(several) > 1 else [name])
            return
    given_empty = any(value.label.colon for value in fields.get("发布机构", ()))
    for raw in _given(fields, "来源"):
        name = re.split(r"[\s\u3000]{1,}|发布|作者|时间", raw)[0].strip(" ,，。·")
        if agencies.looks_like(fold(name)):
            paper.found["发布机构"] = Found(name, "要素栏“来源”", raw)
            break
    else:
        signed = signature.signature(folded)
        if signed and (spans := [span for span in signed.signers if span[0] < span[1]]):
            names = [text[start:end].strip() for start, end in spans]
            paper.found["发布机构"] = Found(names[0], "落款", "、".join(names))
            paper.issuers = paper.issuers or tuple(dict.fromkeys(names))
        elif joint and not given_empty:
            named = paper.title.strip().lstrip("《〈")[: len(joint[0])]
            paper.found["发布机构"] = Found(named, "标题", paper.title)
        elif not given_empty and (found := agencies.working_office(folded)):
            paper.found["发布机构"] = Found(text[found[0] : found[1]], "正文“工作机构为”", "")
        elif not given_empty and (found := agencies.alone_at_top(folded)):
            paper.found["发布机构"] = Found(text[found[0] : found[1]].strip(), "页首单独一行", "")
    if "发布机构" in paper.found and not paper.issuers:
        paper.issuers = (paper.found["发布机构"].value,)


def _number(paper: Paper, fields: dict[str, list[labels.Value]], text: str, folded: str) -> None:
    for value in fields.get("文号", ()):
        found = docnumber.find(value.text)
        if found and found[0].start <= 4:
            _take_number(paper, value.text, found[0], "要素栏“文号”")
            return
    bare_title = _MARKED.sub("", paper.title).strip()
    found = docnumber.find(bare_title)
    if found and found[0].start == 0 and found[0].number.year and len(bare_title) > found[0].end:
        _take_number(paper, bare_title, found[0], "标题")
        return
    head = text[: max(1200, len(text) // 2)]
    for line in head.split("\n"):
        plain = line.strip(_EDGE + "()（）【】[]")
        found = docnumber.find(plain[:80])
        if not found or found[0].number.year is None or found[0].start > 0:
            continue
        rest = plain[found[0].end :]
        # 单独成行;或者行首是文号、后面紧跟书名号标题、主送机关,空一格接标题。
        after = rest.strip()
        titled = rest[:1] in " \u3000\t" and (agencies.at_head(fold(after[:60])) or after.startswith("关于"))
        named = rest[:1] in " \u3000\t" and agencies.looks_like(re.split(r"[\s\u3000]", fold(after))[0])
        if not after or after.startswith(("《", "各", "(", "（")) or len(after) < 4 or titled or named:
            _take_number(paper, plain, found[0], "标题下的文号行")
            return
    found = docnumber.find(paper.title)
    if found and found[0].number.year and found[0].end >= len(paper.title.rstrip(")）")):
        _take_number(paper, paper.title, found[0], "标题")
        return
    for name in _FILE_NAME.findall(text):
        found = docnumber.find(name)
        if found and found[0].start == 0:
            _take_number(paper, name, found[0], "附件名")
            return
    match = re.search(
        r"(?<=\s)\S{2,14}[〔\[﹝(（](?:19|20)\d{2}[〕\]﹞)）]\d{1,4}[号號](?=\s+(?:来源|來源|各))", head
    )
    if match and (found := docnumber.find(match[0])) and found[0].start == 0:
        _take_number(paper, match[0], found[0], "标题下的文号")


def _take_number(paper: Paper, raw: str, found: docnumber.Found, where: str) -> None:
    """Keep the script of the original: 國辦公開辦函〔2021〕30號, with brackets and 号 mended."""
    number, source = found.number, raw[found.start : found.end]
    written = re.sub(r"\s", "", source[: max(source.find(mark) for mark in docnumber.OPEN.replace("\\", ""))])
    code = written if fold(written) == fold(number.code) else number.code
    mark = "號" if "號" in source or (code != number.code and "号" not in source) else "号"
    value = number.text.replace(number.code, code, 1).replace("号", mark) if number.year else number.text
    paper.found["文号"] = Found(value, where, source)
    paper.warnings += tuple(one for one in number.warnings if "修复" in one)


def _validity(paper: Paper, fields: dict[str, list[labels.Value]], folded: str) -> None:
    for name in ("有效性", "征集状态"):
        for raw in _given(fields, name):
            word = re.split(r"[\s（(]", fold(raw))[0]
            if len(word) <= 10 and _VALIDITY.search(word):
                match = _VALIDITY.match(fold(raw))
                longer = match is not None and len(match[0]) > len(word)
                paper.found["有效性"] = Found(match[0] if match and longer else word, f"要素栏“{name}”", raw)
                return
    if marked := _MARKED.match(fold(paper.title)):
        paper.found["有效性"] = Found(marked[1], "标题", paper.title)
        return
    top = [line.strip(_EDGE) for line in folded.split("\n")[:30]]
    for line in top:
        if _VALIDITY.fullmatch(line):
            paper.found["有效性"] = Found(line, "要素栏里单独一行", line)
            return
    if "废止日期" in paper.found:
        until = paper.found["废止日期"].value
        paper.found["有效性"] = Found(f"已废止(废止时间{until})", "要素栏“废止时间”", until)
