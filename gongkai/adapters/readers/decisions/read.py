"""读一页重大行政决策:``gongkai decisions check``。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ..pages import masks, period
from ..pages.agency import agency
from ..pages.channels import channels
from ..pages.counting import NUMBER, count
from ..pages.days import days, of_page, put_online, shown, signed
from ..pages.text import Page, page
from . import catalogue, consultation, feedback, hearing, kinds

_MEETING = re.compile(
    rf"(?:第|届第?)\s?({NUMBER})\s?次[^。;,]{{0,16}}?(?:会议|常务会|全会|政府会)|(?:会议|常务会)\s?\(?第\s?({NUMBER})\s?次"
)
_DEPARTMENTS = re.compile(
    r"各(?:部门|单位|镇街|镇|村|办|乡镇|街道|有关|委办局|科室|直属)|区直|市直|县直|镇属|报送单位|[前日](?:将|把)?[^。;]{0,40}报[^。;]{0,12}(?:办|局|科|处|室|厅)"
)
#: 对谁都说的文种。
_TO_ALL = re.compile(r"(?:公告|通告|启事)\Z")
_PUBLIC = re.compile(
    r"公示|公开征求|社会|公众|公民|市民|群众|网友|网民|居民|个人|在线表单|公开征集|组织和|法人和其他组织"
)


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a page (``title``, ``text``, ``url``) by its kind, and ``violations`` with the words they rest on."""
    read = page(row)
    kind = kinds.kind(read)
    online, own = put_online(read), signed(read)
    found: dict[str, Any] = {
        "kind": kind,
        "agency": agency(read),
        "issued": shown(own),
        "published": shown(online),
    }
    faults: list[tuple[str, str]] = []
    span = _period(read, kind, online or own)
    if kind in (kinds.NOTICE, kinds.CALL, kinds.FEEDBACK):
        found |= consultation.facts(span, read.text) | {"channels": channels(read.text)}
        to_offices = kind == kinds.CALL and _who(read) == "部门"
        faults += consultation.faults(read, kind, span, online or own, to_offices=to_offices)
    if kind == kinds.FEEDBACK:
        counts = feedback.counts(read.text)
        found["feedback_published"] = shown(online or own)
        found["counts"] = counts.facts()
        found["counts_consistent"] = feedback.consistent(read.text, counts)
        found["reasons_present"] = feedback.reasons(read.text, counts)
        faults += feedback.faults(read.text, counts)
    found["doc_no"] = catalogue.number(read)
    if kind in (kinds.CALL, kinds.LIST, kinds.RESULT, kinds.MEETING):
        found["year"] = catalogue.year(read)
    if kind == kinds.LIST:
        found["meeting"] = _meeting(read, kind, online or own)
        found["party_consent_stated"] = catalogue.party_consent(read)
        faults += catalogue.faults(read, found["year"], online, own)
    if kind == kinds.CALL:
        found["who_may_submit"] = _who(read)
        faults += catalogue.wrong_numbers(read)
        if found["who_may_submit"] == "部门":
            faults.append(("CAT-NO-PUBLIC", "部门"))
    if kind == kinds.HEARING:
        heard = hearing.read(read)
        found["hearing"] = heard.facts()
        faults += hearing.faults(read, heard)
    if kind in (kinds.RESULT, kinds.MEETING):
        found["meeting"] = meeting = _meeting(read, kind, online or own)
        if kind == kinds.MEETING:
            found["channels"] = channels(read.text)
        if kind == kinds.RESULT and meeting["no"] is not None and meeting["date"] is None:
            faults.append(("DEC-MEETDATE", f"第{meeting['no']}次"))
    if kind in (kinds.FEEDBACK, kinds.HEARING) and len(masks.styles(read.text)) > 1 | (
        "middle" in masks.styles(read.text)
    ):
        faults.append(("PI-MASK", ""))
    found["violations"] = [{"code": code, "quote": words} for code, words in faults]
    return found


def _period(read: Page, kind: str | None, noticed: date | None) -> period.Span | None:
    if kind not in (kinds.NOTICE, kinds.CALL, kinds.FEEDBACK):
        return None
    # 反馈页的发布日期不是开始日
    return period.public(read.text, noticed, opens=kind != kinds.FEEDBACK)


def _who(read: Page) -> str | None:
    if _PUBLIC.search(read.whole):
        return "公众"
    if _DEPARTMENTS.search(read.whole):
        return "部门"
    return "公众" if _TO_ALL.search(read.title) else None


def _meeting(read: Page, kind: str, noticed: date | None) -> dict[str, Any]:
    """Number and date of the meeting that decided, or that is open to others."""
    numbered = _MEETING.search(read.whole)
    if kind != kinds.MEETING and not numbered:
        return {"no": None, "date": None}
    return {
        "no": count(numbered[1] or numbered[2]) if numbered else None,
        "date": shown(_met(read, kind, noticed, numbered)),
    }


def _met(read: Page, kind: str, noticed: date | None, numbered: re.Match[str] | None) -> date | None:
    for day in days(read.text, noticed):
        if of_page(read.text, day):
            continue
        before, after = read.text[max(0, day.start - 20) : day.start], read.text[day.end : day.end + 50]
        if re.match(r"(?:(?!20\d\d[年/-])[^。;\n]){0,46}?第\s?\S{1,5}\s?次|[^。;\n]{0,24}(?:召开|主持)", after):
            return day.on
        if numbered and re.search(r"次[^。;]{0,12}(?:会议|会)\(?\s?[于在]?\s?\Z", before):
            return day.on
        if kind == kinds.MEETING and not re.search(r"即日|截止|报名|发布|印发|至\s?\Z|\d\s?\Z", before):
            return day.on
    return None
