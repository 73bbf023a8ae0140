"""一封来信的两个日子:哪天来的、哪天答的。有标签的照标签,没有的看挨着的话,再没有的看在答复前还是后。"""

from __future__ import annotations

import re
from datetime import date

from ..pages.days import Day, days, of_page
from ..pages.text import Page

_SUBMITTED = re.compile(
    r"(?:提问|提交|来信|来电|来件|来函|去信|留言|写信|发信|寄信|递交|反映|咨询|投诉|求助|建言|发帖|诉求|发布|问政|创建|信件)(?:(?:时间|日期)[::\s]{0,4}|[::]\s?)\Z"
)
#: 没有写提交的,收到、受理的那天代替。
_TAKEN_IN = re.compile(r"(?:登记|受理|收到|收件|收信|接收|接件)(?:时间|日期)[::\s]{0,4}\Z")
#: 只写“时间”的,是来信的。
_BARE = re.compile(r"(?:^|[\s;,|])(?:时间|日期)[::\s]{1,4}\Z")
#: 贴子一样的页:“发布人:李*　发布于 2021-09-13”。
_POSTED = re.compile(
    r"(?:发布|发帖|提问|留言)人[^\n。]{0,24}(?:发布|发表|提交)于[::\s]{0,3}\Z|(?:网友|市民|群众)[^\n。]{0,16}(?:发表|提交|留言|提问)于[::\s]{0,3}\Z"
)
_REPLIED = re.compile(
    r"(?:回复|答复|回信|复信|回函|办结|办理|办复|处理|处置|反馈|回访|办毕|结案)(?:(?:时间|日期)[::\s]{0,4}|[::]\s?)\Z"
)
#: 没有标签的:“网友于7月2日21:15在平台留言”“某局于7月4日回复”“网民留言(2023-04-11)”。
_WROTE = (
    re.compile(r"(?:留言|来信|提问|发帖|投诉|咨询|反映|写信)\s?[(\[]\s?\Z"),
    re.compile(
        r"[^。;\n]{0,24}?(?:留言|来信|提问|发帖|投诉|咨询|写信|(?<![您你])反映(?!的|情况|人))"
        r"|\s?[\d:]{0,9}[\])〕]?\s?(?:网[友民]|市民|群众|居民|[提写发][问信帖]人)[^。;\n:]{0,12}:"
    ),
)
_ANSWERED_ON = (
    re.compile(r"(?:回复|答复|回信|回音|(?:办理|处理|处置|反馈)(?:结果|情况|意见)?)\s?[(\[]\s?\Z"),
    re.compile(
        r"[^。;\n]{0,24}?(?:回复|答复|复信|回信|办复|书面告知|(?:联系|告知|致电|回访|反馈)[^。;\n]{0,4}(?:反映人|来信人|投诉人|咨询人|当事人|市民|网友))"
        r"|\s?[\d:]{0,9}[\])〕]?\s?[一-龥]{2,24}(?:局|委|办|中心|政府|街道|镇|乡|公司|部门|支队|大队|办事处|社区|派出所|[监供国]\S{0,3}所)\s?(?::|\)\s{0,3}(?:\Z|[。\n]))"
    ),
)
_DONE = re.compile(r"\s?\d{0,2}[:\d]{0,6}\s?,?(?:已(?:回复|答复|办结|处理)|回复|答复)")
ANSWER = re.compile(
    r"(?:回复|答复|回信|复信|反馈)(?:单位|内容|部门|机构|意见|情况|结果|如下)?[::]|(?:办理|处理|承办|办结|受理|处置)(?:单位|部门|机构|结果|情况|意见|内容)[::]"
    r"|(?:^|[。;?!\n\s])[答复][::]|[【\[][^【】\[\]]{0,12}(?:答复|回复|回信|处理结果|办理结果)[】\]]|(?:来信人|网友|市民|先生|女士|您)[^。;\n]{0,12}[::,]\s{0,4}您好|答复如下|回复如下"
)


def dates(page: Page) -> tuple[date | None, date | None]:
    """The day a letter came and the day it was answered; None for one that the page does not print."""
    text = page.text
    every = days(text)
    found = [day for day in every if day.whole]
    submitted = _labelled(_SUBMITTED, text, found)
    replied = _labelled(_REPLIED, text, found)
    # 标着来信的日子不会又是答复的日子
    others = [day for day in found if not _SUBMITTED.search(text[: day.start][-14:])]
    replied = replied or _answered(text, others)
    replied = replied or next((day.on for day in every if _said(text, day, _ANSWERED_ON, _WROTE)), None)
    submitted = submitted or next((day.on for day in found if _POSTED.search(text[: day.start][-48:])), None)
    submitted = submitted or next((day.on for day in found if _BARE.search(text[: day.start][-8:])), None)
    submitted = submitted or next((day.on for day in found if _said(text, day, _WROTE, _ANSWERED_ON)), None)
    submitted = submitted or _ends_the_letter(text, found) or _stamped(text, found)
    submitted = submitted or _labelled(_TAKEN_IN, text, found)
    replied = replied or _signed_after(text, others, submitted)
    if submitted is None and replied is None and len(found) == _BOTH and found[0].on <= found[1].on:
        return _either_side(text, found)
    return submitted, replied


#: 没有别的日子,一头一个。
_BOTH = 2


def _either_side(text: str, found: list[Day]) -> tuple[date | None, date | None]:
    """Two whole dates without a label, one on either side of where the answer begins."""
    start = _HANDED_BACK.search(text)
    first, second = found
    between = start and first.end <= start.start() < second.end + _NEAR
    return (first.on, second.on) if between and not of_page(text, first) else (None, None)


#: 答复从这里起;日子可以写在后面几个字里。
_HANDED_BACK = re.compile(
    r"回复|答复|回信|回音|复信|[办处]理(?:结果|情况|意见)|反馈|管理员|[一-龥]{2,12}(?:局|委|办|中心|政府)[::]"
)
_NEAR = 12


def _labelled(label: re.Pattern[str], text: str, found: list[Day]) -> date | None:
    """The first day that stands behind such a label."""
    return next((day.on for day in found if label.search(text[: day.start][-14:])), None)


#: 提交的时刻:日期后面带着几点几分,或者括号里说“提交”“留言”。
_STAMP = re.compile(r"\s{1,3}\d{1,2}:\d\d|\s?(?:提交|来信|留言|写信|发帖|提问)(?=[)\]])")


def _stamped(text: str, found: list[Day]) -> date | None:
    """The moment at which a letter without labels was sent: a date with its hour before the answer begins."""
    start = ANSWER.search(text)
    return next(
        (day.on for day in found if start and day.end <= start.start() and _STAMP.match(text, day.end)), None
    )


def _signed_after(text: str, found: list[Day], submitted: date | None) -> date | None:
    """The signature below an answer, maybe with the moment at which it was put on line behind it."""
    start = ANSWER.search(text)
    after = [day for day in found if start and day.start >= start.end() and day.on >= (submitted or day.on)]
    if stamped := next((day for day in after if submitted and _STAMP.match(text, day.end)), None):
        return stamped.on
    if after and not text[after[-1].end :].strip(" \n0123456789:。)分时秒"):
        return after[-1].on
    return None


def _ends_the_letter(text: str, found: list[Day]) -> date | None:
    """A date in brackets right before the answer begins: “……能否补办?(2024-06-03)答复:……”."""
    start = ANSWER.search(text)
    for day in found:
        if start and text[: day.start].endswith("(") and re.fullmatch(r"\)\s{0,4}", text[day.end : start.start()]):
            return day.on
    return None


def _said(text: str, day: Day, own: tuple[re.Pattern[str], ...], other: tuple[re.Pattern[str], ...]) -> bool:
    """Whether the words around a date say what happened on it, and not rather the other thing."""
    if own[0].search(text[: day.start][-8:]):
        return True
    after = text[day.end : day.end + 40]
    said, rather = own[1].match(after), other[1].match(after)
    led = re.search(r"(?:^|[于在。;,\n()\]\[〔局委办府心司队院校镇乡])\s?\Z", text[: day.start][-3:]) is not None
    alone = text[: day.start].endswith("(") and after.startswith(")")
    return led and not alone and said is not None and not (rather and rather.end() < said.end())


def _answered(text: str, found: list[Day]) -> date | None:
    """A time line (“15:04 已回复”), else the date that ends the answer."""
    done = re.search(r"(?<=[\d日分秒)])[\s,]{0,2}已(?:回复|答复|办结)", text)
    before = [day for day in found if done and day.end <= done.start()]
    if before:
        return before[-1].on
    start = ANSWER.search(text)
    after = [day for day in found if start and day.start >= start.end()]
    if after and re.fullmatch(r"[\s\d:.。)]{0,16}", text[after[-1].end : after[-1].end + 20]):
        return after[-1].on
    return None
