"""DOCX:同一份公文,给还要改字、套红打印的人。"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ..plaintext import clean
from .paper import Paper

SONG, HEI = "仿宋", "黑体"
_RED = RGBColor(0xC0, 0, 0)


def render(paper: Paper) -> bytes:
    """The DOCX of a letter; its metadata name no person."""
    document = Document()
    document.core_properties.author, document.core_properties.title = clean(paper.signer), clean(paper.title)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _page_number(section.footer.paragraphs[0])
    if paper.head:
        _line(document, paper.head, size=30, bold=True, align=ALIGN.CENTER, colour=_RED)
        if paper.number:
            _line(document, paper.number, align=ALIGN.CENTER)
    _line(document, paper.title, size=20, bold=True, align=ALIGN.CENTER, font=HEI)
    if paper.addressee:
        _line(document, f"{paper.addressee}：")
    for part in paper.body:
        _line(document, part, indent=True)
    if paper.signer:
        _line(document, "")
        for part in (paper.signer, paper.day, "（盖章）" if paper.seal else ""):
            if part:
                _line(document, part, align=ALIGN.RIGHT)
    for part in paper.notes:
        _line(document, part, size=12)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _line(
    document: Any,
    text: str,
    *,
    size: int = 16,
    bold: bool = False,
    align: ALIGN | None = None,
    colour: RGBColor | None = None,
    indent: bool = False,
    font: str = SONG,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    paragraph.paragraph_format.space_after = Pt(0)
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(32)
    run = written(paragraph, text, size=size, font=font)
    run.font.bold = bold
    if colour is not None:
        run.font.color.rgb = colour


def written(paragraph: Any, text: str, *, size: int, font: str) -> Any:
    """A run of text in a font that Chinese characters take too; signs that XML cannot hold are left out."""
    run = paragraph.add_run("".join(mark for mark in clean(text) if mark >= " "))
    run.font.size, run.font.name = Pt(size), font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
