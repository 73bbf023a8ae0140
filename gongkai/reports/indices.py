"""五年方案总目标的指标:纠纷发生率、纠错率、满意度、按时答复率,按年、按机关;分子分母都写明,没有分母的不算。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gongkai.foi.models import Application, Rating, Remedy
from gongkai.foi.terms import RemedyResult

from .counting import Year

#: 评价几分以上算满意(满分五分)。
SATISFIED = 4


@dataclass(frozen=True, slots=True)
class Index:
    """一项指标。``above``、``below`` 是分子、分母的说法。"""

    key: str
    label: str
    above: str
    below: str
    better: str

    @property
    def more_is_better(self) -> bool:
        """Whether a longer bar would be good news; where less is better none is drawn."""
        return self.better == "越高越好"


INDICES = (
    Index("dispute", "纠纷发生率", "本年收到的行政复议、行政诉讼", "本年新收的申请", "越低越好"),
    Index("correction", "纠错率", "本年审结、结果纠正的", "本年审结的行政复议、行政诉讼", "越低越好"),
    Index("satisfaction", "满意度", f"评价{SATISFIED}分以上的", "本年收到的评价（满分五分）", "越高越好"),
    Index("timely", "按时答复率", "按时答复的", "本年答复的申请", "越高越好"),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """一个比率:分子、分母;没有分母时 ``percent`` 是“—”(C86)。"""

    above: int
    below: int

    @property
    def percent(self) -> str:
        """``62.5%``, one decimal at most; “—” where there is nothing to divide by."""
        return f"{round(100 * self.above / self.below, 1):g}%" if self.below else "—"

    @property
    def share(self) -> int:
        """How long its bar is, 0 to 100."""
        return min(100, round(100 * self.above / self.below)) if self.below else 0

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.above + other.above, self.below + other.below)


def rates(agencies: Iterable[int], year: int) -> dict[int, dict[str, Rate]]:
    """Every index of each agency for a year, in four queries."""
    ids = list(agencies)
    first, last = Year(year).first, Year(year).last
    new = _tally(Application.objects.filter(agency__in=ids, received_on__range=(first, last)), "agency")
    disputes = _tally(Remedy.objects.filter(agency__in=ids, filed_on__range=(first, last)), "agency")
    ended = Remedy.objects.filter(agency__in=ids, decided_on__range=(first, last)).exclude(
        result=RemedyResult.PENDING
    )
    corrected = _pairs(ended, "agency", Q(result=RemedyResult.CORRECTED))
    ratings = Rating.objects.filter(application__agency__in=ids, at__date__range=(first, last))
    rated = _pairs(ratings, "application__agency", Q(score__gte=SATISFIED))
    answered = Application.objects.filter(agency__in=ids, answered_on__range=(first, last))
    timely = _pairs(answered, "agency", Q(late=False))
    none = (0, 0)
    return {
        pk: {
            "dispute": Rate(disputes.get(pk, 0), new.get(pk, 0)),
            "correction": Rate(*corrected.get(pk, none)),
            "satisfaction": Rate(*rated.get(pk, none)),
            "timely": Rate(*timely.get(pk, none)),
        }
        for pk in ids
    }


def total(rows: Iterable[dict[str, Rate]]) -> dict[str, Rate]:
    """The same for all of them together: numerators and denominators are added, not the percentages."""
    whole = {index.key: Rate(0, 0) for index in INDICES}
    for row in rows:
        whole = {key: rate + row[key] for key, rate in whole.items()}
    return whole


def _tally(rows: QuerySet, by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def _pairs(rows: QuerySet, by: str, rule: Q) -> dict[int, tuple[int, int]]:
    found = rows.order_by().values_list(by).annotate(above=Count("pk", filter=rule), below=Count("pk"))
    return {pk: (above, below) for pk, above, below in found}
