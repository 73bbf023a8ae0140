"""从机关名称看层级:谁按哪一个期限公布年报,谁没有规章制定权。"""

from __future__ import annotations

import re

from ..agencies import AgencyKind
from ..sources import implements

_TAIL = re.compile(r"[(（【][^)）】\n]{0,80}[)）】]|[\s\u3000]+")
_TOWN = re.compile(r"(镇|乡|街道|苏木|民族乡)(人民政府|政府|办事处|办|管委会)?$|街道办事处")
_DEPARTMENT = re.compile(
    r"(局|委员会|委|厅|办公室|办公厅|署|中心|总队|支队|大队|分局|处|站|所|院|馆|部|公司|学校|医院|大队|研究室|部门)$"
)
_GOVERNMENT = re.compile(
    r"(人民政府|区政府|县政府|市政府|管理委员会|管委会)$|(省|市|县|区|旗|州|盟)$|[省市县区旗州盟]本级$"
)
_COUNTY = re.compile(r"[县旗区]")


def clean(org: str) -> str:
    """The bare name: no brackets, no spaces.

    >>> clean("宿迁市（全市汇总）")
    '宿迁市'
    """
    return _TAIL.sub("", org or "")


def kind_of(org: str) -> AgencyKind | None:
    """The kind of agency a name shows; ``None`` if it does not.

    >>> [kind_of(x).label for x in ("明湖区人民政府", "明湖区财政局", "柳桥镇人民政府", "云州市")]
    ['人民政府', '政府部门', '镇（街道）', '人民政府']
    """
    name = clean(org)
    if _TOWN.search(name):
        return AgencyKind.TOWN
    if re.search(r"(开发区|管理区|实验区|示范区|新区|园区|高新区).*(管委会|管理委员会)?$", name) and not re.search(
        r"(局|厅|办公室|分局|中心)$", name
    ):
        return AgencyKind.GOVERNMENT
    if re.search(r"(人民政府|政府)$", name):
        return AgencyKind.GOVERNMENT
    if _DEPARTMENT.search(name):
        return AgencyKind.DEPARTMENT
    if _GOVERNMENT.search(name):
        return AgencyKind.GOVERNMENT
    return None


@implements("legislation:93.1")
def makes_rules(org: str) -> bool | None:
    """Whether an agency may make rules (规章): provinces, cities with districts, prefectures may; counties,
    towns and departments may not. ``None`` if the name does not tell (a city may be of county rank).

    >>> makes_rules("明湖区人民政府"), makes_rules("云江省人民政府"), makes_rules("云州市")
    (False, True, None)
    """
    kind = kind_of(org)
    if kind in (AgencyKind.DEPARTMENT, AgencyKind.TOWN):
        return False
    name = re.sub(r"人民政府$|政府$", "", clean(org))
    if re.search(r"(省|自治区|自治州)$", name) or name in ("北京市", "天津市", "上海市", "重庆市"):
        return True
    if kind is AgencyKind.GOVERNMENT and _COUNTY.search(name):
        return False
    return None
