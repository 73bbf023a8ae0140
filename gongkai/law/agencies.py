"""公开单位和岗位:谁有公开义务,谁在单位里做哪一道。"""

from __future__ import annotations

from .terms import Term


class AgencyKind(Term):
    """公开单位的类别;条例第二十条适用于前三类,第二十一条对县级和乡镇各有增项。"""

    GOVERNMENT = "government", "人民政府"
    DEPARTMENT = "department", "政府部门"
    TOWN = "town", "镇（街道）"
    AUTHORISED = "authorised", "授权组织"
    ENTERPRISE = "enterprise", "公共企事业单位"


class Role(Term):
    """岗位。前七种在某个单位内行使,后三种对全区行使。"""

    CLERK = "clerk", "信息员"
    FIRST_REVIEWER = "first", "初审"
    SECOND_REVIEWER = "second", "复审"
    FINAL_REVIEWER = "final", "终审"
    SECRECY_REVIEWER = "secrecy", "保密审查"
    LEGAL_REVIEWER = "legal", "法制审核"
    HEAD = "head", "单位负责人"
    OFFICE = "office", "区政府办主管"
    INSPECTOR = "inspector", "督查"
    ADMINISTRATOR = "admin", "管理员"


DISTRICT_ROLES = frozenset({Role.OFFICE, Role.INSPECTOR, Role.ADMINISTRATOR})
