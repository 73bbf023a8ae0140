"""各应用自带的小表合成一张:``data/rights.csv`` 动作 × 岗位,``data/actions.toml`` 动作的中文名。

读表只看已装的应用,不等它们载入,所以权限表在任何视图之前就定了。写错的表拦住启动,说是哪个应用的哪一处。
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from gongkai.law.agencies import Role

ACTION = "动作"


def tables(name: str) -> Iterator[tuple[str, str]]:
    """(label of the app, text) of every installed app that has ``data/<name>``, in the order of INSTALLED_APPS."""
    for app in settings.INSTALLED_APPS:
        if app.startswith(settings.OWN_APPS):
            table = files(app).joinpath("data", name)
            if table.is_file():
                yield app.rpartition(".")[2], table.read_text("utf-8")


@cache
def rights() -> dict[str, frozenset[Role]]:
    """Action → roles, out of every app's ``data/rights.csv``.

    Raises:
        ImproperlyConfigured: an action twice or under another app's name, an unknown role, a mark that is not 可.
    """
    found: dict[str, frozenset[Role]] = {}
    by_label = {role.label: role for role in Role}
    for app, text in tables("rights.csv"):
        for row in csv.DictReader(text.splitlines()):
            action = row.pop(ACTION, "")
            place = f"{app} 的 rights.csv 里“{action}”"
            if not action.startswith(f"{app}."):
                raise ImproperlyConfigured(f"{place}不是这个应用的动作，应当以“{app}.”开头")
            if action in found:
                raise ImproperlyConfigured(f"{place}写了两次")
            if set(row) != set(by_label):
                raise ImproperlyConfigured(f"{place}的岗位不是这些：{'、'.join(by_label)}")
            if set(row.values()) - {"", "可"}:
                raise ImproperlyConfigured(f"{place}有格子既不是“可”也不是空")
            found[action] = frozenset(by_label[label] for label, may in row.items() if may)
    return found


@cache
def actions() -> dict[str, tuple[str, dict[str, str]]]:
    """Label of an app → (its name in the log, verb → name of the action), out of every ``data/actions.toml``."""
    return {app: (table["name"], table["actions"]) for app, table in _action_tables()}


@cache
def details() -> dict[str, str]:
    """Key in an entry's detail → its name.

    Raises:
        ImproperlyConfigured: two apps name one key differently.
    """
    found: dict[str, str] = {}
    for app, table in _action_tables():
        for key, name in table.get("detail", {}).items():
            if found.setdefault(key, name) != name:
                raise ImproperlyConfigured(f"{app} 的 actions.toml 把细目“{key}”叫“{name}”，别处叫“{found[key]}”")
    return found


def _action_tables() -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
    for app, text in tables("actions.toml"):
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ImproperlyConfigured(f"{app} 的 actions.toml 读不出来：{error}") from None
        if unknown := set(table) - {"name", "actions", "detail"}:
            raise ImproperlyConfigured(f"{app} 的 actions.toml 里不认得“{'、'.join(sorted(unknown))}”")
        yield app, table
