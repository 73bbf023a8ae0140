"""公众一侧:最近一期和各年、一期、一篇、检索、旧公报;成品和目录下载。不用登录,不收费,不限次。"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.adapters.readers.gazette import issue as heads
from gongkai.desk.export import csv_response
from gongkai.desk.paging import page
from gongkai.org import site
from gongkai.records import pages, store, validity
from gongkai.records.models import binds_on, is_public_at

from .. import facts, forms, output
from ..manuscript import correction_line, piece
from ..models import Article, HistoricArticle, HistoricIssue, Issue, ScanPage, Volume
from ..terms import FormKind

TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}
_PAGE = re.compile(r"第(\d{1,4})页")
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
#: 检索旧目录和扫描件至多给这么多条。
OLD_SHOWN = 30


def _issues(**where: Any) -> Any:
    return Issue.objects.public(timezone.now()).filter(**where).select_related("masthead__agency")


def _one(year: int, code: str) -> Issue:
    return get_object_or_404(_issues(year=year, code=code))


def _shown(issue: Issue, at: datetime) -> list[Article]:
    """Its articles with what each page of contents shows of them."""
    rows = list(issue.articles.with_all().prefetch_related("record__withdrawals", "corrections"))
    for article in rows:
        article.shown = piece(article, at)
    return rows


def _context(issue: Issue, at: datetime) -> dict[str, Any]:
    """What a page shows of an issue."""
    rows = _issues().order_by("planned_on", "pk")
    chronicle = list(issue.chronicle.select_related("record"))
    for line in chronicle:
        line.linked = line.record is not None and line.record.is_public(at)
    return {
        "issue": issue,
        "articles": _shown(issue, at),
        "forms": issue.forms.all(),
        "chronicle": chronicle,
        "corrections": [
            correction_line(row) for row in issue.corrections.select_related("article__issue__masthead")
        ],
        "before": rows.filter(planned_on__lt=issue.planned_on).last(),
        "after": rows.filter(planned_on__gt=issue.planned_on).first(),
        "statement": issue.imprint.get("statement", ""),
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """政府公报:最近一期,历年各期,缺的期。"""
    at = timezone.now()
    issues = list(_issues().newest_first())
    newest = max(issues, key=lambda issue: issue.published_at, default=None)
    years: dict[int, list[Issue]] = {}
    for issue in issues:
        years.setdefault(issue.year, []).append(issue)
    old, numbered = facts.past_issues()
    context = {
        "years": [(one, years.get(one, []), old.get(one, [])) for one in sorted({*years, *old}, reverse=True)],
        "gaps": facts.gaps(numbered),
    }
    return render(request, "gazette/public/home.html", context | (_context(newest, at) if newest else {}))


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """一年的合订目录:本系统出的各期,以前的各期(只有目录)。"""
    at = timezone.now()
    issues, old = _of_year(year)
    for issue in issues:
        issue.shown = _shown(issue, at)
    for past in old:
        past.lines = _lines(past, at)
    years = facts.years(at)
    context = {
        "year": year,
        "issues": issues,
        "old": old,
        "volumes": Volume.objects.filter(year=year),
        "earlier": max((one for one in years if one < year), default=None),
        "later": min((one for one in years if one > year), default=None),
    }
    return render(request, "gazette/public/year.html", context)


@require_safe
def issue(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """一期:目录、下载、大事记、更正。"""
    return render(request, "gazette/public/issue.html", _context(_one(year, code), timezone.now()))


@require_safe
def article(request: HttpRequest, year: int, code: str, position: int) -> HttpResponse:
    """一篇:正文、规范引用、现在的效力;撤下了的只有说明。"""
    issue, at, on = _one(year, code), timezone.now(), timezone.localdate()
    found = get_object_or_404(issue.articles.with_all().prefetch_related("record__withdrawals"), position=position)
    found.issue = issue
    is_shown = found.is_shown(at)
    record = found.record
    incoming = (
        [row for row in record.relations_in.select_related("source") if row.source.is_public(at)]
        if is_shown
        else []
    )
    context = {
        "issue": issue,
        "article": found,
        "piece": piece(found, at),
        "is_shown": is_shown,
        "record": record,
        "force": output.validity_of(record, at, on),
        "verdict": validity.verdict(record, pages.validity_of(record, on)) if is_shown else None,
        "banners": validity.banners(record, at, incoming) if is_shown else [],
        "newer": is_shown and record.live is not None and record.live.pk != found.edition_id,
        "incoming": incoming,
        "corrections": found.corrections.select_related("printed_in"),
        "before": issue.articles.filter(position=position - 1).first(),
        "after": issue.articles.filter(position=position + 1).first(),
    }
    return render(request, "gazette/public/article.html", context)


@require_safe
def article_pdf(request: HttpRequest, year: int, code: str, position: int) -> HttpResponse:
    """单篇 PDF,带封面和原来的页码。"""
    issue, at = _one(year, code), timezone.now()
    found = get_object_or_404(issue.articles.with_all(), position=position)
    found.issue = issue
    name = f"{issue.masthead}{issue.year}-{issue.code}-{position}.pdf"
    return _file(request, name, output.one_article(found, at), "application/pdf")


@require_safe
def form(request: HttpRequest, year: int, code: str, kind: str) -> HttpResponse:
    """整期的 PDF、EPUB。"""
    if kind not in TYPES:
        raise Http404("没有这种成品。")
    made = output.form(_one(year, code), FormKind(kind), timezone.now())
    return _file(request, made.name, made.content, TYPES[kind], made.sha256)


@require_safe
def volume(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """全年合订本的 PDF、EPUB;正在重做的请稍后再来。"""
    if kind not in TYPES:
        raise Http404("没有这种成品。")
    _printed(year)
    made = output.bound_volume(year, FormKind(kind), timezone.now())
    if made is None:
        response = render(request, "gazette/public/binding.html", {"year": year}, status=503)
        response["Retry-After"] = "300"
        return response
    return _file(request, made.name, made.content, TYPES[kind], made.sha256)


def _file(request: HttpRequest, name: str, content: bytes, kind: str, sha256: str = "") -> HttpResponse:
    """A download that can be resumed (Range) and whose digest is told."""
    status, whole = 200, len(content)
    found = _RANGE.fullmatch(request.headers.get("Range", ""))
    start, end = 0, whole - 1
    if found and (found[1] or found[2]):
        start = int(found[1]) if found[1] else max(0, whole - int(found[2]))
        end = min(int(found[2]), whole - 1) if found[1] and found[2] else whole - 1
        if start > end:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{whole}"})
        status = 206
    response = HttpResponse(content[start : end + 1], content_type=kind, status=status)
    response["Content-Disposition"] = content_disposition_header(kind != "application/pdf", name) or "inline"
    response["Accept-Ranges"], response["Cache-Control"] = "bytes", "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    if status == 206:
        response["Content-Range"] = f"bytes {start}-{end}/{whole}"
    if sha256:
        response["ETag"] = f'"{sha256[:32]}"'
        response["Digest"] = f"sha-256={sha256}"
    return response


def _base() -> str:
    return f"https://{site.current().domain}"


def _printed(year: int) -> list[Issue]:
    """The issues of a year that were made here. Raises Http404: none."""
    issues = list(_issues(year=year).order_by("planned_on", "pk"))
    if not issues:
        raise Http404("没有这一年的公报。")
    return issues


def _of_year(year: int) -> tuple[list[Issue], list[HistoricIssue]]:
    """The issues of a year: those made here, and the old ones of which there are contents. Raises Http404: neither."""
    issues = list(_issues(year=year).order_by("planned_on", "pk"))
    rows = HistoricIssue.objects.filter(year=year).prefetch_related("articles__record")
    old = list(rows.order_by("number", "kind"))
    if not issues and not old:
        raise Http404("没有这一年的公报。")
    return issues, old


def _lines(issue: HistoricIssue, at: datetime) -> list[HistoricArticle]:
    """The lines of old contents, each with those printed under it (``below``); ``linked``: its record can be read."""
    below: dict[int, list[HistoricArticle]] = {}
    rows = list(issue.articles.all())
    for row in rows:
        row.linked = row.record is not None and row.record.is_public(at)
        if row.parent_id:
            below.setdefault(row.parent_id, []).append(row)
    roots = [row for row in rows if row.parent_id is None]
    for row in roots:
        row.below = below.get(row.pk, [])
    return roots


@require_safe
def contents_csv(request: HttpRequest, year: int) -> HttpResponse:
    """一年的目录,CSV。"""
    issues, old = _of_year(year)
    rows = output.contents(issues, timezone.now(), timezone.localdate(), _base(), old)
    return csv_response(f"gazette-{year}", list(output.COLUMNS), rows)


@require_safe
def contents_json(request: HttpRequest, year: int) -> HttpResponse:
    """一年的目录,JSON。"""
    issues, old = _of_year(year)
    content = output.contents_json(issues, timezone.now(), timezone.localdate(), _base(), old)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


@require_safe
def pack(request: HttpRequest, year: int) -> HttpResponse:
    """一年的离线包。"""
    content = output.pack(year, _printed(year), timezone.now(), timezone.localdate(), _base())
    return _file(request, f"gazette-{year}.zip", content, "application/zip")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """检索:标题、文号、统一编号、“2021年第9期第3页”;每条给公报位置和现在的效力。"""
    at, on = timezone.now(), timezone.localdate()
    chosen = forms.SearchForm(request.GET, at=at)
    q = (chosen.value_of("q") or "").strip()
    rows = Article.objects.public(at).filter(is_public_at(at, "record__")).with_all()
    for word in q.split()[:6]:
        rows = rows.filter(
            Q(edition__title__icontains=word)
            | Q(edition__doc_number__icontains=word)
            | Q(record__normative__number__icontains=word)
            | Q(record__index_number__iexact=word)
        )
    if chosen.value_of("year"):
        rows = rows.filter(issue__year=chosen.value_of("year"))
    if chosen.value_of("section"):
        rows = rows.filter(section__name=chosen.value_of("section"))
    if chosen.value_of("agency"):
        rows = rows.filter(record__agency=chosen.value_of("agency"))
    if chosen.value_of("force"):
        ended = Q(record__expires_on__lt=on) | Q(record__repealed_on__lte=on)
        rows = rows.filter(binds_on(on, "record__") if chosen.value_of("force") == "in" else ended)
    result = page(rows, request.GET, keys=("pk",), size=20)
    for article in result.rows:
        article.force = output.validity_of(article.record, at, on)
    context = {
        "page": result,
        "form": chosen,
        "q": q,
        "cited": _cited(q),
        "scans": _scans(q),
    }
    context["old"], context["more_old"] = _old(q, chosen)
    return render(request, "gazette/public/search.html", context)


def _cited(q: str) -> Any:
    """What a citation names: an article of an issue, the issue, or an old issue."""
    read = heads.read(q)
    if not read.issue_year or not read.issue_no:
        return None
    one = (
        _issues(year=read.issue_year)
        .in_sequence()
        .filter(Q(number=read.issue_no) | Q(number_to=read.issue_no))
        .first()
    )
    if one is None:
        return HistoricIssue.objects.filter(year=read.issue_year, number=read.issue_no).first()
    if place := _PAGE.search(q):
        return one.articles.filter(first_page__lte=int(place[1])).with_all().order_by("-first_page").first() or one
    return one


def _old(q: str, chosen: forms.SearchForm) -> tuple[list[HistoricArticle], bool]:
    """Lines of old contents, and whether there are more than are shown; nothing without a word, or when something is
    asked that they do not have. What is printed under a line that was found too is not a line of its own (GZ: 印发通知
    和被印发的办法是一件)."""
    if not q or chosen.value_of("agency") or chosen.value_of("force"):
        return [], False
    rows = HistoricArticle.objects.select_related("issue", "parent")
    for word in q.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(doc_number__icontains=word))
    if chosen.value_of("year"):
        rows = rows.filter(issue__year=chosen.value_of("year"))
    if chosen.value_of("section"):
        rows = rows.filter(section=chosen.value_of("section"))
    rows = rows.exclude(parent__in=rows.filter(parent=None).values("pk"))
    found = list(rows.order_by("-issue__year", "-issue__number", "position")[: OLD_SHOWN + 1])
    return found[:OLD_SHOWN], len(found) > OLD_SHOWN


def _scans(q: str) -> list[ScanPage]:
    words = [word for word in q.split() if len(word) > 1][:6]
    if not words:
        return []
    rows = ScanPage.objects.exclude(text="").select_related("issue")
    for word in words:
        rows = rows.filter(text__icontains=word)
    found = list(rows.order_by("-issue__year", "-issue__number", "page")[:OLD_SHOWN])
    for scanned in found:
        scanned.shown = scanned.hit(words)
    return found


@require_safe
def historic(request: HttpRequest, pk: int) -> HttpResponse:
    """一期旧公报的目录。"""
    issue = get_object_or_404(HistoricIssue.objects.prefetch_related("articles__record"), pk=pk)
    same = HistoricIssue.objects.filter(year=issue.year, kind=issue.kind)
    context = {
        "issue": issue,
        "articles": _lines(issue, timezone.now()),
        "searchable": issue.scan_pages.exclude(text="").count() if issue.scan else 0,
        "before": same.filter(number__lt=issue.number).order_by("-number").first(),
        "after": same.filter(number__gt=issue.number).order_by("number").first(),
    }
    return render(request, "gazette/public/historic.html", context)


@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """一期旧公报的扫描件。"""
    issue = get_object_or_404(HistoricIssue.objects.exclude(scan=""), pk=pk)
    try:
        file = store.opened(issue.scan)
    except FileNotFoundError:
        raise Http404("扫描件不在资料目录里，或者坏了。") from None
    response = FileResponse(file, content_type="application/pdf", filename=issue.scan_name or "scan.pdf")
    response["X-Content-Type-Options"], response["Cache-Control"] = "nosniff", "no-cache"
    return response
