"""公报目录的各行:题名、文号、页码,印发的通知(令)下面的正文归在它名下。"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.adapters.paper import dates
from gongkai.law import docnumber

from . import layout

#: 题名和页码之间的一串点;没有点、只隔着空格的也算,但英文题名末尾的号(No. 46)不是页码。
_PAGE = re.compile(
    r"(?:\s{0,3}(?:…{1,200}|\.{3,300}|·{3,300}|・{3,300}|-{3,300}|—{2,200}|_{3,200})\s{0,3}|\s{2,40}|\t{1,9}|\s{0,3}(?=[(（]\d{1,4}[)）]$))"
    r"[(（/]?(?P<page>\d{1,4})(?:[-–—]\d{1,4})?[)）/]?$"
)
#: 只隔一个空格的页码;整份目录多半这样印的才算。
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff)）》”])(?<!第)[ \u3000](?P<page>\d{1,4})$")
#: 写明是页的,和用斜线隔开的。
_SAID = re.compile(
    r"\s{0,3}[(（]?(?:第\s?(?P<said>\d{1,4})\s?[页頁]|[PpＰ]\.?\s?(?P<short>\d{1,4}))[)）]?$"
    r"|(?<=[\u4e00-\u9fff)）》”〕\]])\s{0,2}[/／|｜]\s{0,2}(?P<page>\d{1,4})$"
)
#: 每行前面的序号或者页码:先看整份目录是哪一样。
_LEADING = re.compile(
    r"^[(（]?(?P<n>\d{1,4})(?:[)）]\s{0,2}|[.．、]\s{0,2}|[\s\u3000]{1,4})(?=[\u4e00-\u9fff《“]|(?:19|20)\d\d年)"
)
#: 题名后面不带括号的文号。
_NUMBER_LAST = re.compile(
    r"[\s\u3000]{1,4}(?P<number>[\u4e00-\u9fff]{1,16}[〔\[(（［](?:19|20)\d\d[〕\])）］]\s?第?\d{1,5}\s?[号號]|[\u4e00-\u9fff]{2,20}令第?\d{1,4}号)$"
)
#: 没有页码的短行是栏目,前面可以有（一）、一、;题名不会这样短。
_ORDINAL = re.compile(r"^(?:[■◆●▲★◇○□▪►▶※◎△☆]\s{0,2}|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]\s{0,2})")
_BARE_SECTION = re.compile(r"^[\u4e00-\u9fff、（）()·]{2,14}$")
_TITLE_LIKE = re.compile(
    r"^关于|^關於|号$|號$|(?:通知|决定|决议|意见|办法|规定|条例|通告|公告|批复|通报|方案|细则|规则|命令|函)(?:[(（].{0,12}[)）])?$"
)
_ENDED = re.compile(
    r"[)）》]$|(?:通知|决定|决议|意见|办法|规定|条例|通告|公告|批复|通报|方案|细则|规则|令|纪要|大事记|解读|名单|报告|规划|纲要|要点|计划)$"
)
#: 页码、文号印在题名前面的。
_FIRST = re.compile(
    r"^[PpＰ]\.?\s{0,2}(?P<page>\d{1,4})(?![\d.])[\s、.:：]{1,4}|^第(?P<said>\d{1,4})页[\s:：]{1,4}"
)
_NUMBER_FIRST = re.compile(
    r"^(?P<number>[\u4e00-\u9fff]{1,16}[〔\[(（［](?:19|20)\d\d[〕\])）］]第?\d{1,5}[号號]|[\u4e00-\u9fff]{2,20}令第?\d{1,4}号)[\s、:：]{1,4}(?=\S{4})"
)
#: “某市人民政府令”栏下,号在题名前面的。
_ORDER_FIRST = re.compile(r"^(?P<number>第\s?\d{1,4}\s?号)[\s\u3000:：]{1,4}(?=[\u4e00-\u9fff《]{4})")
#: 括号里先写日期的(2021年9月20日某市人民政府令第340号公布)。
_PROCLAIMED = re.compile(
    rf"{dates.DATE.pattern}(?:[(（][^()（）]{{2,4}}[)）])?(?:以)?(?P<number>[\u4e00-\u9fff]{{2,30}}令?第\s?\d{{1,4}}\s?号)(?:令)?(?:公布|发布)?"
)
_COUNTRY = "中华人民共和国"
_SECTION = re.compile(
    r"^(?:【[^【】]{2,20}】|〔[^〔〕\d]{2,20}〕|\[[^\[\]\d]{2,20}\])$|^[■◆●▲★◇☆][\u4e00-\u9fff、（）()]{2,20}$"
)
_ORDER = re.compile(r"^(?:presidential\s{1,3})?(?:decree|order)s?\s{0,3}\(?no\.?\s{0,3}\d{1,4}", re.I)
_ORDER_CN = re.compile(
    r"^[\u4e00-\u9fff、 ]{0,40}(?:令|公告)[ \u3000]{0,3}[(（]?(?:(?:19|20)\d\d年)?[ \u3000]{0,2}第?[ \u3000]{0,2}[\d一二三四五六七八九十百○〇零]{1,6}[ \u3000]{0,2}号[)）]?$"
)
_ORDER_BARE = re.compile(r"^[\u4e00-\u9fff、 ]{2,40}(?:令|公告)$")
_CIRCULAR = re.compile(
    r"\b(?:printing|issuing|issuance|transmi\w{1,8}|forwarding|distribut\w{1,6}|promulgat\w{1,6}|relaying|approving|publishing|releasing)\b"
    r"|印发|转发|批转|颁发|颁布|公布|发布|下发|颁行|批准|批复",
    re.I,
)
_OWN_ACT = re.compile(
    r"^(?:(?:urgent|joint|supplementary|official)\s{1,3})?(?:circular|notice|reply|letter|report|announcement|bulletin|communiqu|opinions?\b|speech|message|decree|order|presidential\s{1,3}(?:decree|order)|proclamation|memorandum|directive|instructions?)\b",
    re.I,
)
_NORMATIVE = re.compile(
    r"\b(?:law|regulations?|rules?|measures|provisions|decisions?|procedures|methods|code|statute|resolution|standards?|articles|amendments?|protocol|convention|agreement|treaty)\b",
    re.I,
)
_NORMATIVE_CN = re.compile(
    r"(?:条例|规定|办法|细则|决定|法|规则|规范|章程|准则|决议|标准|目录|方案|意见|规划|制度|修正案|规程|预案|程序|纲要|计划|要点|措施|指南|解释|指导意见|补充规定[一二三四五]?)(?:[(（][^()（）]{1,20}[)）])?》?$"
)
_CITED = re.compile(
    r"第?\s{0,2}[\d一二三四五六七八九十百○〇零]{1,6}\s{0,2}[号號]|〔(?:19|20)\d\d〕|\[(?:19|20)\d\d\]|\bno\.?\s{0,2}\d",
    re.I,
)
_NORMATIVE_NUMBER = re.compile(r"[A-Z]{3,6}\d{0,3}[-–—](?:19|20)\d{2}[-–—]\d{1,5}")
_NOTICE_CN = re.compile(r"的(?:通知|批复|通告|公告|函)(?:[(（].{0,20})?$")
#: 题名至少这么多字(去了标点),才去上面找是哪一行印发的;至多往上找几行。
_SHORTEST, _FARTHEST = 4, 4
_WORDS = re.compile(r"[a-z]{1,30}|[\u4e00-\u9fff]")
_MOST_WORDS = 400
_SMALL = frozenset({"the", "a", "of", "on", "for", "的"})
_NAMED_ACT = re.compile(
    r"^(?:opinions?|proposals?|reports?|requests?|suggestions?|measures|regulations?|rules?|provisions|plan|outline|scheme|programme?|interim\b.{0,40})\b|(?:意见|办法|规定|方案|规划|细则|纲要|计划|要点|条例|政策|措施)(?:[(（][^()（）]{1,12}[)）])?$",
    re.I,
)
_BARE = re.compile(r"[\W_]+|\bthe\b|\ba\b|\bof\b", re.I)
_HEADS = frozenset({"", "目录", "目錄", "目次", "contents", "tablecontents"})


@dataclass(slots=True)
class Line:
    """目录的一行。``parent``:它是哪一行(从0数)印发、公布的。"""

    title: str
    doc_no: str | None = None
    page: int | None = None
    parent: int | None = None
    section: str | None = None


def lines(texts: Iterable[str], *, has_sections: bool = True) -> list[Line]:
    """The lines of a table of contents; blank lines and the word 目录 are none, the names of sections neither.

    >>> [(line.section, line.title, line.page) for line in lines(["【人事任免】", "关于某同志任职的通知…3"])]
    [('人事任免', '关于某同志任职的通知', 3)]
    """
    given = [text.strip() for text in texts if _BARE.sub("", text.casefold()) not in _HEADS]
    given = layout.settled(given) if has_sections else given
    if tabled := _table(given):
        return tabled
    lined = [text for text in given if not (has_sections and _SECTION.match(text))]
    is_narrow = sum(bool(_NARROW.search(text)) for text in lined) * 2 > len(lined)
    leading = _leading([text for text in lined if not _is_section(text)])
    # 没有页码的目录里,带序号的短行少于一半的是栏目。
    ordinal = sum(map(_is_section, lined))
    by_ordinal = has_sections and 0 < ordinal * 2 < len(lined)
    out: list[Line] = []
    section = None
    for place, text in enumerate(given):
        if has_sections and _SECTION.match(text):
            section = text.strip("【】〔〕[]■◆●▲★")
            continue
        if by_ordinal and place + 1 < len(given) and _is_section(text) and not _is_section(given[place + 1]):
            section = _ORDINAL.sub("", text)
            continue
        line = _line(text, is_narrow=is_narrow, leading=leading)
        line.section = section
        out.append(line)
    if has_sections:
        out = _joined(out)
    for place in range(1, len(out)):
        out[place].parent = _parent(out, place)
    return out


_COLUMNS = {
    "title": re.compile(r"名称|题名|标题|文件$|篇目"),
    "number": re.compile(r"文号|字号"),
    "page": re.compile(r"页"),
}


def _table(given: Sequence[str]) -> list[Line]:
    """The lines of a table whose first row names its columns; [] where it is none."""
    rows = [[cell.strip() for cell in text.strip("|｜").split("|")] for text in given if "|" in text]
    if len(rows) < 2 or len(rows) < len(given):
        return []
    where = {
        name: next((at for at, cell in enumerate(rows[0]) if words.search(cell)), None)
        for name, words in _COLUMNS.items()
    }
    if where["title"] is None or (where["number"] is None and where["page"] is None):
        return []

    def cell(row: list[str], name: str) -> str:
        at = where[name]
        return row[at] if at is not None and at < len(row) else ""

    body = [row for row in rows[1:] if re.search(r"\w", cell(row, "title"))]
    return [
        Line(
            cell(row, "title"),
            cell(row, "number") or None,
            int(cell(row, "page")) if cell(row, "page").isdecimal() else None,
        )
        for row in body
    ]


def _is_section(text: str) -> bool:
    """Whether a line is a short name behind an ordinal (一、市政府文件), not a title."""
    bare = _ORDINAL.sub("", text)
    return bare != text and _BARE_SECTION.match(bare) is not None and not _TITLE_LIKE.search(bare)


def _leading(texts: Sequence[str]) -> str:
    """What the numbers before the titles are: ``order`` (1, 2, 3…), ``page`` (ever higher), or nothing."""
    found = [int(match["n"]) for text in texts if (match := _LEADING.match(text))]
    if len(found) < 2 or len(found) * 2 <= len(texts):
        return ""
    if found == list(range(1, len(found) + 1)):
        return "order"
    return "page" if found == sorted(found) else ""


def _joined(found: Sequence[Line]) -> list[Line]:
    """Where most lines have their page: short ones without are sections, a title that runs over two lines is one."""
    paged = sum(line.page is not None for line in found)
    titles = [line for line in found if line.page is not None or not _may_join(line)]
    if paged < 2 or paged * 2 < len(titles) or paged == len(found):
        return list(found)
    out: list[Line] = []
    section = None
    for place, line in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) else None
        bare = _ORDINAL.sub("", line.title)
        is_open = line.page is None and line.doc_no is None and after is not None
        if is_open and _BARE_SECTION.match(bare) and not _TITLE_LIKE.search(bare):
            section = bare
            continue
        before = out[-1] if out else None
        if before is not None and before.page is None and before.doc_no is None and line.page is not None:
            alone = line.title[:1] in "(（" and line.title[-1:] in ")）" and _is_number(line.title[1:-1])
            runs_over = re.search(r"[\u4e00-\u9fff]", before.title) and not _ENDED.search(before.title)
            if alone or runs_over:
                before.title += "" if alone else line.title
                before.doc_no = line.title[1:-1] if alone else line.doc_no
                before.page = line.page
                continue
        numbered = before is not None and before.page is not None and before.doc_no is None
        if before is not None and numbered and line.page is None and _NUMBER_ALONE.fullmatch(line.title):
            before.doc_no = line.title
            continue
        line.section = line.section or section
        out.append(line)
    return [_ordered_by_section(line) for line in out]


def _ordered_by_section(line: Line) -> Line:
    """The line with the whole number of its order, where the section names who gave it (湖口市人民政府令, 第27号)."""
    if line.doc_no and re.fullmatch(r"第\s?\d{1,4}\s?号", line.doc_no) and (line.section or "").endswith("令"):
        line.doc_no = f"{line.section}{line.doc_no}"
    return line


_NUMBER_ALONE = re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[(（［](?:19|20)\d\d[〕\])）］]\s?第?\d{1,5}\s?[号號]")


def _may_join(line: Line) -> bool:
    """Whether a line without a page is a section's name or a number below its title."""
    bare = _ORDINAL.sub("", line.title)
    is_section = _BARE_SECTION.match(bare) is not None and not _TITLE_LIKE.search(bare)
    return line.doc_no is None and (is_section or _NUMBER_ALONE.fullmatch(line.title) is not None)


def _line(text: str, *, is_narrow: bool = False, leading: str = "") -> Line:
    page = None
    if leading and (match := _LEADING.match(text)):
        page = int(match["n"]) if leading == "page" else None
        text = text[match.end() :]
    if first := _FIRST.match(text):
        page, text = int(first["page"] or first["said"]), text[first.end() :]
    elif match := _SAID.search(text):
        page = int(match["page"] or match["said"] or match["short"])
        text = text[: match.start()].rstrip(" .…·\u3000\t")
    elif match := _PAGE.search(text) or (
        _NARROW.search(text) if is_narrow or (leading == "page" and page is None) else None
    ):
        page, text = int(match["page"]), text[: match.start()].rstrip(" .…·\u3000\t")
    if number := _ORDER_FIRST.match(text):
        return Line(text[number.end() :], number["number"], page)
    if number := _NUMBER_FIRST.match(text):
        return Line(text[number.end() :], number["number"], page)
    if number := _NUMBER_LAST.search(text):
        return Line(text[: number.start()], number["number"], page)
    title, cited = _cited(text)
    if cited:
        return Line(title, cited, page)
    if order := _ORDER.match(unicodedata.normalize("NFKC", text)):
        return Line(text, order[0], page)
    if _ORDER_CN.match(unicodedata.normalize("NFKC", text)):
        return Line(text, text.replace(_COUNTRY, ""), page)
    return Line(text, None, page)


def _cited(text: str) -> tuple[str, str | None]:
    """The title without the number in brackets at its end, and that number.

    >>> _cited("关于修路的通知（临政办发〔2021〕3号）")
    ('关于修路的通知', '临政办发〔2021〕3号')
    >>> _cited("临时管理办法（试行）")
    ('临时管理办法（试行）', None)
    """
    if not text.endswith((")", "）", "〕", "]")):
        return text, None
    depth = 0
    for place in range(len(text) - 1, max(-1, len(text) - 80), -1):
        depth += (text[place] in ")）〕]") - (text[place] in "(（〔[")
        if not depth:
            inner = text[place + 1 : -1].strip()
            # 英文目录的括号照印的留在题名里。
            if re.search(r"[\u4e00-\u9fffA-Z]", inner) and _is_number(inner) and (place or 0) > 1:
                if proclaimed := _PROCLAIMED.fullmatch(inner):
                    return text[:place].rstrip(), proclaimed["number"]
                if re.fullmatch(r"(?:(?:19|20)\d\d年)?\s?第\s?\d{1,4}\s?号", inner) and _ORDER_BARE.match(
                    text[:place].strip()
                ):
                    return text, text[:place].strip().removeprefix(_COUNTRY) + inner
                chinese = re.search(r"[\u4e00-\u9fff]|^[A-Z]{3,6}\d", inner)
                return (text[:place].rstrip() if chinese else text), inner
            break
    return text, None


def _is_number(text: str) -> bool:
    return bool(_CITED.search(text) or _NORMATIVE_NUMBER.fullmatch(text) or docnumber.find(text))


def _core(text: str) -> str:
    """A title to be looked for in another: without brackets at its end, articles, punctuation, width and case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _BARE.sub("", re.sub(r"\s{0,3}\([^()]{0,60}\)$", "", folded))


def _ordered(title: str) -> bool:
    return bool(_ORDER.match(title) or _ORDER_CN.match(title) or _ORDER_BARE.match(title))


def _parent(found: Sequence[Line], place: int) -> int | None:
    """The decree or circular above, whose text the line is: it stands right below a decree, or is named above."""
    before, title = found[place - 1], found[place].title
    if _ordered(before.title) and not _ordered(title) and not _OWN_ACT.match(title):
        if re.search(r"[\u4e00-\u9fff]", title):
            normative = bool(_NORMATIVE_CN.search(title)) and not _NOTICE_CN.search(title)
        else:
            normative = bool(_NORMATIVE.search(title))
        if normative:
            return place - 1
    core = _core(title)
    if len(core) < _SHORTEST or _ordered(title):
        return None
    # 印错次序的目录里,中间会夹着别的一行。
    for above in range(place - 1, max(-1, place - 1 - _FARTHEST), -1):
        root = above if found[above].parent is None else found[above].parent
        assert root is not None
        issues = _ordered(found[root].title) or _CIRCULAR.search(found[root].title)
        if issues and core != _core(found[above].title) and core in _core(found[above].title):
            return root
    one_page = before.page is not None and before.page == found[place].page
    return place - 1 if before.parent is None and _retold(before.title, title, one_page=one_page) else None


def _retold(above: str, title: str, *, one_page: bool) -> bool:
    """Whether the words of a measure stand in order in the circular right above: all, or most on the same page."""
    if not _CIRCULAR.search(above) or _NOTICE_CN.search(title) or not _NAMED_ACT.search(title):
        return False
    given = _WORDS.findall(unicodedata.normalize("NFKC", above).casefold())
    wanted = [
        word for word in _WORDS.findall(unicodedata.normalize("NFKC", title).casefold()) if word not in _SMALL
    ]
    if len(given) > _MOST_WORDS:
        return False
    at = hits = 0
    for word in wanted:
        if word in given[at:]:
            at = given.index(word, at) + 1
            hits += 1
    return len(wanted) >= 3 and hits >= len(wanted) * (0.75 if one_page else 1)
