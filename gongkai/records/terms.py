"""政府信息办理中的用语:环节、审核、撤下、关系。"""

from __future__ import annotations

from gongkai.law.terms import Term


class Stage(Term):
    """一个版本办到哪一步。"""

    DRAFT = "draft", "起草"
    RETURNED = "returned", "退回修改"
    FIRST = "first", "待初审"
    SECOND = "second", "待复审"
    FINAL = "final", "待终审签发"
    LIVE = "live", "已签发"
    SUPERSEDED = "superseded", "已被新版替换"
    DISCARDED = "discarded", "已作废"


OPEN_STAGES = frozenset({Stage.DRAFT, Stage.RETURNED, Stage.FIRST, Stage.SECOND, Stage.FINAL})
EDITABLE_STAGES = frozenset({Stage.DRAFT, Stage.RETURNED})
SUBMITTED_STAGES = OPEN_STAGES - EDITABLE_STAGES


class ReviewKind(Term):
    """哪一道审核。"""

    SUBMIT = "submit", "送审"
    FIRST = "first", "初审"
    SECOND = "second", "复审"
    FINAL = "final", "终审签发"
    SECRECY = "secrecy", "保密审查"
    LEGAL = "legal", "法制审核"
    OUTSIDE = "outside", "外部意见"
    RECALL = "recall", "撤回送审"


class Verdict(Term):
    """审核结论。"""

    PASS = "pass", "同意"
    RETURN = "return", "退回"
    NOTE = "note", "提出意见"


class WithdrawalKind(Term):
    """撤下的种类;各自的公开表现见 ``records.views``。"""

    REPEALED = "repealed", "废止或者失效"
    RETRACTED = "retracted", "撤回"
    CONFIDENTIAL = "confidential", "涉密或者涉个人隐私"
    MOVED = "moved", "合并或者迁移"


class RelationKind(Term):
    """两件信息的关系;``label`` 是本件对对方的说法,``inverse`` 是对方看本件的说法。"""

    AMENDS = "amends", "修改"
    REPEALS = "repeals", "废止"
    REPEALS_PART = "repeals_part", "废止部分条款"
    REPLACES = "replaces", "替代"
    INTERPRETS = "interprets", "解读"
    BASED_ON = "based_on", "依据"
    FORWARDS = "forwards", "转发"
    ANNEX_OF = "annex_of", "附属于"
    RELEASED_FROM = "released", "转为公开自"
    RELATED = "related", "相关"

    @property
    def inverse(self) -> str:
        return INVERSE[self]


INVERSE = {
    RelationKind.AMENDS: "被修改于",
    RelationKind.REPEALS: "被废止于",
    RelationKind.REPEALS_PART: "部分条款被废止于",
    RelationKind.REPLACES: "被替代于",
    RelationKind.INTERPRETS: "解读材料",
    RelationKind.BASED_ON: "据此制定",
    RelationKind.FORWARDS: "被转发于",
    RelationKind.ANNEX_OF: "包含",
    RelationKind.RELEASED_FROM: "已转为公开",
    RelationKind.RELATED: "相关",
}
