"""听证的公告、名单、报告:哪天开、多少人、名额合不合计、怎样产生、提前多少天公告(条例第十六条)。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gongkai.law.decisions.published import notice_is_short

from ..pages.counting import NUMBER, count, parts, without_brackets
from ..pages.days import days, published, valid
from ..pages.period import spans
from ..pages.text import Page, sentences
from . import composition

_HELD = re.compile(
    r",?[^。;,]{0,40}?(?:召开|举行|举办|组织)[^。;]{0,40}?听证|[^。;,]{0,24}(?:召开|举行)|[^。;,]{0,6},[^。;,]{0,12}听证会[^。;,]{0,8}(?:召开|举行)"
)
_TIME = re.compile(
    r"(?:听证(?:会)?(?:召开|举行)?|会议|召开|举行|举办)(?:的)?(?:时间|日期)[^0-9。]{0,12}\Z|(?:^|[。;\n、\s])时间[::]\s?\Z|听证会(?:将|定|拟|拟定)?于\s?\Z"
)
_SOON = re.compile(
    r"近期|近日|择日|择期|择机|适时|(?<!\d)\d{1,2}月(?:份|底|初|末)?[^。;,\d]{0,10}(?:召开|举行)|另行(?:通知|公告)|待定|[上中下]旬|具体时间"
)
#: 写了哪一旬,又说日子没有定的。
_NOT_SETTLED = re.compile(r"(?:日期|时间|会期)[^。;,]{0,6}(?:待定|未定|另定)")
_ABOUT = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月([上中下])旬")
_TOTAL = re.compile(
    rf"(?:参加人(?:员)?|参加代表|参会人员|参加者|参会代表|与会人员|听证会人员)(?:总数|总人数|名额|构成|组成|人数|共计?|计|共有|总计|设|为|安排|:|,|\s){{0,4}}({NUMBER})\s?(?:名|人|位)"
    rf"|({NUMBER})\s?(?:名|人|位)(?:听证会?)?(?:参加人|参会人员|参加者|与会人员)"
)
_REPS = re.compile(
    rf"听证会(?:共)?设(?:听证)?代表(?:席位?)?[::]?\s?({NUMBER})\s?(?:名|位|人)|({NUMBER})\s?(?:名|位|人)听证(?:会)?代表|听证(?:会)?代表(?:名额|人数|构成|组成|\(|共计?|总数|为|:|\s|设){{0,4}}({NUMBER})\s?(?:名|位|人)"
)
_OF_GROUP = re.compile(r"其中|选出|产生|推荐|消费者|居民|经营者|[中由各]\s?\Z")
_LISTED = re.compile(rf"([一-龥]{{2,16}})\(({NUMBER})\s?[名位人]\)")
_ALL_LISTED = re.compile(rf"(?:共计?|合计|总计)[::]?\s?({NUMBER})\s?[名位人]")
_GROUPS_FIRST = re.compile(
    rf"(?:参加人|参会人员|参加者|代表)(?:员|构成|组成)?[::]([^。\n]{{6,200}}?)[,;]?(?:共计?|合计|总计)[::]?\s?({NUMBER})\s?[名位人]"
)
_BRACKET = re.compile(r"\(([^()]{6,200})\)")
_OBSERVERS = re.compile(
    rf"旁听(?:人员|人|席位?|代表|市民|群众|者|公众)?(?:名额|共计?|为|设|:|\s|不超过|限额|限){{0,3}}({NUMBER})\s?(?:名|位|人|个|席)|({NUMBER})\s?(?:名|位|人)\(?(?:为)?旁听"
)
_DIVIDED = re.compile(r"(?:其中|分别为|包括|构成|组成|(?<=[人名])[::])[::,]?([^。;]{6,300})")
_SIGN_UP = re.compile(r"报名|截止|申请参加|登记|自荐|应征")
_SIGNS_UP = re.compile(r"报名|登记|申请参加|自荐|应征|(?:征集|招募|征选)[^。;,]{0,12}(?:代表|参加人|旁听)")
_CHOSEN = re.compile(
    r"额满|报满|为序|次序|先到|随机|抽[取签选]|摇号|先后|顺序|推荐|遴选|自愿报名|邀请|指定|委托|聘请|选取|产生|择优|筛选|代表性"
)
_GROUP = re.compile(r"消费者|经营者|专家|学者|人大|政协|部门|利益|代表(?!团)|社会组织|村民|居民|家长")
_ROLE = re.compile(
    r"消费者(?:代表)?[^。;()]{0,12}\([^()]{0,60}(?:人大代表|政协委员|公务员|机关干部)[^()]{0,40}\)"
    r"|消费者(?:代表)?[(\d名人位)::]{0,10}[^。\n经]{0,40}其中[^。;\n]{0,12}(?:人大代表|政协委员|公务员|机关干部)"
)
_LATER_NOTICE = re.compile(r"名单|第\s?[二三四2-4]\s?(?:号|次)|参加人公告|公示")
_PAST = re.compile(r"报告|报道|纪要|情况|结果|抽取|圆满|顺利|(?:召开|举行)了|笔录")


@dataclass(frozen=True, slots=True)
class Hearing:
    """一次听证:哪天开(没有定是 None)、几个参加人、几个旁听、报名起止、名额合不合计。"""

    on: date | None
    latest: date | None
    dates: tuple[date, ...]
    totals: tuple[int, ...]
    reps: int | None
    observers: int | None
    signup: tuple[date | None, date] | None
    sums: bool | None

    def facts(self) -> dict[str, object]:
        """As the formats print them."""
        signup = [day.isoformat() if day else None for day in self.signup] if self.signup else None
        return {
            "date": self.on.isoformat() if self.on else None,
            "total": self.totals[0] if self.totals else None,
            "reps": self.reps,
            "observers": self.observers,
            "signup": signup,
            "composition_sum_ok": self.sums,
        }


def read(page: Page) -> Hearing:
    """What a page of a hearing says."""
    text, noticed = page.text, published(page)
    held = _dates(text, noticed)
    totals = tuple(dict.fromkeys(count(match[1] or match[2]) for match in _TOTAL.finditer(without_brackets(text))))
    reps = _number(_REPS, text)
    if not totals and reps is None and (listed := _of_list(text) or _enumerated(text)):
        totals = (listed[0],)
    return Hearing(
        on=held[0] if held else None,
        latest=held[0] if held else _latest(text, noticed),
        dates=tuple(dict.fromkeys(held)),
        totals=totals,
        reps=reps,
        observers=_number(_OBSERVERS, text),
        signup=_signup(text, noticed),
        sums=_sums(text, totals, reps),
    )


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return count(next(group for group in found.groups() if group)) if found else None


def _dates(text: str, noticed: date | None) -> list[date]:
    found = []
    for day in days(text, noticed):
        before, after = text[max(0, day.start - 20) : day.start], text[day.end : day.end + 90]
        held = _HELD.match(after)
        if _TIME.search(before) or (
            held and not re.search(r"报名|发布|公布|公告|公示|截止|之前|前\s?\d?日", held[0])
        ):
            found.append(day.on)
    return found


def _latest(text: str, noticed: date | None) -> date | None:
    """The last day of “1月中旬”."""
    found = _ABOUT.search(text)
    if not found or not noticed:
        return None
    month, year = int(found[2]), int(found[1]) if found[1] else noticed.year
    if not found[1] and month < noticed.month:
        year += 1
    last = {"上": 10, "中": 20, "下": 31}[found[3]]
    return next((on for at in range(last, last - 4, -1) if (on := valid(year, month, at))), None)


def _signup(text: str, noticed: date | None) -> tuple[date | None, date] | None:
    for sentence in sentences(text):
        if not _SIGN_UP.search(sentence):
            continue
        for span in spans(sentence, noticed):
            return span.start, span.end
        for day in days(sentence, noticed):
            near = sentence[max(0, day.start - 14) : day.start], sentence[day.end : day.end + 14]
            until = re.match(r"[^,。]{0,12}?(?:前|止|截止)", near[1]) or re.search(
                r"(?:截止|截至|至|到)[^0-9]{0,8}\Z", near[0]
            )
            if until:
                return noticed, day.on
    return None


def _of_list(text: str) -> tuple[int, bool] | None:
    """The total and whether it sums up, of a list with the number of each group in brackets: 消费者代表(8人):……."""
    groups = [
        count(match[2]) for match in _LISTED.finditer(text) if "旁听" not in match[1] and "记者" not in match[1]
    ]
    whole = _ALL_LISTED.search(without_brackets(text))
    return (count(whole[1]), sum(groups) == count(whole[1])) if whole and len(groups) > 2 else None


def _enumerated(text: str) -> tuple[int, bool] | None:
    """The total and whether it sums up, where the groups come first: 参加人员:消费者13人,……,共计27人."""
    found = _GROUPS_FIRST.search(without_brackets(text))
    numbers = [number for _, number in parts(found[1])] if found else []
    return (count(found[2]), sum(numbers) == count(found[2])) if found and len(numbers) > 2 else None


def _sums(text: str, totals: tuple[int, ...], reps: int | None) -> bool | None:
    if listed := _of_list(text) or _enumerated(text):
        return listed[1]
    if not totals and reps is None:
        return None
    wanted, pattern = (totals[0], _TOTAL) if totals else (reps or 0, _REPS)
    judged = [composition.sums(text, match.end(), wanted) for match in pattern.finditer(text)]
    return next((agree for agree in judged if agree is not None), None)


def _said_reps(text: str) -> tuple[int, ...]:
    """The numbers of representatives that the text gives as a whole, not those of a group."""
    said = [
        match
        for match in _REPS.finditer(without_brackets(text))
        if not _OF_GROUP.search(text[: match.start()][-8:])
    ]
    return tuple(dict.fromkeys(count(next(group for group in match.groups() if group)) for match in said))


def faults(page: Page, found: Hearing) -> list[tuple[str, str]]:
    """The codes of what is wrong with a hearing."""
    text, noticed = page.text, published(page)
    past = _PAST.search(page.title) is not None
    upcoming = not past and re.search(r"报名|拟|将|定于|公告|通告|通知", page.whole) is not None
    codes: list[tuple[str, str]] = []
    soon = _SOON.search(text)
    unsettled = not found.latest or _NOT_SETTLED.search(text)
    if upcoming and not found.on and unsettled and soon:
        codes.append(("HEAR-NODATE", soon[0]))
    calls = upcoming and not _LATER_NOTICE.search(page.title)
    if calls and noticed and found.latest and noticed <= found.latest and notice_is_short(noticed, found.latest):
        codes.append(("HEAR-NOTICE", found.latest.isoformat()))
    if found.sums is False:
        codes.append(("HEAR-SUM", str(found.totals[0] if found.totals else found.reps)))
    numbers = found.totals if len(found.totals) > 1 else _said_reps(text)
    if len(numbers) > 1:
        codes.append(("HEAR-COUNT-CONFLICT", "、".join(map(str, numbers))))
    if calls and _SIGNS_UP.search(text) and not _CHOSEN.search(text):
        codes.append(("HEAR-SELECT", "报名"))
    if role := _ROLE.search(text):
        codes.append(("HEAR-ROLE", role[0]))
    if len(found.dates) > 1:
        codes.append(("HEAR-DATE-CONFLICT", "、".join(day.isoformat() for day in found.dates)))
    return codes
