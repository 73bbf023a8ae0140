"""解读的数:按单位、按年,多少件、多元化占比、负责人解读几件、同步不同步;每个数背后是哪些件。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.desk.moments import start_of
from gongkai.law import interpretation as law
from gongkai.law import params
from gongkai.law.errors import NotInForce
from gongkai.law.interpretation import Form, Share, Timing
from gongkai.org.models import Agency
from gongkai.records.actions.derived import published_on
from gongkai.records.models import Record, Relation
from gongkai.records.terms import RelationKind

from .actions.packages import INTERPRETATION

#: 一个数的名称:网址里的键 → 表头。
COUNTS = {
    "all": "解读",
    "diverse": "多元化解读",
    "head": "负责人解读",
    "together": "同步发布",
    "late": "迟于文件",
    "loose": "没有同文件相连",
}


@dataclass(frozen=True, slots=True)
class Item:
    """一份解读:形式、是不是负责人解读、解读哪一件、比文件早晚。"""

    record: Record
    form: Form | None
    by_head: bool
    paper: Record | None
    timing: Timing | None
    diverse: bool

    def counts(self) -> frozenset[str]:
        """Under which figures it stands."""
        late = self.timing is not None and self.timing.is_late
        facts = {
            "diverse": self.diverse,
            "head": self.by_head,
            "together": self.timing is Timing.TOGETHER,
            "late": late,
            "loose": self.paper is None,
        }
        return frozenset({"all", *(key for key, holds in facts.items() if holds)})


@dataclass(slots=True)
class Line:
    """一个单位一年的解读。"""

    agency: Agency | None
    on: date
    items: list[Item] = field(default_factory=list)

    def items_behind(self, key: str) -> list[Item]:
        """The interpretations behind one figure."""
        return [one for one in self.items if key in one.counts()]

    @property
    def figures(self) -> list[tuple[str, str, int]]:
        return [(key, label, len(self.items_behind(key))) for key, label in COUNTS.items()]

    @property
    def share(self) -> Share:
        return law.diverse_share((frozenset({one.form} - {None}) for one in self.items), self.on)

    @property
    def enough_by_head(self) -> bool | None:
        """Whether the head interpreted as often as is asked for in a year; None before it was asked for."""
        try:
            return len(self.items_behind("head")) >= params.at("interpretation.head_per_year", self.on).value
        except NotInForce:
            return None


def lines(agencies: QuerySet[Agency], year: int, at: datetime) -> list[Line]:
    """The units that interpreted in a year, in their order; what the public may read now."""
    last = date(year, 12, 31)
    found: dict[int, Line] = {}
    for item in items(agencies, year, at):
        agency = item.record.agency
        found.setdefault(agency.pk, Line(agency, last)).items.append(item)
    return sorted(found.values(), key=lambda row: (row.agency.order, row.agency.code))


def total(rows: Iterable[Line], year: int) -> Line:
    """All of them together."""
    return Line(None, date(year, 12, 31), [item for line in rows for item in line.items])


def items(agencies: QuerySet[Agency], year: int, at: datetime) -> list[Item]:
    """The interpretations that became public in a year."""
    rows = Record.objects.public(at).filter(
        type=INTERPRETATION,
        agency__in=agencies,
        published_at__gte=start_of(year),
        published_at__lt=start_of(year + 1),
    )
    records = list(rows.select_related("agency").order_by("published_at", "pk"))
    papers = defaultdict(list)
    links = Relation.objects.filter(source__in=records, kind=RelationKind.INTERPRETS)
    for link in links.select_related("target").order_by("pk"):
        papers[link.source_id].append(link.target)
    diverse = law.diverse_forms(date(year, 12, 31))
    return [_item(one, papers[one.pk][:1], diverse) for one in records]


def _item(record: Record, papers: list[Record], diverse: frozenset[Form]) -> Item:
    form = Form.named(str(record.fields.get("form", "")))
    paper = papers[0] if papers else None
    day = published_on(paper) if paper else None
    mine = timezone.localtime(record.published_at).date()
    by_head = form is Form.HEAD or record.fields.get("by_head") == "是"
    return Item(record, form, by_head, paper, law.timing(day, mine) if day else None, form in diverse)
