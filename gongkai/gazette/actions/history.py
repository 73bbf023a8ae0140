"""历史目录:读进来看差异,再入库;同一个文件导两遍不会变多。扫描件按页取字。"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters import apart, files, ocr, pagescan
from gongkai.adapters.files import Page
from gongkai.adapters.readers.gazette.history import History
from gongkai.desk.seen import mark
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import store
from gongkai.records.models import Record

from ..models import HistoricArticle, HistoricIssue, Intake, ScanPage
from ..terms import ScanState

_BATCH = 500
_BREAKS = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


@transaction.atomic
def read_in(agency: Agency, name: str, history: History, *, by: User, at: datetime) -> Intake:
    """存下从一个文件读出的各期,等人看过差异再入库。文件已经在别的进程里读过。"""
    access.require(by, "gazette.history", agency)
    made = Intake.objects.create(
        agency=agency, name=name[:200], issues=history.issues, faults=history.faults, by=by, at=at
    )
    log("gazette.intake", f"读历史目录{made}，{len(history.issues)}期", at=at, by=by, agency=agency, about=made)
    return made


def difference(intake: Intake) -> dict[str, list[str]]:
    """What applying it would change: ``new``, ``changed``, ``same``; issues by their names."""
    known = {(one.year, one.number, one.kind): one for one in HistoricIssue.objects.prefetch_related("articles")}
    found: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    for row in intake.issues:
        old = known.get((row["year"], row["number"], row["kind"]))
        label = f"{row['year']}年第{row['number']}期"
        found["new" if old is None else "same" if _print(old) == _mark(row) else "changed"].append(label)
    return found


def _print(issue: HistoricIssue) -> str:
    rows = list(issue.articles.all())
    places = {row.pk: place for place, row in enumerate(rows)}
    cells = [
        [row.title, row.doc_number, row.page, row.section, row.issuer, places.get(row.parent_id)] for row in rows
    ]
    day = issue.published_on.isoformat() if issue.published_on else None
    return mark(issue.number_to, issue.running, issue.name, day, cells)


def _mark(row: Mapping[str, Any]) -> str:
    cells = [
        [one["title"], one["doc_number"], one["page"], one["section"], one["issuer"], one["parent"]]
        for one in row["articles"]
    ]
    return mark(row["number_to"], row["running"], row["name"], row["published_on"], cells)


@transaction.atomic
def apply_intake(intake: Intake, *, by: User, at: datetime) -> Intake:
    """入库:按(年、期号、种类)整期替换;没有变的不动。文号找得到公开信息的连上。"""
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    access.require(by, "gazette.history", intake.agency)
    if intake.applied_at is not None:
        raise RuleBroken(f"“{intake}”已经入库", fix="要改的请再导一遍。")
    known = {(one.year, one.number, one.kind): one for one in HistoricIssue.objects.prefetch_related("articles")}
    counts = {"new": 0, "changed": 0, "same": 0, "articles": 0}
    fresh: list[tuple[HistoricIssue, Mapping[str, Any]]] = []
    for row in intake.issues:
        key = row["year"], row["number"], row["kind"]
        old = known.get(key)
        if old is not None and _print(old) == _mark(row):
            counts["same"] += 1
            continue
        counts["new" if old is None else "changed"] += 1
        fresh.append((_filled(old or HistoricIssue(year=key[0], number=key[1], kind=key[2]), row, at), row))
    existing = [issue for issue, _ in fresh if issue.pk]
    HistoricArticle.objects.filter(issue__in=existing).delete()
    HistoricIssue.objects.bulk_update(
        existing,
        ["number_to", "running", "name", "published_on", "head", "doubts", "article_count", "imported_at"],
        batch_size=_BATCH,
    )
    HistoricIssue.objects.bulk_create([issue for issue, _ in fresh if not issue.pk], batch_size=_BATCH)
    counts["articles"] = _articles(fresh)
    intake.applied_at, intake.counts = at, counts
    intake.save(update_fields=["applied_at", "counts"])
    log(
        "gazette.apply",
        f"历史目录{intake}入库：新{counts['new']}期，改{counts['changed']}期，{counts['articles']}篇",
        at=at,
        by=by,
        agency=intake.agency,
        about=intake,
    )
    return intake


def _filled(issue: HistoricIssue, row: Mapping[str, Any], at: datetime) -> HistoricIssue:
    issue.number_to, issue.running, issue.name = row["number_to"], row["running"], row["name"][:60]
    issue.published_on = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    issue.head, issue.doubts, issue.imported_at = row["head"], row["doubts"], at
    issue.article_count = sum(one["parent"] is None for one in row["articles"])
    return issue


def _articles(fresh: Iterable[tuple[HistoricIssue, Mapping[str, Any]]]) -> int:
    """Write the lines of these issues; those under another come after it."""
    fresh = list(fresh)
    linked = _records({one["doc_number"] for _, row in fresh for one in row["articles"] if one["doc_number"]})
    roots: list[HistoricArticle] = []
    below: list[tuple[HistoricArticle, int]] = []
    for issue, row in fresh:
        own: dict[int, int] = {}
        for position, line in enumerate(row["articles"]):
            made = HistoricArticle(
                issue=issue,
                position=position + 1,
                title=line["title"],
                doc_number=line["doc_number"],
                section=line["section"],
                issuer=line["issuer"],
                page=line["page"],
                record_id=linked.get(line["doc_number"]),
            )
            if line["parent"] is None:
                own[position] = len(roots)
                roots.append(made)
            else:
                below.append((made, own[line["parent"]]))
    HistoricArticle.objects.bulk_create(roots, batch_size=_BATCH)
    for made, root in below:
        made.parent = roots[root]
    HistoricArticle.objects.bulk_create([made for made, _ in below], batch_size=_BATCH)
    return len(roots) + len(below)


def _records(numbers: set[str]) -> dict[str, int]:
    """Document number → record, where there is exactly one."""
    found: dict[str, list[int]] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _BATCH):
        rows = Record.objects.filter(doc_number__in=wanted[start : start + _BATCH]).exclude(published_at=None)
        for number, pk in rows.values_list("doc_number", "pk"):
            found.setdefault(number, []).append(pk)
    return {number: pks[0] for number, pks in found.items() if len(pks) == 1}


@transaction.atomic
def attach_scan(
    issue: HistoricIssue,
    name: str,
    content: bytes,
    pages: Iterable[Page],
    agency: Agency,
    *,
    count: int = 0,
    by: User,
    at: datetime,
) -> HistoricIssue:
    """给一期旧公报挂上扫描件;各页的字给检索用,没有文字层的排队识别。字和页数(``count``)已经在别的进程里取过。"""
    access.require(by, "gazette.history", agency)
    if not content.startswith(b"%PDF"):
        raise RuleBroken(f"“{name}”不是 PDF", fix="扫描件请存成 PDF。")
    issue = HistoricIssue.objects.select_for_update().get(pk=issue.pk)
    issue.scan, issue.scan_name, issue.scan_size = store.keep(content), name[:200], len(content)
    issue.save(update_fields=["scan", "scan_name", "scan_size"])
    issue.scan_pages.all().delete()
    lettered = {number: _joined(page.text) for number, page in _numbered(pages)}
    rows = [ScanPage(issue=issue, page=number, text=text) for number, text in lettered.items()]
    wanting = [number for number in range(1, count + 1) if number not in lettered]
    rows += [ScanPage(issue=issue, page=number, state=ScanState.QUEUED) for number in wanting]
    ScanPage.objects.bulk_create(rows, batch_size=_BATCH)
    told = f"{len(lettered)}页有字" + (f"，{len(wanting)}页排队识别" if wanting else "")
    log("gazette.scan", f"{issue}挂上扫描件，{told}", at=at, by=by, agency=agency, about=issue)
    return issue


def recognise_scans(*, at: datetime, limit: int = 20) -> int:
    """识别排着队的扫描页,一页一存;停在中间,下一次接着。没有装识别的,留在队里。"""
    if not ocr.installed():
        return 0
    queued = ScanPage.objects.filter(state=ScanState.QUEUED).select_related("issue").order_by("issue", "page")
    done: Counter[HistoricIssue] = Counter()
    content: tuple[str, bytes] = ("", b"")
    for page in queued[:limit]:
        scan = page.issue.scan
        try:
            if content[0] != scan:
                content = (scan, store.read(scan))
            found = files.apart_from(apart.AMPLE_SCANS, pagescan.recognise, content[1], str(page.issue), page.page)
        except (files.Unreadable, FileNotFoundError) as error:
            page.state, page.trouble = ScanState.FAILED, getattr(error, "why", "扫描件不在资料目录里")[:200]
        else:
            page.state, page.text, page.sure = ScanState.READ, _joined(found.text), found.sure
        done[page.issue] += _scanned(page, scan)
    for issue, pages in done.items():
        log("gazette.scan", f"{issue}识别扫描件{pages}页", at=at, about=issue)
    return done.total()


@transaction.atomic
def _scanned(page: ScanPage, scan: str) -> int:
    """Store what was read, unless another scan was put there meanwhile."""
    if not HistoricIssue.objects.select_for_update().filter(pk=page.issue_id, scan=scan).exists():
        return 0
    rows = ScanPage.objects.filter(pk=page.pk, state=ScanState.QUEUED)
    return rows.update(state=page.state, text=page.text, sure=page.sure, trouble=page.trouble)


def _joined(text: str) -> str:
    """Without the breaks that lines make in Chinese: a word that runs over the line is found."""
    return _BREAKS.sub("", " ".join(text.split()))


def _numbered(pages: Iterable[Page]) -> Iterable[tuple[int, Page]]:
    for place, page in enumerate(pages, 1):
        digits = "".join(sign for sign in page.label if sign.isdigit())
        yield int(digits) if digits else place, page
