"""一卷决策现在的事实,给法律核心看(``law.decisions.Facts``):登记、各轮征求意见、公开的文件合在一起。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from gongkai.desk.moments import local_day
from gongkai.law import consultation
from gongkai.law import decisions as law
from gongkai.law.consultation import Disposition
from gongkai.law.decisions import (
    Discussion,
    Expert,
    Facts,
    Hearing,
    Legality,
    MeetingKind,
    Outcome,
    Review,
    Risk,
    Round,
)

from . import paper
from .models import Consultation, Dossier, Evidence
from .models.catalogue import CatalogueItem

Rows = dict[str, list[Evidence]]


def entered(dossier: Dossier) -> Rows:
    """What is entered and stands, by kind, oldest first."""
    rows: Rows = defaultdict(list)
    for row in dossier.evidence.filter(voided_at=None).order_by("on", "pk"):
        rows[row.kind].append(row)
    return rows


def dossier_facts(dossier: Dossier, at: datetime, rows: Rows | None = None) -> Facts:
    """The facts of a dossier at a moment."""
    rows = entered(dossier) if rows is None else rows
    all_rounds = rounds(dossier)
    risk = rows["risk"][-1].data if rows["risk"] else None
    last = rows["evaluation"][-1].data["unit"] if rows["evaluation"] else ""
    execution = _execution(dossier, _last(rows["execution"]), _last(rows["assignment"]))
    return Facts(
        stage=law.Stage.from_value(dossier.stage),
        level=dossier.agency.kind,
        leads=1,
        specialised=dossier.specialised,
        risky=dossier.risky,
        market=dossier.market,
        vital=dossier.vital,
        groups=dossier.groups,
        disputed=dossier.disputed,
        hearing_by_law=dossier.hearing_by_law,
        withheld_basis=dossier.withheld_basis,
        draft=dossier.draft_no,
        paper=paper.digest(dossier),
        adjusted=_kept(rows["adjustment"]),
        amended=_kept(rows["amendment"]),
        ways=len(rows["participation"]) + len(rows["hearing"]),
        group_talks=sum(bool(row.data.get("group")) for row in rows["participation"]),
        dispute_told=bool(rows["dispute"]),
        rounds=tuple(_round(one, at) for one in all_rounds if one.opened_on),
        hearings=tuple(map(_hearing, rows["hearing"])),
        experts=tuple(
            Expert(row.data["name"], bool(row.data.get("interest")), bool(row.data.get("signed")))
            for row in rows["expert"]
        ),
        risk=Risk(
            bool(risk.get("points")),
            bool(risk.get("measures")),
            bool(risk.get("plan")),
            risk["controllable"] == "可控",
        )
        if risk
        else None,
        fair_competition_on=rows["competition"][-1].on if rows["competition"] else None,
        review=_review(rows["review"][-1]) if rows["review"] else None,
        discussion=_discussion(rows["discussion"][-1]) if rows["discussion"] else None,
        party_report_on=rows["party"][-1].on if rows["party"] else None,
        interpreted=any(row.data.get("interpreted") for row in rows["announcement"])
        or _has_interpretation(dossier, at),
        published_on=execution.published_on,
        execution_reports=len(rows["execution"]),
        reported_on=execution.reported_on,
        assigned_on=execution.assigned_on,
        report_set_on=execution.report_set_on,
        assessors=frozenset(row.data["assessor"] for row in rows["risk"]),
        evaluator=last,
        wrong_citations=_cited(dossier, all_rounds),
    )


def _last(rows: list[Evidence]) -> Evidence | None:
    return rows[-1] if rows else None


def executions(dossiers: Iterable[Dossier]) -> dict[int, law.Execution]:
    """What the next report of the execution of each depends on, by id; in one query, with ``record`` in hand."""
    wanted = {dossier.pk: dossier for dossier in dossiers}
    last: dict[tuple[int, str], Evidence] = {}
    kinds = ("execution", "assignment")
    for row in Evidence.objects.filter(dossier__in=wanted, voided_at=None, kind__in=kinds).order_by("on", "pk"):
        last[row.dossier_id, row.kind] = row
    return {
        pk: _execution(dossier, last.get((pk, "execution")), last.get((pk, "assignment")))
        for pk, dossier in wanted.items()
    }


def _execution(dossier: Dossier, reported: Evidence | None, assigned: Evidence | None) -> law.Execution:
    published = dossier.record.published_at if dossier.record else None
    return law.Execution(
        local_day(published) if published else None,
        reported.on if reported else None,
        assigned.on if assigned else None,
        _day(assigned.data, "report_on") if assigned else None,
    )


def rounds(dossier: Dossier) -> list[Consultation]:
    """Every round of consultation of a dossier, the first one first."""
    return list(dossier.rounds.select_related("record", "feedback").order_by("number"))


def _round(round: Consultation, at: datetime) -> Round:
    period = round.period
    assert period is not None
    public = round.feedback is not None and round.feedback.is_public(at) and round.feedback.published_at
    return Round(
        period,
        round.short_reason,
        round.tally(),
        local_day(public) if public else None,
        ways=tuple(round.ways),
        attitudes=_attitudes(round),
    )


def _attitudes(round: Consultation) -> int:
    """How many of those that count as taken only say for or against, by their public wording."""
    taken = round.opinions.filter(disposition=Disposition.TAKEN).order_by()
    return sum(
        n for shown, n in taken.values_list("shown").annotate(n=Count("pk")) if consultation.is_attitude(shown)
    )


def preview(round: Consultation, on: date) -> Round | None:
    """A round as its notice will stand, from that day if it is not public yet; None where the days make no period."""
    opened = round.opened_on or on
    if round.end_on < opened:
        return None
    return Round(
        consultation.period(opened, round.end_on),
        round.short_reason,
        round.tally(),
        None,
        ways=tuple(round.ways),
        attitudes=_attitudes(round),
    )


def _cited(dossier: Dossier, seen: list[Consultation]) -> tuple[str, ...]:
    """Citations in the papers of a dossier whose number is not that of the law they name."""
    editions = [edition for one in seen if (edition := one.record.draft or one.record.live)]
    if dossier.record and (paper := dossier.record.draft or dossier.record.live):
        editions.append(paper)
    texts = [dossier.necessity]
    for edition in editions:
        texts += [edition.text, *(str(edition.fields.get(name, "")) for name in ("draft", "explanation"))]
    return tuple(dict.fromkeys(found for text in texts for found in law.wrong_citations(text)))


def _kept(rows: list[Evidence]) -> str:
    """Which paper lay in the dossier when the last of these was entered."""
    return str(max(rows, key=lambda row: row.pk).data.get(paper.KEY, "")) if rows else ""


def _day(data: dict[str, Any], key: str) -> date | None:
    return date.fromisoformat(data[key]) if data.get(key) else None


def _hearing(row: Evidence) -> Hearing:
    data = row.data
    return Hearing(
        _day(data, "announced_on"),
        _day(data, "list_on"),
        _day(data, "material_on"),
        row.on,
        bool(data.get("selection")),
        int(data["attended"]),
        int(data["signed"]),
        data.get("unsigned_reason", ""),
    )


def _named(terms: type[Any], label: str) -> Any:
    return next(term for term in terms if term.label == label)


def _review(row: Evidence) -> Review:
    data = row.data
    sent = _day(data, "sent_on") or row.on
    return Review(
        _named(Legality, data["conclusion"]),
        bool(data.get("by_body")),
        bool(data.get("counsel")),
        data.get("risk_stated", ""),
        sent,
        row.on,
        row.draft_no,
        data.get(paper.KEY, ""),
    )


def _discussion(row: Evidence) -> Discussion:
    data = row.data
    return Discussion(
        _named(MeetingKind, data["meeting"]),
        row.on,
        _named(Outcome, data["outcome"]),
        data.get("dissent", ""),
        bool(data.get("head_last")),
        data.get("head_reason", ""),
        bool(data.get("against")),
        data.get(paper.KEY, ""),
    )


def _has_interpretation(dossier: Dossier, at: datetime) -> bool:
    if dossier.record is None:
        return False
    related = dossier.record.relations_in.filter(kind="interprets").select_related("source")
    return any(one.source.is_public(at) for one in related)


def fit(item: CatalogueItem) -> law.Fit:
    """Whether the days that the law asks for fit before the planned day (W7)."""
    return law.fit(item.entered_on, item.planned_on)


def with_evaluator(given: Facts, unit: str) -> Facts:
    """The same facts as if this unit had evaluated."""
    return replace(given, evaluator=unit)
