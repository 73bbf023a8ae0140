"""政府信息自己会数的数(``desk.figures``):法定公开事项覆盖、更新、按时公开、不予公开信息的年度评估、平台的四个栏目、统计信息。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Max, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows, of_things
from gongkai.desk.moments import end_of, local_day, start_of
from gongkai.law import duties
from gongkai.law.agencies import AgencyKind
from gongkai.law.duties import Tab
from gongkai.law.marks import titled
from gongkai.org.models import Agency

from . import catalogue
from .models import Reassessment, Record


def _matrix(agencies: Sequence[int], on: date) -> catalogue.Matrix:
    return catalogue.matrix(on=on, agencies=Agency.objects.current(on).filter(pk__in=agencies))


def _coverage(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every cell that falls to a unit; filled ones count."""
    return [
        Shown(
            f"{row.agency}：{cell.label}", reverse("desk:catalogue"), row.agency.pk, cell.count > 0, cell.in_words
        )
        for row in _matrix(agencies, on).rows
        for cell in row.cells
        if cell and cell.state != "absent"
    ]


def _fresh(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every filled cell; those renewed in time count."""
    return [
        Shown(
            f"{row.agency}：{cell.label}",
            reverse("desk:catalogue"),
            row.agency.pk,
            cell.state == "ok",
            cell.in_words,
        )
        for row in _matrix(agencies, on).rows
        for cell in row.cells
        if cell and cell.count
    ]


def _published(agencies: Sequence[int], on: date) -> QuerySet[Record]:
    """What became public in the year by that day and had a last day for it."""
    rows = Record.objects.public(end_of(on)).filter(agency__in=agencies, published_at__gte=start_of(on.year))
    return rows.exclude(publication_due_on=None)


def _withheld(agencies: Sequence[int], on: date) -> QuerySet[Record]:
    """What must be assessed in the year of the day."""
    return catalogue.reassessments(Record.objects.filter(agency__in=agencies), on.year).rows


def _assessed(rows: QuerySet[Record], on: date) -> QuerySet[Record]:
    done = Reassessment.objects.filter(year=on.year, at__gte=start_of(on.year), at__lte=end_of(on))
    return rows.filter(pk__in=done.values("record"))


#: 政府信息公开平台的四个法定栏目。
_TABS = (Tab.GUIDE, Tab.RULES, Tab.STATUTORY, Tab.ANNUAL)
STATISTICS = "statistics"


def _platform(*kinds: AgencyKind) -> Callable[[Sequence[int], date], list[Shown]]:
    """Each of the four columns of the platform for every unit of these kinds that keeps one; those with something in
    them count. Only the unit's own records count, so a unit moves by itself."""

    def things(agencies: Sequence[int], on: date) -> list[Shown]:
        tab_of = {duty.key: duty.tab for duty in duties.all().values() if duty.tab in _TABS}
        units = list(Agency.objects.current(on).filter(pk__in=agencies, kind__in=kinds))
        rows = Record.objects.public(end_of(on)).filter(agency__in=units, duty__in=tab_of).order_by()
        filled = {(pk, tab_of[duty]) for pk, duty in rows.values_list("agency", "duty").distinct()}
        url = reverse("desk:catalogue")
        return [
            Shown(
                f"{unit}：{tab.label}",
                url,
                unit.pk,
                (unit.pk, tab) in filled,
                "有内容" if (unit.pk, tab) in filled else "没有内容",
            )
            for unit in units
            for tab in _TABS
            if any(duty.tab is tab and unit.kind in duty.kinds for duty in duties.all().values())
        ]

    return things


def _statistics(agencies: Sequence[int], on: date) -> list[Shown]:
    """Units that made statistics public; those that renewed them within the period of the item count."""
    rows = Record.objects.public(end_of(on)).filter(agency__in=agencies, duty=STATISTICS).order_by()
    names = {one.pk: str(one) for one in Agency.objects.current(on).filter(pk__in=agencies)}
    duty, url = duties.get(STATISTICS), reverse("desk:catalogue")
    found = []
    for pk, last in rows.values_list("agency").annotate(last=Max("published_at")):
        if pk in names:
            kept = on <= catalogue.months_after(local_day(last), duty.months)
            found.append(Shown(f"{names[pk]}：{duty.label}", url, pk, kept, f"最近更新{local_day(last)}"))
    return found


def shown(record: Record, counts: bool) -> Shown:
    """A record as an item behind a figure; one that is not public by its index number alone."""
    title = titled(record) if record.published_at else record.index_number
    return Shown(title, reverse("desk:record", args=[record.pk]), record.agency_id, counts)


FIGURES: tuple[Figure, ...] = (
    of_things(
        _coverage,
        key="records.coverage",
        label="法定公开事项覆盖率",
        above="已经公开的事项",
        below="应当公开的事项",
        clauses=("1.1",),
        span=Span.STATE,
        follows=("records", "org"),
        note="核准不涉及的不算。",
    ),
    of_things(
        _fresh,
        key="records.fresh",
        label="法定公开事项按期更新率",
        above="没有超过更新周期的事项",
        below="已经公开的事项",
        clauses=("1.1", "1.2"),
        span=Span.STATE,
        follows=("records", "org"),
    ),
    of_rows(
        rows=_published,
        meeting=lambda rows, on: rows.filter(late=False),
        owner="agency",
        show=shown,
        key="records.timely",
        label="按时公开率",
        above="按时公开的信息",
        below="当年公开、有公开期限的信息",
        clauses=("1.1",),
        follows=("records",),
        local=True,
    ),
    of_rows(
        rows=_withheld,
        meeting=_assessed,
        owner="agency",
        show=shown,
        key="records.reassessed",
        label="不予公开信息年度评估率",
        above="当年评估过的",
        below="当年应当评估的不予公开信息",
        clauses=("1.3",),
        follows=("records",),
        local=True,
    ),
    of_things(
        _platform(AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT),
        key="records.platform",
        label="信息公开平台栏目齐全率",
        above="有内容的栏目",
        below="区政府和各部门的四个法定栏目（指南、制度、法定主动公开内容、年度报告）",
        clauses=("7.2",),
        span=Span.STATE,
        follows=("records", "org"),
        local=True,
    ),
    of_things(
        _platform(AgencyKind.TOWN),
        key="records.town_platform",
        label="镇（街道）公开专栏栏目齐全率",
        above="有内容的栏目",
        below="各镇（街道）的四个法定栏目（指南、制度、法定主动公开内容、年度报告）",
        clauses=("7.5",),
        span=Span.STATE,
        follows=("records", "org"),
        local=True,
    ),
    of_things(
        _statistics,
        key="records.statistics",
        label="统计信息按期更新率",
        above="没有超过更新周期的单位",
        below="公开过统计信息的单位",
        clauses=("3.4",),
        span=Span.STATE,
        follows=("records", "org"),
        local=True,
        note="只数公开了的统计信息；分析做得怎样，看各单位报的进展。",
    ),
)
