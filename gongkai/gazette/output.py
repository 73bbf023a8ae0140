"""对外的各样:成品、目录 CSV 和 JSON、单篇 PDF、年度离线包。都只从公开的期里出。"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string

from gongkai.policies.models import Document
from gongkai.records import pages, store
from gongkai.records.models import Record

from . import typeset
from .manuscript import book, piece
from .models import Article, HistoricIssue, Issue, Volume
from .terms import FormKind
from .typeset import rendered

#: 目录的各列。
COLUMNS = (
    "刊名",
    "期的年",
    "期号",
    "总期号",
    "种类",
    "出版日",
    "栏目",
    "篇次",
    "标题",
    "文号",
    "统一编号",
    "发文机关",
    "成文日期",
    "施行日期",
    "起页",
    "止页",
    "索引号",
    "网址",
    "现在的效力",
)
GONE = "已撤下"


@dataclass(frozen=True, slots=True)
class File:
    """一份成品:文件名、内容、散列。"""

    name: str
    content: bytes
    sha256: str


def file_name(issue: Issue, kind: FormKind) -> str:
    return f"{issue.masthead}{issue.year}-{issue.code}.{kind.value}"


def form(issue: Issue, kind: FormKind, at: datetime) -> File:
    """A form of a published issue: the stored one if it is of the present manuscript, else made on the spot, so that
    what was withdrawn is never given out."""
    manuscript = book(issue, at)
    kept = issue.forms.filter(kind=kind, source=manuscript.mark).first()
    if kept is not None:
        try:
            return File(file_name(issue, kind), store.read(kept.sha256), kept.sha256)
        except FileNotFoundError:
            pass
    content = rendered(manuscript, kind)
    return File(file_name(issue, kind), content, hashlib.sha256(content).hexdigest())


def volume_name(year: int, masthead: str, kind: FormKind) -> str:
    return f"{masthead}{year}年合订本.{kind.value}"


def bound_volume(year: int, kind: FormKind, at: datetime) -> File | None:
    """The year's volume as it is kept, if it is of what the public may read now; None while it is made anew: it takes
    too long to be made while somebody waits."""
    kept = Volume.objects.filter(year=year, kind=kind).first()
    if kept is None:
        return None
    bound, issues = typeset.volume(year, at)
    if not issues or kept.source != bound.mark:
        return None
    try:
        return File(volume_name(year, bound.last.name, kind), store.read(kept.sha256), kept.sha256)
    except FileNotFoundError:
        return None


def one_article(article: Article, at: datetime) -> bytes:
    """The PDF of one article, with the cover and the page number of its issue."""
    whole = book(article.issue, at)
    only = tuple(one for one in whole.pieces if one.position == article.position)
    return rendered(replace(whole, pieces=only, chronicle=(), corrections=()), FormKind.PDF)


def validity_of(record: Record, at: datetime, on: date) -> str:
    """Its validity now, in one word."""
    if not record.is_public(at):
        return GONE
    return pages.validity_of(record, on).label


def contents(
    issues: Iterable[Issue], at: datetime, on: date, base: str, old: Iterable[HistoricIssue] = ()
) -> Iterator[list[Any]]:
    """A row for each article, by ``COLUMNS``; of what was withdrawn only what its page still says. The lines of old
    issues come first, as they were printed."""
    for past in old:
        yield from _old_lines(past, at, on, base)
    for issue in issues:
        numbers = _numbers(issue)
        for article in issue.articles.with_all().prefetch_related("record__withdrawals"):
            shown = piece(article, at)
            edition, is_shown = article.edition, article.is_shown(at)
            yield [
                str(issue.masthead),
                issue.year,
                issue.numbers,
                issue.running or "",
                issue.get_kind_display(),
                issue.planned_on,
                str(article.section),
                article.position,
                shown.title,
                shown.doc_number,
                numbers.get(article.record_id, "") if is_shown else "",
                shown.issuer,
                (edition.made_on or "") if is_shown else "",
                (edition.effective_on or "") if is_shown else "",
                article.first_page or "",
                article.last_page or "",
                article.record.index_number if is_shown else "",
                base + article.get_absolute_url(),
                validity_of(article.record, at, on),
            ]


def _old_lines(past: HistoricIssue, at: datetime, on: date, base: str) -> Iterator[list[Any]]:
    """The lines of an old issue; what only the record knows is told while the record can be read."""
    numbers = f"{past.number}—{past.number_to}" if past.number_to else past.number or ""
    for line in past.articles.all():
        record = line.record if line.record is not None and line.record.is_public(at) else None
        yield [
            past.name,
            past.year,
            numbers,
            past.running or "",
            past.get_kind_display(),
            past.published_on or "",
            line.section,
            line.position,
            line.title,
            line.doc_number,
            "",
            line.issuer,
            (record.made_on or "") if record else "",
            (record.effective_on or "") if record else "",
            line.page or "",
            "",
            record.index_number if record else "",
            base + (record or past).get_absolute_url(),
            validity_of(record, at, on) if record else "",
        ]


def _numbers(issue: Issue) -> dict[int, str]:
    return dict(Document.objects.filter(record__gazette_articles__issue=issue).values_list("record", "number"))


def contents_json(
    issues: Iterable[Issue], at: datetime, on: date, base: str, old: Iterable[HistoricIssue] = ()
) -> bytes:
    """The same rows as objects."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in contents(issues, at, on, base, old)]
    return json.dumps({"columns": COLUMNS, "articles": rows}, ensure_ascii=False, indent=1, default=str).encode()


def pack(year: int, issues: list[Issue], at: datetime, on: date, base: str) -> bytes:
    """一年的离线包,给没有网的触摸屏:网页、PDF、EPUB、目录、散列清单,和做包的时候已经撤下的清单。"""
    buffer = io.BytesIO()
    digests: list[tuple[str, str]] = []
    gone: list[list[str]] = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name.endswith((".pdf", ".epub")) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
            digests.append((hashlib.sha256(content).hexdigest(), name))

        for issue in issues:
            folder = f"{issue.year}-{issue.code}"
            manuscript = book(issue, at)
            for kind in FormKind:
                put(f"{folder}/{folder}.{kind.value}", form(issue, kind, at).content)
            context = {"book": manuscript, "folder": folder, "issue": issue}
            put(f"{folder}/index.html", render_to_string("gazette/pack_issue.html", context).encode())
            gone += [[str(issue), str(one.position), one.notice] for one in manuscript.pieces if one.notice]
        listing = {"year": year, "issues": issues, "gone": gone, "made_on": on}
        put("index.html", render_to_string("gazette/pack_index.html", listing).encode())
        put("contents.json", contents_json(issues, at, on, base))
        withdrawn = {
            "made_on": on.isoformat(),
            "withdrawn": [dict(zip(("issue", "position", "notice"), row, strict=True)) for row in gone],
        }
        put("withdrawn.json", json.dumps(withdrawn, ensure_ascii=False, indent=1).encode())
        put("SHA256SUMS", "".join(f"{sha256}  {name}\n" for sha256, name in digests).encode())
    return buffer.getvalue()
