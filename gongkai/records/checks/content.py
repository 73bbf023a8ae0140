"""内容里的风险:密级标志、个人信息、错误和敏感用语、走不通的链接、附件里的隐藏内容。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from gongkai.adapters.personal import personal_data
from gongkai.law.marks import titled
from gongkai.law.sources import cite

from ..html import files_in
from ..models import Attachment, Edition, Record, WatchWord
from ..terms import Stage, WithdrawalKind
from .check import Check, Severity

_SECRET_MARK = re.compile(r"(?:绝密|机密|秘密)\s*[★☆]|[★☆]\s*(?:绝密|机密|秘密)")
_HREF = re.compile(r'\shref="([^"]*)"')
_RECORD_PATH = re.compile(r"/records/(\d{1,18})/")
LISTED = 20


def secret_mark(edition: Edition, on: date) -> Iterator[Check]:
    """带密级标志的不得公开。"""
    for field, text in _texts(edition):
        for found in _SECRET_MARK.finditer(text):
            yield Check(
                Severity.BLOCK,
                "secret-mark",
                "文中有密级标志。",
                cite("ogi:14"),
                "依法确定为国家秘密的不得公开；确已解密的，请删去标志。",
                field,
                found[0],
                found.span(),
            )


def personal(edition: Edition, on: date) -> Iterator[Check]:
    """个人信息逐处标出;公开会损害个人合法权益的,不得公开。"""
    for field, text in _texts(edition):
        for number in personal_data(text):
            yield Check(
                Severity.WARN,
                "personal",
                f"像是{number.label}。",
                cite("ogi:15"),
                "不需要公开的请删去或者隐去几位；本人同意或者依法应当公开的，请在意见里写明。",
                field,
                number.text,
                (number.start, number.end),
            )


@cache
def shipped_words() -> dict[str, str]:
    """随包的易错词:错的 → 建议。"""
    text = files("gongkai.records").joinpath("data/words.toml").read_text("utf-8")
    return tomllib.loads(text)["words"]


def words(edition: Edition, on: date) -> Iterator[Check]:
    """易错、敏感用语:随包的词表,加上主管部门自己维护的词表(同一个词以自己的为准)。"""
    table = shipped_words() | dict(WatchWord.objects.values_list("word", "advice"))
    if not table:
        return
    pattern = re.compile("|".join(re.escape(word) for word in sorted(table, key=len, reverse=True)))
    for field, text in _texts(edition):
        for found in pattern.finditer(text):
            yield Check(
                Severity.WARN,
                "word",
                f"“{found[0]}”：{table[found[0]]}",
                field=field,
                excerpt=text[max(0, found.start() - 8) : found.end() + 8],
                span=found.span(),
            )


def links(edition: Edition, on: date) -> Iterator[Check]:
    """站内的链接逐个核对;站外的不去访问,列出来请人点一遍。"""
    outside = []
    for address in dict.fromkeys(_HREF.findall(edition.body)):
        if found := _RECORD_PATH.search(address):
            if not _readable(int(found[1])):
                yield _dead(address, "指向的信息不存在、没有公开或者已经撤下")
        elif urlsplit(address).scheme in ("http", "https"):
            outside.append(address)
    for key in dict.fromkeys(files_in(edition.body)):
        if not _attached(edition, key):
            yield _dead(f"/files/{key}/", "指向的附件不存在，或者不是这一版的")
    if outside:
        yield Check(
            Severity.INFO,
            "links-outside",
            f"有{len(outside)}个站外链接没有检查：{'；'.join(outside[:LISTED])}",
            fix="请逐个点开看。",
            field="body",
        )
    for relation in edition.record.relations_out.select_related("target"):
        if relation.target.withdrawn:
            yield Check(
                Severity.WARN,
                "relation-withdrawn",
                f"相关的{titled(relation.target)}已经撤下（{relation.target.get_withdrawn_display()}）。",
                fix="请核对这层关系还要不要。",
            )


def _readable(pk: int) -> bool:
    return (
        Record.objects.filter(pk=pk, withdrawn__in=("", WithdrawalKind.REPEALED, WithdrawalKind.MOVED))
        .exclude(published_at=None)
        .exists()
    )


def _attached(edition: Edition, key: int) -> bool:
    found = Attachment.objects.filter(pk=key).values_list("edition", "edition__stage").first()
    return found is not None and (found[0] == edition.pk or found[1] == Stage.LIVE)


def _dead(address: str, why: str) -> Check:
    return Check(
        Severity.WARN,
        "dead-link",
        f"链接走不通：{why}。",
        fix="请改正或者去掉链接。",
        field="body",
        excerpt=address,
    )


def attachments(edition: Edition, on: date) -> Iterator[Check]:
    """附件里的隐藏内容、作者、文件名里的个人信息等。"""
    for attachment in edition.attachments.all():
        for finding in attachment.findings:
            yield Check(
                Severity.WARN,
                "attachment",
                f"附件“{attachment.name}”：{finding}。",
                field="attachments",
                fix="请打开核对，需要的处理后重新上传。",
            )


def _texts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every text that the public would see, by field."""
    yield "title", edition.title
    yield "summary", edition.summary
    yield "keywords", edition.keywords
    for key, value in edition.fields.items():
        yield key, str(value)
    yield "body", edition.text


CHECKS = (secret_mark, personal, words, links, attachments)
