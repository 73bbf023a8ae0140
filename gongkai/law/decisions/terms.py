"""决策程序的用语,和一步从哪里到哪里。"""

from __future__ import annotations

from ..terms import Term


class Category(Term):
    """条例第三条的五类事项。"""

    POLICY = "policy", "公共服务、市场监管等方面的重大公共政策和措施"
    PLAN = "plan", "经济和社会发展等方面的重要规划"
    RESOURCES = "resources", "开发利用、保护自然资源和文化资源的重大公共政策和措施"
    PROJECT = "project", "在本行政区域实施的重大公共建设项目"
    OTHER = "other", "对经济社会发展有重大影响的其他重大事项"


class Exclusion(Term):
    """不适用条例的情形(第三条第二款)。"""

    MACRO = "macro", "财政政策、货币政策等宏观调控决策"
    LEGISLATION = "legislation", "政府立法决策"
    EMERGENCY = "emergency", "突发事件应急处置决策"
    OTHER_LAW = "other_law", "法律、行政法规对程序另有规定"


class Stage(Term):
    """一项决策走到哪一步。"""

    PROPOSED = "proposed", "建议"
    DECLINED = "declined", "不启动"
    DRAFTING = "drafting", "起草和参与"
    REVIEW = "review", "合法性审查"
    REVIEWED = "reviewed", "待讨论"
    DISCUSSED = "discussed", "待公布"
    PUBLISHED = "published", "执行"
    SUSPENDED = "suspended", "中止执行"
    ENDED = "ended", "终止"
    ARCHIVED = "archived", "归档"


class Step(Term):
    """往前走的一步。"""

    START = "start", "启动"
    DECLINE = "decline", "不启动"
    HAND_IN = "hand_in", "送合法性审查"
    SEND_BACK = "send_back", "退回补充"
    TAKE_BACK = "take_back", "撤回送审"
    REVIEW = "review", "合法性审查"
    DISCUSS = "discuss", "集体讨论"
    PUBLISH = "publish", "公布"
    SUSPEND = "suspend", "中止执行"
    RESUME = "resume", "恢复执行"
    END = "end", "终止"
    EVALUATE = "evaluate", "决策后评估"
    ARCHIVE = "archive", "归档"


#: Step → the stages from which it can be taken, and the stage it leads to (None: stays where it is).
COURSE: dict[Step, tuple[frozenset[Stage], Stage | None]] = {
    Step.START: (frozenset({Stage.PROPOSED, Stage.DECLINED}), Stage.DRAFTING),
    Step.DECLINE: (frozenset({Stage.PROPOSED}), Stage.DECLINED),
    Step.HAND_IN: (frozenset({Stage.DRAFTING}), Stage.REVIEW),
    Step.REVIEW: (frozenset({Stage.REVIEW}), Stage.REVIEWED),
    Step.SEND_BACK: (frozenset({Stage.REVIEW}), Stage.DRAFTING),
    Step.TAKE_BACK: (frozenset({Stage.REVIEW}), Stage.DRAFTING),
    Step.DISCUSS: (frozenset({Stage.REVIEWED}), Stage.DISCUSSED),
    Step.PUBLISH: (frozenset({Stage.DISCUSSED}), Stage.PUBLISHED),
    Step.SUSPEND: (frozenset({Stage.PUBLISHED}), Stage.SUSPENDED),
    Step.RESUME: (frozenset({Stage.SUSPENDED}), Stage.PUBLISHED),
    Step.END: (
        frozenset(
            {Stage.DRAFTING, Stage.REVIEW, Stage.REVIEWED, Stage.DISCUSSED, Stage.PUBLISHED, Stage.SUSPENDED}
        ),
        Stage.ENDED,
    ),
    Step.EVALUATE: (frozenset({Stage.PUBLISHED, Stage.SUSPENDED}), None),
    Step.ARCHIVE: (frozenset({Stage.PUBLISHED, Stage.ENDED}), Stage.ARCHIVED),
}


class Legality(Term):
    """合法性审查的结论。"""

    LEGAL = "legal", "合法"
    AFTER_CHANGES = "after_changes", "按意见修改后合法"
    EXPLORATORY = "exploratory", "探索性改革，明示法律风险"
    ILLEGAL = "illegal", "不合法"


class MeetingKind(Term):
    """作出决策的会议只有两种(第三十条)。"""

    EXECUTIVE = "executive", "常务会议"
    PLENARY = "plenary", "全体会议"
    OTHER = "other", "其他会议"


class Outcome(Term):
    """集体讨论的结果。"""

    PASSED = "passed", "通过"
    CHANGED = "changed", "修改后通过"
    AGAIN = "again", "再次讨论"
    REFUSED = "refused", "不予通过"
