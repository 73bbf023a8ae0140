"""各应用的数,算好存着的和现算的:存着的写明操作记录到哪一条,这以后动过的单位重算,没动过的照用,所以总是对的。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter

from django.db.models import Max

from gongkai.desk.figures import Figure, Listing, Shown, figures
from gongkai.law.errors import NotInForce
from gongkai.law.proportion import Proportion, pooled
from gongkai.org import chain
from gongkai.org.models import Agency, LogEntry

from .models import KeptFigure

#: 点开一次至多列这么多件不在表里的(矩阵的格一类)。
MOST = 2000
NOT_KEPT = "这一天没有存"
TOO_SLOW = "这一天还没有数"
#: 一页现数没有存的一天,至多等这么多秒;要多久看以前数它用了多久。
PATIENCE = 1.0
#: 一项任务先写这么多个数,别的收起来。
LEADING = 3
#: 存着的这么多条操作以后,就整个重算,不再一个个单位看。
FAR = 5000


@dataclass(frozen=True, slots=True)
class Count:
    """一个数在一天:全区的,和各单位的。``is_kept`` 为否的,那一天没有存、现在也数不出来,不当作零。"""

    figure: Figure
    on: date
    by_agency: Mapping[int, Proportion]
    is_kept: bool = True
    #: 现数太慢,没有数;后台数得出。
    is_slow: bool = False
    #: 数了几秒。
    seconds: float = 0

    @property
    def whole(self) -> Proportion:
        """The district's: numerators and denominators added, no mean of means."""
        return pooled(self.by_agency.values())

    def of_agency(self, agency: int) -> Proportion:
        return self.by_agency.get(agency, Proportion(0, 0))

    @property
    def in_words(self) -> str:
        return self.whole.in_words(self.on) if self.is_kept else TOO_SLOW if self.is_slow else NOT_KEPT

    @property
    def briefly(self) -> str:
        """For a narrow place: the two counts, and the rate where there are enough to have one."""
        whole = self.whole
        if not self.is_kept or not whole.whole:
            return self.nothing
        rate = "" if whole.is_small(self.on) or whole.part == whole.whole else f"，{whole.percent}"
        return f"{whole.part}／{whole.whole}{rate}"

    @property
    def nothing(self) -> str:
        """Why there is no number: nothing to count, or a day of which nothing was kept; empty where there is one."""
        if not self.is_kept:
            return self.in_words
        return "" if self.whole.whole else "没有可数的"

    @property
    def meets(self) -> bool | None:
        """Whether the target is met; None where there is none, or nothing to measure."""
        target, whole = self.figure.target, self.whole
        return None if target is None or not whole.whole else whole.part >= target * whole.whole


def agencies_on(on: date) -> list[int]:
    """Every unit on a day, those merged away before it apart."""
    return list(Agency.objects.current(on).values_list("pk", flat=True))


def recount(figure: Figure, on: date, agencies: Sequence[int]) -> dict[int, list[int]]:
    """The figure counted anew for these units; nothing on a day when its rule was not in force yet."""
    try:
        found = figure.count(agencies, on)
    except NotInForce:
        return {}
    return {pk: list(pair) for pk, pair in found.items() if pair[1]}


def counted(
    on: date, keys: Iterable[str] | None = None, *, today: date | None = None, patience: float | None = None
) -> dict[str, Count]:
    """The figures of a day, kept ones where nothing moved since.

    Args:
        today: where ``on`` may lie before it: what has no past (``Figure.present``) is then only what was kept.
        patience: seconds that somebody waits for a day before ``today`` that was not kept; what took longer before is
            left to the background.
    """
    known = figures()
    wanted = [known[key] for key in (keys if keys is not None else known) if key in known]
    kept = {row.key: row for row in KeptFigure.objects.filter(on=on, key__in=[one.key for one in wanted])}
    agencies = agencies_on(on) if wanted else []
    touched = _touched(kept.values()) if kept else {}
    past = today is not None and on < today
    costs = _costs([one.key for one in wanted if one.key not in kept]) if past and patience is not None else {}
    found: dict[str, Count] = {}
    for figure in wanted:
        row, cost = kept.get(figure.key), costs.get(figure.key, 0.0)
        if past and row is None and (figure.present or (patience is not None and cost > patience)):
            found[figure.key] = Count(figure, on, {}, is_kept=False, is_slow=not figure.present)
            continue
        if patience is not None:
            patience -= cost
        begun = perf_counter()
        counts = row.counts if past and figure.present and row else _now(figure, on, row, agencies, touched)
        by_agency = {int(pk): Proportion(*pair) for pk, pair in counts.items()}
        found[figure.key] = Count(figure, on, by_agency, seconds=perf_counter() - begun)
    return found


def _costs(keys: Sequence[str]) -> dict[str, float]:
    """How many seconds each figure took when it was counted from the start."""
    rows = KeptFigure.objects.filter(key__in=keys).order_by().values_list("key")
    return dict(rows.annotate(most=Max("seconds")))


def _now(
    figure: Figure,
    on: date,
    kept: KeptFigure | None,
    agencies: Sequence[int],
    touched: Mapping[str, set[int | None]],
) -> Mapping[str | int, list[int]]:
    if kept is None or figure.live:
        return recount(figure, on, agencies)  # type: ignore[return-value]
    moved: set[int | None] = set()
    for app in figure.follows:
        moved |= touched.get(app, set())
    if None in moved or (moved and not figure.local):
        return recount(figure, on, agencies)  # type: ignore[return-value]
    if not moved:
        return kept.counts
    again = [pk for pk in agencies if pk in moved]
    stay = {pk: pair for pk, pair in kept.counts.items() if int(pk) not in moved}
    return stay | recount(figure, on, again)


def _touched(rows: Iterable[KeptFigure]) -> dict[str, set[int | None]]:
    """App → the units that its entries since the oldest kept figure are about; None stands for all of them."""
    since = min(row.seq for row in rows)
    if chain.head()[0] - since > FAR:
        return {app: {None} for figure in figures().values() for app in figure.follows}
    found: dict[str, set[int | None]] = {}
    entries = LogEntry.objects.filter(seq__gt=since).order_by().values_list("action", "agency")
    for action, agency in entries.distinct():
        app = action.partition(".")[0]
        found.setdefault(app, set()).add(None if app == "org" else agency)
    return found


def behind(figure: Figure, on: date, agencies: Sequence[int]) -> Listing | list[Shown]:
    """What is behind a figure for these units: a list to turn over, or the first of them."""
    found = figure.things(agencies, on)
    return found if isinstance(found, Listing) else list(found[:MOST])


def leading(found: Sequence[Count], most: int = LEADING) -> tuple[list[Count], list[Count]]:
    """The few that stand for an item of the plan, and the others: first what misses its target, then one for each
    clause; both parts in their order."""
    wanted = [one for one in found if one.meets is False]
    clauses: set[str] = set()
    for one in found:
        if one.whole.whole and not clauses & set(one.figure.clauses):
            wanted.append(one)
            clauses |= set(one.figure.clauses)
    chosen = list(dict.fromkeys(one.figure.key for one in (*wanted, *found)))[:most]
    return [one for one in found if one.figure.key in chosen], [
        one for one in found if one.figure.key not in chosen
    ]


def for_clause(clause: str) -> list[Figure]:
    """The figures that tell of a clause of the five-year plan."""
    return [figure for figure in figures().values() if clause and clause in figure.clauses]
