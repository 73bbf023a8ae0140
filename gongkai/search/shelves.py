"""检索给统一检索的:本站的栏目。打“领导信箱”“查进度”的人要的是那一页,不是哪一件信息。"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files

from django.urls import reverse

from gongkai.desk.rooms import footer, public_navigation
from gongkai.desk.shelves import Shelf, Sought


@cache
def described() -> Mapping[str, tuple[str, str]]:
    """Name of an address → what the page is called in a search, and a line on what it is for."""
    text = files("gongkai.search").joinpath("data/site_pages.toml").read_text("utf-8")
    return {name: (title, note) for name, (title, note) in tomllib.loads(text)["pages"].items()}


@cache
def _labels() -> Mapping[str, str]:
    """Every page of the navigation and the footer, and what only the table names, each once."""
    known: dict[str, str] = {}
    for _, entries in (*public_navigation(), *footer()):
        for entry in entries:
            known.setdefault(entry.name, entry.label)
    return known | {name: title for name, (title, _) in described().items()}


def pages(at: datetime) -> Iterator[Sought]:
    """The site's own pages."""
    for name, title in _labels().items():
        yield Sought(title, reverse(f"public:{name}"), described().get(name, ("", ""))[1])


SHELVES = (Shelf("本站栏目", pages, leads=True),)
