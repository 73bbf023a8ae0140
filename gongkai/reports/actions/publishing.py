"""核定的年报起草成一件政府信息,照常审核、签发、公布;更正也走同一条路。"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from gongkai.adapters import render
from gongkai.desk.moments import local_day
from gongkai.foi import papers
from gongkai.law.errors import RuleBroken
from gongkai.law.marks import long_day
from gongkai.law.report import from_row
from gongkai.org import access
from gongkai.org.models import User
from gongkai.records import actions as records
from gongkai.records.models import Edition

from .. import output
from ..models import AnnualReport, Erratum
from ..terms import Stage
from .annual import locked, noted

logger = logging.getLogger(__name__)

TYPE = "annual-report"


@transaction.atomic
def draft(annual: AnnualReport, *, by: User, at: datetime) -> Edition:
    """起草公布稿:正文和附件(PDF、DOCX、XLSX、JSON)都由封存的数据排出;更正过的开一个新版本。"""
    annual = locked(annual)
    access.require(by, "reports.write", annual.agency)
    if annual.stage not in (Stage.APPROVED, Stage.PUBLISHED):
        raise RuleBroken("还没有核定的年报不能起草公布稿", fix="请先送单位负责人和区政府办审核。")
    report, told = from_row(annual.frozen), errata(annual)
    body = output.html(report, told)
    if annual.record is None:
        edition = records.create(
            annual.agency,
            TYPE,
            by=by,
            at=at,
            title=report.title,
            made_on=local_day(at),
            body=body,
            fields={"year": str(annual.year)},
        )
        annual.record = edition.record
        annual.save(update_fields=["record"])
    elif not told or annual.record.live is None:
        raise RuleBroken("公布稿已经起草", fix="请在“信息”里办这一件；公布以后要改的先更正。")
    else:
        note = Erratum.objects.filter(report=annual).last().reason
        edition = records.revise(annual.record, by=by, at=at, change_note=note)
        edition = records.save(edition, {"body": body}, by=by, at=at, revision=edition.revision)
        for old in edition.attachments.all():
            records.detach(old, by=by, at=at)
    for name, content in files(annual):
        records.attach(Edition.objects.get(pk=edition.pk), name, content, by=by, at=at, own=True)
    noted("reports.draft", annual, "起草公布稿", at=at, by=by)
    return Edition.objects.get(pk=edition.pk)


def errata(annual: AnnualReport) -> list[str]:
    """Each correction as sentences: when, why, which cells."""
    told = []
    for row in annual.errata.all():
        cells = "；".join(f"{one['where']}由{_shown(one['before'])}改为{one['after']}" for one in row.changes)
        day = local_day(row.at)
        told.append(f"{long_day(day)}更正：{row.reason.rstrip('。')}。{cells}。")
    return told


def _shown(value: object) -> str:
    return "空白" if value is None else str(value)


def files(annual: AnnualReport) -> list[tuple[str, bytes]]:
    """(文件名, 内容) in the four formats."""
    report, told = from_row(annual.frozen), errata(annual)
    document = output.document(report, told)
    made = [
        (f"{report.title}.docx", render.document_docx(document)),
        (f"{report.title}.xlsx", output.xlsx(report)),
    ]
    try:
        return [(f"{report.title}.pdf", render.document_pdf(document, papers.fonts())), *made]
    except render.NoFont as error:
        # 没有字体不该挡住年报公布:网页、DOCX、XLSX 照出,缺 PDF 的原因记下来,装了字体再更正补上
        logger.warning("年报没有 PDF：%s", error)
        return made
