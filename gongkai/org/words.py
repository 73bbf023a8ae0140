"""操作记录里动作的中文名,读自 ``data/actions.toml``:应用 → 动作 → 名称。有测试核对每个写进记录的动作都有名称。"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from django.apps import apps


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("gongkai.org").joinpath("data/actions.toml").read_text("utf-8"))


def action(code: str) -> str:
    """The name of an action; the code itself for one that has none.

    >>> action("records.submit"), action("x.y")
    ('送审', 'x.y')
    """
    app, _, verb = code.partition(".")
    return _table().get(app, {}).get(verb, code)


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """All actions for a select box, grouped by app."""
    return [
        (rows["app"], [(f"{app}.{verb}", name) for verb, name in rows.items() if verb != "app"])
        for app, rows in _table().items()
        if "app" in rows
    ]


def detail(key: str) -> str:
    """The name of an item in an entry's detail."""
    return _table()["detail"].get(key, key)


def kind(object_type: str) -> str:
    """The name of a kind of object, for example ``org.user`` 人员."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type
