"""政策自己会数的数(``desk.figures``):规范性文件登记、解读同步、多元化解读、负责人解读、闭环解读、在线办理、兑现填报。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.desk.figures import Figure, Shown, Span, of_rows, of_things
from gongkai.desk.moments import end_of, local_day, start_of
from gongkai.law import interpretation, params
from gongkai.law.errors import NotInForce
from gongkai.law.marks import titled
from gongkai.org.models import Agency
from gongkai.questions.models import Question
from gongkai.records.counted import shown
from gongkai.records.models import Record, Relation, is_public_at
from gongkai.records.terms import RelationKind

from .figures import Item, items
from .models import Briefing, Measure, Redemption
from .models.clinic import MeasureStage, lineages

NORMATIVE = "normative"


def _normative(agencies: Sequence[int], on: date) -> QuerySet[Record]:
    return Record.objects.public(end_of(on)).filter(agency__in=agencies, type=NORMATIVE)


def _registered(rows: QuerySet[Record], on: date) -> QuerySet[Record]:
    return rows.filter(normative__registered_at__lte=end_of(on))


def _interpretations(agencies: Sequence[int], on: date) -> list[Item]:
    """Those that became public in the year by that day."""
    return items(Agency.objects.filter(pk__in=agencies), on.year, end_of(on))


def _each(
    among: Callable[[Item], bool], counts: Callable[[Item], bool]
) -> Callable[[Sequence[int], date], list[Shown]]:
    """The year's interpretations of which ``among`` holds; those of which ``counts`` holds are the numerator."""

    def things(agencies: Sequence[int], on: date) -> list[Shown]:
        return [
            Shown(
                titled(item.record),
                reverse("desk:record", args=[item.record.pk]),
                item.record.agency_id,
                counts(item),
                item.form.label if item.form else "没有写形式",
            )
            for item in _interpretations(agencies, on)
            if among(item)
        ]

    return things


def _by_heads(agencies: Sequence[int], on: date) -> list[Shown]:
    """Units that interpreted anything in the year; those whose head did so often enough count."""
    try:
        enough = params.at("interpretation.head_per_year", on).value
    except NotInForce:
        return []
    units: dict[int, list[Item]] = {}
    for item in _interpretations(agencies, on):
        units.setdefault(item.record.agency_id, []).append(item)
    found = []
    for pk, own in units.items():
        times = sum(item.by_head for item in own)
        url = f"{reverse('desk:policies_figures')}?year={on.year}"
        found.append(Shown(str(own[0].record.agency), url, pk, times >= enough, f"负责人解读{times}件"))
    return found


def _loops(agencies: Sequence[int], on: date) -> list[Shown]:
    """The steps of every paper of the year that is to be interpreted: word before it came out, an interpretation not
    later than it, and an answer to what was asked about it; the last only where somebody asked."""
    at = end_of(on)
    papers = Record.objects.public(at).filter(
        agency__in=agencies, type=NORMATIVE, published_at__gte=start_of(on.year)
    )
    papers = list(papers.exclude(package__exemption__gt=""))
    briefed, read, asked = _briefed(papers), _read(papers, on), _asked(papers, on)
    found = []
    for paper in papers:
        day, url = local_day(paper.published_at), reverse("desk:record", args=[paper.pk])
        steps = [
            ("公布前吹风", any(one <= day for one in briefed.get(paper.pk, ()))),
            ("同步解读", any(not interpretation.timing(day, own).is_late for own in read.get(paper.pk, ()))),
        ]
        if paper.pk in asked:
            steps.append(("解答公众提问", all(asked[paper.pk])))
        found += [Shown(f"{titled(paper)}：{name}", url, paper.agency_id, done) for name, done in steps]
    return found


def _briefed(papers: Sequence[Record]) -> dict[int, list[date]]:
    days: dict[int, list[date]] = {}
    for pk, day in Briefing.objects.filter(policy__in=papers).order_by("pk").values_list("policy", "on"):
        days.setdefault(pk, []).append(day)
    return days


def _read(papers: Sequence[Record], on: date) -> dict[int, list[date]]:
    links = Relation.objects.filter(
        is_public_at(end_of(on), "source__"), target__in=papers, kind=RelationKind.INTERPRETS
    )
    days: dict[int, list[date]] = {}
    for pk, moment in links.order_by("pk").values_list("target", "source__published_at"):
        days.setdefault(pk, []).append(local_day(moment))
    return days


def _asked(papers: Sequence[Record], on: date) -> dict[int, list[bool]]:
    """By paper, whether each question that is answered, or fell due, by that day has its answer."""
    at = end_of(on)
    rows = Question.objects.filter(policy__in=papers, asked_at__lte=at).order_by("pk")
    found: dict[int, list[bool]] = {}
    for pk, answered, due in rows.values_list("policy", "answered_at", "due_on"):
        done = answered is not None and answered <= at
        if done or (due is not None and due < on):
            found.setdefault(pk, []).append(done)
    return found


def _measures(agencies: Sequence[int], on: date) -> QuerySet[Measure]:
    """What the public may read and was not ended by that day."""
    at = end_of(on)
    rows = Measure.objects.shown(at).filter(agency__in=agencies)
    return rows.filter(Q(stage=MeasureStage.LIVE) | Q(ended_at__gt=at)).select_related("policy")


def _to_redeem(agencies: Sequence[int], on: date) -> QuerySet[Measure]:
    """What was to be had in the year before: a wording that was replaced is one with that which replaced it."""
    rows = Measure.objects.shown(end_of(on)).filter(agency__in=agencies)
    known = {row.pk: row for row in rows.only("pk", "replaces_id", "published_at", "ended_at")}
    replaced = {row.replaces_id for row in known.values()}
    found = []
    for pk, line in lineages(pk for pk in known if pk not in replaced).items():
        first = min(known[one].published_at for one in line if one in known)
        ended = known[pk].ended_at
        if first < start_of(on.year) and (ended is None or ended >= start_of(on.year - 1)):
            found.append(pk)
    return rows.filter(pk__in=found)


def _redeemed(rows: QuerySet[Measure], on: date) -> QuerySet[Measure]:
    told = Redemption.objects.filter(year=on.year - 1, at__lte=end_of(on))
    those = set(told.values_list("measure", flat=True))
    lines = lineages(rows.values_list("pk", flat=True))
    return rows.filter(pk__in=[pk for pk, line in lines.items() if those & set(line)])


def _measure(row: Measure, counts: bool) -> Shown:
    return Shown(str(row), reverse("desk:policies_measure", args=[row.pk]), row.agency_id, counts)


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_normative,
        meeting=_registered,
        owner="agency",
        show=shown,
        key="policies.registered",
        label="规范性文件登记率",
        above="已经统一登记的",
        below="公开的行政规范性文件",
        clauses=("3.1",),
        span=Span.STATE,
        follows=("records", "policies"),
    ),
    of_things(
        _each(lambda item: item.paper is not None, lambda item: not (item.timing and item.timing.is_late)),
        key="policies.together",
        label="解读同步率",
        above="不迟于文件发布的解读",
        below="当年发布、同文件相连的解读",
        clauses=("4.3",),
        follows=("records", "policies"),
    ),
    of_things(
        _each(lambda item: True, lambda item: item.diverse),
        key="policies.diverse",
        label="多元化解读占比",
        above="图表、视频、流程演示等形式的解读",
        below="当年发布的解读",
        clauses=("4.5",),
        target=Fraction(str(interpretation.milestone().target)),
        follows=("records", "policies"),
    ),
    of_things(
        _by_heads,
        key="policies.head",
        label="负责人带头解读",
        above="负责人解读过的单位",
        below="当年发布过解读的单位",
        clauses=("4.2",),
        follows=("records", "policies"),
    ),
    of_things(
        _loops,
        key="policies.loop",
        label="闭环解读完整度",
        above="做到的",
        below="当年公布、应当解读的规范性文件各自应有的几步（公布前吹风、不迟于公布的解读、公众提问的答复）",
        clauses=("4.4",),
        follows=("records", "policies"),
        note="核准不附解读的文件不算；没有人提问的不算应有答复。",
    ),
    of_rows(
        rows=_measures,
        meeting=lambda rows, on: rows.exclude(guide=""),
        owner="agency",
        show=_measure,
        key="policies.online",
        label="惠企惠民事项在线办理率",
        above="连着办事指南、能在线办理的",
        below="公布了、没有结束的惠企惠民事项",
        clauses=("4.1",),
        span=Span.STATE,
        follows=("records", "policies"),
    ),
    of_rows(
        rows=_to_redeem,
        meeting=_redeemed,
        owner="agency",
        show=_measure,
        key="policies.redeemed",
        label="政策兑现情况填报率",
        above="填报了上一年度兑现情况的",
        below="上一年度公布着的惠企惠民事项",
        clauses=("4.1",),
        follows=("records", "policies"),
    ),
)
