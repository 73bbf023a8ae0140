"""程序登记的种类,读自 ``data/evidence.toml``;启动时核对,写错一个字就停下。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.desk import tables
from gongkai.law.decisions import Step

FORMS = ("text", "long", "date", "number", "yes", "choice")


@dataclass(frozen=True, slots=True)
class Item:
    """一项:键、名称、形式、选项、必填与否。"""

    key: str
    label: str
    form: str
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """一种登记。``step`` 是登记它就算走了哪一步;``final`` 的不能作废;``public`` 的公众看得到;``by_step`` 的由走那一步记下。"""

    key: str
    label: str
    right: str
    hint: str
    items: tuple[Item, ...]
    step: Step | None = None
    final: bool = False
    public: bool = False
    by_step: bool = False

    def shown(self, data: dict[str, Any]) -> list[tuple[str, str]]:
        """Pairs (名称, 值) of what was entered, in the order of the table."""
        words = {True: "是", False: "否"}
        return [
            (item.label, words[data[item.key]] if isinstance(data[item.key], bool) else str(data[item.key]))
            for item in self.items
            if data.get(item.key) not in (None, "")
        ]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key.

    Raises:
        ValueError: an unknown form, right or step, or a choice without choices.
    """
    table = tomllib.loads(files("gongkai.decisions").joinpath("data/evidence.toml").read_text("utf-8"))
    return {key: _kind(key, dict(row)) for key, row in table.items()}


def _kind(key: str, row: dict[str, Any]) -> Kind:
    items = []
    for given in row.pop("items"):
        item = Item(**{**given, "choices": tuple(given.get("choices", ()))})
        if item.form not in FORMS or (item.form == "choice") is not bool(item.choices):
            raise ValueError(f"evidence.toml:{key}.{item.key} 的形式或者选项不对")
        items.append(item)
    step = Step.from_value(row.pop("step")) if "step" in row else None
    if row["right"] not in tables.rights():
        raise ValueError(f"evidence.toml:{key} 的权限“{row['right']}”不在 rights.csv 里")
    return Kind(key=key, items=tuple(items), step=step, **row)
