"""PDF 的读法:按每个字的位置成行、分栏、成段;转过的转正;看不见的、读不出的说出来。"""

from .reading import lines_of, read_pdf, unseen_places

__all__ = ["lines_of", "read_pdf", "unseen_places"]
