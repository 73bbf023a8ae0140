"""信息类型:一类一个 TOML 文件(``data/types/<键>.toml``),启动时逐项核对,写错一个字就停下。

一类规定:归入哪一项法定公开事项、另进哪些专栏、必备哪些要素、有哪些专门要素、索引号怎样编、
默认公开属性、要不要法制审核、多久清理一次。加一类就是加一个文件,不改表、不写代码。
"""

from __future__ import annotations

import builtins
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.law import duties
from gongkai.law.duties import Tab
from gongkai.law.openness import Openness

KINDS = ("text", "long", "date", "number", "choice", "url")
INDEX_RULES = ("year", "month")
_KEY = re.compile(r"[a-z][a-z0-9-]{1,38}\Z")
_FIELD_KEY = re.compile(r"[a-z][a-z_]{0,30}\Z")


@dataclass(frozen=True, slots=True)
class Field:
    """一类信息的一个专门要素。``kind`` 是 text、long、date、number、choice、url 之一。"""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordType:
    """一类信息。``required`` 是必备的公文要素(``Description`` 的列名);``lists`` 是另进的专栏。

    ``quotes_others``:正文登的是草案、别人的意见、会议议定的事,里面写的有效期不是这一件自己的。
    """

    key: str
    label: str
    duty: str
    order: int
    index: str
    openness: Openness
    required: tuple[str, ...]
    lists: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    legal_review: bool = False
    review_months: int | None = None
    quotes_others: bool = False

    @property
    def tab(self) -> Tab:
        """The statutory tab under which the type appears."""
        return duties.get(self.duty).tab

    @property
    def group(self) -> str:
        """The heading under which a form offers the type: the tab, or the duty within the statutory tab."""
        duty = duties.get(self.duty)
        return duty.label if duty.tab is Tab.STATUTORY else duty.tab.label

    def field(self, key: str) -> Field:
        """Raises KeyError if the type has no such element."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


def load(key: str, text: str) -> RecordType:
    """Read one file.

    Raises:
        ValueError: what is wrong and in which file; the start stops.
    """
    try:
        return _read(key, tomllib.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"信息类型 {key}.toml 不对:{error}") from None


def _read(key: str, row: dict[str, Any]) -> RecordType:
    from .models import Description

    if not _KEY.match(key):
        raise ValueError("文件名只用小写字母、数字和连字符")
    fields = tuple(_field(one) for one in row.pop("fields", []))
    keys = [one.key for one in fields]
    if len(set(keys)) != len(keys):
        raise ValueError("有重复的专门要素")
    row["openness"] = Openness(row["openness"])
    for name in ("required", "lists"):
        row[name] = tuple(row[name])
    kind = RecordType(key=key, fields=fields, **row)
    if kind.index not in INDEX_RULES:
        raise ValueError(f"没有“{kind.index}”这种索引号规则")
    if duties.get(kind.duty).tab is Tab.FIELDS:
        raise ValueError(f"{kind.duty} 是专栏,不是法定公开事项")
    if wrong := [one for one in kind.lists if duties.get(one).tab is not Tab.FIELDS]:
        raise ValueError(f"{wrong} 不是专栏")
    known = {*Description.description_fields(), "body", "attachments"}
    if wrong := [one for one in kind.required if one not in known]:
        raise ValueError(f"没有 {wrong} 这些公文要素")
    return kind


def _field(row: dict[str, Any]) -> Field:
    row["choices"] = tuple(row.get("choices", ()))
    field = Field(**row)
    if not _FIELD_KEY.match(field.key) or field.kind not in KINDS or not field.label:
        raise ValueError(f"专门要素 {field.key} 的键、名称或者种类不对")
    if (field.kind == "choice") != bool(field.choices):
        raise ValueError(f"专门要素 {field.key}:只有选择项(choice)要列选项,而且必须列")
    return field


@cache
def _all() -> dict[str, RecordType]:
    folder = files("gongkai.records").joinpath("data/types")
    found = [
        load(path.name.removesuffix(".toml"), path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    ]
    served = {one.duty for one in found} | {key for one in found for key in one.lists}
    if missing := set(duties.all()) - served:
        raise ValueError(f"没有信息类型归入这些事项:{'、'.join(sorted(missing))}")
    return {one.key: one for one in sorted(found, key=lambda kind: (kind.order, kind.key))}


def all() -> list[RecordType]:
    """Every record type, in the order of the statutory list."""
    return list(_all().values())


def get(key: str) -> RecordType:
    """One type. Raises KeyError if there is none of that key."""
    return _all()[key]


def counting_for(duty: str) -> builtins.list[str]:
    """Keys of the types whose records also appear under ``duty`` (专栏)."""
    return [one.key for one in all() if duty in one.lists]


def fields_of(type_: str) -> builtins.list[str]:
    """The key fields (重点领域) whose lists hold this type; none for a type that is no longer known."""
    return [*_all()[type_].lists] if type_ in _all() else []


GENRES = (
    "命令（令）",
    "决议",
    "决定",
    "公报",
    "公告",
    "通告",
    "意见",
    "通知",
    "通报",
    "报告",
    "批复",
    "议案",
    "函",
    "纪要",
    "规划",
    "公示",
    "方案",
    "办法",
    "细则",
    "解读",
    "其他",
)


def genre_choices() -> builtins.list[tuple[str, str]]:
    """体裁, for a form."""
    return [(genre, genre) for genre in GENRES]


def subject_choices() -> builtins.list[tuple[str, builtins.list[tuple[str, str]]]]:
    """主题分类(国务院公文主题), grouped by its first level, for a form."""
    from gongkai.law import subjects

    return subjects.choices()
