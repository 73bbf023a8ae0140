"""决策卷:建立、修改、往前走一步、登记程序、草案改稿、放上决策文件。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.adapters.personal import personal_data
from gongkai.desk.moments import local_day
from gongkai.desk.seen import check
from gongkai.law import decisions as law
from gongkai.law.decisions import COURSE, Stage, Step
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import titled
from gongkai.law.sources import cite
from gongkai.org import access
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import evidence, facts, paper
from ..models import CatalogueItem, Dossier, Evidence
from .common import locked, noted, require, touch

FLAGS = ("specialised", "risky", "market", "vital", "groups", "disputed", "hearing_by_law")
#: Step → the right it needs.
RIGHTS = {
    Step.START: "decisions.decide",
    Step.DECLINE: "decisions.decide",
    Step.HAND_IN: "decisions.write",
    Step.SEND_BACK: "decisions.review",
    Step.TAKE_BACK: "decisions.write",
    Step.PUBLISH: "decisions.decide",
    Step.SUSPEND: "decisions.decide",
    Step.RESUME: "decisions.decide",
    Step.END: "decisions.decide",
    Step.ARCHIVE: "decisions.write",
}
#: Steps that must say why.
REASONED = frozenset({Step.DECLINE, Step.SEND_BACK, Step.TAKE_BACK, Step.SUSPEND, Step.RESUME, Step.END})
#: Of those, the ones whose reason the public reads on the course of the decision.
TOLD = frozenset({Step.SUSPEND, Step.RESUME, Step.END})
#: Stages in which the draft may still be changed, and its review then does not count any more.
REDRAFTED = (Stage.DRAFTING, Stage.REVIEW, Stage.REVIEWED, Stage.DISCUSSED)
OVER = (Stage.DECLINED, Stage.ENDED, Stage.ARCHIVED)


@transaction.atomic
def open_dossier(
    agency: Agency,
    lead: Agency,
    title: str,
    category: str,
    *,
    by: User,
    at: datetime,
    necessity: str = "",
    item: CatalogueItem | None = None,
    adjusts: Dossier | None = None,
    withheld_basis: str = "",
    **flags: bool,
) -> Dossier:
    """建一卷;决定启动以前是建议。调整原来的决策也新建一卷,链到原来的(第二条)。"""
    access.require(by, "decisions.write", lead)
    if lead.ended_on and lead.ended_on <= local_day(at):
        raise RuleBroken(f"{lead}已经撤并", fix="请选承继它职责的单位。")
    if not title.strip():
        raise RuleBroken("没有写决策事项", fix="请写事项的名称。")
    _of_catalogue(item, agency, lead)
    dossier = Dossier.objects.create(
        agency=agency,
        lead=lead,
        title=title.strip()[:200],
        category=law.Category.from_value(category),
        necessity=necessity.strip(),
        item=item,
        adjusts=adjusts,
        withheld_basis=withheld_basis.strip()[:200],
        opened_at=at,
        **_flags(flags),
    )
    noted("open", dossier, "建立决策卷", at=at, by=by)
    return dossier


def _of_catalogue(item: CatalogueItem | None, agency: Agency, lead: Agency) -> None:
    if item is not None and (item.year.agency, item.lead) != (agency, lead):
        raise RuleBroken(
            f"目录里“{item}”由{item.year.agency}决策、{item.lead}承办", fix="请照目录选；目录要改的先调整目录。"
        )


def _flags(given: Mapping[str, bool]) -> dict[str, bool]:
    if unknown := set(given) - set(FLAGS):
        raise RuleBroken(f"不认得这些：{'、'.join(sorted(unknown))}", fix="请核对。")
    return {name: bool(value) for name, value in given.items()}


@transaction.atomic
def save_dossier(dossier: Dossier, values: Mapping[str, Any], *, seen: str, by: User, at: datetime) -> Dossier:
    """改基本情况;归档、终止了的不能改。"""
    dossier = locked(dossier)
    require(by, "decisions.write", dossier)
    check(seen, dossier.mark)
    if dossier.stage in OVER:
        raise RuleBroken(f"这一卷已经{dossier.get_stage_display()}", fix="要改的请另建一卷。")
    _of_catalogue(values.get("item"), dossier.agency, dossier.lead)
    if values.get("withheld_basis", "").strip() and not dossier.withheld_basis:
        _may_withhold(dossier, at)
    allowed = ("title", "category", "necessity", "withheld_basis", "item", *FLAGS)
    before = {name: getattr(dossier, name) for name in allowed if name in values}
    for name in before:
        setattr(dossier, name, values[name])
    changed = {name: [str(before[name]), str(values[name])] for name in before if before[name] != values[name]}
    if changed:
        touch(dossier, *before)
        noted("save", dossier, "修改", at=at, by=by, changed=changed)
    return dossier


def _may_withhold(dossier: Dossier, at: datetime) -> None:
    """What the public was asked about or has read does not vanish by a word in the dossier."""
    rounds = dossier.rounds.select_related("record", "feedback")
    papers = [dossier.record, *(paper for one in rounds for paper in (one.record, one.feedback))]
    if shown := next((paper for paper in papers if paper is not None and paper.is_public(at)), None):
        raise RuleBroken(
            f"{titled(shown)}已经公开，不能改成依法不予公开",
            source=cite("decision:32"),
            fix="确实不能公开的，先把公开了的撤下（写依据），再改。",
        )


@transaction.atomic
def take_step(dossier: Dossier, step: Step, *, by: User, at: datetime, seen: str, reason: str = "") -> Dossier:
    """往前走一步。硬的规则不合就不走,说依据哪一条、怎样办。有文件的决策随文件签发公布,不在这里走。"""
    dossier = locked(dossier)
    if step not in RIGHTS:
        raise RuleBroken(f"“{step.label}”要登记它的内容", fix="请在“登记程序”里办。")
    require(by, RIGHTS[step], dossier)
    check(seen, dossier.mark)
    if step in REASONED and not reason.strip():
        raise RuleBroken(f"{step.label}没有写原因", fix="请写明原因。")
    if step in TOLD and not dossier.withheld_basis and (found := personal_data(reason)):
        raise RuleBroken(f"原因里有{found[0].label}（{found[0].text}）", fix="公众看得到原因，请隐去个人信息。")
    if step is Step.PUBLISH and not dossier.withheld_basis:
        raise RuleBroken("公布随决策文件的终审签发办", fix="请先放上决策文件，再签发它。")
    law.may(step, facts.dossier_facts(dossier, at), local_day(at))
    moved(dossier, step, at=at, by=by, reason=reason)
    return dossier


def moved(
    dossier: Dossier, step: Step, *, at: datetime, by: User, reason: str = "", out_at: datetime | None = None
) -> None:
    """Write down that a step was taken; the caller has asked the law. ``out_at``: when the paper comes out, if later."""
    to = COURSE[step][1]
    dossier.stage = to or dossier.stage
    if step is Step.START:
        dossier.started_on = local_day(at)
    if step is Step.PUBLISH:
        dossier.published_on = local_day(out_at or at)
    touch(dossier, "stage", "started_on", "published_on")
    if step in TOLD:
        Evidence.objects.create(
            dossier=dossier,
            kind=step.value,
            on=local_day(at),
            data={"reason": reason.strip()[:2000]},
            draft_no=dossier.draft_no,
            by=by,
            at=at,
        )
    told = f"{step.label}（{reason.strip()[:200]}）" if reason.strip() else step.label
    noted(step.value, dossier, told, at=at, by=by, state=dossier.stage)


@transaction.atomic
def enter(
    dossier: Dossier,
    kind: str,
    on: date,
    data: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    seen: str,
    record: Record | None = None,
) -> Evidence:
    """登记一条程序。合法性审查、集体讨论、评估登了就走了那一步,先问能不能走。"""
    dossier = locked(dossier)
    table = evidence.kinds()
    if kind not in table:
        raise RuleBroken("没有这种程序登记", fix="请从列出的里选。")
    found = table[kind]
    if found.by_step:
        raise RuleBroken(f"{found.label}由走那一步记下", fix="请在“下一步”里办。")
    require(by, found.right, dossier)
    check(seen, dossier.mark)
    if dossier.stage == Stage.ARCHIVED or (dossier.stage in OVER and kind != "archive"):
        raise RuleBroken(f"这一卷已经{dossier.get_stage_display()}", fix="不能再登记。")
    if on > local_day(at):
        raise RuleBroken("日期还没有到", fix="请在办过以后登记。")
    _complete(found, data)
    if found.step:
        given = facts.dossier_facts(dossier, at)
        if found.step is Step.EVALUATE:
            given = facts.with_evaluator(given, str(data["unit"]))
        if found.step is Step.REVIEW:
            law.may_review(given, sent_on=date.fromisoformat(data["sent_on"]), given_on=on)
        law.may(found.step, given, on if found.step is Step.DISCUSS else local_day(at))
    kept = {paper.KEY: paper.digest(dossier)} if kind in paper.KEPT else {}
    row = Evidence.objects.create(
        dossier=dossier,
        kind=kind,
        on=on,
        data=dict(data) | kept,
        draft_no=dossier.draft_no,
        record=record,
        by=by,
        at=at,
    )
    noted("evidence", dossier, f"登记{found.label}", at=at, by=by, kind=found.label)
    if found.step:
        _after(dossier, row, found.step, at=at, by=by)
    else:
        touch(dossier)
    return row


def _complete(kind: evidence.Kind, data: Mapping[str, Any]) -> None:
    for item in kind.items:
        if item.required and not str(data.get(item.key, "")).strip():
            raise RuleBroken(f"{kind.label}没有填“{item.label}”", fix="请填写。")
        if item.choices and data.get(item.key) not in ("", None, *item.choices):
            raise RuleBroken(f"“{item.label}”没有“{data[item.key]}”这一项", fix="请从列出的里选。")


def _after(dossier: Dossier, row: Evidence, step: Step, *, at: datetime, by: User) -> None:
    """Where an entry leads: an illegal draft goes back to its writers, one to be discussed again stays."""
    if step is Step.REVIEW and row.data["conclusion"] == law.Legality.ILLEGAL.label:
        dossier.stage = Stage.DRAFTING
        touch(dossier, "stage")
        noted("review", dossier, "合法性审查认为不合法，退回起草", at=at, by=by, state=dossier.stage)
        return
    outcome = row.data.get("outcome")
    if step is Step.DISCUSS and outcome == law.Outcome.AGAIN.label:
        touch(dossier)
        noted("discuss", dossier, "讨论后再次讨论", at=at, by=by)
        return
    moved(dossier, step, at=at, by=by, reason=outcome or "")
    if outcome == law.Outcome.REFUSED.label:
        moved(dossier, Step.END, at=at, by=by, reason="讨论不予通过")


@transaction.atomic
def void(row: Evidence, reason: str, *, by: User, at: datetime) -> Evidence:
    """登错的作废,留着看得见;集体讨论的登记不能作废。"""
    dossier = locked(row.dossier_id)
    kind = evidence.kinds()[row.kind]
    require(by, kind.right, dossier)
    row = Evidence.objects.select_for_update().get(pk=row.pk)
    if kind.final or kind.step:
        raise RuleBroken(f"{kind.label}的登记不能作废", fix="有变化的，按程序重新办理、另外登记。")
    if row.voided_at:
        raise RuleBroken("这一条已经作废", fix="请刷新页面。")
    if not reason.strip():
        raise RuleBroken("没有写作废的原因", fix="请写明。")
    row.voided_at, row.voided_by, row.void_reason = at, by, reason.strip()[:200]
    row.save(update_fields=["voided_at", "voided_by", "void_reason"])
    touch(dossier)
    noted("void", dossier, f"作废{kind.label}的登记（{row.void_reason}）", at=at, by=by)
    return row


@transaction.atomic
def redraft(dossier: Dossier, reason: str, *, by: User, at: datetime, seen: str) -> Dossier:
    """草案有实质改动:稿次加一,原来的合法性审查不再算数,回到起草。"""
    dossier = locked(dossier)
    require(by, "decisions.write", dossier)
    check(seen, dossier.mark)
    if dossier.stage not in REDRAFTED:
        raise RuleBroken(f"“{dossier.get_stage_display()}”不能改稿", fix="公布以后要改的，按调整另建一卷。")
    if not reason.strip():
        raise RuleBroken("没有写改了什么", fix="请写明实质改动。")
    dossier.draft_no += 1
    dossier.stage = Stage.DRAFTING
    touch(dossier, "draft_no", "stage")
    noted("redraft", dossier, f"改到第{dossier.draft_no}稿（{reason.strip()[:200]}）", at=at, by=by)
    return dossier


@transaction.atomic
def attach_paper(dossier: Dossier, record: Record, *, by: User, at: datetime, seen: str) -> Dossier:
    """放上决策文件;它签发就是公布,签发以前要合得上每一条硬的规则。"""
    dossier = locked(dossier)
    require(by, "decisions.write", dossier)
    check(seen, dossier.mark)
    if dossier.published_on:
        raise RuleBroken("决策已经公布", fix="要改文件的，更正那件信息。")
    if record.published_at is not None:
        raise RuleBroken(f"{titled(record)}已经签发过", fix="请放还没有签发的文件。")
    if Dossier.objects.filter(record=record).exclude(pk=dossier.pk).exists():
        raise RuleBroken(f"{titled(record)}已经放在另一卷里", fix="请核对。")
    dossier.record = record
    touch(dossier, "record")
    noted("paper", dossier, f"放上决策文件{titled(record)}", at=at, by=by)
    return dossier
