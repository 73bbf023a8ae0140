"""把文件里写的单位名称对到本区的单位:全称、简称、去掉区名的都认;一类单位不拆;认不出的留给人。"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.law.agencies import AgencyKind
from gongkai.org.models import Agency

from .terms import Group

_GROUPS = (
    (
        Group.ALL,
        re.compile(r"^(?:全区)?(?:各级)?(?:政府信息公开单位|行政机关|各单位|各机关)$|^各(?:有关|相关)?单位$"),
    ),
    (Group.ALL, re.compile(r"^各镇.{0,12}(?:各部门|区级(?:有关)?部门)$")),
    (
        Group.TOWNS,
        re.compile(r"^各(?:镇|乡|街道|乡镇)(?:人民政府|政府)?(?:[、，（(]?(?:各)?街道(?:办事处)?[)）]?)?$"),
    ),
    (
        Group.DEPARTMENTS,
        re.compile(r"^(?:区政府)?各(?:区级)?(?:有关|相关)?部门(?:、各直属单位)?$|政策制定[（(〔]起草[）)〕]部门$"),
    ),
)
_KINDS = {
    Group.ALL: (AgencyKind.GOVERNMENT, AgencyKind.DEPARTMENT, AgencyKind.TOWN),
    Group.DEPARTMENTS: (AgencyKind.DEPARTMENT,),
    Group.TOWNS: (AgencyKind.TOWN,),
}
_TAIL = re.compile(r"(?:等(?:部门|单位)?|负责|牵头|配合|落实)$")


@dataclass(frozen=True, slots=True)
class Found:
    """一个名称对到了谁:一个单位、一类单位,或者都不是。"""

    agency: Agency | None = None
    group: Group | None = None


class Directory:
    """本区现有单位的名称。"""

    def __init__(self, on: date) -> None:
        self._by_name: dict[str, Agency] = {}
        agencies = list(Agency.objects.select_related("successor"))
        district = next((one.name for one in agencies if one.kind == AgencyKind.GOVERNMENT), "")
        self._district = district.removesuffix("人民政府")
        for agency in agencies:
            for name in (agency.name, agency.short_name, self._short(agency.name)):
                if name:
                    self._by_name.setdefault(self._plain(name), agency)

    def _short(self, name: str) -> str:
        """``明湖区司法局`` as ``区司法局``; ``人民政府办公室`` as people write it."""
        if self._district and name.startswith(self._district):
            name = self._district[-1] + name.removeprefix(self._district)
        return name

    def _plain(self, name: str) -> str:
        name = re.sub(r"[\s　]", "", name)
        return name.replace("人民政府办公室", "政府办公室").replace("区府办", "区政府办公室")

    def find(self, written: str) -> Found:
        """Whom a name means; a unit that was merged is found as itself, so that it can be said."""
        name = _TAIL.sub("", self._plain(written))
        for group, pattern in _GROUPS:
            if pattern.search(name):
                return Found(group=group)
        agency = self._by_name.get(name) or self._by_name.get(self._short(name))
        if agency is None and (len(name) > 1 and name[0] != "区"):
            agency = self._by_name.get(f"区{name}")
        return Found(agency=agency)


def members(group: str, on: date) -> QuerySet[Agency]:
    """The units that a group means on a day."""
    return Agency.objects.current(on).filter(kind__in=_KINDS[Group.from_value(group)])


def groups_of(agency: Agency) -> list[Group]:
    """The groups to which a unit belongs."""
    return [group for group, kinds in _KINDS.items() if agency.kind in kinds]


def names(pieces: Iterable[object]) -> str:
    """Names of units on one line."""
    return "、".join(map(str, pieces))
