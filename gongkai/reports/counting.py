"""由台账计数:每一格的条件在这里写一次,计数和点开看件用的是同一个条件,所以数和件不会对不上(C87)。

年度以当地的日期为界(C85)。新收按收到之日,办结按第一次办结之日(责令重新办理的不再计);所以新收与上年结转之和总等于
办结与结转下年之和。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.foi.models import Application, Remedy
from gongkai.law import replies
from gongkai.law.report import form_of
from gongkai.records.models import Record
from gongkai.records.terms import WithdrawalKind

COLUMNS = ("person", "business", "research", "welfare", "legal", "other")
RESULTS = ("upheld", "corrected", "other", "pending")
NORM = "normative"

#: (表, 行, 第几个数) → 数。表三前六列、表四前四列、表二规范性文件;总计由它们相加。
Key = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Year:
    """统计期。"""

    number: int

    @property
    def first(self) -> date:
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        return date(self.number, 12, 31)


def _flows(year: Year) -> dict[str, Q]:
    """The rows of table 3 that are not outcomes."""
    return {
        "new": Q(received_on__range=(year.first, year.last)),
        "old": Q(received_on__lt=year.first) & (Q(counted_on=None) | Q(counted_on__gte=year.first)),
        "car": Q(received_on__lte=year.last) & (Q(counted_on=None) | Q(counted_on__gt=year.last)),
        "tot": _closed(year),
    }


def _closed(year: Year) -> Q:
    return Q(counted_on__range=(year.first, year.last))


def _outcomes(cell: str) -> list[str]:
    return [key for key, one in replies.outcomes().items() if one.cell == cell]


def cases(agencies: Iterable[int], year: int, row: str, column: str = "total") -> QuerySet[Application]:
    """The cases behind a cell of table 3."""
    span = Year(year)
    found = Application.objects.filter(agency__in=agencies)
    flows = _flows(span)
    found = found.filter(flows[row] if row in flows else _closed(span) & Q(counted_outcome__in=_outcomes(row)))
    return found if column == "total" else found.filter(applicant_kind=column)


def remedies(agencies: Iterable[int], year: int, kind: str, result: str = "") -> QuerySet[Remedy]:
    """The disputes behind a cell of table 4: concluded in the year, or not concluded at its end."""
    span = Year(year)
    found = Remedy.objects.filter(agency__in=agencies, kind=kind)
    ended = Q(decided_on__range=(span.first, span.last))
    pending = Q(filed_on__lte=span.last) & (Q(decided_on=None) | Q(decided_on__gt=span.last))
    if result == "pending":
        return found.filter(pending)
    return found.filter(ended & Q(result=result) if result else ended | pending)


def norms(agencies: Iterable[int], year: int, index: int) -> QuerySet[Record]:
    """The normative documents behind table 2: 0 made in the year, 1 ended in it, 2 in force at its end.

    By construction the last equals the same of the year before, plus made, less ended (E6).
    """
    span = Year(year)
    found = Record.objects.filter(
        agency__in=agencies,
        type=NORM,
        made_on__lte=span.last,
        published_at__isnull=False,
        withdrawn__in=("", WithdrawalKind.REPEALED),
    )
    if index == 0:
        return found.filter(made_on__gte=span.first)
    if index == 2:
        return found.filter(_alive(span.last))
    return found.filter(Q(made_on__gte=span.first) | _alive(Year(year - 1).last)).exclude(_alive(span.last))


def _alive(on: date) -> Q:
    return (Q(repealed_on=None) | Q(repealed_on__gt=on)) & (Q(expires_on=None) | Q(expires_on__gte=on))


def count(agencies: Iterable[int], year: int) -> dict[int, dict[Key, int]]:
    """Every counted figure of each agency, in some twenty queries however many there are; cells that are nought are
    left out."""
    ids, span = list(agencies), Year(year)
    found: dict[int, dict[Key, int]] = {pk: defaultdict(int) for pk in ids}
    own = Application.objects.filter(agency__in=ids).order_by()
    for row, rule in _flows(span).items():
        if row != "tot":
            for pk, column, n in own.filter(rule).values_list("agency", "applicant_kind").annotate(n=Count("pk")):
                found[pk][3, row, COLUMNS.index(column)] += n
    closed = own.filter(_closed(span)).values_list("agency", "applicant_kind", "counted_outcome")
    for pk, column, outcome, n in closed.annotate(n=Count("pk")):
        found[pk][3, replies.outcomes()[outcome].cell, COLUMNS.index(column)] += n
    for row in form_of(max(year, 2019)).remedies:
        for index, result in enumerate(RESULTS):
            rows = remedies(ids, year, row.key, result).order_by().values_list("agency")
            for pk, n in rows.annotate(n=Count("pk")):
                found[pk][4, row.key, index] += n
    for index in range(3):
        for pk, n in norms(ids, year, index).order_by().values_list("agency").annotate(n=Count("pk")):
            found[pk][2, "norm", index] += n
    return found
