"""读时限:到期日、开始日、重复的办法。没有年份的取文件的年份;“起”是开始;自相矛盾的不给日子。"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?P<year>20\d\d)年"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])月"
#: 依次试;前面的更细。
_DUE = re.compile(
    rf"(?:{_YEAR}(?:度)?)?(?:"
    rf"(?:(?:1[0-2]|0?[1-9])月?[—\-~～至到－])?{_MONTH}(?:份)?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号](?!常)(?:[—\-~～至到－](?P<till>3[01]|[12]\d|0?[1-9])[日号])?|(?P<third>[上中下]旬)|(?P<monthend>底|末))?"
    r"|第?(?P<quarter>[一二三四1-4])季度(?:末|底)?"
    r"|(?P<half>[上下]半年)|(?P<yearend>(?:(?<=年)|当年|本年|今年|年)[底末]|年内)"
    r"|(?(year)(?P<none>)|(?!)))"
    r"(?:之?前|以前|前后)?(?P<start>起|开始(?!实施))?"
)
_NOT_AFTER = re.compile(
    r"\s{0,3}(?:以来|以后|度|版|至今|期间|[—\-~～至到－]\s*\d|、20\d\d|\d|的?工作总结|及以前|来|、[下第]|各\d|各(?:组织|开展|举办|召开)?[一二两三四五1-9][次场期])"
)
#: 一格里写到哪一季做多少的:“四季度40个”。
_COUNTED = re.compile(r"\d{1,9}(?:\.\d{1,4})?(?:[个家项件场次篇人处座条亩台%]|公里|平方|[万亿])")
_NOT_BEFORE = re.compile(r"(?:自|从|[—\-~～－至]|截至|较|比|同比|上)$")
#: 后面的上半年、季度是说的是哪一段的事,不是什么时候做。
_OBJECT = re.compile(r"(?:完成|做好|开展|公布|公开|统计|汇总|报送|通报|发布|对|的)$")
_TO = re.compile(r"[—\-~～至到－]$")
_CITED = re.compile(r"《[^《》]{0,80}》|〔20\d\d〕|\[20\d\d\]|[(（]20\d\d年?[—\-~～－至]20\d\d年?[)）]")
#: 数字写的日子,分隔符各样。
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<year>20\d\d)(?P<mark>[-./])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])(?![\d.%/-])日?(?:之?前|以前)?"
)
#: 一格里只写“2021.4”的。
_YEAR_MONTH = re.compile(r"(20\d\d)[-./](1[0-2]|0?[1-9])月?(?:底|末)?前?")
#: 一格里只写“11.30”的。
_MONTH_DAY = re.compile(r"(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])(?:之?前|以前)?")
#: 写错了的时限,不采信。
_SLIP = re.compile(r"(?:20\d\d)?年[底末]前?\d{1,2}月[底末]?前?")
_BARE_AFTER = re.compile(
    r"\s{0,3}(?:[底末前,，、。;；]|完成|实现|建成|基本|全面|力争|要|达|公布|出台|编制|启动|争取|起|内|$)"
)
_BARE_BEFORE = re.compile(r"(?:到|至|于|在|力争|争取|确保|[,，;；。:：]|^)$")
_RECURRING = (
    ("yearly", re.compile(r"每年|每一年|逐年|一年一次|年度内?定期")),
    ("quarterly", re.compile(r"每季|按季|逐季|每个季度")),
    ("monthly", re.compile(r"每月|按月|逐月|每个月")),
    ("recurring", re.compile(r"每半年|每周|每日|每天|每两|每逢|定期|不定期|每次|半年一次|适时")),
    ("continuous", re.compile(r"长期|持续|常年|常态|全年|贯穿|日常|实时|即时|随时|经常性|不间断|及时")),
)
_PERIOD = re.compile(r"每(?:年|半年|季|个?月|周)")


@dataclass(frozen=True, slots=True)
class Due:
    """一处时限:原文、在文中的位置、到期日(不知道的是 None)、开始日。"""

    text: str
    at: int
    end: int
    day: date | None
    start: date | None = None


def dues(text: str, year: int | None, issued: date | None = None, *, cell: bool = False) -> list[Due]:
    """Every time limit in a text.

    Args:
        year: the year of what the paper plans, for limits without one; ``None`` leaves those without a day.
        issued: limits in a year before it contradict the paper, and get no day.
        cell: the text is a cell of a column of limits, where a bare year is one.
    """
    plain = text
    for pattern in (_CITED, _SLIP):
        plain = pattern.sub(lambda match: "　" * len(match[0]), plain)
    found = [_numeric(match, issued) for match in _NUMERIC.finditer(plain)]
    if cell and not found and (bare := _YEAR_MONTH.fullmatch(plain.strip())):
        found = [_month_end(bare, issued)]
    if cell and year and not found and (bare := _MONTH_DAY.fullmatch(plain.strip())):
        found = [_dated(bare, year)]
    plain = _NUMERIC.sub(lambda match: "　" * len(match[0]), plain)
    for match in _DUE.finditer(plain):
        if _is_limit(match, plain, cell):
            found.append(_limit(match, text, plain, year, issued))
    return sorted(found, key=lambda due: due.at)


def _numeric(match: re.Match[str], issued: date | None) -> Due:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        day = None
    if day and issued and day.year < issued.year:
        day = None
    return Due(match[0], match.start(), match.end(), day)


def _dated(match: re.Match[str], year: int) -> Due:
    try:
        day = date(year, int(match[1]), int(match[2]))
    except ValueError:
        day = None
    return Due(match[0], match.start(), match.end(), day)


def _month_end(match: re.Match[str], issued: date | None) -> Due:
    year, month = int(match[1]), int(match[2])
    day = date(year, month, monthrange(year, month)[1]) if not issued or year >= issued.year else None
    return Due(match[0], match.start(), match.end(), day)


def _is_limit(match: re.Match[str], text: str, cell: bool) -> bool:
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 8]
    if match["start"]:
        return match["year"] is not None or match["month"] is not None
    only_year = match["none"] is not None
    vague = match["half"] or match["quarter"] or (match["month"] and not match["day"])
    if (
        vague
        and not cell
        and not match["start"]
        and match[0][-1] not in "前底末"
        and _OBJECT.search(text[: match.start()][-4:])
    ):
        return False
    fine = match["day"] or match["monthend"] or match["yearend"] or (cell and match["month"])
    counted = cell and (match["quarter"] or match["half"]) and _COUNTED.match(after)
    if (_NOT_AFTER.match(after) and not counted) or (
        _NOT_BEFORE.search(before) and not (fine and _TO.search(before))
    ):
        return False
    if only_year:
        return (
            cell
            or match[0].endswith("前")
            or (_BARE_AFTER.match(after) is not None and _BARE_BEFORE.search(before) is not None)
        )
    if match["month"] and not (match["year"] or match["day"] or match["third"] or match["monthend"]):
        apart = after.startswith(("，", ",")) and (not before or before[-1] in "，,；;。：:、")
        return cell or apart or match[0].endswith("前")
    return True


def _limit(match: re.Match[str], text: str, plain: str, year: int | None, issued: date | None) -> Due:
    printed = text[match.start() : match.end()]
    named = int(match["year"]) if match["year"] else None
    if match["start"]:
        begins = _first(match, named or year)
        return Due(printed, match.start(), match.end(), None, begins)
    yearly = _PERIOD.search(plain[max(0, match.start() - 4) : match.start()]) is not None
    which = named or (None if yearly else year)
    day = _last(match, which) if which else None
    early = match["month"] and int(match["month"]) <= (4 if issued and issued.month >= 10 else 1)
    if day and named is None and issued and day < issued and early:
        day = _last(match, issued.year + 1)
    if day and issued and day.year < issued.year:
        day = None
    return Due(printed, match.start(), match.end(), day)


def _first(match: re.Match[str], year: int | None) -> date | None:
    if year is None:
        return None
    try:
        return date(year, int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return None


def _last(match: re.Match[str], year: int) -> date | None:
    if match["quarter"]:
        month = 3 * ("一二三四1234".index(match["quarter"]) % 4 + 1)
    elif match["half"]:
        month = 6 if match["half"].startswith("上") else 12
    else:
        month = int(match["month"] or 12)
    if match["day"]:
        try:
            return date(year, month, int(match["till"] or match["day"]))
        except ValueError:
            return None
    if match["third"] and match["third"] != "下旬":
        return date(year, month, 10 if match["third"] == "上旬" else 20)
    return date(year, month, monthrange(year, month)[1])


def recurrence(text: str) -> str | None:
    """yearly, quarterly, monthly, recurring or continuous; None where the text names no way of repeating.

    >>> recurrence("每年开展1次"), recurrence("按月发布"), recurrence("长期推进"), recurrence("2023年底前")
    ('yearly', 'monthly', 'continuous', None)
    """
    return next((name for name, pattern in _RECURRING if pattern.search(text)), None)
