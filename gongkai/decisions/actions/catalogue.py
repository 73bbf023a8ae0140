"""年度目录:开始一年、征集和论证建议、列入、公布、公布以后的调整。结果和总公开在 ``settling``。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.html import format_html, format_html_join

from gongkai.adapters.plaintext import clean, line
from gongkai.desk.moments import end_of, local_day
from gongkai.law import decisions as law
from gongkai.law.errors import RuleBroken
from gongkai.org import access, codes
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records import numbering
from gongkai.records.models import Edition

from ..models import CatalogueItem, CatalogueYear, ItemChange, Proposal
from ..terms import ChangeKind, ItemState, Procedure, Ruling, YearStage
from .carrying import carry
from .common import is_abandoned

TYPE = "decision-catalogue"
PURPOSE = "gongkai.decisions.proposal"
COLUMNS = ("序号", "事项名称", "决策机关", "承办单位", "配合单位", "法律政策依据", "履行程序", "计划完成", "结果")


def locked(year: CatalogueYear | int) -> CatalogueYear:
    """The catalogue's row, locked until the transaction ends."""
    rows = CatalogueYear.objects.select_for_update(of=("self",)).select_related("agency", "record")
    return rows.get(pk=getattr(year, "pk", year))


def noted_year(action: str, year: CatalogueYear, what: str, *, at: datetime, by: User | None, **more: Any) -> None:
    log(f"decisions.{action}", f"{what}：{year}", at=at, by=by, agency=year.agency, about=year, **more)


@transaction.atomic
def open_year(
    agency: Agency, year: int, *, by: User, at: datetime, call_until: date | None = None
) -> CatalogueYear:
    """开始一年的目录;上一年结转的事项带过来,序号重排,旧号留着。"""
    access.require(by, "decisions.write", agency)
    if CatalogueYear.objects.filter(agency=agency, year=year).exists():
        raise RuleBroken(f"{agency}{year}年度的目录已经有了", fix="请在清单里打开它。")
    made = CatalogueYear.objects.create(agency=agency, year=year, call_until=call_until)
    noted_year("year", made, "开始征集", at=at, by=by)
    carried = CatalogueItem.objects.filter(year__agency=agency, year__year=year - 1, state=ItemState.CARRIED)
    for old in carried.filter(carried_to=None):
        carry(old, made, at=at)
    return made


@transaction.atomic
def save_year(year: CatalogueYear, values: Mapping[str, Any], *, by: User, at: datetime) -> CatalogueYear:
    """登记征集到哪天、审定的会议、同级党委同意。"""
    year = locked(year)
    access.require(by, "decisions.write", year.agency)
    if year.stage == YearStage.CLOSED:
        raise RuleBroken("这一年的目录已经总公开", fix="不能再改。")
    for name in ("call_until", "meeting", "meeting_on", "party_consent_on", "party_number", "summary"):
        if name in values:
            setattr(year, name, values[name])
    year.save()
    noted_year("year", year, "登记审定情况", at=at, by=by)
    return year


@transaction.atomic
def propose(
    year: CatalogueYear,
    title: str,
    problem: str,
    *,
    at: datetime,
    basis: str = "",
    plan: str = "",
    contact: Mapping[str, str] | None = None,
    unit: Agency | None = None,
    by: User | None = None,
) -> tuple[Proposal, str]:
    """收下一条建议:单位的要有人经手;公众的给查询码。征集截止以后公众的不收。"""
    year = locked(year)
    if unit is not None:
        assert by is not None
        access.require(by, "decisions.write", unit)
        if year.stage != YearStage.COLLECTING:
            raise RuleBroken(f"{year}已经公布", fix="要新增的，请决策机关按目录调整办。")
        law.may_propose(problem=problem, basis=basis, plan=plan)
    elif year.stage != YearStage.COLLECTING or year.call_until is None or at > end_of(year.call_until):
        raise RuleBroken("现在没有征集目录建议", fix="请留意下一次征集的公告。")
    title, problem = line(title)[:200], clean(problem).strip()[:5000]
    if not title or not problem:
        raise RuleBroken("没有写清建议什么、要解决什么问题", fix="请两样都写。")
    code, stored = ("", "") if unit else codes.new_code(PURPOSE)
    number = f"{year.agency.code}-J-{year.year}-{numbering.next_in(f'proposal/{year.agency.code}/{year.year}'):04}"
    made = Proposal.objects.create(
        year=year,
        unit=unit,
        number=number,
        code=stored,
        title=title,
        problem=problem,
        basis=clean(basis).strip()[:5000],
        plan=clean(plan).strip()[:5000],
        contact=dict(contact or {}),
        received_at=at,
    )
    log("decisions.proposal", f"收到目录建议{number}", at=at, by=by, agency=year.agency, about=made)
    return made, code


@transaction.atomic
def rule(
    proposal: Proposal, ruling: Ruling, reason: str, *, by: User, at: datetime, item: CatalogueItem | None = None
) -> Proposal:
    """一条建议论证的结果:采纳、并入的写明哪一项,不采纳的写理由。"""
    year = locked(proposal.year_id)
    access.require(by, "decisions.decide", year.agency)
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if ruling is Ruling.REJECTED and not reason.strip():
        raise RuleBroken("不采纳没有写理由", fix="请写明，建议人看得到。")
    if ruling is not Ruling.REJECTED and (item is None or item.year_id != year.pk):
        raise RuleBroken(f"“{ruling.label}”没有选目录里的事项", fix="请先列入，再选它。")
    found.ruling, found.reason, found.item = ruling, reason.strip()[:2000], item
    found.ruled_at, found.ruled_by = at, by
    found.save()
    log(
        "decisions.ruling",
        f"目录建议{found.number}：{ruling.label}",
        at=at,
        by=by,
        agency=year.agency,
        about=found,
    )
    return found


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(values.get("procedures", ())) - {one.value for one in Procedure}:
        raise RuleBroken(f"没有“{'、'.join(sorted(unknown))}”这种程序", fix="请从列出的里选。")
    kept = ("title", "lead", "helpers", "basis", "procedures", "planned_on")
    return {name: values[name] for name in kept if name in values}


@transaction.atomic
def add_item(
    year: CatalogueYear,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    reason: str = "",
    approved_by: str = "",
) -> CatalogueItem:
    """列入一项;目录公布以后是新增,要写理由和谁批准。"""
    year = locked(year)
    access.require(by, "decisions.write", year.agency)
    changeable(year, reason, approved_by)
    last = year.items.aggregate(last=Max("order"))["last"] or 0
    item = CatalogueItem.objects.create(year=year, order=last + 1, entered_on=local_day(at), **_checked(values))
    noted_year("item", year, f"列入“{item}”", at=at, by=by)
    if year.stage == YearStage.PUBLISHED:
        changed(item, ChangeKind.ADDED, {}, reason, approved_by, by, at)
    return item


@transaction.atomic
def change_item(
    item: CatalogueItem,
    values: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    reason: str = "",
    approved_by: str = "",
) -> CatalogueItem:
    """改一项;公布以后记下原来怎样、为什么、谁批准。"""
    year = locked(item.year_id)
    access.require(by, "decisions.write", year.agency)
    changeable(year, reason, approved_by)
    item = year.items.select_related("lead").get(pk=item.pk)
    given = _checked(values)
    before = {name: str(getattr(item, name)) for name in given if getattr(item, name) != given[name]}
    for name, value in given.items():
        setattr(item, name, value)
    item.save()
    noted_year("item", year, f"修改“{item}”", at=at, by=by, before=before)
    if year.stage == YearStage.PUBLISHED and before:
        changed(item, ChangeKind.CHANGED, before, reason, approved_by, by, at)
    return item


def changeable(year: CatalogueYear, reason: str, approved_by: str) -> None:
    if year.stage == YearStage.CLOSED:
        raise RuleBroken("这一年的目录已经总公开", fix="不能再调整。")
    if year.stage == YearStage.PUBLISHED and not (reason.strip() and approved_by.strip()):
        raise RuleBroken("目录已经公布，调整没有写理由和谁批准", fix="请两样都写，调整以后重新公布。")


def changed(
    item: CatalogueItem,
    kind: ChangeKind,
    before: dict[str, str],
    reason: str,
    approved_by: str,
    by: User,
    at: datetime,
) -> None:
    ItemChange.objects.create(
        item=item,
        kind=kind,
        before=before,
        reason=reason.strip()[:200],
        approved_by=approved_by.strip()[:80],
        by=by,
        at=at,
    )
    noted_year("change", item.year, f"{kind.label}“{item}”（{reason.strip()[:100]}）", at=at, by=by)


@transaction.atomic
def remove_item(item: CatalogueItem, *, by: User, at: datetime) -> None:
    """公布以前去掉一项;公布以后用“取消”。"""
    year = locked(item.year_id)
    access.require(by, "decisions.write", year.agency)
    if year.stage != YearStage.COLLECTING:
        raise RuleBroken("目录已经公布", fix="不办的请“取消”，写明原因。")
    if item.carried_from_id:
        raise RuleBroken("这一项是上一年结转来的", fix="请在上一年的目录里改它的结果，或者公布以后“取消”。")
    if item.proposals.exists() or item.dossiers.exists():
        raise RuleBroken("有建议或者决策卷归在这一项", fix="请先改归别的事项。")
    noted_year("item", year, f"去掉“{item}”", at=at, by=by)
    item.delete()


def unruled(year: CatalogueYear) -> int:
    """Proposals that nobody has discussed yet; those that come after the publication wait for a change."""
    return year.proposals.filter(ruling="").count() if year.stage == YearStage.COLLECTING else 0


def body_of(year: CatalogueYear) -> str:
    """The catalogue as a table, all columns; what decided it stands before."""
    head = format_html(
        "<p>{}审定，经同级党委同意（{}）。</p>", year.meeting, year.party_number or year.party_consent_on
    )
    lines = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "<td>{}</td>", ((cell,) for cell in cells)),) for cells in rows_of(year)),
    )
    heads = format_html_join("", "<th>{}</th>", ((name,) for name in COLUMNS))
    return format_html("{}<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, heads, lines)


def rows_of(year: CatalogueYear) -> list[list[str]]:
    """The cells of every item for ``COLUMNS``."""
    rows = []
    for item in year.items.select_related("lead", "carried_from__year", "carried_to__year"):
        carried = item.carried_from
        title = f"{item.title}（{carried.year.year}年第{carried.order}项结转）" if carried else item.title
        steps = "、".join(Procedure.from_value(one).label for one in item.procedures)
        state = item.get_state_display() + (f"：{item.outcome}" if item.outcome else "")
        if item.state == ItemState.CARRIED and (into := getattr(item, "carried_to", None)):
            state += f"（{into.year.year}年第{into.order}项）"
        rows.append(
            [
                str(item.order),
                title,
                str(year.agency),
                str(item.lead),
                item.helpers,
                item.basis,
                steps,
                item.planned_on.isoformat(),
                state,
            ]
        )
    return rows


@transaction.atomic
def draft_catalogue(year: CatalogueYear, *, by: User, at: datetime) -> Edition:
    """起草公布稿;公布过的开一版更正,改了什么由登记的调整写出。"""
    year = locked(year)
    access.require(by, "decisions.write", year.agency)
    law.may_publish_catalogue(
        meeting=year.meeting,
        party_consent_on=year.party_consent_on,
        items=year.items.count(),
        unruled=unruled(year),
    )
    body = body_of(year)
    if year.record is None or is_abandoned(year.record):
        edition = records.create(
            year.agency,
            TYPE,
            by=by,
            at=at,
            title=str(year),
            made_on=local_day(at),
            body=body,
            fields={"year": str(year.year)},
        )
        year.record = edition.record
        year.save(update_fields=["record"])
    elif draft := year.record.draft:
        edition = records.save(draft, {"body": body}, by=by, at=at, revision=draft.revision)
    else:
        changes = ItemChange.objects.filter(item__year=year).select_related("item").order_by("-at")[:20]
        note = "；".join(f"{one.get_kind_display()}“{one.item}”" for one in changes)[:300] or "登记结果"
        edition = records.revise(year.record, by=by, at=at, change_note=note)
        edition = records.save(edition, {"body": body}, by=by, at=at, revision=edition.revision)
    noted_year("catalogue", year, "起草公布稿", at=at, by=by)
    return edition


def mark_published(year: CatalogueYear, *, at: datetime, by: User) -> None:
    """The catalogue's record was signed (a follower of the signing calls this)."""
    if year.stage == YearStage.COLLECTING:
        year.stage = YearStage.PUBLISHED
        year.save(update_fields=["stage"])
    noted_year("catalogue", year, "公布", at=at, by=by)
