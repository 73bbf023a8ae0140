"""公报的阅读和下载次数:由访问日志数出,不记是谁;数访问的应用把自己报进来(``count_pages_with``)。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import Resolver404, resolve

from .models import Article, HistoricIssue, Issue

#: 以某个网址开头的各页,从哪天到哪天各打开多少次;没有读过访问日志的是 None。
PageCounter = Callable[[str, date, date], Mapping[str, int] | None]
PREFIX = "/gazette/"
_pages: list[PageCounter] = []
#: 最多看的篇目列多少。
SHOWN = 30


def count_pages_with(counter: PageCounter) -> None:
    """Let an app that counts pages (from the access log) say how often addresses were opened."""
    _pages[:] = [counter]


@dataclass(slots=True)
class Line:
    """一期(新的、旧的)的次数。``read`` 是目录和各篇的网页,``cut`` 是单篇 PDF。"""

    title: str
    url: str
    read: int = 0
    pdf: int = 0
    epub: int = 0
    cut: int = 0

    @property
    def total(self) -> int:
        return self.read + self.pdf + self.epub + self.cut


@dataclass(slots=True)
class Reading:
    """一段时间的阅读和下载:各期、最多看的篇目、另外的几样(检索、目录、离线包)。"""

    issues: list[Line]
    articles: list[tuple[Article, int]] = field(default_factory=list)
    others: dict[str, int] = field(default_factory=dict)


#: 不属于哪一期的网页。
_OTHERS = {
    "gazette": "公报首页",
    "gazette_search": "检索",
    "gazette_year": "年度目录",
    "gazette_contents_csv": "目录 CSV",
    "gazette_contents_json": "目录 JSON",
    "gazette_pack": "离线包",
    "gazette_volume": "全年合订本",
}


@lru_cache(maxsize=20_000)
def _place(path: str) -> tuple[str, tuple[tuple[str, Any], ...]] | None:
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found.view_name.removeprefix("public:"), tuple(sorted(found.kwargs.items()))


def reading(since: date, until: date) -> Reading | None:
    """What was read and taken away; None if no access log was ever read."""
    counts = _pages[0](PREFIX, since, until) if _pages else None
    if counts is None:
        return None
    lines: dict[tuple[str, Any], Line] = {}
    pieces: dict[tuple[int, str, int], int] = defaultdict(int)
    others: dict[str, int] = defaultdict(int)
    for path, n in counts.items():
        if (place := _place(path)) is None:
            continue
        name, given = place[0], dict(place[1])
        if name in _OTHERS:
            others[_OTHERS[name]] += n
        elif "pk" in given:
            line = lines.setdefault(("old", given["pk"]), Line("", ""))
            line.read, line.pdf = line.read + n * (name != "gazette_scan"), line.pdf + n * (name == "gazette_scan")
        elif "code" in given:
            line = lines.setdefault((given["year"], given["code"]), Line("", ""))
            kind = (
                given.get("kind") if name == "gazette_form" else "cut" if name == "gazette_article_pdf" else "read"
            )
            if kind in ("pdf", "epub", "cut", "read"):
                setattr(line, kind, getattr(line, kind) + n)
            if "position" in given:
                pieces[given["year"], given["code"], given["position"]] += n
    return Reading(_named(lines), _articles(pieces), dict(others))


def _named(lines: dict[tuple[str, Any], Line]) -> list[Line]:
    """The lines of issues that there are, the newest first; made-up addresses are none."""
    found = []
    for issue in Issue.objects.exclude(published_at=None).select_related("masthead").newest_first():
        if line := lines.get((issue.year, issue.code)):  # type: ignore[call-overload]
            line.title, line.url = str(issue), issue.get_absolute_url()
            found.append(line)
    old = [pk for kind, pk in lines if kind == "old"]
    for past in HistoricIssue.objects.filter(pk__in=old):
        line = lines["old", past.pk]
        line.title, line.url = str(past), past.get_absolute_url()
        found.append(line)
    return found


def _articles(pieces: dict[tuple[int, str, int], int]) -> list[tuple[Article, int]]:
    """The articles that were opened most."""
    top = sorted(pieces.items(), key=lambda item: (-item[1], item[0]))[: 2 * SHOWN]
    rows = Article.objects.filter(issue__year__in={key[0] for key, _ in top}).with_all()
    wanted = {key for key, _ in top}
    known = {
        key: row
        for row in rows.filter(position__in={key[2] for key in wanted})
        if (key := (row.issue.year, row.issue.code, row.position)) in wanted
    }
    return [(known[key], n) for key, n in top if key in known][:SHOWN]
