"""移交的清单、目录、告知书:DOCX、PDF、XLSX、CSV 用同一份表。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.adapters import render
from gongkai.adapters.render import Box, Document, Paper, Part
from gongkai.desk.export import csv_lines, xlsx_file
from gongkai.foi import papers as foi
from gongkai.law.handover import Route
from gongkai.law.marks import long_day

from .models import Transfer, TransferRow

INNER = (
    "序号",
    "档号",
    "文号",
    "责任者",
    "题名",
    "日期",
    "密级",
    "页数",
    "保管期限",
    "到期开放意见",
    "政府信息公开情况",
    "密级变更",
    "备注",
)
INNER_WIDTHS = (1, 3, 2.6, 2.4, 5, 2, 1.2, 1.2, 1.4, 1.6, 3, 1.6, 1.6)
OUTER = ("序号", "档号", "文号", "标题", "责任者", "日期", "页数", "查阅方式", "批次", "公布日")
OUTER_WIDTHS = (1, 3, 2.6, 5.5, 2.6, 2, 1.1, 3, 2.4, 2)
#: 排成公文的一份表至多这么多行;更长的用 XLSX。
MOST_SET = 2000


def inner_rows(transfer: Transfer) -> list[list[object]]:
    """The list for the archive: every paper, with the three statements."""
    return [
        [
            row.position,
            row.reference_code,
            row.doc_number,
            row.issuer,
            row.title,
            row.date_text,
            row.secrecy,
            row.pages,
            row.retention,
            row.get_opinion_display() if row.opinion else "",
            _disclosed(row),
            row.secrecy_change,
            row.remark,
        ]
        for row in transfer.rows.select_related("record")
    ]


def _disclosed(row: TransferRow) -> str:
    said = row.get_disclosed_display() if row.disclosed else ""
    return f"{said} {row.record.get_absolute_url()}" if row.record and said else said


def outer_rows(transfer: Transfer, day: date) -> list[list[object]]:
    """The catalogue for the public: only what may be listed."""
    rows = transfer.rows.filter(listed=True).select_related("record")
    return [
        [
            number,
            row.reference_code if transfer.shows_codes else "",
            row.doc_number,
            row.shown_title,
            row.issuer,
            row.date_text,
            row.pages,
            where_to_read(transfer, row),
            transfer.number,
            day.isoformat(),
        ]
        for number, row in enumerate(rows, 1)
    ]


def where_to_read(transfer: Transfer, row: TransferRow) -> str:
    return row.record.get_absolute_url() if row.record else f"到{transfer.archive}查阅"


def head(transfer: Transfer) -> list[str]:
    """The lines above the list."""
    rows = list(transfer.rows.values_list("pages", flat=True))
    handed = f"移交日：{transfer.handed_on}" if transfer.handed_on else "还没有移交"
    return [
        f"移交单位：{transfer.agency}　接收馆：{transfer.archive}　全宗号：{transfer.fonds}",
        f"形成年度：{transfer.since}—{transfer.until}　载体：{transfer.get_medium_display()}　共{len(rows)}件{sum(one or 0 for one in rows)}页　{handed}",
        *([f"空号说明：{transfer.gaps_note}"] if transfer.gaps_note else []),
        *([f"检测结果：{transfer.tested}"] if transfer.tested else []),
    ]


def _table(names: Iterable[str], rows: list[list[object]], widths: tuple[float, ...]) -> Part:
    first = tuple(Box(name, head=True) for name in names)
    boxes = (tuple(Box("" if cell is None else str(cell)) for cell in row) for row in rows[:MOST_SET])
    return Part("table", widths=widths, rows=(first, *boxes))


def inner_document(transfer: Transfer) -> Document:
    parts = [Part("text", one) for one in head(transfer)]
    signed = "移交人（签字）：　　　　　　接收人（签字）：　　　　　　年　　月　　日"
    table = _table(INNER, inner_rows(transfer), INNER_WIDTHS)
    return Document(
        f"档案移交清单（{transfer.number}）", str(transfer.agency), (*parts, table, Part("text", signed))
    )


def outer_document(transfer: Transfer, day: date) -> Document:
    table = _table(OUTER, outer_rows(transfer, day), OUTER_WIDTHS)
    told = f"{transfer.agency}于{transfer.handed_on}移交{transfer.archive}的信息里，可以公开的列在下面。"
    return Document(f"移交档案馆信息目录（{transfer.number}）", str(transfer.agency), (Part("text", told), table))


def set_document(document: Document, suffix: str) -> bytes:
    """A DOCX or PDF. Raises NoFont: this machine has no Chinese font for a PDF."""
    return render.document_pdf(document, foi.fonts()) if suffix == "pdf" else render.document_docx(document)


def table_file(name: str, names: Iterable[str], rows: list[list[object]], suffix: str) -> bytes:
    """A workbook, or a CSV."""
    if suffix == "xlsx":
        return xlsx_file({name[:31]: [list(names), *rows]})
    return "".join(csv_lines(list(names), rows)).encode()


def letter(row: TransferRow, route: Route, today: date) -> Paper:
    """What an applicant is told who asks for a paper that the archive has."""
    transfer = row.transfer
    code = f"，档号{row.reference_code}" if row.reference_code else ""
    return Paper(
        title="政府信息公开申请告知书",
        head=str(transfer.agency),
        addressee="（申请人）：",
        body=(
            f"本机关收到您关于获取《{row.shown_title}》的政府信息公开申请。",
            f"经查，该文件已于{_long(transfer.handed_on)}移交{transfer.archive}（全宗号{transfer.fonds}{code}），移交期限已经届满。"
            f"根据{route.source}的规定，该文件按照档案利用的规定办理，请您向{transfer.archive}提出利用。",
            *((f"该文件已经公开，网址是{row.record.get_absolute_url()}。",) if row.record else ()),
        ),
        signer=str(transfer.agency),
        day=_long(today),
    )


def _long(day: date | None) -> str:
    return long_day(day) if day else ""
