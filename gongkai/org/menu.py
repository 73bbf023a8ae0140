"""工作台的菜单:这个人的岗位打得开的各项,按组;组里有几件待办,看待办的网址落在哪一项下面。"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.desk import rooms

from . import access
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
    """一项:叫法、网址、当前在它下面(``current``)、就是它(``exact``)。"""

    label: str
    url: str
    current: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """一组:叫法、图标的名称、各项。"""

    label: str
    icon: str
    items: tuple[MenuItem, ...]

    @property
    def current(self) -> bool:
        """Whether the page shown is below one of its items."""
        return any(item.current for item in self.items)


def menu(user: User, path: str) -> list[MenuGroup]:
    """The groups of the desk's menu that hold something for this person, seen from the page at ``path``."""
    groups = []
    for group, entries in rooms.desk_menu():
        open_to = [(entry, reverse(f"desk:{entry.name}")) for entry in entries if access.may(user, entry.right)]
        # 一项的网址在另一项下面的(/foi/ 和 /foi/remedies/),算在更长的那一项。
        here = max((url for _, url in open_to if path.startswith(url)), key=len, default="")
        items = tuple(MenuItem(entry.label, url, url == here, url == path) for entry, url in open_to)
        if items:
            groups.append(MenuGroup(group.value, ICONS[group], items))
    return groups
