"""操作记录里动作的中文名,读自各应用的 ``data/actions.toml``。有测试核对每个写进记录的动作都有名称。"""

from __future__ import annotations

from django.apps import apps

from gongkai.desk import tables


def action(code: str) -> str:
    """The name of an action; the code itself for one that has none.

    >>> action("records.submit"), action("x.y")
    ('送审', 'x.y')
    """
    app, _, verb = code.partition(".")
    return tables.actions().get(app, ("", {}))[1].get(verb, code)


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """All actions for a select box, grouped by app."""
    return [
        (name, [(f"{app}.{verb}", label) for verb, label in verbs.items()])
        for app, (name, verbs) in tables.actions().items()
    ]


def detail(key: str) -> str:
    """The name of an item in an entry's detail."""
    return tables.details().get(key, key)


def kind(object_type: str) -> str:
    """The name of a kind of object, for example ``org.user`` 人员."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type
