"""来信:一封的答复,一月一季的统计,和须知里写的期限。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gongkai.law import timeliness

from ..pages.counting import NUMBER, count, parts
from ..pages.days import published, shown
from ..pages.text import Page, sentences
from . import letter_days

SOON = re.compile(
    r"(?<!请)(?<!请您)(?:尽快|第一时间(?!赶|到|联系|与|派|安排|组织|前往|响应|核[实查])|(?:条件|时机)(?:具备|成熟|允许)(?:后|时|的?情况下)|尽早|早日|适时|抓紧|择期|择日|择机|定期|(?:力争|争取|力求)(?=[^。;,]{0,16}(?:解决|完成|恢复|修复|落实|改善|整改|到位))|近期(?=[内将])|[拟将于在]近期|[拟将于在]近日)"
)
DEADLINE = re.compile(
    rf"\d{{1,2}}月|月底|月末|年底|年内|月内|周内|季度|\d{{1,2}}[日号]前|{NUMBER}\s?(?:个)?(?:工作日|天|日|周|星期|小时)(?:之?内|左右)|本[周月]|下[周月]|明天|今天|明年|春节前|国庆前|汛期前"
)
_CLOSED_NOW = re.compile(r"已(?:修复|恢复|解决|整改到位|处理完毕|办结|完成)")
_WAY = {
    "短信": r"短信",
    "电话": r"电话|来电|致电|手机(?!短信)",
    "邮件": r"邮件|邮箱",
    "书面": r"书面|纸质",
    "上门": r"上门|当面",
}
_REFUSED = re.compile(r"(?:不用|不要|不必|无需|请勿|勿|不需要|不接受|别)(?:再)?(?:打|用|通过)?([^。;,]{0,4})")
_ASKED = re.compile(
    r"(?:请|希望|直接|麻烦|要求|最好|需要?|以|用|通过)[^。;,]{0,8}?(短信|电话|邮件|书面|上门)[^。;,]{0,8}?(?:告知|回复|答复|联系|通知|反馈)|[发寄][到至给]?[^。;,]{0,6}(短信|邮件|邮箱|书面)|(?<![不别勿])(?<!不要)(?<!不用)打(?:我|本人|到|这个|个)?[^。;,]{0,3}(手机|电话)"
)
_USED = re.compile(
    r"(?:通过|致电|以|用|拨打|电话|短信|上门|当面)[^。;,]{0,14}(?:联系|告知|反馈|回复|答复|沟通|解释|说明|向您|与您|回访|发送|发给|寄送|寄给)"
)
_TYPE = re.compile(
    r"(?:信件|诉求|来信|留言|问题|事项)?(?:类型|类别|性质|目的)[::\s]{0,3}(咨询|建议|求助|求决|投诉|举报)"
)


def reply(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The dates of one letter, whether it was answered in time, and what is wrong with its answer."""
    submitted, replied = letter_days.dates(page)
    typed = _TYPE.search(page.whole)
    kept = (
        timeliness.letter_kept(typed[1].replace("求决", "求助") if typed else None, submitted, replied)
        if submitted and replied
        else None
    )
    faults = [] if submitted else [("NO-SUBMIT-DATE", "")]
    faults += [] if replied else [("NO-REPLY-DATE", "")]
    asked, answer = _parted(page.text)
    if not _CLOSED_NOW.search(answer):
        faults += [("REPLY-NODATE", words) for words in vague(answer)][:1]
    if words := _other_way(asked, answer):
        faults.append(("CONTACT-PREF", words))
    return {"submitted": shown(submitted), "replied": shown(replied), "kept": kept}, faults


def vague(text: str) -> Iterator[str]:
    """Sentences that promise without a day (尽快、定期)."""
    for sentence in sentences(text):
        if SOON.search(sentence) and not DEADLINE.search(sentence):
            yield sentence[:40]


def _parted(text: str) -> tuple[str, str]:
    """What was asked and what was answered."""
    start = letter_days.ANSWER.search(text)
    return (text[: start.start()], text[start.end() :]) if start else (text, text)


def _other_way(asked: str, answer: str) -> str | None:
    refused = " ".join(match[1] for match in _REFUSED.finditer(asked))
    wanted = {
        (match[1] or match[2] or match[3]).replace("邮箱", "邮件").replace("手机", "电话")
        for match in _ASKED.finditer(re.sub(_REFUSED, "", asked))
    }
    for used in _USED.findall(answer):
        for way, words in _WAY.items():
            if re.search(words, used) and (re.search(words, refused) or (wanted and way not in wanted)):
                return str(used)
    return None


_PERIOD = re.compile(
    r"(?:(20\d\d)\s?年)?\s?(?:第?([一二三四1-4])季度|(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!\d|\d日)|(上|下)半年)|(20\d\d)\s?年度?"
)
_PASSED_OVER = re.compile(r"累计|今年以来|同比|环比|去年|上[月年]|历史")
_UNITS = r"(?:件|条|封|个|份|次|人次|项|宗|例)"
_GOT = re.compile(
    rf"(?:收到|受理|接收|接到|接听|呼入|承办|承接|接办|接件|来件|收件|收信|办件|诉求|收|来信|留言|来电|登记)[^。;,0-9]{{0,24}}?(?:共|总计|合计)?({NUMBER})\s?{_UNITS}"
)
_CLOSED = re.compile(
    rf"(?:已?办结|办毕|办复|结案|办理完毕|处理完毕|回复完毕)[^。;,0-9率]{{0,12}}({NUMBER})\s?{_UNITS}"
)
_ALL_CLOSED = re.compile(r"(?:全部|均|都|全)(?:已)?(?:按期|按时|及时)?(?:办结|答复|回复|办理完毕|处理完毕)")
_ANSWERED = re.compile(
    rf"(?:(?:处理)?(?:答复|回复)|(?:已)?(?:办理|处理|处置))[^。;,0-9率]{{0,12}}({NUMBER})\s?{_UNITS}"
)
_OPEN = re.compile(
    rf"({NUMBER})\s?{_UNITS}(?:正在|在办|尚在|未办结|待)|(?:正在(?:办理|处理)(?:中)?|在办|未办结)[^。;,0-9]{{0,6}}({NUMBER})\s?{_UNITS}"
)
_KIND = re.compile(
    rf"(?:(投诉举报|举报投诉|咨询投诉|意见建议|建议意见|咨询求助|求助求决|咨询|投诉|举报|求助|建议|建言献策|意见|感谢|表扬|求决|建言|献策|反馈|其他|其它|信访|申诉|批评|反映问题|纠错)(?:类)?|(?:(?<=[,、:;\s中为是])|^)(?!其中|主要|分别)([一-龥]{{2,6}}?)类)(?:信件|留言|来信|事项|问题|诉求)?[::]?\s?({NUMBER})(?:\s?{_UNITS}|(?=[,、。;)]|\Z))"
)
_VALID = re.compile(rf"有效[^。;,0-9]{{0,8}}({NUMBER})\s?{_UNITS}")
_RATE = re.compile(
    r"(?<![按准及如]时)(?<![按如]期)(?:办结|答复|回复|办理|处理)[^。;,0-9]{0,4}率[^0-9。;,]{0,6}(\d{1,3}(?:\.\d{1,4})?)%"
)


def statistics(page: Page) -> dict[str, Any]:
    """The figures of a month or quarter and whether they agree."""
    kept = (part for part in re.split(r"(?<=[。;,\n])", page.text) if not _PASSED_OVER.search(part))
    text = _counted("".join(kept) or page.text)
    received = max(_all(_GOT, text), default=None)
    closed = max((n for n in _all(_CLOSED, text) if received is None or n <= received), default=None)
    answered = max((n for n in _all(_ANSWERED, text) if received is None or n <= received), default=None)
    kinds = {match[1] or match[2]: count(match[3]) for match in _KIND.finditer(text)}
    kinds = _divided(text, received) or (kinds if len(kinds) > 1 else {})
    if received is not None and closed is None and _ALL_CLOSED.search(text):
        closed = received
    return {
        "period": _period(page),
        "received": received,
        "closed": closed,
        "answered": answered,
        "by_type": kinds,
        "consistent": _agree(text, received, closed if closed is not None else answered, kinds),
    }


_PER_TABLE = re.compile(r"单位[:为]\s?(件|封|条|个|次|人次)|\((件|封|条|个)\)")
_BARE_NUMBER = re.compile(r"(?<=[一-龥:|\s])(\d{1,6})(?=[\s,、;。|]|\Z)")


def _counted(text: str) -> str:
    """The text of a table that names its unit once, with the unit behind each bare number.

    >>> _counted("单位:件。受理154 办结149")
    '单位:件。受理154件 办结149件'
    """
    unit = _PER_TABLE.search(text)
    return _BARE_NUMBER.sub(rf"\g<1>{unit[1] or unit[2]}", text) if unit else text


def _divided(text: str, received: int | None) -> dict[str, int]:
    """What “其中” divides the whole into, where it makes the whole and at least one part is a kind of letter."""
    for match in re.finditer(r"其中[::,]?([^。;]{4,160})", text):
        found = {
            re.sub(r"\A[和及]|类?(?:事项|信件|留言|来信|问题|诉求|件)?\Z", "", name): number
            for name, number in parts(match[1])
        }
        if len(found) > 1 and sum(found.values()) == received and any(_KIND_NAMED.search(name) for name in found):
            return found
    return {}


_KIND_NAMED = re.compile(r"咨询|投诉|求助|建议|举报|表扬|感谢")


def _all(pattern: re.Pattern[str], text: str) -> list[int]:
    return [count(next(group for group in found.groups() if group)) for found in pattern.finditer(text)]


#: 连着几个月的,是一季或者半年。
_MONTHS = {
    ("1", "3"): "Q1",
    ("4", "6"): "Q2",
    ("7", "9"): "Q3",
    ("10", "12"): "Q4",
    ("1", "6"): "H1",
    ("7", "12"): "H2",
}
_SEVERAL = re.compile(r"(20\d\d)\s?年\s?(\d{1,2})月?\s?[-至到]\s?(\d{1,2})月")


def _period(page: Page) -> str | None:
    several = _SEVERAL.search(page.title)
    if several and (span := _MONTHS.get((several[2], several[3]))):
        return several[1] + span
    for text in (page.title, page.text):
        found = _PERIOD.search(text)
        if not found:
            continue
        if found[5]:
            return found[5]
        month = count(found[3]) if found[3] else None
        year = _year(page, found[1], month)
        if year is None or (month is not None and not 1 <= month <= 12):
            return None
        if month:
            return f"{year}-{month:02}"
        return f"{year}Q{count(found[2])}" if found[2] else f"{year}H{1 if found[4] == '上' else 2}"
    return None


def _year(page: Page, written: str | None, month: int | None) -> int | None:
    """The year of a month or quarter: beside it, in the title, else that of the page (or the year before)."""
    if written:
        return int(written)
    if titled := re.search(r"(20\d\d)\s?年", page.title):
        return int(titled[1])
    if month and (told := re.search(rf"(20\d\d)\s?年\s?0?{month}\s?月", page.text)):
        return int(told[1])
    on = published(page)
    return on.year - (month is not None and month > on.month) if on else None


def _agree(text: str, received: int | None, done: int | None, kinds: dict[str, int]) -> bool | None:
    if received is None:
        return None
    checks = []
    if kinds:
        checks.append(sum(kinds.values()) in (received, done, *_all(_VALID, text)))
    if done is not None and (still := _all(_OPEN, text)):
        checks.append(done + still[0] == received)
    if done is not None and (rate := _RATE.search(text)) and received:
        unit = 10.0 ** -len(rate[1].partition(".")[2])
        checks.append(
            any(abs(done / base * 100 - float(rate[1])) < unit for base in (received, *_all(_VALID, text)))
        )
    if done is not None and not checks:
        checks.append(done <= received)
    return all(checks) if checks else None


_LIMIT = re.compile(rf"(?<!月)({NUMBER})\s?个?(工作日|自然日|日历日|日|天)(?![起前发常])")
_NOT_LIMIT = re.compile(r"保存|保留|删除|显示|展示|公示|留存|撤下|月\d|查询码|试行|节假日期间")
_NAMES = re.compile(r"咨询|求助|建议|投诉|举报|信访|较?复杂|疑难|延长|延期|受理|一般|简单|特殊|紧急")
_KEPT_SHORT = re.compile(
    rf"(?:保存|保留|留存|存储)[^。;]{{0,16}}?{NUMBER}\s?个?(?:月|天|日)[^。;]{{0,24}}|(?:{NUMBER}\s?个?(?:月|天|日)|半年)[^。;]{{0,12}}(?:自动)?(?:删除|清除|清理|移除|撤下|不再保留)|(?:满|超过|逾)\s?(?:一年|1年)[^。;]{{0,12}}(?:删除|清除|清理|移除|不再保留)"
)
_CONSENT = re.compile(
    r"同意公开[^。]{0,30}?公开[^。;]{0,8}(?:个人信息|姓名|身份|联系方式)|(?:公开|公布)[^。;]{0,8}个人信息[^。;]{0,10}同意"
    r"|同意(?!(?:另行|分别|单独))[^。;不]{0,24}(?:个人信息|姓名|身份|联系方式|手机|电话|住址)[^。;不]{0,18}(?:公开|公布)(?!的?(?:范围|与否))"
    r"|同意[^。;不]{0,16}(?:公开|公布|公示)[^。;不]{0,8}(?:个人信息|姓名|身份|联系方式|手机|电话|住址)"
    r"|(?:默认|一律|均)(?:予以)?(?:公开|公布)[^。;,]{0,12}(?:姓名|身份|联系方式|个人信息)"
)
_IDENTITY = re.compile(
    r"(?:公民)?身份(?:证(?:件)?(?:(?:[、和及][一-龥]{2,6}){0,3}(?:等)?(?:原件[及和、])?(?:正、?反面|双面)?(?:号码?|复印件|照片|扫描件))|号码)"
)


_WARNS = re.compile(r"(?:请勿|切勿|勿|不要|不得|不必|无需|不需要?|严禁|避免|隐去|屏蔽|遮挡)[^,;]{0,24}\Z")


def rules(page: Page) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The limits that a page of rules gives, and what in it cannot stand."""
    limits: dict[str, list[Any]] = {}
    for clause in re.split(r"[。;,\n]", page.text):
        if _NOT_LIMIT.search(clause):
            continue
        for match in _LIMIT.finditer(clause):
            name = "、".join(dict.fromkeys(_NAMES.findall(clause[: match.end()]))) or "一般"
            unit = "工作日" if match[2] == "工作日" else "自然日"
            limits[name if name not in limits else f"{name}{len(limits)}"] = [count(match[1]), unit]
    faults = []
    if kept := _KEPT_SHORT.search(page.text):
        faults.append(("RETENTION", kept[0]))
    if consent := _CONSENT.search(page.text):
        faults.append(("PI-CONSENT", consent[0]))
    if asked := asks_identity(page.text):
        faults.append(("PI-EXCESS", asked))
    if old := timeliness.outdated(page.whole, published(page)):
        faults.append(("RULE-OUTDATED", old))
    return {"limits": limits}, faults


def asks_identity(text: str) -> str | None:
    """The words by which an identity number is asked for; to show the card at the door is another thing."""
    asked = (
        found
        for sentence in sentences(text)
        for found in _IDENTITY.finditer(sentence)
        if not _WARNS.search(sentence[: found.start()])
    )
    return next((found[0] for found in asked), None)
