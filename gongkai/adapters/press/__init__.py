"""一期公报的一份稿子(``Book``),由它做成 PDF 和 EPUB;再读回来,同稿子逐字核对。"""

from .blocks import blocks_of, text_of
from .epub import epub
from .model import Block, Book, Piece, Run
from .pages import Placed, count, pdf, place
from .proof import Told, faults, of_epub, of_pdf
from .volume import BoundForms, Volume, bound_forms, volume_epub, volume_faults, volume_pdf

__all__ = [
    "Block",
    "Book",
    "BoundForms",
    "Piece",
    "Placed",
    "Run",
    "Told",
    "Volume",
    "blocks_of",
    "bound_forms",
    "count",
    "epub",
    "faults",
    "of_epub",
    "of_pdf",
    "pdf",
    "place",
    "text_of",
    "volume_epub",
    "volume_faults",
    "volume_pdf",
]
