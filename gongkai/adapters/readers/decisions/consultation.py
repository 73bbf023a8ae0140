"""征求意见:起止、两种数法、自称的天数、途径,和不合程序的地方(条例第十五条)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gongkai.law import calendar, consultation
from gongkai.law.decisions.published import LAW_SINCE

from ..pages import period
from ..pages.channels import channels, claimed_only
from ..pages.days import days
from ..pages.period import Span
from ..pages.text import Page
from .feedback import counts
from .kinds import CALL, FEEDBACK, NOTICE

_NOT_A_DRAFT = re.compile(
    r"民生实事|为民办实事|民生项目|实事(?:项目|建议)|建议项目|立法(?:建议)?项目|好差评|征集选题|金点子"
)
_DRAFT = re.compile(r"意见稿|草案|草稿|讨论稿|送审稿")
_REASON = re.compile(
    r"情况紧急|时间紧[急迫]|(?:缩短|压缩)(?:征求|公示|公开|期限|时间)|(?:因|由于|鉴于)[^。;]{2,60}(?:缩短|压缩|期限为|时间为|急需|尽快|亟需|紧急)|为了?[^。;]{0,60}?(?:缩短|压缩|急需|尽快|亟需|紧急|赶在|确保[^。;]{2,20}前)|急需出台|亟需出台|亟待|紧急情况"
)
_BY_TELEPHONE = re.compile(
    r"(?:通过|以|采[取用])[^。;]{0,20}(?:电话|传真)|(?:可|可以|请|欢迎)(?:致电|来电|拨打|传真)|(?:反馈|提交|征集|收集|参与)(?:意见|建议)?(?:的)?(?:方式|途径|渠道|办法)?[::]\s?(?:联系)?(?:电话|传真)|(?:意见|建议|异议|反馈)[^。;]{0,12}(?:拨打|致电|来电|传真)|(?:拨打|致电|来电|传真(?:至|到|给))[^。;]{0,16}(?:意见|建议|异议|反映|反馈|提出|我|本)"
)
_SILENCE = re.compile(
    r"(?:逾期|过期|期满|到期|届时|未|不|没有|无|超期|超过)[^。;]{0,30}?(?:视为|视作|视同|视|默认|即为|作为|按|等同)[^。;]{0,10}?(?:同意|无意见|无异议|没有意见|无不同意见|认可|赞成|支持|没有异议|无修改意见)"
)


def facts(span: Span | None, text: str) -> dict[str, object]:
    """Start, end, both counts of days, and what the page claims."""
    claimed = next((number for number, working, _ in period.claims(text) if not working), None)
    if claimed is None:
        claimed = next((number for number, *_ in period.claims(text)), None)
    if span is None:
        return {"claimed_days": claimed}
    both = consultation.Period(span.start, span.end) if span.start else None
    return {
        "start": span.start.isoformat() if span.start else None,
        "end": span.end.isoformat(),
        "claimed_days": claimed,
        "days_first_day_excluded": both.excluded if both else None,
        "days_first_day_included": both.included if both else None,
    }


def faults(
    page: Page, kind: str | None, span: Span | None, online: date | None, *, to_offices: bool = False
) -> Iterator[tuple[str, str]]:
    """Codes and words of what is wrong with a consultation; the silence of offices (``to_offices``) is no citizen's."""
    if span and span.start and kind in (NOTICE, FEEDBACK, CALL):
        yield from _length(page, kind, span, span.start)
        if kind != FEEDBACK and online and span.start < online <= span.end:
            yield "START-BEFORE-PUBLISH", f"{span.start}、{online}"
    if kind == FEEDBACK and span and (other := _conflicting(page.text, span)):
        yield "FB-DATE-CONFLICT", other
    if kind in (NOTICE, CALL):
        yield from _ways(page.text)
    if (silence := _SILENCE.search(page.text)) and not to_offices:
        yield "SILENCE-CONSENT", silence[0]


def _length(page: Page, kind: str | None, span: Span, start: date) -> Iterator[tuple[str, str]]:
    found = consultation.Period(start, span.end)
    for claimed, working, words in period.claims(page.text):
        at = page.text.find(words)
        least = re.search(r"不少于|至少|一般", page.text[:at][-6:]) or "以上" in page.text[at:][: len(words) + 4]
        said = _workdays(start, span.end) if working else (found.excluded, found.included)
        if not (least or kind == CALL or claimed in said):
            yield "DAYS-CLAIM-MISMATCH", words
            break
    draft = _DRAFT.search(page.whole) or re.search(r"目录[^,。]{0,12}征求意见", page.title)
    owed = draft if kind == CALL else not _NOT_A_DRAFT.search(page.title)
    if not owed or start < LAW_SINCE:
        return
    nobody = kind == FEEDBACK and counts(page.text).received == 0  # 没有人提意见的,反馈页不再追究长短
    if nobody:
        return
    enough = consultation.sufficiency(found)
    if enough is consultation.Sufficiency.BOUNDARY:
        yield "P30-BOUNDARY", f"{start}、{span.end}"
    elif enough is consultation.Sufficiency.SHORT and kind != CALL and not _REASON.search(page.text):
        yield "P30-SHORT-NOREASON", f"{start}、{span.end}"


def _workdays(start: date, end: date) -> tuple[int, int]:
    """Working days of a period, without and with its first day."""
    after = calendar.between(start, end, provisional=True)
    return after, after + calendar.is_workday(start, provisional=True)


def _conflicting(text: str, span: Span) -> str | None:
    """Another period that the text gives for the same public consultation."""
    for other in period.spans(text):
        overlaps = other.start and span.start and other.start <= span.end and span.start <= other.end
        if overlaps and (other.start, other.end) != (span.start, span.end) and not period.inside(text, other):
            return f"{other.start}至{other.end}、{span.start}至{span.end}"
    ended = sorted({day.on for day in days(text) if _ENDED.match(text, day.end)})
    if len(ended) > 1 and not _LONGER.search(text):
        return "、".join(map(str, ended))
    return None


_ENDED = re.compile(r"\s?(?:\d{1,2}[:时点]\d{0,2}分?)?\s?(?:结束|截止|期满|届满)")
_LONGER = re.compile(r"延[长期]|顺延|再次|第[二两]次|二次|[两二]轮")


def _ways(text: str) -> Iterator[tuple[str, str]]:
    if lacking := claimed_only(text):
        yield "CHANNEL-CLAIM", "、".join(lacking)
    found = set(channels(text))
    if found & {"浙政钉", "协同办公平台"}:
        yield "CHANNEL-INTERNAL", "、".join(sorted(found))
    elif found == {"电话", "传真"} or (found and found <= {"电话", "传真"} and _BY_TELEPHONE.search(text)):
        yield "CHANNEL-ONLINE", "、".join(sorted(found))
