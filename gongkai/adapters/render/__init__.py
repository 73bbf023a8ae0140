"""把公文排成 PDF(typst)和 DOCX(python-docx):红头、文号、主送、正文、落款、成文日期、盖章的地方、页码。"""

from .document import Box, Document, Part, document_docx, document_pdf, placed
from .handbook import handbook_pdf
from .paper import Paper
from .pdf import Fonts, NoFont, brief_pdf, missing_characters
from .pdf import render as pdf
from .word import render as docx

__all__ = [
    "Box",
    "Document",
    "Fonts",
    "NoFont",
    "Paper",
    "Part",
    "brief_pdf",
    "document_docx",
    "document_pdf",
    "docx",
    "handbook_pdf",
    "missing_characters",
    "pdf",
    "placed",
]
