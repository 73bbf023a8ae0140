"""排版:由稿子做 PDF 和 EPUB,读回来核对。只算不写库。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from gongkai.adapters import apart, press, render
from gongkai.adapters.picture import Fitted, NotPicture, fitted
from gongkai.law.errors import RuleBroken
from gongkai.records import store

from .manuscript import book
from .models import Issue
from .terms import FormKind


@dataclass(frozen=True, slots=True)
class Typeset:
    """排好的一期:定了页码的稿子、各种成品、各篇的页码。"""

    book: press.Book
    files: dict[FormKind, bytes]
    placed: tuple[press.Placed, ...]
    page_count: int


def typeset(issue: Issue, at: datetime, *, afresh: bool) -> Typeset:
    """Set an issue. ``afresh`` forgets the pages that were set before; otherwise each article keeps its pages.

    Raises:
        RuleBroken: there is nothing to set, or no font.
    """
    manuscript = book(issue, at)
    if not manuscript.pieces:
        raise RuleBroken(f"{issue}里还没有篇目", fix="请先选入文件。")
    if afresh:
        manuscript = replace(manuscript, pieces=tuple(replace(one, first=0) for one in manuscript.pieces))
    pictures = pictures_of(manuscript)
    pdf = rendered(manuscript, FormKind.PDF, pictures)
    placed = tuple(press.place(pdf, manuscript))
    firsts = {one.position: one.first for one in placed}
    settled = replace(
        manuscript, pieces=tuple(replace(one, first=firsts[one.position]) for one in manuscript.pieces)
    )
    files = {FormKind.PDF: pdf, FormKind.EPUB: rendered(settled, FormKind.EPUB, pictures)}
    return Typeset(settled, files, placed, press.count(pdf))


#: 印在纸上够清楚的边长(像素)。
_LONGEST = 1600


def pictures_of(manuscript: press.Book | press.Volume) -> dict[str, Fitted]:
    """The pictures of a manuscript made ready for print, each in a process apart; those that cannot be read are left
    out, and the form that lacks them does not pass its proof."""
    found: dict[str, Fitted] = {}
    for digest in manuscript.digests:
        try:
            found[digest] = apart.run(apart.DESK, fitted, store.read(digest), _LONGEST)
        except (NotPicture, apart.Stopped, FileNotFoundError):
            continue
    return found


def rendered(manuscript: press.Book, kind: FormKind, pictures: dict[str, Fitted] | None = None) -> bytes:
    """One form of a manuscript."""
    if pictures is None:
        pictures = pictures_of(manuscript)
    if kind is FormKind.EPUB:
        return press.epub(manuscript, pictures)
    return press.pdf(manuscript, _fonts(), pictures)


@dataclass(frozen=True, slots=True)
class BoundVolume:
    """做好的一年合订本:记号、各种形式、页数、读回来不一样的地方。"""

    mark: str
    files: dict[FormKind, bytes]
    page_count: int
    faults: list[str]


def volume(year: int, at: datetime) -> tuple[press.Volume, list[Issue]]:
    """The manuscripts of a year's issues that have come out, in the order in which they did; none: no books."""
    rows = Issue.objects.public(at).filter(year=year).select_related("masthead__agency")
    issues = list(rows.order_by("planned_on", "pk"))
    return press.Volume(year, tuple(book(issue, at) for issue in issues)), issues


def bind(year: int, at: datetime, *, unless: dict[str, str]) -> BoundVolume | None:
    """The volume of a year; None if nothing has come out, or both forms that there are (kind → mark) are of this very
    text. Set in a process apart, whose memory and time are limited and which gives its memory back.

    Raises:
        RuleBroken: no font, or the year is too large for these limits.
    """
    bound, issues = volume(year, at)
    if not issues or all(unless.get(kind) == bound.mark for kind in FormKind):
        return None
    try:
        made = apart.run(apart.BULK, press.bound_forms, bound, _fonts(), pictures_of(bound))
    except apart.Stopped as error:
        raise RuleBroken(
            f"{year}年合订本没有做成：{error.why}", fix="各期照常可以下载；图片太大的换小些再排。"
        ) from None
    files = {FormKind.PDF: made.pdf, FormKind.EPUB: made.epub}
    return BoundVolume(bound.mark, files, made.page_count, made.faults)


def _fonts() -> render.Fonts:
    try:
        return render.Fonts.find(Path(settings.GONGKAI_DATA) / "fonts")
    except render.NoFont as error:
        raise RuleBroken(str(error).rstrip("。"), fix="装好字体以后再排。") from None


def faults(manuscript: press.Book, kind: FormKind, content: bytes) -> list[str]:
    """Where a form, read back, differs from the manuscript."""
    read = press.of_pdf(content, manuscript) if kind is FormKind.PDF else press.of_epub(content)
    return list(press.faults(manuscript, kind.label, read))
