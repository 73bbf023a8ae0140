"""查一份指南要知道的别处:中介清单、收费目录、同一事项的别的指南、查过的链接。一次查好,成批查的时候不重复。"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..models import FeeItem, Guide, Intermediary, Link, Version
from ..terms import LinkState, Stage


@dataclass(slots=True)
class Around:
    """别处的情况。``fees`` 空着,就是区里还没有收费目录,不按它查。"""

    on: date
    intermediaries: frozenset[str]
    fees: frozenset[str]
    twins: dict[str, list[Version]] = field(default_factory=dict)
    bad_links: dict[int, list[Link]] = field(default_factory=dict)

    @classmethod
    def of(cls, on: date, guide: Guide | None = None) -> Around:
        """For one guide, or for every one."""
        around = cls(
            on,
            frozenset(Intermediary.objects.filter(removed_at=None).values_list("name", flat=True)),
            frozenset(FeeItem.objects.filter(removed_at=None).values_list("name", flat=True)),
        )
        live = Version.objects.filter(stage=Stage.LIVE, guide__state="live").select_related("guide__agency")
        for one in live if guide is None else live.filter(name=guide.name).exclude(guide=guide):
            around.twins.setdefault(one.name, []).append(one)
        if guide is not None and guide.code:
            for one in live.filter(code=guide.code).exclude(guide=guide).exclude(name=guide.name):
                around.twins.setdefault(one.code, []).append(one)
        bad = Link.objects.filter(state__in=(LinkState.DEAD, LinkState.HOME, LinkState.MOVED)).prefetch_related(
            "guides"
        )
        for link in bad if guide is None else bad.filter(guides=guide):
            for one in link.guides.all():
                around.bad_links.setdefault(one.pk, []).append(link)
        return around

    def others(self, version: Version) -> list[Version]:
        """Live guides elsewhere of the same name or code."""
        found = [*self.twins.get(version.name, []), *(self.twins.get(version.code, []) if version.code else [])]
        return [one for one in found if one.guide_id != version.guide_id]
