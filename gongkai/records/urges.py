"""催报:一个单位有哪些可以催的,催过的办了没有,单位首页上的待办(《条例》第四十七条)。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.urls import reverse

from gongkai.desk.moments import end_of, local_day
from gongkai.desk.todo import PREVIEW, Panel, Task
from gongkai.law import calendar, duties, params
from gongkai.law.agencies import AgencyKind
from gongkai.law.duties import Tab
from gongkai.law.marks import titled
from gongkai.law.openness import Openness
from gongkai.org import access
from gongkai.org.models import Agency, User

from . import catalogue, types
from .models import Absence, Record, Urge

#: 单位首页上的待办往回看这么多天;更早的在催报的单子里。
DAYS = 366
#: 单位里谁该知道:起草的,和签发的。
TOLD = ("records.write", "records.final")


@dataclass(frozen=True, slots=True)
class Due:
    """一件可以催的:键(``duty:…``、``record:…``)、写成一句话。"""

    key: str
    label: str


def owed(agency: Agency, on: date) -> list[Due]:
    """What the office may ask of a unit: items without anything published, items not renewed in time, records past
    their last day."""
    found = []
    for row in catalogue.matrix(on=on, agencies=[agency]).rows:
        for cell in row.cells:
            if cell and cell.state in ("empty", "overdue"):
                why = "没有公开过" if cell.state == "empty" else f"最近更新{local_day(cell.last)}，超期没有更新"
                found.append(Due(f"duty:{cell.duty}", f"{cell.label}：{why}"))
    for record in late_records(agency, on):
        found.append(Due(f"record:{record.pk}", f"{titled(record.title)}：最迟{record.publication_due_on}公开"))
    return found


def is_owed(agency: Agency, duty: str, on: date) -> bool:
    """Whether this item is one of them."""
    return any(due.key == f"duty:{duty}" for due in owed(agency, on))


def late_records(agency: Agency, on: date) -> Iterable[Record]:
    """Records that should be public by now and are not; the longest overdue first."""
    rows = Record.objects.filter(
        agency=agency, published_at=None, openness=Openness.ACTIVE, withdrawn="", publication_due_on__lt=on
    )
    return rows.order_by("publication_due_on", "pk")


def too_soon(urge: Urge, on: date) -> bool:
    """Whether the same thing may not be urged again yet."""
    days = params.at("disclosure.urge_days", on).value
    return on <= calendar.add(local_day(urge.at), days, provisional=True)


def latest(agency: Agency) -> dict[str, Urge]:
    """The last urge of each thing of a unit, by key."""
    rows = Urge.objects.filter(agency=agency).select_related("by", "record").order_by("at", "pk")
    return {key_of(row): row for row in rows}


def key_of(urge: Urge) -> str:
    """``duty:…`` or ``record:…``."""
    return f"record:{urge.record_id}" if urge.record_id else f"duty:{urge.duty}"


def done(urges: Sequence[Urge], at: datetime) -> dict[int, str]:
    """Id of an urge → how it was met: published since, or an approved absence; what is not met is left out.

    Args:
        urges: with ``agency`` and ``record`` in hand.
    """
    if not urges:
        return {}
    since = min(urge.at for urge in urges)
    grouped = Record.objects.public(at).filter(published_at__gt=since).values("agency_id", "duty", "type")
    last: dict[tuple[int, str], datetime] = {}
    for group in grouped.annotate(last=Max("published_at")).order_by():
        keys = [(group["agency_id"], group["duty"])]
        keys += [(0, name) for kind in types.all() if kind.key == group["type"] for name in kind.lists]
        for key in keys:
            last[key] = max(group["last"], last.get(key, group["last"]))
    absences = Absence.objects.exclude(approved_at=None).values_list("agency_id", "duty")
    absent = set(absences)
    found = {}
    for urge in urges:
        if said := _met(urge, last, absent, at):
            found[urge.pk] = said
    return found


def _met(urge: Urge, last: dict[tuple[int, str], datetime], absent: set[tuple[int, str]], at: datetime) -> str:
    if record := urge.record:
        if record.withdrawn or record.openness != Openness.ACTIVE:
            return "不再公开"
        published = record.published_at
        return f"{local_day(published)}公开" if published and published <= at else ""
    if (urge.agency_id, urge.duty) in absent:
        return "核准不涉及"
    whole = duties.get(urge.duty).tab is Tab.FIELDS and urge.agency.kind == AgencyKind.GOVERNMENT
    moment = last.get((0 if whole else urge.agency_id, urge.duty))
    return f"{local_day(moment)}公开" if moment and moment > urge.at else ""


def panels(user: User, on: date) -> Iterator[Panel]:
    """For the unit's people: what was urged and is not done, the longest waiting first, each thing once."""
    actions = [action for action in TOLD if access.may(user, action) and not access.is_district(user, action)]
    if not actions:
        return
    within = access.within(user, actions[0])
    for action in actions[1:]:
        within |= access.within(user, action)
    rows = list(
        Urge.objects.filter(within, at__gt=end_of(on - DAYS * calendar.DAY))
        .select_related("agency", "record", "by")
        .order_by("at", "pk")
    )
    met = done(rows, end_of(on))
    open_rows: dict[tuple[int, str], list[Urge]] = {}
    for row in rows:
        if row.pk not in met:
            open_rows.setdefault((row.agency_id, key_of(row)), []).append(row)
    tasks = [_task(same) for same in open_rows.values()]
    yield Panel(
        "催报的",
        "公开以后自动消去；不属于本单位的，请申明不涉及。",
        len(tasks),
        reverse("desk:urges"),
        tuple(tasks[:PREVIEW]),
    )


def _task(same: list[Urge]) -> Task:
    """One thing, urged once or more; the last urge speaks."""
    urge = same[-1]
    times = f"第{len(same)}次催" if len(same) > 1 else "催报"
    note = f"{urge.agency} · {urge.by}{local_day(urge.at)}催" + (f"：{urge.note}" if urge.note else "")
    return Task(str(urge), urge.get_absolute_url(), note, times, "stop" if len(same) > 1 else "warn")
