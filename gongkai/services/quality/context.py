"""查一份指南要知道的别处:中介清单、收费目录、同一事项的别的指南、查过的链接。一次查好,成批查的时候不重复。"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.adapters.likeness import sketch
from gongkai.law import itemcode

from ..models import FeeItem, Guide, Intermediary, Link, Phone, Version
from ..terms import LinkState, PhoneState, Stage

#: 同一单位至多同这么多份比。
COMPARED = 400
#: 除了名称以外不到这么多字的不比。
LEAST = 80


@dataclass(slots=True)
class Around:
    """别处的情况。``fees`` 空着,就是区里还没有收费目录,不按它查。"""

    on: date
    intermediaries: frozenset[str]
    fees: frozenset[str]
    twins: dict[str, list[Version]] = field(default_factory=dict)
    bad_links: dict[int, list[Link]] = field(default_factory=dict)
    bad_phones: dict[int, list[str]] = field(default_factory=dict)
    _bodies: dict[int, list[tuple[int, str, bytes]]] = field(default_factory=dict)
    _codes: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    @classmethod
    def load(cls, on: date, guide: Guide | None = None) -> Around:
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
        wrong = Phone.objects.filter(state=PhoneState.WRONG).values_list("guides", "number")
        for pk, number in wrong if guide is None else wrong.filter(guides=guide):
            around.bad_phones.setdefault(pk, []).append(number)
        return around

    def others(self, version: Version) -> list[Version]:
        """Live guides elsewhere of the same name or code."""
        found = [*self.twins.get(version.name, []), *(self.twins.get(version.code, []) if version.code else [])]
        return [one for one in found if one.guide_id != version.guide_id]

    def bodies(self, agency: int) -> list[tuple[int, str, bytes]]:
        """(guide, name, fingerprint of what is particular to it) of each live guide of a unit; empty if it says little."""
        if agency not in self._bodies:
            columns = ("guide_id", "name", "conditions", "materials", "steps", "excluded", "result")
            rows = _live(agency).values_list(*columns)[:COMPARED]
            texts = [(guide, name, body_text(*rest).replace(name, "")) for guide, name, *rest in rows]
            self._bodies[agency] = [
                (guide, name, sketch(text) if len(text) >= LEAST else b"") for guide, name, text in texts
            ]
        return self._bodies[agency]

    def codes(self, agency: int, guide: int) -> set[str]:
        """The credit codes in the item codes of the other live guides of a unit."""
        if agency not in self._codes:
            parsed = ((pk, itemcode.parse(code)) for pk, code in _live(agency).values_list("guide_id", "code"))
            self._codes[agency] = [(pk, code.uscc) for pk, code in parsed if code and code.uscc]
        return {code for pk, code in self._codes[agency] if pk != guide}


def body_text(conditions: str, materials: list[Any], steps: list[Any], excluded: str, result: str) -> str:
    """What is particular to an item: no name, no basis, no place and phone."""
    rows = [f"{row.get('name', '')}{row.get('points', '')}" for row in materials]
    rows += [f"{row.get('name', '')}{row.get('who', '')}{row.get('result', '')}" for row in steps]
    return "\n".join(filter(None, (conditions, *rows, excluded, result)))


def _live(agency: int) -> QuerySet[Version]:
    return Version.objects.filter(stage=Stage.LIVE, guide__state="live", guide__agency=agency)
