"""年度目录和标准:年份、文号、党委同意没有、哪天公布、表头缺什么、排不排得下、引错文号没有(条例第三条)。"""

from __future__ import annotations

import calendar as months
import re
from datetime import date

from gongkai.law import docnumber
from gongkai.law.decisions import catalogue, citations
from gongkai.law.decisions.published import is_late

from ..pages.text import Page, sentences

_YEAR = re.compile(r"(20\d\d)\s?年?(?:度)?")
_LABELLED_NUMBER = re.compile(r"(?:发文字号|文\s?号|文件编号)[::\s]{0,4}")
_PARTY = re.compile(
    r"(?:^|[,(::]|经|报|请|得|由|已|获)[^。;]{0,60}?(?:党委|党工委|党组|中共[^。;,]{2,16}委员会|常委会|(?<![改管教卫监工])[县区市州省旗盟镇乡]委(?![员托办会]|[一-龥]{1,4}(?:[办部组](?!理|署|织))))[^。;]{0,16}?"
    r"(?:同意|批准|审定|研究|审议|通过|讨论|审核|批复|审批)"
)
_ABOUT_CHANGES = re.compile(r"调整|变更|新增|增补|增加|提请[^。]{0,30}时|应当说明")
_TABLE = re.compile(r"(?:表头[::]?\s?)?序号[\s|、,::]")
#: 没有表的,写明了是完成时间的才算。
_DUE = re.compile(
    r"(?:完成|办结|决策|出台|计划)?(?:时间|时限|日期|期限)[::\s]{1,3}(?=20\d\d年)|(?<=[,(、;])(?=20\d\d年\d{1,2}月(?:底|末)?前)|[拟将于](?=20\d\d年\d{1,2}月(?:底|末|份)?(?:前)?(?:完成|提请|提交|报请|出台|印发|审议|实施|施行|作出|决策))"
)
_BEFORE_ITEMS = re.compile(r"[。;\n]|\s1[\s|、.]")
_STEPS = re.compile(r"程序|环节|步骤|流程")
_WHEN = re.compile(r"时间|时限|日期|期限|进度|月份|节点|完成")
_BLANK = re.compile(
    r"第(?:\s{1,6}|_{1,8}|[×xX*○□]{1,4})(?:次|届|号)|〔20\d\d〕(?:\s{1,6}|_{1,6}|[×xX*]{1,4})号|年\s{1,4}月\s{1,4}日|年_{1,4}月"
)
_MONTH = re.compile(
    r"(?:(20\d\d)\s?年)?\s?(?<!\d)(1[0-2]|0?[1-9])\s?月(?:份|底|末)?(?!\s?\d|\s?[至到起-]|上旬开始|启动|开始)"
)
_ONE_MONTH = re.compile(r"(?<![\d至到-])(1[0-2]|0?[1-9])月(?:份|底前|底)?(?:,)?完成([^;。]{0,80})")
_TOGETHER = (re.compile(r"公众参与|征求意见|听取意见"), re.compile(r"合法性审[查核]"))


def year(page: Page) -> int | None:
    """The year of the catalogue: the title's, else the first “…年度” of the text."""
    found = _YEAR.search(re.sub(r"〔20\d\d〕|\[20\d\d\]|\(20\d\d\)", "", page.title))
    found = found or re.search(r"(20\d\d)\s?年度", page.text)
    return int(found[1]) if found else None


def number(page: Page) -> str | None:
    """The paper's own number: in the title, labelled, or at the head of the text; never one that it cites."""
    for text in (page.title, page.text):
        for found in docnumber.find(text):
            before = text[max(0, found.start - 12) : found.start]
            titled = text is page.title and "《" not in before
            if titled or not text[: found.start].strip(" (") or _LABELLED_NUMBER.search(before):
                return text[found.start : found.end].strip()
    return None


def party_consent(page: Page) -> bool:
    """Whether the consent of the Party committee of the same level is said; clauses about later changes do not count.

    >>> party_consent(Page("", "县政府编制了目录,已经县委同意,现予公布。", "")), party_consent(Page("", "经县发改委审核", ""))
    (True, False)
    """
    changed = "调整" in page.title
    return any(
        _PARTY.search(clause) and (changed or not _ABOUT_CHANGES.search(clause)) for clause in sentences(page.text)
    )


def header(page: Page) -> list[str]:
    """The columns of the table, [] where the page prints none."""
    found = _TABLE.search(page.text)
    if not found:
        return []
    line = _BEFORE_ITEMS.split(page.text[found.start() : found.start() + 200], maxsplit=1)[0]
    return [name for name in re.split(r"[\s|、,]{1,4}", re.sub(r"表头[::]?", "", line)) if name]


def faults(page: Page, of_year: int | None, published: date | None, signed: date | None) -> list[tuple[str, str]]:
    """Codes and words of what is wrong with a catalogue or standard that was published."""
    found = [] if party_consent(page) else [("CAT-NO-PARTY", "")]
    if "调整" not in page.title and is_late(of_year, published, signed):
        found.append(("CAT-LATE", str(published or signed)))
    return found + wrong_numbers(page) + form(page) + no_room(page, signed or published)


def wrong_numbers(page: Page) -> list[tuple[str, str]]:
    """CAT-REF: a law or rule cited with another's number."""
    return [("CAT-REF", words) for words in citations.wrong(page.text)]


def form(page: Page) -> list[tuple[str, str]]:
    """CAT-FIELD, CAT-HEADER, CAT-BLANK."""
    found, columns = [], header(page)
    if len(columns) > 2:
        if not any(_STEPS.search(name) or _WHEN.search(name) for name in columns):
            found.append(("CAT-FIELD", " ".join(columns)))
        if len(set(columns)) < len(columns):
            found.append(("CAT-HEADER", " ".join(columns)))
    if blank := _BLANK.search(page.text):
        found.append(("CAT-BLANK", blank[0]))
    return found


def no_room(page: Page, entered: date | None) -> list[tuple[str, str]]:
    """CAT-TIME: an item that is to be done before 30 days and 7 working days have passed, or both within a month."""
    table = _TABLE.search(page.text)
    if not entered:
        return []
    items = page.text[table.end() :] if table else " ".join(_stated_dues(page.text))
    for match in _ONE_MONTH.finditer(items):
        if all(words.search(match[2]) for words in _TOGETHER):
            first = date(entered.year, int(match[1]), 1)
            if not catalogue.fit(first, _end(first.year, first.month)).fits:
                return [("CAT-TIME", match[0])]
    for match in _MONTH.finditer(items):
        if not match[1]:
            continue
        due = _end(int(match[1]), int(match[2]))
        if due >= entered and not catalogue.fit(entered, due).fits:
            return [("CAT-TIME", match[0])]
    return []


def _stated_dues(text: str) -> list[str]:
    return [text[match.end() : match.end() + 12] for match in _DUE.finditer(text)]


def _end(year_of: int, month: int) -> date:
    return date(year_of, month, months.monthrange(year_of, month)[1])
