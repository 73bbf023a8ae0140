"""不靠词表看出来的毛病:编号跳了或者重了、时限一栏没有数、承诺长过法定、依据没有书名号、叠字、条件就是结果。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.law import guides

from .sections import Section

_ENUMERATED = re.compile(r"(?:^|[\n；;。、，,\s])([1-9]\d?)([.．、])(?![\d\s]{0,2}\d)")
_MEASURE = re.compile(
    r"\d|[一二两三四五六七八九十半]\s?个?(?:工作日|日|天|月|小时)|当场|即时|即办|每[季月年周天]|立等|现场|当日|随到|[时期]限内|为准|公告|通知"
)
_NAMED = {
    name: re.compile(rf"{word}[^\n。；;]{{0,14}}?(?<![\d第])(\d{{1,3}})\s?个?(工作日|自然日|日|天)")
    for name, word in (("statutory", "法定"), ("promised", "承诺"))
}
#: 指南没有日期,照最后的口径换算。
_LATEST = date.max
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,16}令(?:\d{4}年)?第?\s?\d{1,4}\s?号")
_TITLED_BEFORE = re.compile(r"》[^》。；;\n]{0,16}\Z")
#: 整栏没有书名号的依据:只有文号,或者“有关文件”“相关规定”。
_NUMBERED_PAPER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[【(（]\d{4}[〕\]】)）]\s?第?\s?\d{1,5}\s?号")
_SOME_PAPER = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:相关|有关)(?:文件|规定|政策|法律|法规|法律法规)(?:精神|规定|要求)?(?=[。;；,，\n]|\Z)"
)
#: 依据一栏写到一半:末尾是顿号、“第”、没有合上的书名号。
_CUT_SHORT = re.compile(r"[^\s，。;；]{0,12}(?:[、,，]\s?第|第|《[^》\n]{0,40})\Z")
#: 一个分句原样又说一遍,中间至多一个标点。
_REPEATED = re.compile(r"([\u4e00-\u9fff]{4,16})[,，、。;；]\1")
#: 办的证在办以前就要:事项的名称加“证”。
_MATTER = re.compile(
    r"\A[\s《“(（一二三四五六七八九十、.\d]{0,4}([\u4e00-\u9fff]{2,10}?)(?:登记|许可|注册|认定|核准|办理|申领|备案)"
)
_SEASONS = re.compile(r"(夏季|夏令时|夏时制)[^。]{0,60}?(冬季|冬令时|冬时制)")
_SPAN_OF_MONTHS = re.compile(r"\d{1,2}月")
_TWICE = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_TWICE_IS_RIGHT = re.compile(r"公司|单位|研究|商量|介绍|[零〇一二三四五六七八九十百千万]{2}|某某")
_EMPTY_NAME = re.compile(r"(?:承诺|法定)(?:办结|办理)?(?:时限|期限|时间)?[:：]\s{0,2}(?=\n|\Z|[；;。])")
_HELD = re.compile(r"(?:已|已经)(?:依法)?(?:取得|领取|持有|办理)[^，。；;\n]{0,10}?([\u4e00-\u9fff]{2,12}[证照])")
_RESULT = re.compile(r"(?:核发|颁发|发放|制发|签发)[^。\n]{0,6}《?([^》\n，。；;]{2,30}[证照])")
_AGAIN = re.compile(r"延续|变更|换发|换领|注销|年审|校验|补领|补办|遗失|续期")
_REACHED = re.compile(r"\d{3}|[Xx*×]{3}|www|http|@|微信|公众号|现场|网站")


def formal(parts: list[Section], text: str) -> Iterator[tuple[str, ...]]:
    """(class, code, quotations …) that show by form, whatever the words."""
    yield from _numbers(parts)
    yield from _limits(parts, text)
    for part in parts:
        if part.element == "legal_basis" and part.filled:
            yield from _bases(part.content)
            yield from _nameless(part.content)
        if (
            part.element == "consult"
            and "方式" in part.label
            and part.filled
            and not _REACHED.search(part.content)
        ):
            yield "missing", "phone_missing", part.content.split("\n")[0][:24]
    for match in _TWICE.finditer(text):
        if not _TWICE_IS_RIGHT.match(match[1]) and "\n" not in match[0]:
            yield "text_quality", "doubled", match[0]
    for match in _REPEATED.finditer(text):
        if re.search(r"[;；]", match[0]):
            continue  # 隔着分号再列一遍的,是同一样材料列了两次
        yield "text_quality", "doubled", match[0]
    yield from _seasons(parts)
    yield from _held(parts, text)
    yield from _wanted(parts, text)


def _numbers(parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """Items 1、2、3、 of one list of which one is skipped or comes twice."""
    for part in parts:
        before: dict[str, int] = {}
        for match in _ENUMERATED.finditer(part.content):
            number, mark = int(match[1]), "." if match[2] in ".．" else "、"
            last = before.get(mark)
            if last and number not in (last + 1, 1) and number < last + 4:
                yield "structure", "numbering", f"{match[1]}{match[2]}"
            if last is not None or number == 1:
                before[mark] = number


def _limits(parts: list[Section], text: str) -> Iterator[tuple[str, ...]]:
    timed = [part for part in parts if part.element in ("time_limit", "promised_limit", "statutory_limit")]
    for part in timed:
        if (
            part.filled
            and len(part.content) < 40
            and not _MEASURE.search(part.content)
            and "X" not in part.content
        ):
            yield "vague", "limit_without_number", part.content.split("\n")[0][:20]
        for match in _EMPTY_NAME.finditer(part.content):
            yield "missing", "limit_named_not_stated", match[0].strip()
    legal, promised = (_NAMED[name].search(text) for name in ("statutory", "promised"))
    if legal and promised and guides.compare(_limit(promised), _limit(legal), _LATEST) in _LONGER:
        yield "limit", "promised_over_statutory", re.sub(r"\A[^\d]{1,20}", "", promised[0])


_LONGER = (guides.Order.OVER, guides.Order.PERHAPS)


def _limit(match: re.Match[str]) -> guides.Limit:
    return guides.Limit(int(match[1]), guides.Unit.WORKDAY if match[2] == "工作日" else guides.Unit.DAY)


def _bases(content: str) -> Iterator[tuple[str, ...]]:
    for order in _ORDER.finditer(content):
        titled = _TITLED_BEFORE.search(content[: order.start()]) or content[order.end() :][:2].lstrip(
            ") ）"
        ).startswith("《")
        if not titled and "《" in content:
            yield "basis", "basis_no_title", order[0]


def _held(parts: list[Section], text: str) -> Iterator[tuple[str, ...]]:
    """A condition that one already has what the matter gives."""
    title = " ".join(part.content for part in parts if part.element == "item_name") or text.split("\n")[0]
    given = {match[1] for match in _RESULT.finditer(text)}
    if _AGAIN.search(title):
        return
    for part in parts:
        if part.element == "conditions":
            for match in _HELD.finditer(part.content):
                if any(name.endswith(match[1]) or match[1].endswith(name) for name in given):
                    yield "condition_logic", "condition_is_result", match[0]


def _nameless(content: str) -> Iterator[tuple[str, ...]]:
    """A basis without the title of any rule, or one that breaks off."""
    if "《" not in content:
        if paper := _NUMBERED_PAPER.search(content):
            yield "basis", "basis_no_title", paper[0]
        elif some := _SOME_PAPER.search(content):
            yield "basis", "basis_vague", some[0]
    if cut := _CUT_SHORT.search(content):
        yield "basis", "basis_truncated", cut[0]


def _seasons(parts: list[Section]) -> Iterator[tuple[str, ...]]:
    """Summer and winter hours without the day on which they change."""
    for part in parts:
        both = _SEASONS.search(part.content) if part.element == "hours" else None
        if both and not _SPAN_OF_MONTHS.search(part.content):
            yield "vague", "season_undefined", both[1], both[2]


def _wanted(parts: list[Section], text: str) -> Iterator[tuple[str, ...]]:
    """A first registration or licence that wants its own certificate among the materials."""
    title = " ".join(part.content for part in parts if part.element == "item_name") or text.split("\n")[0]
    matter = _MATTER.match(title)
    if not matter or _AGAIN.search(title) or "备案" in title:
        return  # 备案的结果不是证
    own = re.compile(rf"《?{matter[1]}(?:登记|许可|注册)?(?:证书|证|执照|许可证|登记证)》?(?!明)")
    for part in parts:
        if part.element == "materials" and (wanted := own.search(part.content)):
            yield "material_burden", "material_is_result", wanted[0]
