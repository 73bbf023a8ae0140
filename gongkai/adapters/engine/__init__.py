"""检索引擎:收文件、按方案查、分面计数、按问题取候选。两个实现(tantivy 和内存)守同一份契约。"""

from .contract import (
    FACETS,
    Boosts,
    Candidate,
    Clause,
    Document,
    Engine,
    Field,
    Hit,
    Kind,
    Occur,
    Plan,
    Result,
    Sort,
    key_of,
    rareness,
)
from .errors import IndexBusy, NoIndex
from .memory import MemoryEngine
from .snippet import Snippet, marked, snippet
from .store import Index

__all__ = [
    "FACETS",
    "Boosts",
    "Candidate",
    "Clause",
    "Document",
    "Engine",
    "Field",
    "Hit",
    "Index",
    "IndexBusy",
    "Kind",
    "MemoryEngine",
    "NoIndex",
    "Occur",
    "Plan",
    "Result",
    "Snippet",
    "Sort",
    "key_of",
    "marked",
    "rareness",
    "snippet",
]
