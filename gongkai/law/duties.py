"""法定公开事项(条例第十二条、第二十条、第二十一条、第四十九条)和重点领域专栏:覆盖矩阵的列。

列表在 ``data/duties.toml``;一项一节,先后即页面次序。
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .agencies import AgencyKind
from .sources import cite, implements
from .terms import Term


class Tab(Term):
    """栏目:政府信息公开平台的四个法定栏目(国办公开办函〔2019〕61号),外加五年方案的重点领域专栏。"""

    GUIDE = "guide", "政府信息公开指南"
    RULES = "rules", "政府信息公开制度"
    STATUTORY = "statutory", "法定主动公开内容"
    ANNUAL = "annual", "政府信息公开工作年度报告"
    FIELDS = "fields", "重点领域"


@dataclass(frozen=True, slots=True)
class Duty:
    """一项法定公开事项。``months`` 是更新周期;``kinds`` 是应当公开它的单位类别。"""

    key: str
    label: str
    short: str
    tab: Tab
    reference: str
    kinds: frozenset[AgencyKind]
    months: int

    @property
    def basis(self) -> str:
        """The article written out."""
        return cite(self.reference)


def load(text: str) -> dict[str, Duty]:
    """Read the table; a missing or unknown key, or an unknown word, raises at the start."""
    duties = {}
    for key, row in tomllib.loads(text).items():
        wrong = set(row) ^ {"label", "short", "tab", "basis", "kinds", "months"}
        if wrong:
            raise ValueError(f"duties.toml 的 [{key}] 项目不对:{'、'.join(sorted(wrong))}")
        cite(row["basis"])
        kinds = frozenset(AgencyKind.from_value(kind) for kind in row["kinds"])
        duties[key] = Duty(
            key, row["label"], row["short"], Tab.from_value(row["tab"]), row["basis"], kinds, row["months"]
        )
    return duties


@cache
def all() -> dict[str, Duty]:
    """Every duty by key, in the order of the pages."""
    return load(files("gongkai.law").joinpath("data/duties.toml").read_text("utf-8"))


def get(key: str) -> Duty:
    """One duty. Raises KeyError if there is none of that key."""
    return all()[key]


@implements("ogi:20", "ogi:21.1", "ogi:21.2")
def duties_of(kind: AgencyKind) -> list[Duty]:
    """What an agency of this kind must publish of its own accord (主动公开的法定事项), in order.

    >>> "waterworks" in [one.key for one in duties_of(AgencyKind.TOWN)]
    True
    """
    return [one for one in all().values() if kind in one.kinds]
