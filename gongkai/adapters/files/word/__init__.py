"""Word 文档(.docx)的读法:读者看见什么就读出什么,带编号;看不见的、读不了的说出来(decisions/0007)。"""

from .reading import guard, read_docx

__all__ = ["guard", "read_docx"]
