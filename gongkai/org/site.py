"""本站:名称、域名、标识码、备案号、主办单位,读自 ``site.toml``(没有时用随包的样本)。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from .models import Agency


@dataclass(frozen=True, slots=True)
class Site:
    """页脚和 meta 标签要用的本站情况(国办发〔2017〕47号附件)。"""

    name: str
    short_name: str
    domain: str
    id_code: str
    icp: str
    police: str
    host: str
    organiser: str
    address: str
    phone: str
    email: str
    feedback_url: str
    division: str


@cache
def load(path: Path) -> Site:
    """Read one file; an unknown or missing key raises, so that a typing error shows at the start."""
    text = (
        path.read_text("utf-8")
        if path.is_file()
        else files("gongkai.org").joinpath("data/site.toml").read_text("utf-8")
    )
    row = tomllib.loads(text)
    known = {field.name for field in fields(Site)}
    if set(row) != known:
        wrong = "、".join(sorted(set(row) ^ known))
        raise ValueError(f"site.toml 的项目不对:{wrong}。请对照随包的 gongkai/org/data/site.toml。")
    return Site(**row)


def current() -> Site:
    """The site that the settings name."""
    return load(settings.SITE_FILE)


def office(on: date) -> Agency | None:
    """The office in charge of disclosure: the one that hosts the site, else the first agency with an address."""
    current_ = Agency.objects.current(on)
    return current_.filter(name=current().organiser).first() or current_.exclude(address="").first()
