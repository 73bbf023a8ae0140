"""年报的唯一写入口:编制、送审、审核、起草公布稿、更正。"""

from .annual import (
    correct,
    differences,
    drop,
    explain,
    judge,
    locked,
    mark_of,
    noted,
    published,
    put,
    save,
    start,
    submit,
)
from .publishing import draft, errata, files

__all__ = [
    "correct",
    "differences",
    "draft",
    "drop",
    "errata",
    "explain",
    "files",
    "judge",
    "locked",
    "mark_of",
    "noted",
    "published",
    "put",
    "save",
    "start",
    "submit",
]
