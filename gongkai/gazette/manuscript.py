"""一期的稿子:由库里的信息排出,各种成品都从这里来。撤下了的一篇只剩说明,篇次和页码不变。"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from gongkai.adapters.files.kinds import IMAGES
from gongkai.adapters.press import Book, Piece, blocks_of
from gongkai.law.gazette import register_number
from gongkai.law.marks import long_day
from gongkai.org import site
from gongkai.org.models import Place
from gongkai.policies.models import Document
from gongkai.records.models import Edition
from gongkai.records.terms import WithdrawalKind

from .models import Article, Issue

STATEMENT = "本刊文本与正式印发的文件一致；不一致时，以印发的文件为准。"
GONE = "（本篇已撤下）"
_PLACES = (Place.Kind.EXPERIENCE, Place.Kind.READING, Place.Kind.ARCHIVE, Place.Kind.LIBRARY)


def imprint(issue: Issue, on: date) -> dict[str, Any]:
    """What stands on the cover and on the back; kept with the issue, so that it stays as it was printed."""
    head = issue.masthead
    colophon = [f"主办：{head.sponsor}", f"编辑出版：{head.agency}"]
    for label, value in (("地址", head.address), ("电话", head.phone), ("准印证号", head.permit)):
        if value:
            colophon.append(f"{label}：{value}")
    places = Place.objects.open(on).filter(kind__in=_PLACES)
    return {
        "sponsor": head.sponsor,
        "editor": str(head.agency),
        "statement": head.statement or STATEMENT,
        "colophon": colophon,
        "places": [f"{place}　{place.address}　{place.hours}" for place in places],
    }


def book(issue: Issue, at: datetime) -> Book:
    """The manuscript as the public may read it at the moment ``at``."""
    kept = issue.imprint or imprint(issue, issue.planned_on)
    numbers = dict(Document.objects.filter(record__gazette_articles__issue=issue).values_list("record", "number"))
    articles = issue.articles.with_all().prefetch_related("record__withdrawals")
    address = f"https://{site.current().domain}{issue.get_absolute_url()}"
    return Book(
        name=str(issue.masthead),
        number=str(issue),
        running=f"（总第{issue.running}期）" if issue.running else "",
        sponsor=kept["sponsor"],
        editor=kept["editor"],
        statement=kept["statement"],
        colophon=tuple(kept["colophon"]),
        address=address,
        identifier=f"urn:gongkai:gazette:{site.current().domain}:{issue.year}:{issue.code}",
        day=issue.planned_on,
        pieces=tuple(piece(one, at, numbers.get(one.record_id, "")) for one in articles),
        chronicle=tuple((f"{line.on.month}月{line.on.day}日", line.text) for line in issue.chronicle.all()),
        corrections=tuple(
            correction_line(one) for one in issue.corrections.select_related("article__issue__masthead")
        ),
        places=tuple(kept["places"]),
    )


def piece(article: Article, at: datetime, number: str = "") -> Piece:
    """One article; ``number`` is its 统一编号."""
    edition = article.edition
    if not article.is_shown(at):
        secret = article.is_secret or article.record.withdrawn == ""
        return Piece(
            article.position,
            str(article.section),
            GONE if secret else edition.title,
            doc_number="" if secret else edition.doc_number,
            notice=notice(article),
            first=article.first_page or 0,
        )
    meta = []
    if number := register_number(number) or number:
        meta.append(f"统一编号：{number}")
    if edition.effective_on:
        meta.append(f"施行日期：{long_day(edition.effective_on)}")
    if article.remark:
        meta.append(f"{article.remark}刊登。")
    return Piece(
        article.position,
        str(article.section),
        edition.title,
        doc_number=edition.doc_number,
        issuer="、".join(edition.issuers) if edition.issuers else str(article.record.agency),
        meta=tuple(meta),
        blocks=blocks_of(edition.body, _pictures(edition)),
        first=article.first_page or 0,
    )


def _pictures(edition: Edition) -> dict[int, str]:
    """The pictures that the body may show: key of the attachment → hash."""
    if "<img" not in edition.body:
        return {}
    kinds = [kind.value for kind in IMAGES]
    return dict(edition.attachments.filter(kind__in=kinds).values_list("pk", "sha256"))


def notice(article: Article) -> str:
    """What stands in the place of an article that was withdrawn."""
    record = article.record
    standing = next((one for one in record.withdrawals.all() if one.lifted_at is None), None)
    if article.is_secret or standing is None:
        return "本篇已经依法撤下，不再刊载。篇次和页码不变。"
    if standing.kind == WithdrawalKind.MOVED:
        where = standing.successor or standing.address
        return f"本篇已于{long_day(standing.on)}合并或者迁移到{where}，不再刊载。篇次和页码不变。"
    return f"本篇已于{long_day(standing.on)}撤回，不再刊载。原因：{standing.reason.rstrip('。')}。篇次和页码不变。"


def correction_line(correction: Any) -> str:
    """One correction as it is printed in a later issue."""
    where = f"{correction.article.citation}《{correction.article}》"
    return f"{where}：原印“{correction.was}”，更正为“{correction.now}”。（{long_day(correction.article.issue.planned_on)}出版）"
