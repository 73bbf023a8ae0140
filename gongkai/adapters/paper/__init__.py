"""读出公文的要素和正文:标题、机关、文号、索引号、分类、日期、有效性,每个值带着从哪里读到的。"""

from .body import body_html
from .extract import Found, Paper, extract, from_text

__all__ = ["Found", "Paper", "body_html", "extract", "from_text"]
