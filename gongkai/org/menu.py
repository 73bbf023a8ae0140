"""工作台的菜单:这个人的岗位打得开的各项,按组;组里有几件待办,看待办的网址落在哪一项下面。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from gongkai.desk import rooms
from gongkai.desk.todo import Panel

from . import access, waiting
from .models import User

#: 组 → 图标(``icons.svg`` 里的名称)。
ICONS = {
    rooms.DeskGroup.OPENNESS: "doc",
    rooms.DeskGroup.POLICIES: "book",
    rooms.DeskGroup.DECISIONS: "vote",
    rooms.DeskGroup.APPLICATIONS: "apply",
    rooms.DeskGroup.ENGAGEMENT: "ask",
    rooms.DeskGroup.SERVICES: "data",
    rooms.DeskGroup.SUPERVISION: "flag",
    rooms.DeskGroup.ADMINISTRATION: "gear",
}


@dataclass(frozen=True, slots=True)
class MenuItem:
    """一项:叫法、网址、当前在它下面(``current``)、就是它(``exact``)、合在这一项里的各页(``tabs``,只有一页的没有)。"""

    label: str
    url: str
    current: bool
    exact: bool
    tabs: tuple[MenuItem, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """一组:叫法、图标的名称、各项、待办几件(首页刚数过的才有)。"""

    label: str
    icon: str
    items: tuple[MenuItem, ...]
    waiting: int = 0

    @property
    def current(self) -> bool:
        """Whether the page shown is below one of its items."""
        return any(item.current for item in self.items)


def menu(user: User, path: str) -> list[MenuGroup]:
    """The groups of the desk's menu that hold something for this person, seen from the page at ``path``."""
    groups, counted, held = [], waiting.counts(user.pk), access.roles(user)
    for group, entries in rooms.desk_menu():
        open_to = [(entry, _address(entry.name)) for entry in entries if access.RIGHTS[entry.right] & held]
        # 一项的网址在另一项下面的(/foi/ 和 /foi/remedies/),算在更长的那一项。
        here = max((url for _, url in open_to if path.startswith(url)), key=len, default="")
        families: dict[str, list[tuple[rooms.DeskEntry, str]]] = {}
        for entry, url in open_to:
            families.setdefault(entry.under or entry.name, []).insert(0 if not entry.under else 99, (entry, url))
        heads = {entry.name: entry for entry in entries}
        items = tuple(_item(heads[name], family, here, path) for name, family in families.items())
        if items:
            groups.append(MenuGroup(group.value, ICONS[group], items, counted.get(group.value, 0)))
    return groups


@cache
def _address(name: str) -> str:
    """Every page of the desk shows some ninety of them, always the same."""
    return reverse(f"desk:{name}")


def group_of(url: str) -> str:
    """The group whose entry the address lies below, by its label; “” where none does."""
    path = url.partition("?")[0]
    entries = [(_address(entry.name), group.value) for group, found in rooms.desk_menu() for entry in found]
    above = max(((len(start), label) for start, label in entries if path.startswith(start)), default=None)
    if above is not None:
        return above[1]
    # 不在哪一项下面的,看同一个应用的别的项在哪一组
    beside = "/".join(path.split("/")[:3]) + "/"
    return next((label for start, label in entries if start.startswith(beside)), "")


def by_group(panels: Iterable[Panel]) -> list[tuple[str, list[Panel]]]:
    """What waits for somebody, in the order of the menu's groups; what lies below none of them comes last."""
    found: dict[str, list[Panel]] = {group.value: [] for group in rooms.DeskGroup}
    for panel in panels:
        found.setdefault(group_of(panel.url) or "其他", []).append(panel)
    return [(label, rows) for label, rows in found.items() if rows]


def _item(head: rooms.DeskEntry, family: list[tuple[rooms.DeskEntry, str]], here: str, path: str) -> MenuItem:
    """One item of the menu; pages that go together stand behind one, which leads to the first that is open."""
    tabs = tuple(MenuItem(entry.label, url, url == here, url == path) for entry, url in family)
    if len(tabs) == 1:
        return tabs[0]
    label, current = head.family or head.label, any(tab.current for tab in tabs)
    return MenuItem(label, tabs[0].url, current, tabs[0].exact, tabs)


def tabs(groups: list[MenuGroup]) -> tuple[MenuItem, ...]:
    """The pages that go with the one shown, for the row of tabs above it; what lies below one of them has none."""
    rows = (item.tabs for group in groups for item in group.items)
    return next((row for row in rows if any(tab.exact for tab in row)), ())
