"""办事服务有哪些网页是文件,什么操作会使它们变样:给发布程序(``records.listings``)。"""

from __future__ import annotations

from django.urls import reverse

from gongkai.org.models import LogEntry
from gongkai.records.counts import Spot
from gongkai.records.listings import Lister

from . import measures
from .models import Guide, Matter
from .terms import SHOWN, GuideState

#: 不用填什么的各页。通办进展不在里面:多少天没有更新随日子变,由程序当场给。
PAGES = (
    "services",
    "service_guides",
    "service_matters",
    "service_handbook",
    "service_intermediaries",
    "service_fees",
    "service_complaints",
    "service_questions",
    "service_certificates",
)
#: 只动草稿、公众看不到的;别的一律当作看得到。
UNSEEN = frozenset(
    {"services.draft", "services.discard", "services.import", "services.reminder", "services.links"}
)


def _pages() -> set[str]:
    return {reverse(f"public:{name}") for name in PAGES}


def _own(pk: object) -> set[str]:
    return {reverse("public:service_guide", args=[pk]), reverse("public:service_guide_print", args=[pk])}


def _matter(pk: object) -> set[str]:
    return {reverse("public:service_matter", args=[pk]), reverse("public:service_matter_print", args=[pk])}


def by_spots(spots: set[Spot]) -> set[str]:
    return set()


def by_records(pks: set[int]) -> set[str]:
    return set()


def by_entry(entry: LogEntry) -> set[str]:
    """A guide that changed: its pages, the lists, the matters it is a part of; a matter: its pages and its parts'; a
    measure of a policy: the guides to which it leads."""
    if entry.object_type == "policies.measure" and entry.object_id.isdigit():
        return {address for pk in measures.guides_of(int(entry.object_id)) for address in _own(pk)}
    if not entry.action.startswith("services.") or entry.action in UNSEEN:
        return set()
    found = _pages()
    if entry.object_type == "services.guide":
        if Guide.objects.filter(pk=entry.object_id, state=GuideState.NEW).exists():
            return set()
        found |= _own(entry.object_id)
        for pk in Matter.objects.filter(parts__guide=entry.object_id).values_list("pk", flat=True):
            found |= _matter(pk)
    elif entry.object_type == "services.matter":
        found |= _matter(entry.object_id)
        for pk in Guide.objects.filter(parts__matter=entry.object_id).values_list("pk", flat=True):
            found |= _own(pk)
        if entry.action == "services.part":
            # 刚去掉的一项查不到了,它的页上还写着这件事
            found |= {address for guide in Guide.objects.shown() for address in _own(guide.pk)}
    elif entry.object_type == "services.cooperation":
        found |= {
            address
            for pk in Guide.objects.filter(cooperations__pk=entry.object_id).values_list("pk", flat=True)
            for address in _own(pk)
        }
    return found


def standing() -> set[str]:
    """Every page there is now."""
    found = _pages()
    for pk in Guide.objects.filter(state__in=SHOWN).values_list("pk", flat=True):
        found |= _own(pk)
    for pk in Matter.objects.shown().values_list("pk", flat=True):
        found |= _matter(pk)
    return found


LISTER = Lister(by_spots, by_records, by_entry, standing)
