"""新闻发布办理中的用语(级别、任务数在 ``gongkai.law.press``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class BriefingState(Term):
    """一场发布会办到哪一步。"""

    DRAFT = "draft", "待报批"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "已批准"
    HELD = "held", "已举行"
    CANCELLED = "cancelled", "已取消"


class Breach(Term):
    """违反发布纪律的情形。"""

    UNAPPROVED = "unapproved", "没有报批就发布"
    WORDING = "wording", "口径没有审定"
    SECRECY = "secrecy", "泄露不该公开的内容"
    ABSENT = "absent", "应出席没有出席"
    REFUSAL = "refusal", "无故拒绝采访、推诿"
    OTHER = "other", "其他"
