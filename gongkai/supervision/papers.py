"""通报的公文:同一份数据排成 DOCX 和 PDF。"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.adapters.render import Box, Document, Part, document_docx, document_pdf
from gongkai.foi.papers import fonts
from gongkai.law.marks import long_day

from . import circular
from .models import Notice
from .terms import NoticeState

_WIDTHS = (1.0, 3.0, 5.0, 4.0, 4.0)


def notice(notice: Notice) -> Document:
    """The whole paper: text, then the list, whose rows are those of which the text speaks."""
    parts = [Part("text", text=f"{notice.agency}　{notice.number}")] if notice.number else []
    if notice.state != NoticeState.ISSUED:
        parts.append(Part("text", text="（草稿，没有印发）"))
    for line in circular.paragraphs(notice):
        kind = "heading" if line[:2] in ("一、", "二、", "三、") else "text"
        parts.append(Part(kind, text=line))
    parts.append(Part("heading", text="附件：明细"))
    head = tuple(Box(text, head=True) for text in ("序号", "单位", "事项", "事实", "依据"))
    body = tuple(
        (Box(str(number)), Box(row["unit"]), Box(row["what"]), Box(row["fact"]), Box(row["basis"]))
        for number, row in enumerate(notice.rows["rows"], 1)
    )
    parts.append(Part("table", widths=_WIDTHS, rows=(head, *body)))
    if notice.issued_on:
        parts.append(
            Part(
                "text",
                text=f"{notice.agency}　{long_day(notice.issued_on)}",
            )
        )
    return Document(notice.title, str(notice.agency), tuple(parts))


def _pdf(document: Document) -> bytes:
    return document_pdf(document, fonts())


WAYS: dict[str, Callable[[Document], bytes]] = {"docx": document_docx, "pdf": _pdf}
