"""带来一份公文:读出来,认重复,建草稿。网页上传和成批导入共用。"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from datetime import datetime

from gongkai.adapters import files, paper
from gongkai.law import docnumber, subjects
from gongkai.law.errors import LawError, RuleBroken
from gongkai.org.models import Agency, User

from . import actions
from .models import Edition, Record

#: 标题里的字 → 信息类型;先列的先认,都不是的按公文。
GUESSES = (
    ("政府信息公开指南", "guide"), ("政府信息公开工作年度报告", "annual-report"), ("政府信息公开年度报告", "annual-report"),
    ("预算", "budget"), ("决算", "final-account"), ("应急预案", "contingency"), ("行政处罚", "penalty"),
    ("录用", "recruitment"), ("招考", "recruitment"), ("统计公报", "statistics"), ("发展规划", "plan"),
    ("政策解读", "interpretation"), ("解读", "interpretation"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taken:
    """建好的草稿,读出的要素,和一句给人看的话。"""

    edition: Edition
    paper: paper.Paper

    @property
    def sentence(self) -> str:
        names = "、".join(f"{name}（{one.where}）" for name, one in self.paper.found.items())
        return f"已读出{names or '标题和正文'}，建成草稿。请逐项核对。"


class Duplicate(RuleBroken):
    """The same paper is there already: ``record`` is it."""

    def __init__(self, record: Record, why: str) -> None:
        self.record = record
        super().__init__(
            f"{why}，已有《{record.title}》（{record.index_number}）", fix="不再重复建立；要改请在那一件上改。"
        )


def take(content: bytes, name: str, agency: Agency, type: str | None, *, by: User, at: datetime) -> Taken:
    """Read one file and make a draft of it.

    Raises:
        Unreadable: the file cannot be read; why and what to do.
        Duplicate: the same file, or a paper of the same number and title, is there already.
        LawError: the draft is not possible.
    """
    fingerprint = hashlib.sha256(content).hexdigest()
    if same := Record.objects.filter(agency=agency, fingerprint=fingerprint).first():
        raise Duplicate(same, "同一个文件导入过")
    found = paper.extract(files.read(content, name))
    title = found.title[:300]
    number = found.get("文号") or ""
    with contextlib.suppress(LawError):
        number = docnumber.normalise(number).text if number else ""
    if number and (same := Record.objects.filter(agency=agency, doc_number=number, title=title).first()):
        raise Duplicate(same, "同一文号、同一标题的公文有了")
    kind = type or next((key for words, key in GUESSES if words in title), "document")
    subject = (found.get("主题分类") or "").replace(" ", "/")
    edition = actions.create(
        agency, kind, by=by, at=at,
        title=title, doc_number=number[:80], subject=subject if subjects.is_known(subject) else "",
        issuers=list(found.issuers) if len(found.issuers) > 1 else [], addressee=found.addressee,
        made_on=found.day("成文日期"), effective_on=found.day("施行日期"), expires_on=found.day("废止日期"),
        first_published_on=found.day("发布日期"), body=paper.body_html(found.blocks),
        fingerprint=fingerprint, origin=name,
    )  # fmt: skip
    return Taken(edition, found)
