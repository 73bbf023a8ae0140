"""读机关手里的旧文件:按内容认类型,读成一串干净的块;查隐藏内容;清文件名。"""

from .archive import members
from .concerns import concerns
from .document import Block, Cell, Document, Heading, Items, Link, Paragraph, Table
from .errors import Unreadable
from .hidden import hidden
from .kinds import ALLOWED, Kind, kind_of
from .limits import DEFAULT, Limits
from .names import clean_name
from .pages import Page, pages
from .reading import read

__all__ = [
    "ALLOWED", "DEFAULT", "Block", "Cell", "Document", "Heading", "Items", "Kind", "Limits", "Link", "Page",
    "Paragraph", "Table", "Unreadable", "clean_name", "concerns", "hidden", "kind_of", "members", "pages", "read",
]  # fmt: skip
