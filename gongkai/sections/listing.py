"""专栏有哪些网页,什么会使它们变样:给发布程序(``records.listings``)。"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister

from . import sources
from .models import Section
from .terms import SectionKind

ABOUT = "sections.section"
#: 只动草稿、公众看不到的动作;别的动作一律当作看得到。
UNSEEN = frozenset({"sections.create", "sections.save", "sections.block", "sections.submit"})
#: 列着各专栏名称的页:全部专栏、首页、网站地图、订阅,和给搜索引擎的列表。
NAMING = ("sections", "home", "sitemap", "feeds", "sitemap_lists")


def section_pages(section: Section) -> set[str]:
    """The pages that show what the section lists: its page, and the feed of a topic."""
    found = {section.get_absolute_url()}
    if section.kind == SectionKind.TOPIC:
        found.add(reverse("public:topic_feed", args=[section.slug]))
    return found


def _all_own(sections: Iterable[Section]) -> set[str]:
    return {address for section in sections for address in section_pages(section)}


def by_spots(spots: set[Spot]) -> set[str]:
    return _all_own(sources.by_spots(spots))


def by_records(pks: set[int]) -> set[str]:
    return _all_own(sources.by_records(pks))


def by_entry(entry: LogEntry) -> set[str]:
    """A section that was opened, published anew or closed: its pages, and those that name it."""
    if entry.object_type != ABOUT or entry.action in UNSEEN:
        return set()
    section = Section.objects.select_related("agency").filter(pk=entry.object_id).first()
    if section is None:
        return set()
    found = section_pages(section) | {reverse(f"public:{name}") for name in NAMING}
    return found | ({section.agency.get_absolute_url()} if section.agency else set())


def standing() -> set[str]:
    """The pages of every open section, and the page that lists them."""
    return _all_own(Section.objects.open()) | {reverse("public:sections")}


LISTER = Lister(by_spots, by_records, by_entry, standing)
