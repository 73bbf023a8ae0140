"""主题分类:国务院公文主题,两级二十二类(law.md 7.5),在 ``data/subjects.toml``。"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def tree() -> dict[str, tuple[str, ...]]:
    """First level → second level, in official order; a class without a second level has an empty tuple."""
    text = files("gongkai.law").joinpath("data/subjects.toml").read_text("utf-8")
    return {row["name"]: tuple(row["parts"]) for row in tomllib.loads(text)["subject"]}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped pairs for a form; the value is the two levels joined by ``/``."""
    return [
        (first, [(first, first), *((f"{first}/{second}", second) for second in parts)])
        for first, parts in tree().items()
    ]


def is_known(subject: str) -> bool:
    """Whether the value is one of the classes.

    >>> is_known("综合政务/政务公开"), is_known("综合政务/天气")
    (True, False)
    """
    first, _, second = subject.partition("/")
    return first in tree() and (not second or second in tree()[first])
