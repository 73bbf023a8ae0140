"""“公开主体”一格落到机构库:写全称、简称的认单位,写“县级政府民政部门”的认这个部门,写“各镇(街道)”的认全部镇街。"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gongkai.law.agencies import AgencyKind
from gongkai.org.models import Agency

_EVERY_TOWN = re.compile(r"各?(?:乡镇|镇|街道|乡镇政府|乡镇人民政府|镇人民政府)[、（(及和]?(?:街道|办事处|乡)?")
#: 部门的叫法 → 单位全称里的字。
_WORDS = (
    "民政",
    "教育",
    "公安",
    "司法",
    "财政",
    "税务",
    "人力资源",
    "人社",
    "自然资源",
    "住房",
    "住建",
    "交通",
    "水利",
    "农业农村",
    "商务",
    "文化",
    "卫生健康",
    "卫健",
    "应急",
    "审计",
    "市场监督",
    "市场监管",
    "统计",
    "医疗保障",
    "医保",
    "综合行政执法",
    "城管",
    "生态环境",
    "发展和改革",
    "发展改革",
    "发改",
    "公共资源",
    "残疾人",
    "政务服务",
    "退役军人",
    "信访",
    "档案",
)
_FULL = {
    "人社": "人力资源",
    "住建": "住房",
    "卫健": "卫生健康",
    "市场监管": "市场监督",
    "医保": "医疗保障",
    "城管": "综合行政执法",
    "发展改革": "发展和改革",
    "发改": "发展和改革",
}


@dataclass(slots=True)
class Resolver:
    """机构库里的单位,按名称认;同样的一格只认一次。"""

    agencies: Sequence[Agency]
    _known: dict[str, tuple[Agency, ...]] = field(default_factory=dict)

    def agencies_named(self, text: str) -> tuple[Agency, ...]:
        """The agencies that a cell names; none if it names nobody who is known."""
        if text not in self._known:
            self._known[text] = tuple(self._look(text))
        return self._known[text]

    def _look(self, text: str) -> list[Agency]:
        named = [one for one in self.agencies if one.name in text or (one.short_name and one.short_name in text)]
        if named:
            return named
        if _EVERY_TOWN.fullmatch(text.strip()) or text.strip().startswith("各镇"):
            return [one for one in self.agencies if one.kind == AgencyKind.TOWN]
        found = []
        for word in _WORDS:
            if word in text:
                full = _FULL.get(word, word)
                found += [one for one in self.agencies if full in one.name and one.kind == AgencyKind.DEPARTMENT][
                    :1
                ]
        return list(dict.fromkeys(found))
