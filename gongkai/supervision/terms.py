"""督查考核办理中的用语(任务种类、角色、灯的用语在 ``gongkai.law.supervision``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class PlanState(Term):
    """一份方案办到哪一步。"""

    READ = "read", "待确认"
    CONFIRMED = "confirmed", "执行中"
    CLOSED = "closed", "已结束"


class Group(Term):
    """原文写的是一类单位:不拆成一家一家,按哪天有哪些单位算。"""

    ALL = "all", "全区政府信息公开单位"
    DEPARTMENTS = "departments", "区政府各部门"
    TOWNS = "towns", "各镇（街道）"


class PieceState(Term):
    """一个单位在一项任务里办到哪一步。"""

    ASSIGNED = "assigned", "已派"
    UNDERWAY = "underway", "进行中"
    CLAIMED = "claimed", "已报完成，待验证"
    DONE = "done", "完成"
    RETURNED = "returned", "退回"
    SUSPENDED = "suspended", "暂缓"
    INAPPLICABLE = "inapplicable", "不适用"


class Verdict(Term):
    """验证的结论。"""

    PASSED = "passed", "属实"
    RETURNED = "returned", "退回"


class RoundState(Term):
    """一次考核办到哪一步。"""

    SELF = "self", "自评"
    REVIEW = "review", "复评"
    FEEDBACK = "feedback", "反馈、异议"
    DECIDED = "decided", "已审定"


class ObjectionKind(Term):
    """异议的理由。"""

    FACT = "fact", "事实不符"
    INAPPLICABLE = "inapplicable", "不适用本单位"
    NOT_OURS = "not_ours", "不是本单位职责"
    READING = "reading", "口径不对"
    TWICE = "twice", "重复扣分"
    SYSTEM = "system", "系统、抓取的原因"
    MENDED = "mended", "已经按期整改"


class ObjectionOutcome(Term):
    """复核异议的结论。"""

    KEPT = "kept", "维持"
    CHANGED = "changed", "改分"
    WAIVED = "waived", "不适用，不计"


class CorrectionState(Term):
    """一件整改办到哪一步。"""

    ISSUED = "issued", "整改中"
    ANSWERED = "answered", "待复核"
    RETURNED = "returned", "退回再改"
    CLOSED = "closed", "已销号"


OPEN_CORRECTIONS = (CorrectionState.ISSUED, CorrectionState.ANSWERED, CorrectionState.RETURNED)


class Escalation(Term):
    """逾期没有改好的,一级一级往上。"""

    REMINDED = "reminded", "提醒"
    SUPERVISED = "supervised", "督办"
    CRITICISED = "criticised", "通报"
    SUBMITTED = "submitted", "呈送主要领导"
    ADVISED = "advised", "提出处理建议"


class NoticeKind(Term):
    """通报的种类。"""

    PRAISE = "praise", "通报表扬"
    CRITICISM = "criticism", "通报批评"


class NoticeState(Term):
    """一份通报办到哪一步。"""

    DRAFT = "draft", "草稿"
    CONFIRMED = "confirmed", "事实已经确认"
    ISSUED = "issued", "已印发"


class GoalIndex(Term):
    """总体目标的四项指数。"""

    DISPUTE = "dispute", "信息公开纠纷发生率"
    CORRECTION = "correction", "纠错率"
    SATISFACTION = "satisfaction", "政务公开群众满意度"
    TRANSPARENCY = "transparency", "政府透明度指数"
