"""前后一致不一致:日期的先后,文号的写法、唯一和连续,正文里写的同要素栏里填的。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import Max

from gongkai.adapters.paper import signature
from gongkai.law import disclosure, docnumber
from gongkai.law.errors import LawError
from gongkai.law.marks import titled
from gongkai.law.openness import Openness

from .. import types
from ..models import Edition, Record
from ..stated import stated_by
from ..terms import RelationKind
from .check import Check, Severity

_NOTE = re.compile(r"[（(]\s*此件\s*(主动公开|公开发布|依申请公开|不予公开|不公开|删减后公开)\s*[）)]")
_OPEN_NOTES = {"主动公开", "公开发布", "删减后公开"}
_ANNEX = re.compile(r"^附件[:：\s]*\d?[.．、]?\s*\S", re.M)


def dates(edition: Edition, on: date) -> Iterator[Check]:
    """成文 ≤ 发布,施行 ≤ 有效期至,成文 ≤ 有效期至。"""
    findings = disclosure.check_dates(
        made_on=edition.made_on,
        published_on=edition.first_published_on or on,
        effective_on=edition.effective_on,
        expires_on=edition.expires_on,
    )
    for finding in findings:
        yield Check(Severity.WARN, "dates", f"{finding.what}。", finding.source, finding.fix, "made_on")
    if edition.expires_on and edition.expires_on < on:
        yield Check(
            Severity.WARN,
            "expired",
            f"有效期至{edition.expires_on}，已经届满。",
            fix="公开后会标为失效。",
            field="expires_on",
        )
    yield from _term(edition)
    ended = edition.record.agency.ended_on
    if edition.made_on and ended and edition.made_on >= ended:
        yield Check(
            Severity.WARN,
            "agency-ended",
            f"成文日期{edition.made_on}在{edition.record.agency}撤并（{ended}）之后。",
            fix="请核对发布机构和成文日期。",
            field="made_on",
        )


def _term(edition: Edition) -> Iterator[Check]:
    """正文写明的有效期,同要素栏填的比。"""
    stated = stated_by(edition, edition.record)
    if stated is None or stated.last == edition.expires_on:
        return
    if edition.expires_on is None:
        yield Check(
            Severity.WARN,
            "term-missing",
            f"正文写明有效期到{stated.last}，要素栏没有填，将按正文登记。",
            fix=f"请填有效期至{stated.last}；另文延长了的，填延长以后的日期并写明依据。",
            field="expires_on",
            excerpt=stated.quote[-80:],
        )
        return
    yield Check(
        Severity.WARN,
        "term-differs",
        f"正文写明有效期到{stated.last}，要素栏填的是{edition.expires_on}。",
        fix="请核对；同正文不一样的，要有另行延长或者缩短的文件，并写明依据。",
        field="expires_on",
        excerpt=stated.quote[-80:],
    )


def due(edition: Edition, on: date) -> Iterator[Check]:
    """离最迟公开日还有多久;过了说过了。"""
    record = edition.record
    if record.published_at or edition.first_published_on or not edition.made_on:
        return
    if edition.openness != Openness.ACTIVE:
        return
    try:
        answer = disclosure.publication_due(edition.made_on, record.type, provisional=True)
    except LawError:
        return
    note = "（放假通知尚未发布，按周末和法定节日推定）" if answer.provisional else ""
    if on > answer.due:
        yield Check(
            Severity.WARN, "late", f"最迟应于{answer.due}公开，已经过期{note}。", answer.source, "请尽快办理。"
        )
    else:
        yield Check(Severity.INFO, "due", f"最迟应于{answer.due}公开{note}。", answer.source)


def number(edition: Edition, on: date) -> Iterator[Check]:
    """文号:写法、机关代字、年份、唯一、连续。都只是提示。"""
    if not edition.doc_number:
        return
    try:
        read = docnumber.normalise(edition.doc_number)
    except LawError as error:
        yield Check(
            Severity.WARN,
            "number-form",
            f"{error.what}。",
            error.source,
            error.fix,
            "doc_number",
            edition.doc_number,
        )
        return
    if read.text != edition.doc_number:
        yield Check(
            Severity.WARN,
            "number-form",
            f"文号写法不规范，宜写作“{read.text}”。",
            "《公文格式》",
            "请改写。",
            "doc_number",
            edition.doc_number,
        )
    codes = edition.record.agency.number_codes
    if codes and read.code not in codes:
        yield Check(
            Severity.WARN,
            "number-code",
            f"“{read.code}”不在{edition.record.agency}的机关代字里。",
            fix=f"本单位的代字是{'、'.join(codes)}；联合行文用主办机关的字号。",
            field="doc_number",
        )
    if read.year and edition.made_on and read.year != edition.made_on.year:
        yield Check(
            Severity.WARN,
            "number-year",
            f"文号是{read.year}年的，成文日期是{edition.made_on.year}年的。",
            fix="请核对文号和成文日期。",
            field="doc_number",
        )
    yield from _sequence(edition, read)


def _sequence(edition: Edition, read: docnumber.DocNumber) -> Iterator[Check]:
    book = Record.objects.filter(number_code=read.code, number_year=read.year).exclude(pk=edition.record_id)
    same = book.filter(number_seq=read.seq)  # 3-1号和3-2号不是重号
    if other := next((one for one in same if _canonical(one.doc_number) == read.text), None):
        yield Check(
            Severity.WARN,
            "number-twice",
            f"文号{read.text}已经用于{titled(other.title)}（{other.index_number}）。",
            fix="请核对是不是重号，或者同一份文件录了两遍。",
            field="doc_number",
        )
        return
    last = book.aggregate(last=Max("number_seq"))["last"]
    if read.year and last and read.seq > last + 1:
        skipped = f"{last + 1}号" if read.seq == last + 2 else f"{last + 1}号至{read.seq - 1}号"
        yield Check(
            Severity.INFO,
            "number-gap",
            f"本年“{read.code}”已录到{last}号，中间缺{skipped}。",
            fix="缺的可能不公开，请人工核对。",
            field="doc_number",
        )


def text_against_elements(edition: Edition, on: date) -> Iterator[Check]:
    """正文里单独成行的文号、落款的机关和日期、公开属性附注,同要素栏比。"""
    for line in edition.text.split("\n")[:12]:
        try:
            written = docnumber.normalise(line.strip("（）() \u3000"))
        except LawError:
            continue
        if edition.doc_number and written.text != _canonical(edition.doc_number):
            yield Check(
                Severity.WARN,
                "text-number",
                f"正文写的文号是“{written.text}”，要素栏填的是“{edition.doc_number}”。",
                fix="请核对。",
                field="doc_number",
                excerpt=line,
            )
        break
    signed = signature.signed_on(edition.text)
    if signed and edition.made_on and signed[0] != edition.made_on:
        yield Check(
            Severity.WARN,
            "text-date",
            f"正文落款的日期是{signed[0]}，要素栏的成文日期是{edition.made_on}。",
            fix="请核对；会议通过的以通过日期为成文日期。",
            field="made_on",
            excerpt=signed[1],
        )
    if signer := signature.signer(edition.text):
        name = edition.text[slice(*signer)].strip()
        agency = edition.record.agency
        known = {agency.name, agency.short_name, *edition.issuers} - {""}
        if not any(name == one or name.endswith(one) or one.endswith(name) for one in known):
            yield Check(
                Severity.WARN,
                "text-agency",
                f"正文落款是“{name}”，发布机构是“{agency}”。",
                fix="请核对；联合发文的请填联合发文机关。",
                field="issuers",
                excerpt=name,
                span=signer,
            )
    note = _NOTE.search(edition.text)
    if note and (note[1] in _OPEN_NOTES) != (edition.openness == Openness.ACTIVE):
        yield Check(
            Severity.WARN,
            "text-openness",
            f"正文附注写“{note[0]}”，公开属性选的是“{edition.get_openness_display()}”。",
            fix="请核对公开属性。",
            field="openness",
            excerpt=note[0],
            span=note.span(),
        )


def _canonical(number: str) -> str:
    try:
        return docnumber.normalise(number).text
    except LawError:
        return number


def annexes(edition: Edition, on: date) -> Iterator[Check]:
    """正文说有附件,却没有传。"""
    if (found := _ANNEX.search(edition.text)) and not edition.attachments.exists():
        yield Check(
            Severity.WARN,
            "annex",
            "正文提到附件，这里没有附件。",
            fix="附件另有文件的请上传；已在正文里的不用管。",
            field="attachments",
            excerpt=found[0],
            span=found.span(),
        )


def interpretation(edition: Edition, on: date) -> Iterator[Check]:
    """解读材料要同被解读的文件相连。"""
    if (
        types.get(edition.record.type).key == "interpretation"
        and not edition.record.relations_out.filter(kind=RelationKind.INTERPRETS).exists()
    ):
        yield Check(
            Severity.WARN,
            "interprets-nothing",
            "这份解读还没有同被解读的文件相连。",
            fix="请用“建立关系”选“解读”，填文件的索引号或者文号。",
        )


CHECKS = (dates, due, number, text_against_elements, annexes, interpretation)
