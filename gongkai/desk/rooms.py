"""一间屋子(应用)对外说的全部:网址、菜单、栏目、待办、在办、页脚、样本。各应用写在自己的 ``room.py`` 里,启动时自动找到。

权限和动作的名称在同一应用的 ``data/rights.csv``、``data/actions.toml``(``tables``),后台的事在 ``jobs.py``。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from . import tables

#: How many entries a group of the desk's menu may have; more is a wall.
MOST_ENTRIES = 8


class DeskGroup(Enum):
    """工作台菜单的八组;新做的应用往组里加项,不加组。"""

    OPENNESS = "公开"
    POLICIES = "政策"
    DECISIONS = "决策"
    APPLICATIONS = "申请"
    ENGAGEMENT = "互动"
    SERVICES = "办事和数据"
    SUPERVISION = "监督"
    ADMINISTRATION = "管理"


class PublicGroup(Enum):
    """公众网站的七组栏目,收方案的十二项任务。"""

    OPENNESS = "公开"
    POLICIES = "政策"
    DECISIONS = "决策"
    SERVICES = "办事"
    ENGAGEMENT = "互动"
    DATA = "数据"
    SUPERVISION = "监督"


class FooterGroup(Enum):
    """页脚的三栏;第一栏是法定五项,不在这里登记。"""

    FINDING = "查找"
    PLACES = "到现场"
    HELP = "帮助和监督"


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """工作台菜单的一项:网址的名称、叫法、看它要的权限;同组里 ``order`` 小的在前。

    菜单一组不过八项,相近的几项合成一项:别的几项写 ``under``(领头那一项的网址名称),不进菜单,成为这几项各页
    上方的分签;``family`` 是领头那一项在菜单里的叫法,不写就用 ``label``。
    """

    group: DeskGroup
    order: int
    name: str
    label: str
    right: str
    under: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """公众网站的一项栏目,或者页脚的一条。``types`` 是从这一栏进去看的信息类型:它们的网页也算在这一栏里。"""

    group: PublicGroup | FooterGroup
    order: int
    name: str
    label: str
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """一间屋子。

    Attributes:
        public, desk: url patterns below ``/`` and below ``/desk/``.
        menu: entries of the desk's menu.
        navigation: entries of the public site's navigation and of its footer.
        todo: functions (user, on) → panels of what the person has to do.
        find: functions (user, words, on) → panels of what bears these words in its title or number, for the search of
            the whole desk; only what the person may see.
        shelves: what the public may read of the app besides records, for the one search (``desk.shelves.Shelf``).
        news: what happened to the person's things (``org.news.Source``).
        open_work: functions (*, user, agency) → what is under way in somebody's hands or at an agency.
        questions: kinds of questions that the app takes in from the public (``questions.kinds.Kind``).
        topics: what of the app can be subscribed to (``notices.topics.Topic``).
        on_record: what the app says and asks where it hangs on records (``records.on_record.OnRecord``).
        figures: what the app can count by itself, for the clauses of the plan (``desk.figures.Figure``).
        advice: functions (*, agency, text, number, on) → what the app knows of a thing that is applied for
            (``foi.advice.Advice``).
        of_letter: functions (number of a letter) → (words, address) of what the public can read that was made of it.
        old_path: a function (old addresses in their one spelling, ``old_paths.normal``, the best first) → the record
            that now holds what stood there, or None; asked only where the site has no page of that address.
        demo: loads the app's part of the sample district.
    """

    public: Sequence[Any] = ()
    desk: Sequence[Any] = ()
    menu: tuple[DeskEntry, ...] = ()
    navigation: tuple[PublicEntry, ...] = ()
    todo: tuple[Callable[..., Iterable[Any]], ...] = ()
    find: tuple[Callable[..., Iterable[Any]], ...] = ()
    shelves: tuple[Any, ...] = ()
    news: tuple[Any, ...] = ()
    open_work: tuple[Callable[..., Iterable[Any]], ...] = ()
    questions: tuple[Any, ...] = ()
    topics: tuple[Any, ...] = ()
    on_record: Any = None
    figures: tuple[Any, ...] = ()
    advice: tuple[Callable[..., Iterable[Any]], ...] = ()
    of_letter: tuple[Callable[[str], Iterable[tuple[str, str]]], ...] = ()
    old_path: Callable[[Sequence[str]], Any] | None = None
    demo: Callable[..., None] | None = None


@cache
def rooms() -> tuple[Room, ...]:
    """Every app's room, in the order of INSTALLED_APPS.

    Raises:
        ImproperlyConfigured: a ``room.py`` without a ``ROOM``, an entry that asks for a right nobody has, one under
            an entry that does not lead in its group, a group of the desk with too many entries, or two urls of one
            name.
    """
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith(settings.OWN_APPS) and module_has_submodule(config.module, "room"):
            room = getattr(import_module(f"{config.name}.room"), "ROOM", None)
            if not isinstance(room, Room):
                raise ImproperlyConfigured(f"{config.name}.room 里没有 ROOM")
            for entry in room.menu:
                if entry.right not in tables.rights():
                    raise ImproperlyConfigured(
                        f"{config.name}.room 的菜单“{entry.label}”要的权限“{entry.right}”不在 rights.csv 里"
                    )
            found.append(room)
    _led(entry for room in found for entry in room.menu)
    _named_once("工作台", (pattern.name for room in found for pattern in room.desk))
    _named_once("公众网站", (pattern.name for room in found for pattern in room.public))
    return tuple(found)


def _led(entries: Iterable[DeskEntry]) -> None:
    """Entries under another stand in its group, and it is under none; no group is a wall."""
    known = {entry.name: entry for entry in entries}
    for entry in known.values():
        head = known.get(entry.under)
        if entry.under and (head is None or head.under or head.group is not entry.group):
            raise ImproperlyConfigured(f"菜单“{entry.label}”写在“{entry.under}”下面,同组里没有这个领头的项")
    for group in DeskGroup:
        heads = [entry.label for entry in known.values() if entry.group is group and not entry.under]
        if len(heads) > MOST_ENTRIES:
            raise ImproperlyConfigured(
                f"菜单“{group.value}”有{len(heads)}项,至多{MOST_ENTRIES}项:相近的用 under 合成一项"
            )


def _named_once(side: str, names: Iterable[str | None]) -> None:
    seen: set[str | None] = set()
    for name in names:
        if name in seen and name is not None:
            raise ImproperlyConfigured(f"{side}有两个网址都叫“{name}”")
        seen.add(name)


def desk_menu() -> list[tuple[DeskGroup, list[DeskEntry]]]:
    """The whole menu of the desk by groups, in their order; groups without entries are left out."""
    return _grouped(DeskGroup, (entry for room in rooms() for entry in room.menu))


def public_navigation() -> list[tuple[PublicGroup, list[PublicEntry]]]:
    """The public site's entries by groups."""
    return _grouped(PublicGroup, (entry for room in rooms() for entry in room.navigation))


def column_of(record_type: str) -> PublicEntry | None:
    """The entry of the public site through which records of a type are read; None for those of the statutory list."""
    entries = (entry for room in rooms() for entry in room.navigation)
    return next((entry for entry in entries if record_type in entry.types), None)


def footer() -> list[tuple[FooterGroup, list[PublicEntry]]]:
    """The links of the footer by columns."""
    return _grouped(FooterGroup, (entry for room in rooms() for entry in room.navigation))


def _grouped(groups: type[Enum], entries: Iterator[Any]) -> list[tuple[Any, list[Any]]]:
    known = sorted(entries, key=lambda entry: entry.order)
    by_group = [(group, [entry for entry in known if entry.group is group]) for group in groups]
    return [(group, found) for group, found in by_group if found]
