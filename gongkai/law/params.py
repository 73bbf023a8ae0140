"""参数:带生效日期和出处的数。规则里不写数,只写参数名。

一册一个 TOML 文件 ``data/params/<册>.toml``,一个参数一节::

    [reply_days]
    label = "答复期限"
    unit = "工作日"
    certainty = "V"        # V 已核对原文;R 凭记忆,机关可以另定,页面注明
    values = [{ from = 2019-05-15, value = 20, source = "ogi:33.2" }]

机关自己的口径写在另一个同样格式的文件里,节名写全(``["foi.reply_days"]``),由 ``override`` 装入。
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .errors import NotInForce, RuleBroken
from .sources import cite
from .watched import Watched


@dataclass(frozen=True, slots=True)
class Param:
    """一个参数在某日的值。"""

    name: str
    label: str
    value: Any
    unit: str
    source: str
    since: date
    certainty: str
    local: bool

    @property
    def note(self) -> str:
        """What a page that shows the value must say about it; empty if it is verified law."""
        if self.local:
            return "本机关自定的口径"
        return "" if self.certainty == "V" else "此项尚待核对原文，机关可以另定"


@cache
def book(name: str) -> dict[str, Any]:
    """The sections of one parameter file."""
    text = files("gongkai.law").joinpath(f"data/params/{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


_overrides: dict[str, Any] = {}
_own: list[Path] = []
_own_file = Watched(lambda: _own)


def override(path: Path | None) -> None:
    """Load an office's own file (机关自定口径), replacing one loaded before; ``None`` unloads it.

    The file need not be there yet; what is written to it later counts from the next look at it.

    Raises:
        RuleBroken: a section names no known parameter, or a value has no source; what was loaded before then stays.
    """
    _own[:] = [path] if path else []
    _own_file.note()
    loaded = _checked(path.read_text("utf-8")) if path and path.is_file() else {}
    _overrides.clear()
    _overrides.update(loaded)


def _checked(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = {}
    for name, entry in tomllib.loads(text).items():
        head, _, key = name.partition(".")
        try:
            known = key in book(head)
        except FileNotFoundError:
            known = False
        if not known:
            raise RuleBroken(f"自定口径里的“{name}”不是已有的参数", fix="请核对节名,写作“册.参数”。")
        for row in entry.get("values", []):
            if not {"from", "value", "source"} <= set(row):
                raise RuleBroken(f"自定口径“{name}”缺少生效日、值或者出处", fix="请补全 from、value、source。")
        loaded[name] = entry
    return loaded


def at(name: str, on: date) -> Param:
    """The value of ``name`` in force on a day.

    Args:
        name: ``book.key``, for example ``foi.reply_days``.
        on: the day whose law applies; for an application, the day it was received.

    Raises:
        NotInForce: no value had taken effect by that day, or the rule had ended.
        KeyError: there is no such parameter.
    """
    if _own and _own_file.changed():
        override(_own[0])
    head, _, key = name.partition(".")
    entry = book(head)[key]
    local = {row["from"]: row for row in _overrides.get(name, {}).get("values", [])}
    rows = {row["from"]: row for row in entry["values"]}
    for since in sorted(rows | local, reverse=True):
        row = local.get(since) or rows[since]
        if since <= on:
            if row.get("end"):
                break
            source = row["source"]
            return Param(
                name,
                entry["label"],
                row["value"],
                entry.get("unit", ""),
                cite(source) if _is_reference(source) else source,
                since,
                row.get("certainty", entry.get("certainty", "V")),
                since in local,
            )
    raise NotInForce(f"{on:%Y-%m-%d}没有有效的“{entry['label']}”", fix="请核对日期。")


def _is_reference(source: str) -> bool:
    return source.partition(":")[0].isascii()
