"""考核:指标表、一次考核、自评、自动读数、评分、加分、一票否决、异议和复核、审定、公布。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any

from django.db import transaction

from gongkai.desk.figures import Listing, figures
from gongkai.desk.moments import local_day
from gongkai.law import assessment as law
from gongkai.law.assessment import Kind
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from .. import counts, scoring
from ..models import Candidate, LineMark, Round, System
from ..terms import RoundState
from .common import locked, needed, noted, seen_as, touch

#: 一项至多记这么多件扣分的事实。
MOST_FACTS = 200


@transaction.atomic
def save_system(title: str, text: str, *, on: date, by: User, at: datetime, agency: Agency) -> System:
    """录入一份指标表:核过分值、规则、不许有的指标才收;同一年同一组另开一版。"""
    access.require(by, "supervision.assess")
    system = law.read(text)
    blocking = [fault for fault in law.check(system, on=on, figures=figures()) if fault.blocks]
    if blocking:
        more = f"另有{len(blocking) - 4}处。" if len(blocking) > 4 else ""
        raise RuleBroken(
            "指标表不合：" + "".join(f"{one.code} {one.text}" for one in blocking[:4]) + more, fix="请改好再交。"
        )
    last = System.objects.filter(year=system.year, group=system.group).order_by("-version").first()
    made = System.objects.create(
        title=needed(title, "指标表的名称")[:120],
        year=system.year,
        group=system.group,
        version=(last.version if last else 0) + 1,
        text=text,
        entered_by=by,
        entered_at=at,
    )
    noted("system", f"录入{made}", made, at=at, by=by, agency=agency)
    return made


@transaction.atomic
def open_round(
    system: System,
    title: str,
    organiser: Agency,
    agencies: Iterable[Agency],
    *,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
) -> Round:
    """开始一次考核;指标表就此封存。"""
    access.require(by, "supervision.assess")
    chosen = list(agencies)
    if not chosen:
        raise RuleBroken("没有选被考核的单位", fix="请选同一组的单位。")
    if len({one.kind for one in chosen}) > 1:
        raise RuleBroken("部门和镇街不能用一张表一起考", fix="请按组分开考核，同组的才可比。")
    if ended := [str(one) for one in chosen if one.ended_on and one.ended_on <= ends_on]:
        raise RuleBroken(f"{'、'.join(ended)}在考核期里已经撤并", fix="请选承继它职责的单位。")
    if ends_on < starts_on:
        raise RuleBroken(f"考核期{starts_on}至{ends_on}不对", fix="请核对起止。")
    system = locked(system)
    if system.frozen_at is None:
        system.frozen_at = at
        system.save(update_fields=["frozen_at"])
    made = Round.objects.create(
        system=system,
        title=needed(title, "考核的名称")[:120],
        organiser=organiser,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    Candidate.objects.bulk_create(Candidate(round=made, agency=one) for one in chosen)
    noted("round", f"开始{made}，{len(chosen)}个单位", made, at=at, by=by, agency=organiser)
    return made


def _round(round: Round, *states: RoundState) -> Round:
    round = locked(round, "system", "organiser")
    if round.state not in states:
        raise RuleBroken(f"{round}在“{round.get_state_display()}”，不能再这样办", fix="请刷新页面。")
    return round


def leaf(round: Round, key: str) -> law.Indicator:
    """One scored indicator of the round's table."""
    for one in round.system.parsed().leaves():
        if one.id == key:
            return one
    raise RuleBroken(f"指标表里没有“{key}”", fix="请照表选。")


def mark_of(candidate: Candidate, indicator: str) -> LineMark:
    """The unit's line, made when it is first needed."""
    found, _ = LineMark.objects.select_for_update(of=("self",)).get_or_create(
        candidate=candidate, indicator=indicator
    )
    return found


@transaction.atomic
def assess_self(
    candidate: Candidate, given: Mapping[str, tuple[Decimal | None, str]], *, hand_in: bool, by: User, at: datetime
) -> Candidate:
    """自评,可以先存着;交上以后不能改。"""
    round = _round(candidate.round, RoundState.SELF)
    candidate = locked(candidate, "agency")
    access.require(by, "supervision.report", candidate.agency)
    if candidate.submitted_at is not None:
        raise RuleBroken("自评已经交上", fix="要改的请同组织考核的单位说明。")
    leaves = {one.id: one for one in round.system.parsed().leaves()}
    for key, (points, note) in given.items():
        if key not in leaves:
            continue
        if points is not None and not 0 <= points <= leaves[key].weight:
            raise RuleBroken(
                f"“{leaves[key].name}”自评{points:f}分，超出0至{leaves[key].weight:f}分", fix="请改在范围以内。"
            )
        mark = mark_of(candidate, key)
        mark.self_points, mark.self_note = points, note.strip()[:300]
        mark.save(update_fields=["self_points", "self_note"])
    if hand_in:
        filled = set(candidate.marks.exclude(self_points=None).values_list("indicator", flat=True))
        if lacking := [one.name for key, one in leaves.items() if key not in filled]:
            raise RuleBroken(f"还有{len(lacking)}项没有自评（{'、'.join(lacking[:3])}）", fix="请填齐再交。")
        candidate.submitted_at = at
        candidate.save(update_fields=["submitted_at"])
    noted(
        "self",
        f"{candidate}自评{'交上' if hand_in else '存下'}：{round}",
        round,
        at=at,
        by=by,
        agency=candidate.agency,
    )
    return candidate


@transaction.atomic
def read_figures(round: Round, *, by: User, at: datetime) -> int:
    """自动读数:指标表里写明由哪个数来的,照考核期末的数读;没有这项业务的不适用。"""
    round = _round(round, RoundState.SELF, RoundState.REVIEW)
    access.require(by, "supervision.assess")
    known, read = figures(), 0
    candidates = list(round.candidates.select_related("agency"))
    for leaf in round.system.parsed().leaves():
        figure = known.get(leaf.figure)
        if figure is None:
            continue
        count = counts.counted(round.ends_on, [leaf.figure], today=local_day(at))[leaf.figure]
        for candidate in candidates:
            own = count.of_agency(candidate.agency_id)
            mark = mark_of(candidate, leaf.id)
            mark.part, mark.whole, mark.automatic = own.part, own.whole, True
            mark.applies, mark.checked_on = own.whole > 0, round.ends_on
            mark.why = _why_not(count, own.whole)
            mark.facts = _misses(figure, round.ends_on, candidate) if leaf.kind is Kind.DEDUCT else []
            mark.save()
            read += 1
    touch(round)
    noted("read", f"自动读数{read}处：{round}", round, at=at, by=by, agency=round.organiser)
    return read


def _why_not(count: counts.Count, whole: int) -> str:
    """Why a figure says nothing of a unit; empty where it does."""
    if not count.is_kept:
        return f"{count.on}的数没有存，现在数不出来，请人核"
    return "" if whole else "考核期里没有这项业务"


def _misses(figure: Any, on: date, candidate: Candidate) -> list[dict[str, str]]:
    """The things behind a figure that do not meet it, each a fact by its address."""
    found = counts.behind(figure, on, [candidate.agency_id])
    things = found.shown(found.rows[: MOST_FACTS * 5]) if isinstance(found, Listing) else found
    return [
        {"key": thing.url if figure.key not in thing.url else thing.title, "text": thing.title}
        for thing in things
        if not thing.counts
    ][:MOST_FACTS]


def not_own(by: User, candidate: Candidate) -> None:
    """RuleBroken where an assessor would score the unit in which the assessor serves."""
    if candidate.agency_id in {agency for _, agency in access.memberships(by)}:
        raise RuleBroken(f"您在{candidate}任职，不能给本单位评分", fix="请由别的单位的人或者第三方评。")


@transaction.atomic
def mark_line(
    candidate: Candidate, indicator: str, values: Mapping[str, Any], *, on: date, by: User, at: datetime
) -> LineMark:
    """评一项:给分的写明证据;酌情给的由两个人评,第二个人给的不同就先商定;不适用的写理由。"""
    round = _round(candidate.round, RoundState.REVIEW)
    candidate = locked(candidate, "agency", "round")
    access.require(by, "supervision.assess")
    not_own(by, candidate)
    one, mark = leaf(round, indicator), mark_of(candidate, indicator)
    points, proof = values.get("points"), str(values.get("proof", "")).strip()
    facts = [{"key": line, "text": line} for line in str(values.get("facts", "")).splitlines() if line.strip()]
    applies, why = bool(values.get("applies", True)), str(values.get("why", "")).strip()
    if not applies:
        needed(why, "为什么不适用")
    elif points is None and not facts and values.get("met") is None and one.kind is not Kind.DEDUCT:
        raise RuleBroken("没有给分", fix="请给分，或者写扣分的事实。")
    if points is not None and not 0 <= points <= one.weight:
        raise RuleBroken(f"“{one.name}”给了{points:f}分，超出0至{one.weight:f}分", fix="请改在范围以内。")
    if applies and not proof and (points is None or points < one.weight):
        raise RuleBroken("扣了分没有写证据", fix="请写截图号、检查表或者网址，单位要看得到。")
    if one.kind is Kind.MANUAL and mark.by_id and mark.by_id != by.pk and applies:
        if mark.points != points:
            raise RuleBroken(f"第一位评分人给的是{mark.points}分", fix="请两人商定同一个分再填。")
        mark.second_by = by
    else:
        mark.by, mark.second_by = by, None
    mark.points, mark.met, mark.facts = points, values.get("met"), facts[:MOST_FACTS]
    mark.applies, mark.why, mark.proof = applies, why[:300], proof[:300]
    mark.checked_on, mark.automatic = values.get("checked_on") or on, False
    mark.save()
    scoring.score_of(candidate, round.system.parsed())
    noted(
        "mark",
        f"评{candidate}“{one.name}”：{mark.points if points is not None else '照事实'}",
        round,
        at=at,
        by=by,
        agency=candidate.agency,
    )
    return mark


@transaction.atomic
def go_on(round: Round, *, on: date, by: User, at: datetime, seen: str | None = None) -> Round:
    """自评结束开始复评;复评结束反馈给单位,异议从这天起算。"""
    from gongkai.law.supervision import last_day

    round = _round(round, RoundState.SELF, RoundState.REVIEW)
    access.require(by, "supervision.assess")
    seen_as(round, seen)
    if round.state == RoundState.REVIEW:
        found = scoring.results(round, on)
        if waiting := [
            str(one.candidate) for one in found if any(line.shown == "待评" for line in one.score.lines)
        ]:
            raise RuleBroken(
                f"{'、'.join(waiting[:3])}等{len(waiting)}个单位还有没评的项", fix="请评齐，或者写明不适用。"
            )
        round.state, round.objections_until = RoundState.FEEDBACK, last_day("objection_days", on)
    else:
        round.state = RoundState.REVIEW
    touch(round, "state", "objections_until")
    noted("round", f"{round}：{round.get_state_display()}", round, at=at, by=by, agency=round.organiser)
    return round


@transaction.atomic
def decide(round: Round, decision: str, *, on: date, by: User, at: datetime, seen: str | None = None) -> Round:
    """审定:异议期过了、异议都复核了;结果封存,以后不再变。"""
    round = _round(round, RoundState.FEEDBACK)
    access.require(by, "supervision.decide", round.organiser)
    seen_as(round, seen)
    decision = needed(decision, "审定的会议")
    if round.objections_until and on <= round.objections_until:
        raise RuleBroken(f"异议到{round.objections_until}才截止", fix="请在这以后审定。")
    open_ones = sum(
        mark.objections.filter(outcome="").count() for mark in LineMark.objects.filter(candidate__round=round)
    )
    if open_ones:
        raise RuleBroken(f"还有{open_ones}件异议没有复核", fix="请复核以后再审定。")
    if LineMark.objects.filter(candidate__round=round, by=by).exists():
        raise RuleBroken("评过分的人不能审定", fix="请由没有评分的负责人审定。")
    round.frozen = scoring.frozen(scoring.results(round, on))
    round.state, round.decided_by, round.decided_at, round.decision = RoundState.DECIDED, by, at, decision[:120]
    touch(round, "state", "frozen", "decided_by", "decided_at", "decision")
    noted("decide", f"审定{round}（{decision[:60]}）", round, at=at, by=by, agency=round.organiser)
    return round


@transaction.atomic
def draft_result(round: Round, *, on: date, by: User, at: datetime) -> Edition:
    """起草公布稿:等次和名单,并列的写并列;照信息发布的程序审核、签发。"""
    round = _round(round, RoundState.DECIDED)
    if round.record_id:
        raise RuleBroken("公布稿已经起草", fix="请打开它。")
    rows = round.frozen["rows"]
    cells = "".join(
        f"<tr><td>{row['place']}{'（并列区间）' if row['tied'] else ''}</td><td>{escape(str(row['name']))}</td>"
        f"<td>{row['total']}</td><td>{escape(str(row['grade']))}</td></tr>"
        for row in rows
    )
    body = (
        f"<p>{escape(round.title)}的结果已经审定（{escape(round.decision)}），现予公布。分数相差太小的，名次只作参考。</p>"
        f"<table><tbody><tr><td>名次</td><td>单位</td><td>得分</td><td>等次</td></tr>{cells}</tbody></table>"
    )
    edition = records.create(
        round.organiser,
        "document",
        by=by,
        at=at,
        title=f"{round.organiser}关于公布{round.title}结果的通报",
        made_on=on,
        genre="通报",
        body=body,
    )
    round.record = edition.record
    touch(round, "record")
    noted("draft", f"起草{round}的公布稿", round, at=at, by=by, agency=round.organiser)
    return edition
