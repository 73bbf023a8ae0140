"""决策和会议办理中的用语(程序本身的用语在 ``gongkai.law.decisions``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class Phase(Term):
    """一轮征求意见现在怎样,由时刻和采纳情况算出。"""

    PREPARING = "preparing", "未公布"
    OPEN = "open", "正在征求意见"
    SUMMING = "summing", "已截止，正在汇总"
    DONE = "done", "已公布采纳情况"


class YearStage(Term):
    """一年的目录办到哪一步。"""

    COLLECTING = "collecting", "征集和论证"
    PUBLISHED = "published", "已公布"
    CLOSED = "closed", "已总公开"


class ItemState(Term):
    """目录里一项的结果。"""

    PLANNED = "planned", "在办"
    DECIDED = "decided", "已决策"
    CARRIED = "carried", "结转下一年"
    DROPPED = "dropped", "取消"


class ChangeKind(Term):
    """目录公布以后的调整。"""

    ADDED = "added", "新增"
    CHANGED = "changed", "变更"
    DROPPED = "dropped", "取消"


class Ruling(Term):
    """一条目录建议论证的结果。"""

    TAKEN = "taken", "采纳"
    MERGED = "merged", "并入其他事项"
    REJECTED = "rejected", "不采纳"


class Procedure(Term):
    """目录里要写明的履行程序。"""

    PARTICIPATION = "participation", "公众参与"
    HEARING = "hearing", "听证"
    EXPERTS = "experts", "专家论证"
    RISK = "risk", "风险评估"
    COMPETITION = "competition", "公平竞争审查"
    LEGALITY = "legality", "合法性审查"
    DISCUSSION = "discussion", "集体讨论"


class OpenWay(Term):
    """会议议题的公开方式。"""

    LIVE = "live", "直播"
    PREVIEW = "preview", "会前预告"
    DECISIONS = "decisions", "会后公布议定事项"
    CHART = "chart", "图解"
    RECORD = "record", "会议实录"
