"""年报的唯一写入口:编制、填报、送审、审核、封存、起草公布稿、更正。"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from gongkai.desk.moments import local_day
from gongkai.desk.seen import check, mark
from gongkai.law.errors import RuleBroken
from gongkai.law.report import Report, from_row
from gongkai.org import access
from gongkai.org.actions import log as org_log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from .. import narrative
from ..figures import cells, figures, form_for, report_of, row_of
from ..findings import EXPLAINABLE, checked, key_of
from ..models import AnnualReport, Erratum, ManualFigure
from ..terms import Scope, Stage


def noted(
    action: str, annual: AnnualReport, what: str, *, at: datetime, by: User | None = None, **more: Any
) -> None:
    """One entry about this report."""
    org_log(action, f"{annual}：{what}", at=at, by=by, agency=annual.agency, about=annual, **more)


def locked(annual: AnnualReport | int) -> AnnualReport:
    """The report's row, locked until the transaction ends."""
    rows = AnnualReport.objects.select_for_update(of=("self",)).select_related("agency", "author", "record")
    return rows.get(pk=getattr(annual, "pk", annual))


def _editable(annual: AnnualReport, by: User, *, stages: tuple[Stage, ...] = (Stage.DRAFT,)) -> AnnualReport:
    annual = locked(annual)
    access.require(by, "reports.write", annual.agency)
    if annual.stage not in stages:
        raise RuleBroken(
            f"这份年报{annual.get_stage_display()}，不能再改", fix="要改的请先请审核人退回；公布以后的用更正。"
        )
    return annual


#: 可以填报的环节:编制中;核定以后填的是更正用的数,更正以前不改已经封存的。
_FILLING = (Stage.DRAFT, Stage.APPROVED, Stage.PUBLISHED)


@transaction.atomic
def start(agency: Agency, year: int, *, by: User, at: datetime, scope: Scope = Scope.OWN) -> AnnualReport:
    """开始编制一个机关一个年度的报告;已经有的不能再开一份。"""
    access.require(by, "reports.write", agency)
    if not 2019 <= year <= local_day(at).year:
        raise RuleBroken(f"不能编制{year}年度的报告", fix="请选2019年以来、今年为止的年度。")
    if scope is Scope.WHOLE and agency.kind != "government":
        raise RuleBroken("只有人民政府的年报可以汇总全区", fix="请选“本级”。")
    if AnnualReport.objects.filter(agency=agency, year=year).exists():
        raise RuleBroken(f"{agency}{year}年度的报告已经在编制", fix="请打开原来的一份。")
    annual = AnnualReport.objects.create(
        agency=agency, year=year, scope=scope, sections=dict(narrative.OUTLINE), author=by, saved_at=at
    )
    noted("reports.start", annual, f"开始编制（{scope.label}）", at=at, by=by)
    return annual


@transaction.atomic
def save(annual: AnnualReport, sections: dict[str, str], *, by: User, at: datetime, revision: int) -> AnnualReport:
    """保存文字。别人先存过的不盖掉;引用了没有的数的不存。"""
    annual = _editable(annual, by)
    if annual.revision != revision:
        raise RuleBroken("这份年报已经有人先保存过，您的改动没有写入", fix="请对照现在的文字再保存。")
    texts = {key: sections.get(key, "").strip()[:20000] for key in narrative.WRITTEN}
    for text in texts.values():
        narrative.known_only(text)
    annual.sections, annual.saved_at, annual.revision = texts, at, annual.revision + 1
    annual.save(update_fields=["sections", "saved_at", "revision"])
    noted("reports.save", annual, "修改文字", at=at, by=by)
    return annual


@transaction.atomic
def put(
    annual: AnnualReport,
    table: int,
    row: str,
    index: int,
    number: str,
    source: str,
    note: str,
    *,
    by: User,
    at: datetime,
) -> ManualFigure:
    """手工填报一格,写明来源;总计不能填,由各分项相加。"""
    annual = _editable(annual, by, stages=_FILLING)
    if (table, row, index) not in cells(form_for(annual)):
        raise RuleBroken("没有这一格，或者这一格由各分项相加", fix="请从表里选要填的格。")
    try:
        value = Decimal(number.replace(",", "").strip())
    except InvalidOperation:
        raise RuleBroken(f"“{number}”不是数", fix="请填非负的数，没有发生的填0。") from None
    money = form_for(annual).block_of(row).kinds[index] == "money" if table == 2 else False
    if not value.is_finite() or value < 0 or value >= 10**11 or (not money and value != value.to_integral_value()):
        raise RuleBroken(f"“{number}”不能填在这里", fix="件数请填非负整数；金额的单位是万元。")
    if not source.strip():
        raise RuleBroken("手工填报要写明来源", fix="请写明数从哪个系统、哪份台账来。")
    values = {"number": value, "source": source.strip()[:100], "note": note.strip()[:300], "by": by, "at": at}
    figure, _ = ManualFigure.objects.update_or_create(
        report=annual, table=table, row=row, index=index, defaults=values
    )
    noted(
        "reports.figure",
        annual,
        f"表{table}“{row}”第{index + 1}格填{value}（来源：{source.strip()[:100]}）",
        at=at,
        by=by,
    )
    return figure


@transaction.atomic
def drop(figure: ManualFigure, *, by: User, at: datetime) -> None:
    """去掉手工填报的一格,回到台账的数。"""
    annual = _editable(figure.report, by, stages=_FILLING)
    figure.delete()
    noted(
        "reports.figure",
        annual,
        f"去掉表{figure.table}“{figure.row}”第{figure.index + 1}格的手工填报",
        at=at,
        by=by,
    )


@transaction.atomic
def explain(annual: AnnualReport, key: str, reason: str, *, by: User, at: datetime) -> None:
    """写明一处不一致的原因(机构改革、口径变化);只有事实造成的可以说明,算错的必须改。"""
    annual = _editable(annual, by)
    if key not in {key_of(one) for one in checked(annual).findings if one.id in EXPLAINABLE}:
        raise RuleBroken("这一处不能用说明代替改正", fix="请按提示改正。")
    annual.explained = {**annual.explained, key: reason.strip()[:500]}
    annual.save(update_fields=["explained"])
    noted("reports.explain", annual, f"{key}：{reason.strip()[:200]}", at=at, by=by)


@transaction.atomic
def submit(annual: AnnualReport, *, by: User, at: datetime) -> AnnualReport:
    """送单位负责人审核;还有错误的送不出去。"""
    annual = _editable(annual, by)
    _sound(annual)
    annual.stage, annual.opinion = Stage.UNIT, ""
    annual.save(update_fields=["stage", "opinion"])
    noted("reports.submit", annual, "送单位负责人审核", at=at, by=by)
    return annual


def mark_of(report: Report) -> str:
    """Tells this text and these figures from any others (``desk.seen``)."""
    return mark(row_of(report))


def _sound(annual: AnnualReport) -> Report:
    result = checked(annual)
    if blocking := result.blocking:
        first = blocking[0].message.rstrip("。")
        raise RuleBroken(
            f"还有{len(blocking)}处错误，第一处：{first}",
            source=blocking[0].basis,
            fix="请改正，或者对可以说明的写明原因。",
        )
    return result.report


@transaction.atomic
def judge(
    annual: AnnualReport, agree: bool, opinion: str, *, by: User, at: datetime, seen: str | None = None
) -> AnnualReport:
    """单位负责人、区政府办先后审核;同意到下一步,区政府办同意就封存数字;不同意退回编制,要写意见。``seen`` 是审核人
    看到的(``mark_of``),给了就核对:数字也可能在他看着的时候变。"""
    annual = locked(annual)
    steps = {Stage.UNIT.value: "reports.unit", Stage.OFFICE.value: "reports.office"}
    action = steps.get(annual.stage)
    if action is None:
        raise RuleBroken(f"这份年报{annual.get_stage_display()}，现在不用审核", fix="请刷新页面。")
    access.require(by, action, annual.agency)
    if annual.author_id == by.pk:
        raise RuleBroken("编制人不能审自己编的年报", fix="请由另一位审核。")
    if not agree:
        if not opinion.strip():
            raise RuleBroken("退回要写明意见", fix="请写明哪里要改。")
        annual.stage, annual.opinion = Stage.DRAFT, opinion.strip()[:500]
        annual.save(update_fields=["stage", "opinion"])
        noted("reports.back", annual, f"退回编制：{annual.opinion}", at=at, by=by)
        return annual
    report = _sound(annual)
    check(seen, mark_of(report))
    annual.stage = Stage.OFFICE if annual.stage == Stage.UNIT else Stage.APPROVED
    if annual.stage == Stage.APPROVED:
        annual.frozen, annual.frozen_at = row_of(report), at
        noted("reports.seal", annual, "核定，数字封存", at=at, by=by)
    annual.save(update_fields=["stage", "frozen", "frozen_at"])
    noted(action, annual, "同意", at=at, by=by, opinion=opinion.strip()[:500])
    return annual


@transaction.atomic
def published(record: Record, *, at: datetime) -> None:
    """公布的信息公开了:年报记下公布之日。由跟读操作记录的调用。"""
    annual = AnnualReport.objects.filter(record=record, published_on=None).first()
    if annual is None or record.published_at is None or not record.is_public(at):
        return
    annual = locked(annual)
    annual.stage, annual.published_on = Stage.PUBLISHED, local_day(record.published_at)
    annual.frozen = {**annual.frozen, "published": annual.published_on.isoformat()}
    annual.save(update_fields=["stage", "published_on", "frozen"])
    noted("reports.publish", annual, f"{annual.published_on}公布", at=at)


@transaction.atomic
def correct(annual: AnnualReport, reason: str, *, by: User, at: datetime) -> Erratum:
    """公布以后更正:按现在的台账和填报重算,改了哪些格记成一条更正,原来的数留着,公众看得见。"""
    annual = locked(annual)
    access.require(by, "reports.office" if access.may(by, "reports.office") else "reports.unit", annual.agency)
    if not annual.frozen:
        raise RuleBroken("这份年报还没有核定，直接修改就行", fix="请在编制页修改。")
    if not reason.strip():
        raise RuleBroken("更正要写明理由", fix="请写明为什么要更正。")
    found = figures(annual)
    new = report_of(annual, found, narrative.texts(annual, found))
    changes = differences(from_row(annual.frozen), new)
    if not changes:
        raise RuleBroken("按现在的台账重算，各格都没有变化", fix="不用更正。")
    row = Erratum.objects.create(
        report=annual, changes=changes, before=annual.frozen, reason=reason.strip()[:300], by=by, at=at
    )
    annual.frozen, annual.frozen_at = row_of(new), at
    annual.save(update_fields=["frozen", "frozen_at"])
    noted("reports.correct", annual, f"更正{len(changes)}格：{row.reason}", at=at, by=by)
    return row


def differences(old: Report, new: Report) -> list[dict[str, Any]]:
    """Every cell that differs: where it stands, what it was and what it is."""
    found = []
    tables = (("表二", old.form.disclosures), ("表三", old.form.rows), ("表四", old.form.remedies))
    for name, rows in tables:
        before, after = _table(old, name), _table(new, name)
        for row in rows:
            for index, value in enumerate(after.get(row.key, ())):
                was = before[row.key][index] if row.key in before and index < len(before[row.key]) else None
                if value is not None and (was is None or was.number != value.number):
                    found.append(
                        {
                            "where": f"{name}“{row.label}”第{index + 1}格",
                            "before": was.plain if was else None,
                            "after": value.plain,
                        }
                    )
    return found


def _table(report: Report, name: str) -> Any:
    return {"表二": report.table2, "表三": report.table3, "表四": report.table4}[name]
