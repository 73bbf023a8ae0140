"""决策和会议自己会数的数(``desk.figures``):年度目录公布、征求意见的期限和反馈、五公开完整、会议公开和三项意见。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, first_day, of_rows, of_things
from gongkai.desk.moments import end_of, start_of
from gongkai.law import consultation as law
from gongkai.law import meetings
from gongkai.law.calendar import DAY
from gongkai.law.decisions import Stage
from gongkai.records.models import is_public_at

from . import course
from .actions.meetings import opinions_of
from .models import AgendaItem, CatalogueYear, Consultation, Dossier, Meeting

#: No round's time for its result is longer than this.
_LONGEST = DAY * 120


def _catalogues(agencies: Sequence[int], on: date) -> QuerySet[CatalogueYear]:
    return CatalogueYear.objects.filter(agency__in=agencies, year=on.year).select_related("agency")


def _owing(agencies: Sequence[int], on: date) -> QuerySet[Consultation]:
    """Rounds whose time for publishing the result ran out in the year before that day; one just ended owes nothing yet."""
    rows = Consultation.objects.filter(is_public_at(end_of(on), "record__"), dossier__lead__in=agencies)
    ended = rows.filter(end_on__gte=first_day(on) - _LONGEST, end_on__lt=on).values_list("pk", "end_on")
    owing = [pk for pk, end_on in ended if first_day(on) <= law.feedback_due(end_on).due < on]
    return Consultation.objects.filter(pk__in=owing).select_related("record", "dossier")


def _lengths(agencies: Sequence[int], on: date) -> list[Shown]:
    """Rounds opened in the year; long enough with the first day not counted, or with a stated reason, counts."""
    rows = Consultation.objects.filter(
        is_public_at(end_of(on), "record__"),
        dossier__lead__in=agencies,
        record__published_at__range=(start_of(on.year), end_of(on)),
    )
    found = []
    for row in rows.select_related("record", "dossier"):
        period = row.period
        assert period is not None
        enough = law.sufficiency(period) is law.Sufficiency.ENOUGH
        note = f"首日不计{period.excluded}日" + ("" if enough or not row.short_reason else "，写明了理由")
        url = reverse("desk:decisions_round", args=[row.pk])
        found.append(Shown(str(row), url, row.dossier.lead_id, enough or bool(row.short_reason), note))
    return found


def _links(agencies: Sequence[int], on: date) -> list[Shown]:
    """Every link that a decision owes to its public course by now, one each; decisions published in an earlier year
    and archived are no longer asked."""
    at = end_of(on)
    rows = Dossier.objects.shown().filter(lead__in=agencies, started_on__lte=on)
    rows = rows.exclude(stage=Stage.ARCHIVED, published_on__lt=first_day(on))
    found = []
    for row in rows.select_related("record", "agency", "item__year__record"):
        url = reverse("desk:decisions_dossier", args=[row.pk])
        for part in course.parts(row, at):
            found += [Shown(f"{row}：{label}", url, row.lead_id, given, part.label) for label, given in part.links]
    return found


def _opinions(agencies: Sequence[int], on: date) -> list[Shown]:
    """Agenda items of the year that concern enterprises or livelihood; those with all three opinions count."""
    rows = AgendaItem.objects.filter(meeting__agency__in=agencies, meeting__held_on__range=(first_day(on), on))
    rows = rows.filter(Q(enterprises=True) | Q(livelihood=True)).select_related("meeting__agency")
    found = []
    for row in rows:
        lacking = meetings.lacking(opinions_of(row))
        note = f"没有填{'、'.join(lacking)}" if lacking else str(row.meeting)
        found.append(Shown(str(row), row.meeting.get_absolute_url(), row.meeting.agency_id, not lacking, note))
    return found


def _meetings(agencies: Sequence[int], on: date) -> QuerySet[Meeting]:
    """Meetings held in the year, those that are secret by law apart."""
    rows = Meeting.objects.filter(agency__in=agencies, held_on__range=(first_day(on), on), secret_basis="")
    return rows.select_related("agency")


def _public(field: str):
    return lambda rows, on: rows.filter(Q(**{f"{field}__isnull": False}) & is_public_at(end_of(on), f"{field}__"))


def _round(row: Consultation, counts: bool) -> Shown:
    url = reverse("desk:decisions_round", args=[row.pk])
    return Shown(str(row), url, row.dossier.lead_id, counts, f"{row.end_on}截止")


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_catalogues,
        meeting=_public("record"),
        owner="agency",
        show=lambda row, counts: Shown(
            str(row), reverse("desk:decisions_year", args=[row.pk]), row.agency_id, counts
        ),
        key="decisions.catalogue",
        label="重大行政决策目录公布率",
        above="已经公布的目录",
        below="当年编制的目录",
        clauses=("2.1",),
        follows=("decisions", "records"),
    ),
    of_things(
        _lengths,
        key="decisions.period",
        label="征求意见期限合规率",
        above="首日不计满三十日，或者写明理由的",
        below="当年开始的公开征求意见",
        clauses=("2.2",),
        follows=("decisions", "records"),
    ),
    of_rows(
        rows=_owing,
        meeting=_public("feedback"),
        owner="dossier__lead",
        show=_round,
        key="decisions.feedback",
        label="征求意见采纳情况公布率",
        above="已经公布采纳情况的",
        below="截止了、公布采纳情况的期限在当年届满的公开征求意见",
        note="刚截止、还在期限里的不算；期限是管理口径，机关可以另定。",
        clauses=("2.2",),
        follows=("decisions", "records"),
    ),
    of_things(
        _links,
        key="decisions.course",
        label="决策五公开完整度",
        above="已经有的链接",
        below="启动了的决策现在应有的链接（目录、征求意见、采纳情况、决策文件、执行情况、执行分工、督促检查、解读、后评估）",
        clauses=("2.3",),
        follows=("decisions", "records"),
        span=Span.STATE,
        note="还没有走到的不算应有；依法不予公开的不计。",
    ),
    of_things(
        _opinions,
        key="decisions.opinions",
        label="会议议题三项意见填报率",
        above="是否邀请、是否公开、怎样公开都提了意见的",
        below="当年会议上涉及企业、重大民生的议题",
        clauses=("2.5",),
        follows=("decisions",),
    ),
    of_rows(
        rows=_meetings,
        meeting=_public("record"),
        owner="agency",
        show=lambda row, counts: Shown(str(row), row.get_absolute_url(), row.agency_id, counts, str(row.held_on)),
        key="decisions.meetings",
        label="政府会议公开率",
        above="会后公开的会议",
        below="当年召开、不涉密的会议",
        clauses=("2.4",),
        follows=("decisions", "records"),
    ),
)
