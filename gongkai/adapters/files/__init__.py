"""读机关手里的旧文件:按内容认类型,读成一串干净的块;查隐藏内容;清文件名。"""

from .active import runs
from .archive import members
from .document import Block, Cell, Document, Heading, Items, Link, Paragraph, Table
from .entry import apart_from, concerns, lane_of, pages, read
from .errors import Unreadable, too_large
from .hidden import hidden
from .kinds import ACTIVE, ALLOWED, Kind, active_content, kind_of
from .limits import DEFAULT, Limits
from .names import clean_name
from .pages import Page

__all__ = [
    "ACTIVE",
    "ALLOWED",
    "DEFAULT",
    "Block",
    "Cell",
    "Document",
    "Heading",
    "Items",
    "Kind",
    "Limits",
    "Link",
    "Page",
    "Paragraph",
    "Table",
    "Unreadable",
    "active_content",
    "apart_from",
    "clean_name",
    "concerns",
    "hidden",
    "kind_of",
    "lane_of",
    "members",
    "pages",
    "read",
    "runs",
    "too_large",
]
