"""督查考核自己会数的数(``desk.figures``):任务按期、整改按期、主要负责人听取汇报、培训覆盖、保障登记。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, first_day, of_things
from gongkai.desk.moments import end_of
from gongkai.law import params
from gongkai.law.agencies import AgencyKind
from gongkai.law.clock import ran_out
from gongkai.law.supervision import Light
from gongkai.org.models import Agency

from . import standing
from .models import Correction, Hearing, Plan, Support, Training
from .terms import OPEN_CORRECTIONS

#: 主要负责人要听取汇报、工作人员要培训的。
_OBLIGED = (AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT, AgencyKind.TOWN)


def _tasks(agencies: Sequence[int], on: date) -> list[Shown]:
    """Each named unit's part of a running plan; what is neither overdue nor owed a report counts."""
    found, wanted = [], set(agencies)
    plans = Plan.objects.running(on).filter(ends_on__gte=on)
    for view in standing.views(standing.tasks_of(plans), on=on, at=end_of(on)):
        for piece in view.pieces:
            if piece.piece.agency_id in wanted:
                well = piece.light not in (Light.OVERDUE, Light.OWING, Light.DOUBTED)
                url = view.task.get_absolute_url()
                found.append(Shown(str(view.task), url, piece.piece.agency_id, well, piece.light.label))
    return found


def _corrections(agencies: Sequence[int], on: date) -> list[Shown]:
    """Corrections whose day ran out in the year by that day; those mended by their day count."""
    rows = Correction.objects.filter(agency__in=agencies, due_on__range=ran_out(on))
    return [
        Shown(
            str(one),
            one.get_absolute_url(),
            one.agency_id,
            one.state not in OPEN_CORRECTIONS and bool(one.answered_on and one.answered_on <= one.due_on),
            one.get_state_display(),
        )
        for one in rows
    ]


def _hearings(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every unit; those whose head heard often enough in the year by that day count."""
    wanted = params.at("supervision.hearings_per_year", on).value
    times: dict[int, int] = {}
    for hearing in Hearing.objects.valid().filter(agency__in=agencies, held_on__range=(first_day(on), on)):
        times[hearing.agency_id] = times.get(hearing.agency_id, 0) + (not hearing.why_not)
    url = reverse("desk:supervision_hearings")
    return [
        Shown(str(one), url, one.pk, times.get(one.pk, 0) >= wanted, f"{times.get(one.pk, 0)}次")
        for one in Agency.objects.current(on).filter(pk__in=agencies, kind__in=_OBLIGED)
    ]


def _trained(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every unit; those that sent somebody to a training in the year by that day count."""
    wanted = params.at("supervision.trainings_per_year", on).value
    times: dict[int, int] = {}
    rows = Training.objects.valid().filter(held_on__range=(first_day(on), on))
    for pk in rows.values_list("units", flat=True):
        if pk is not None:
            times[pk] = times.get(pk, 0) + 1
    url = reverse("desk:supervision_trainings")
    return [
        Shown(str(one), url, one.pk, times.get(one.pk, 0) >= wanted, f"{times.get(one.pk, 0)}期")
        for one in Agency.objects.current(on).filter(pk__in=agencies, kind__in=_OBLIGED)
    ]


def _supported(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every unit; those whose people, budget and places of the year were entered by that day count."""
    rows = Support.objects.valid().filter(agency__in=agencies, year=on.year, at__lte=end_of(on))
    entered = {one.agency_id: one for one in rows}
    url = reverse("desk:supervision_supports")
    return [
        Shown(str(one), url, one.pk, one.pk in entered, _support(entered.get(one.pk)))
        for one in Agency.objects.current(on).filter(pk__in=agencies, kind__in=_OBLIGED)
    ]


def _support(support: Support | None) -> str:
    return f"专职{support.full_time}人，预算{support.budget}万元" if support else "没有登记"


FIGURES: tuple[Figure, ...] = (
    of_things(
        _tasks,
        key="supervision.tasks",
        label="任务正常率",
        above="没有逾期、没有欠报、证据没有疑问的",
        below="点名的单位在执行中的任务",
        clauses=("W3",),
        follows=("supervision", "records"),
    ),
    of_things(
        _corrections,
        key="supervision.corrections",
        label="整改按期率",
        above="按期改好、已经销号的",
        below="当年到期的整改",
        clauses=("W4",),
        follows=("supervision",),
        local=True,
    ),
    of_things(
        _hearings,
        key="supervision.hearings",
        label="主要负责人听取汇报",
        above="当年听取过的机关",
        below="现有的机关",
        clauses=("W2",),
        follows=("supervision", "org"),
        local=True,
    ),
    of_things(
        _trained,
        key="supervision.trained",
        label="培训覆盖率",
        above="当年派人参加过培训的机关",
        below="现有的机关",
        clauses=("W1",),
        follows=("supervision", "org"),
    ),
    of_things(
        _supported,
        key="supervision.supported",
        label="人员经费场地登记率",
        above="登记了当年人员、经费、场地的机关",
        below="现有的机关",
        clauses=("W1",),
        follows=("supervision", "org"),
    ),
)
