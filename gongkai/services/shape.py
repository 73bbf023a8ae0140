"""指南里成串的要素:依据、材料、环节、收费、情形。存成 JSON,在这里有型;读的时候多出来的键不管,缺的用默认值。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from gongkai.adapters.plaintext import clean, line
from gongkai.law.guides import Limit, Unit, limit

from .terms import MaterialForm, MaterialSource, Need

#: 一份指南里一串至多这么多行。
MOST = 80


class Row:
    """一行。``read`` 从存的、表单的字典读,``plain`` 写回去。"""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        names = {one.name for one in fields(cls)}  # type: ignore[arg-type]
        return cls(
            **{name: _tidy(value) for name, value in given.items() if name in names and value not in (None, "")}
        )

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)  # type: ignore[call-overload,no-any-return]


def _tidy(value: Any) -> Any:
    return clean(value).strip() if isinstance(value, str) else value


def read_all(kind: type[Any], rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Every row of a list, those without their first field left out."""
    first = fields(kind)[0].name
    return [one for row in rows if getattr(one := kind.read(row), first)][:MOST]


@dataclass(frozen=True, slots=True)
class Basis(Row):
    """一条依据:法规名(连文号)、条款、原文。"""

    law: str = ""
    article: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Situation(Row):
    """办事的人答的一个情形:问题、各个选项。键写在网址里。"""

    key: str = ""
    text: str = ""
    options: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Material(Row):
    """一样材料。``by`` 是由哪项中介服务出具,``when`` 是哪个情形的哪些选项才要:``{键: [选项]}``。"""

    name: str = ""
    need: str = Need.MUST.value
    source: str = MaterialSource.OWN.value
    form: str = MaterialForm.EITHER.value
    originals: int = 0
    copies: int = 0
    basis: str = ""
    sample: str = ""
    points: str = ""
    by: str = ""
    when: dict[str, list[str]] = field(default_factory=dict)

    @property
    def count(self) -> str:
        """“原件1份，复印件2份”."""
        parts = [f"{label}{n}份" for label, n in (("原件", self.originals), ("复印件", self.copies)) if n]
        return "，".join(parts)

    @property
    def need_label(self) -> str:
        return Need.from_value(self.need).label

    @property
    def form_label(self) -> str:
        return MaterialForm.from_value(self.form).label

    @property
    def source_label(self) -> str:
        return MaterialSource.from_value(self.source).label


@dataclass(frozen=True, slots=True)
class Step(Row):
    """一个环节;``counted`` 是计不计入时限,``bound`` 是不计入的最长多久、依据什么。"""

    name: str = ""
    who: str = ""
    n: int = 0
    unit: str = ""
    counted: bool = True
    bound: str = ""
    result: str = ""

    @property
    def limit(self) -> Limit | None:
        return limit(self.n, self.unit) if self.unit else None


@dataclass(frozen=True, slots=True)
class Fee(Row):
    """一项收费。"""

    item: str = ""
    standard: str = ""
    basis: str = ""
    relief: str = ""
    online: bool = False


LISTS: dict[str, type[Any]] = {
    "bases": Basis,
    "situations": Situation,
    "materials": Material,
    "steps": Step,
    "fees": Fee,
}


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a version as they are stored: lists by their shape, lines without stray blanks."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in LISTS:
            rows: Sequence[Any] = value or []
            found[name] = [
                one.plain()
                for one in read_all(LISTS[name], [r if isinstance(r, Mapping) else r.plain() for r in rows])
            ]
        elif isinstance(value, str):
            found[name] = clean(value).strip() if "\n" in value else line(value)
        else:
            found[name] = value
    return found


def stated(n: int | None, unit: str) -> Limit | None:
    """The limit of two stored columns; a wrong pair counts as not stated (the check says so)."""
    if unit in (Unit.INSTANT, Unit.NONE):
        return Limit(0, Unit.from_value(unit))
    return Limit(n, Unit.from_value(unit)) if unit and n else None
