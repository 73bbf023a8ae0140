"""带来一份公文:读出来,认重复,建草稿。网页上传和成批导入共用。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from gongkai.adapters import files, paper
from gongkai.law import docnumber, subjects
from gongkai.law.errors import LawError, RuleBroken
from gongkai.law.marks import titled
from gongkai.law.term import stated_term
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import actions, store
from .models import Edition, Record
from .terms import Stage

#: 标题里的字 → 信息类型;先列的先认,都不是的按公文。
GUESSES = (
    ("政府信息公开指南", "guide"),
    ("政府信息公开工作年度报告", "annual-report"),
    ("政府信息公开年度报告", "annual-report"),
    ("预算", "budget"),
    ("决算", "final-account"),
    ("应急预案", "contingency"),
    ("行政处罚", "penalty"),
    ("录用", "recruitment"),
    ("招考", "recruitment"),
    ("统计公报", "statistics"),
    ("发展规划", "plan"),
    ("政策解读", "interpretation"),
    ("解读", "interpretation"),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """建好的草稿、读出的要素、没能采用或者要人核对的事。"""

    edition: Edition
    paper: paper.Paper
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One sentence for the clerk: what was read and where."""
        names = "、".join(f"{name}（{one.where}）" for name, one in self.paper.found.items())
        notes = f"请注意：{'；'.join(self.notes)}。" if self.notes else ""
        return f"已读出{names or '标题和正文'}，建成草稿。请逐项核对。{notes}"


class Duplicate(RuleBroken):
    """The same paper is there already: ``record`` is it."""

    def __init__(self, record: Record, why: str) -> None:
        self.record = record
        super().__init__(
            f"{why}，已有{titled(record.title)}（{record.index_number}）", fix="不再重复建立；要改请在那一件上改。"
        )


def draft_from_file(
    content: bytes, name: str, agency: Agency, type: str | None, *, by: User, at: datetime
) -> Taken:
    """Read one file and make a draft of it. The file itself is kept by its hash (``fingerprint``).

    Args:
        type: the record type; None to guess it from the title.

    Raises:
        Unreadable: the file cannot be read; why and what to do.
        Duplicate: the same file, or a paper of the same number and title, is there already.
        LawError: the draft is not possible.
    """
    access.require(by, "records.import", agency)
    name = name.encode("utf-8", "replace").decode()
    standing = Edition.objects.filter(record=OuterRef("pk")).exclude(stage=Stage.DISCARDED)
    known = Record.objects.filter(Exists(standing), agency=agency)
    fingerprint = store.keep(content)
    if same := known.filter(fingerprint=fingerprint).first():
        raise Duplicate(same, "同一个文件导入过")
    found = paper.extract(files.read(content, name))
    title = found.title[:300]
    number = _number(found.get("文号") or "")
    if number and (same := known.filter(doc_number=number, title=title).first()):
        raise Duplicate(same, "同一文号、同一标题的公文有了")
    kind = type or next((key for words, key in GUESSES if words in title), "document")
    subject = subject_of(found.get("主题分类") or "")
    edition = actions.create(
        agency,
        kind,
        by=by,
        at=at,
        index_number=found.get("索引号") or "",
        title=title,
        doc_number=number,
        subject=subject,
        issuers=list(found.issuers) if len(found.issuers) > 1 else [],
        addressee=found.addressee[:300],
        made_on=found.day("成文日期"),
        effective_on=found.day("施行日期"),
        expires_on=found.day("废止日期") or _stated_end(found),
        first_published_on=found.day("发布日期"),
        body=paper.body_html(found.blocks),
        fingerprint=fingerprint,
        origin=name,
    )
    return Taken(edition, found, tuple(_notes(found, edition, agency)))


def _stated_end(found: paper.Paper) -> date | None:
    """The end of validity that the text states of itself."""
    made_on, effective_on = found.day("成文日期"), found.day("施行日期")
    stated = stated_term(found.text, made_on=made_on, effective_on=effective_on)
    return stated and stated.last


def _number(text: str) -> str:
    """The number in its canonical spelling; one that cannot be read stays as it is, for the clerk to see."""
    try:
        return docnumber.normalise(text).text[:80] if text else ""
    except LawError:
        return text[:80]


def subject_of(text: str) -> str:
    """The subject class (主题分类) that a page's own words name; empty if none.

    >>> subject_of("综合政务 > 政务公开"), subject_of("政务公开"), subject_of("天气")
    ('综合政务/政务公开', '综合政务/政务公开', '')
    """
    parts = [part for part in re.split(r"[\s/\\>»›|,，;；_-]+", text) if part]
    for first, seconds in subjects.tree().items():
        if first in parts or text.strip() == first:
            return next((f"{first}/{second}" for second in seconds if second in parts), first)
    homes = [
        f"{first}/{second}"
        for first, seconds in subjects.tree().items()
        for second in seconds
        if second in parts and second != "其他"
    ]
    return homes[0] if len(homes) == 1 else ""


def _notes(found: paper.Paper, edition: Edition, agency: Agency) -> list[str]:
    """What the paper says that the draft does not hold, or that a person should look at."""
    notes = [*found.warnings, *found.doubts()]
    if found.other_title:
        notes.append(f"标题也可能是“{found.other_title}”，请核对")
    if (index := found.get("索引号")) and index != edition.record.index_number:
        notes.append(f"原索引号“{index}”不能沿用，另编为{edition.record.index_number}")
    if (subject := found.get("主题分类")) and not edition.subject:
        notes.append(f"原主题分类“{subject}”不在公文主题分类表里，没有采用")
    if (issuer := found.get("发布机构")) and issuer not in (agency.name, agency.short_name, *edition.issuers):
        notes.append(f"原发布机构是“{issuer}”")
    if (validity := found.get("有效性")) and any(word in validity for word in ("废止", "失效", "停止")):
        notes.append(f"原有效性是“{validity}”，公开以后请标为废止或者失效")
    if found.attachments:
        notes.append(f"原文列有附件：{'、'.join(found.attachments)}，请另行上传")
    return notes
