"""开放日、新闻发布、电视问政、在线访谈、舆情回应:哪天、几点、多少人、怎样报名、多少小时。"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from gongkai.law import timeliness

from ..pages.channels import channels
from ..pages.counting import NUMBER, count, parts, summed
from ..pages.days import Day, days, near, of_page, published, put_online, shown, signed, valid
from ..pages.period import spans
from ..pages.text import Page, sentences
from . import letters

_CLOCK = re.compile(
    r"\s?(?:\([^()]{1,8}\)|星期[一二三四五六日天])?\s?(上午|早上|中午|下午|晚上|晚)?\s?(\d{1,2})(?:[:时点](\d{2}|半)?)(?:分)?(?:[::]\d\d)?(?:\s?(?:-|至|到)\s?(上午|下午|晚上)?\s?(\d{1,2})[:时点](\d{2}|半)?)?"
)
_EVENT = re.compile(
    r"(?:活动|开放|举办|体验|参观)?(?:日期|时间)[::为\s是]{0,3}\Z|[一二三四五六七八九](?:、|\))\s?\Z|(?:定|拟|将)?于\s?\Z"
)
_EVENT_LABEL = re.compile(r"(?:活动|开放|举办|体验|参观)(?:日期|时间)[::为\s是]{0,3}\Z")
_SIGN_UP = re.compile(r"报名|预约|截止|(?:电话|现场|扫码|上门)登记|有意(?:参加|参与|者)|申请参加")
_NO_NEED = re.compile(
    r"(?:无需|不需|无须|不用|不必|免)(?:要|提前|事先)?(?:报名|预约)(?:、?(?:报名|预约))?|(?:未|不)(?:面?向|对)[^。;,]{0,8}(?:报名|预约)|不(?:设|接受|开放|公开)[^。;,]{0,6}(?:报名|预约)"
)
_SEATS = re.compile(
    rf"(?:名额|限额|限|面向|招募|招收|人数|邀请|不超过|每[场次批]|共|拟?邀|招|计划|选取|选出|额满|代表|对象)[^。;,0-9]{{0,12}}?({NUMBER})\s?(?:名|人|位|组|户|个家庭)|名额[^。;,0-9]{{0,4}}({NUMBER})\s?个|[,;:]\s?({NUMBER})\s?(?:名|人|组|个?家庭)(?=[,。;])"
)
#: “每组家庭限2人”不是名额。
_EACH = re.compile(rf"每(?:组|户|家|个?家庭|人|单位)[^。;,0-9]{{0,8}}{NUMBER}\s?(?:名|人|位)")
_CHOSEN = re.compile(r"先到先得|先后|顺序|抽签|抽取|随机|摇号|额满(?:为止|即止)|筛选|遴选|推荐|[报约]满|候补")
_STAMP = re.compile(
    r"盖(?:单位|本单位)?公?章|加盖[^。;,]{0,8}章|单位(?:出具)?(?:证明|介绍信)|介绍信|单位同意|(?<!行)政审"
)
_INVITED = re.compile(r"邀请|受邀|特邀|组织[^。;]{0,20}代表|定向")
#: 一段日子后面说的是开放,不是报名。
_OPENS = re.compile(
    r"[\d年月日.\-/至到起止\s]{6,30}(?:\([^()]{1,12}\))?[,、]?(?:期间|每[天日]|(?:上|下)午|\d{1,2}[:点时]\d{0,2}分?|[\s\-至到]){0,6}(?:免费|集中|对外|面向[^。;,]{0,8})?(?:开放|举行|举办|组织|开展)"
)
_DAILY = re.compile(r"(?:每[天日]|当[天日]|开放时段|参观时间)[^0-9。;]{0,4}(?=\d)")
_SERIES = re.compile(r"每[月周季年](?!龄)|系列活动|\d余?场")


def visit(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The facts of an open day and what keeps people away from it."""
    text, noticed = page.text, published(page)
    event = _event(page, noticed or near(page))
    until = _signup_end(text, noticed)
    ranged = re.search(r"\d\s?-\s?\d{1,3}\s?(?:名|人)", text)
    seats = _SEATS.search(_EACH.sub("", text))
    ways = channels(
        "。".join(part for part in sentences(text) if re.search(r"报名|预约|扫|二维码|拨打|发送|登记", part))
    )
    faults: list[tuple[str, str]] = []
    online = put_online(page) or noticed
    if until and online and online <= until and timeliness.signup_is_short(online, until):
        faults.append(("OPEN-SHORT", until.isoformat()))
    signs_up = re.search(
        r"报名|预约|招募|扫码|二维码|(?:电话|现场|上门)登记|有意(?:参加|参与|者)|申请参加", _NO_NEED.sub("", text)
    )
    if signs_up and event and not seats and not _SERIES.search(text):
        faults.append(("OPEN-SEATS", ""))
        faults += [] if _CHOSEN.search(text) else [("OPEN-SELECT", "")]
    if not signs_up and (invited := _INVITED.search(text)):
        faults.append(("OPEN-NOSIGNUP", invited[0]))
    if stamp := _STAMP.search(text):
        faults.append(("OPEN-BARRIER", stamp[0]))
    if asked := letters.asks_identity(text):
        faults.append(("PI-EXCESS", asked))
    return {
        "event_date": shown(event.on) if event else None,
        "event_time": _hours(text, event.end) if event else None,
        "signup_end": shown(until),
        "seats": count(seats[1] or seats[2] or seats[3]) if seats and not ranged else None,
        "signup_channels": ways,
        "notice_days": (event.on - noticed).days if event and noticed else None,
    }, faults


def _hours(text: str, at: int) -> str | None:
    """The hours right after the date of an event, else those of every day of it."""
    daily = _DAILY.search(text, at)
    return clock(text, at) or (clock(text, daily.end()) if daily else None)


def clock(text: str, at: int) -> str | None:
    """The hours that stand right after a date, as HH:MM or HH:MM-HH:MM.

    >>> clock("下午3点至5点", 0), clock("(星期五)上午9:30-11:00", 0)
    ('15:00-17:00', '09:30-11:00')
    """
    found = _CLOCK.match(text, at)
    if not found:
        return None
    begins = _hour(found[1], found[2], found[3])
    return f"{begins}-{_hour(found[4] or found[1], found[5], found[6])}" if found[5] else begins


def _hour(half: str | None, hour: str, minute: str | None) -> str:
    late = half in ("下午", "晚上", "晚") and int(hour) < 12
    return f"{int(hour) + 12 * late:02}:{'30' if minute == '半' else minute or '00'}"


def _event(page: Page, noticed: date | None) -> Day | None:
    """The date said to be the event's, else the first that is neither a signature nor an end of signing up."""
    text = page.text
    ranges = [
        span
        for span in spans(text, noticed)
        if _SIGN_UP.search(_clause(text, span.at)) and not _OPENS.match(text, span.at)
    ]
    signing = {on for span in ranges for on in (span.start, span.end)}
    found = [day for day in days(text, noticed) if not _of_signup(text, day) and not _of_page(page, day)]
    found = [day for day in found if day.on not in signing or _EVENT_LABEL.search(text[: day.start][-12:])]
    labelled = [day for day in found if _EVENT_LABEL.search(text[: day.start][-12:])]
    labelled = labelled or [day for day in found if _EVENT.search(text[: day.start][-12:])]
    return next(iter(labelled or found), None)


def _clause(text: str, at: int) -> str:
    """The sentence around a place."""
    begins = max(text.rfind(mark, 0, at) for mark in "。;\n") + 1
    ends = [end for mark in "。;\n" if (end := text.find(mark, at)) >= 0]
    return text[begins : min(ends, default=len(text))]


def _of_page(page: Page, day: Day) -> bool:
    return of_page(page.text, day) or (day.whole and day.on in (signed(page), put_online(page)))


def _of_signup(text: str, day: Day) -> bool:
    before = re.split(r"[。;]", text[: day.start])[-1]
    after = re.split(r"[。;,]", text[day.end : day.end + 40])[0]
    return (
        _SIGN_UP.search(before[-30:]) is not None or re.search(r"(?:之?前|止)[^。;]{0,30}", after[:4]) is not None
    )


_ENROLS = re.compile(r"报名|有意(?:参加|参与|者)|申请参加")


def _signup_end(text: str, noticed: date | None) -> date | None:
    for sentence in sentences(text):
        if not _SIGN_UP.search(sentence):
            continue
        if found := [
            span for span in spans(sentence, noticed) if _ENROLS.search(sentence[max(0, span.at - 16) : span.at])
        ]:
            return found[-1].end
        for day in days(sentence, noticed):
            before, after = sentence[: day.start][-14:], sentence[day.end :][:14]
            if re.search(r"(?:截止|截至|至|到)[^0-9]{0,8}\Z", before) or re.match(
                r"[^,。]{0,10}?(?:前|止|截止)", after
            ):
                return day.on
    return None


_HELD = re.compile(
    r"[^。;]{0,30}?(?:召开|举行|举办|直播|播出|录制|开播|发布会)|(?:晚|\s?\d{1,2}[时:点]|上午|下午)|(?:的?(?:电视|直播)?问政|节目)"
)
_HELD_LABEL = re.compile(r"(?:^|[\s。;会谈])(?:召开|举行|直播|播出|活动|访谈)?(?:时间|日期)[::]\s?\Z")
_ISSUES = re.compile(
    rf"问题(?:共计?|总计|合计|共有|达|:)?\s?({NUMBER})\s?[个件条]|(?:共|曝光|反映|梳理|汇总|聚焦|提出|涉及|围绕)[^。;,0-9]{{0,10}}?({NUMBER})\s?[个件条项](?:方面的?)?[^。;,0-9]{{0,6}}?问题|({NUMBER})\s?个(?:方面的?)?(?:[^。;,0-9]{{0,4}})问题"
)
_PUT_OFF = re.compile(
    r"(?:定期|限期|尽快|尽早|早日|适时|择机|及时|抓紧|加快|逐步|第一时间)[^。;,]{0,8}(?:整改|完成|解决|落实|办结|启动|改造|推进|处理|改善|答复|到位|拿出)"
)


def held_on(page: Page) -> date | None:
    """The day of a briefing or broadcast."""
    close = near(page)
    for day in days(page.text, close):
        labelled = _HELD_LABEL.search(page.text[: day.start][-10:])
        told = _HELD.match(page.text[day.end : day.end + 40])
        if labelled or (told and not _of_page(page, Day(day.start, day.end, day.on, False))):
            return day.on
    first = next(iter(days(page.text, close)), None)
    opens = first and not page.text[: first.start].strip(" (【[") and _HELD.search(page.title)
    return first.on if first and opens else None


def broadcast(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A programme in which officials answer (电视问政): its day, how many problems, whether the parts make the whole."""
    text = page.text
    found = _ISSUES.search(text) or _ISSUES.search(page.title)
    issues = count(next(group for group in found.groups() if group)) if found else None
    divided = (
        re.search(r"(?:其中[::,]?|^[:(])((?:(?!截[至止]|已|目前)[^。;]){4,120})", text[found.end() :])
        if found
        else None
    )
    numbers = [number for _, number in parts(divided[1])] if divided else []
    faults = []
    if (put_off := _PUT_OFF.search(text)) and not re.search(
        rf"{NUMBER}\s?个?(?:月|天|日|工作日)之?内|月底前|年底前|\d日前", text
    ):
        faults.append(("TV-NODEADLINE", put_off[0]))
    agree = sum(numbers) == issues if len(numbers) > 1 else None
    if agree is None and (whole := summed(text)):
        issues, agree = whole[1:]
    return {"event_date": shown(held_on(page)), "issues": issues, "consistent": agree}, faults


def briefing(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A press briefing: its day; questions that are listed without answers."""
    text = page.text
    asked = re.search(
        rf"提出(?:了)?\s?{NUMBER}\s?个(?:方面的?)?问题|(?:记者|媒体)[^。;]{{0,6}}就[^。;]{{2,60}}(?:提问|提出问题|进行了?提问)|(?:记者)?提问[::。】]|提问环节|记者[一二三甲乙丙][,::]|记者问|问[::]|(?:提出|回答|答)[^。;]{0, 12}(?:以下|如下)[^。;]{0, 6}问题|问题[::一1]|\?",
        text,
    )
    answered = re.search(
        r"(?:回答|回应|解答)了?[^。;:]{0,40}(?:提问|问题)[::]\s?(?![\d一二三(])[^?\n]{6,200}。|答[::]|回答[::]|答复[::]|(?:介绍|回应|表示|答)[,::]|(?:局长|主任|书记|[市区县]长|发言人|负责人|部长|厅长|先生|女士|答复|回答)[^。:\n]{0,8}[::】]",
        text,
    )
    faults = [("PRESS-NOTRANSCRIPT", asked[0])] if asked and not answered else []
    return {"event_date": shown(held_on(page)), "issues": _questions(text)}, faults


_QUESTION = re.compile(
    r"(?:(?:^|(?<=[\n。;:?]))\s?(?:\d{1,2}[.、]|问题[一二三四五六七八九十\d]{1,2}[::])|(?:记者|媒体|网友)?(?:提?问|提出)[::]|\[?[一-龥]{0,8}记者\]?[::])[^?\n]{4,80}\?"
)
_ASKED = re.compile(rf"(?:提出|回答|回应)了?[^。;,0-9]{{0,6}}?({NUMBER})\s?个(?:方面的?)?(?:记者)?(?:提问|问题)")


def _questions(text: str) -> int | None:
    """How many questions a page says were put, else how many it prints."""
    said = _ASKED.search(text)
    return count(said[1]) if said else len(_QUESTION.findall(text)) or None


_LEAD = re.compile(
    rf"(?:提前|前)?({NUMBER}|半)\s?个?(周|星期|天|日|工作日|月)(?:之前|以前|前)|(?:提前|前)({NUMBER}|半)\s?个?(周|星期|天|日|工作日|月)"
)
_ANNOUNCED = re.compile(r"公告|预告|公布|发布")
_LENGTH = re.compile(rf"({NUMBER}|半)\s?个?(分钟|小时)")
_FOLLOW = re.compile(
    rf"({NUMBER})\s?个?工作日(?!之?前|以前)(?:之|以)?内?[^。;]{{0,24}}(?:回复|答复|反馈|公开|回应)"
)
_DAYS = {"周": 7, "星期": 7, "天": 1, "日": 1, "工作日": 1, "月": 30}


def talk(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What a page of interviews gives: days of notice, minutes, working days for what was not answered on the spot."""
    text = page.text
    length, follow = _LENGTH.search(text), _FOLLOW.search(text)
    minutes = None
    if length:
        minutes = 30 if length[1] == "半" else count(length[1]) * (60 if length[2] == "小时" else 1)
    return {
        "event_date": shown(held_on(page)),
        "notice_lead_days": _lead(text),
        "duration_min": minutes,
        "followup_workdays": count(follow[1]) if follow else None,
    }, []


def _lead(text: str) -> int | None:
    """How many days ahead an interview is announced: the number before the announcement, not that of another step.

    >>> _lead("访谈前15天报送方案,提前3天发布预告"), _lead("活动开始一周前,在网站公告主题")
    (3, 7)
    """
    found = list(_LEAD.finditer(text))
    for at, match in enumerate(found):
        until = min(match.end() + 40, found[at + 1].start() if at + 1 < len(found) else len(text))
        if _ANNOUNCED.search(text[match.end() : until].split("。")[0]):
            number, unit = (group for group in match.groups() if group)
            return 15 if number == "半" else count(number) * _DAYS[unit]
    return None


_HOUR_AFTER = re.compile(r"\s?(上午|早上|中午|下午|晚上|晚|凌晨)?\s?(\d{1,2})[:时点](\d{2})?")
_DAY_ONLY = re.compile(r"(?<![\d月])(\d{1,2})[日号](?=[,上下晚凌中午有起早])")
_HOUR = re.compile(r"\s?(?:\d\d:)?(上午|早上|中午|下午|晚上|晚|凌晨)?\s?(\d{1,2})[:时点](\d{2})?")


def opinion(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """When something came up on the net, when it was answered, and how many hours that took at most."""
    text, online = page.text, put_online(page)
    responded_on = _own_day(text) or _told_on(text) or online
    responded = _with_hour(text, responded_on)
    detected = _detected(page, responded_on)
    hours = kept = None
    if detected and responded and _day(detected) <= _day(responded):
        hours, kept = (
            timeliness.opinion_hours(detected, responded)[1],
            timeliness.opinion_kept(detected, responded),
        )
    return {
        "detected": detected.isoformat() if detected else None,
        "responded": responded.isoformat() if responded else None,
        "hours_max": hours,
        "kept": kept,
    }, []


def _own_day(text: str) -> date | None:
    """The day of the signature; one in brackets behind it is that of a platform that copied the page."""
    return signed(Page("", re.sub(r"\([^()]{0,12}转[载发][^()]{0,20}\)", "", text), ""))


_TOLD = re.compile(r"(?:(?!网[民友上络传]|流传|有人)[^。;\n]){0,40}?(?:发布|通报|回应|公布|声明|发文|辟谣|澄清)")


def _told_on(text: str) -> date | None:
    """The last day of which the text says that something was published on it."""
    return next((day.on for day in reversed(days(text)) if _TOLD.match(text[day.end : day.end + 48])), None)


def _day(when: datetime | date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _with_hour(text: str, on: date | None) -> datetime | date | None:
    """The last mention of a day, with its hour where one is printed."""
    for day in reversed(days(text)):
        hour = _HOUR_AFTER.match(text, day.end) if day.on == on else None
        stamped = hour is not None and day.whole and re.match(r"\s\d{1,2}:\d\d", text[day.end : day.end + 8])
        last = hour is not None and day.whole and not text[hour.end() :].strip("分许 。")
        if on and hour and (stamped or last or _TOLD.match(text[day.end : day.end + 48])):
            return _at(on, hour[1], hour[2], hour[3])
    return on


def _at(on: date, half: str | None, hour: str, minute: str | None) -> datetime | date:
    hours, minutes = int(hour) + 12 * (half in ("下午", "晚上", "晚") and int(hour) < 12), int(minute or 0)
    return datetime.combine(on, time(hours, minutes)) if hours < 24 and minutes < 60 else on


def _detected(page: Page, responded: date | None) -> datetime | date | None:
    text = page.text
    stamp = re.match(r"[^。]{0,40}?\d{1,2}:\d\d(?::\d\d)?\s?。", text)
    for day in days(text, responded):
        if stamp and day.start < stamp.end():
            continue
        if re.search(r"发布(?:日期|时间)[::\s]{0,3}\Z", text[: day.start][-8:]):
            continue
        if re.match(r"\s?[^。;]{0,30}?[^\s。;)(]", text[day.end : day.end + 30]) and day.end < len(text) - 12:
            hour = _HOUR.match(text, day.end)
            return _at(day.on, hour[1], hour[2], hour[3]) if hour else day.on
        break
    if responded and (only := _DAY_ONLY.search(text)):
        return valid(responded.year, responded.month, int(only[1]))
    return None
