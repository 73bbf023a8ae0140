"""年报的词:办到哪一步、口径。"""

from __future__ import annotations

from gongkai.law.terms import Term


class Stage(Term):
    """编制到哪一步。``APPROVED`` 起数字封存。"""

    DRAFT = "draft", "编制中"
    UNIT = "unit", "待单位负责人审核"
    OFFICE = "office", "待区政府办审核"
    APPROVED = "approved", "已核定，待公布"
    PUBLISHED = "published", "已公布"


class Scope(Term):
    """口径:只计本机关的,还是连同所属单位汇总。"""

    OWN = "own", "本级"
    WHOLE = "whole", "全区汇总"


#: 数字还在随台账变的各步。
LIVE = (Stage.DRAFT.value, Stage.UNIT.value, Stage.OFFICE.value)
