"""检查和整改的用语(阵地和指标的用语在 ``gongkai.law.outlets``、``gongkai.law.indicators``)。"""

from __future__ import annotations

from gongkai.adapters.crawl import Reached as Reached
from gongkai.law.terms import Term


class ColumnKind(Term):
    """栏目是哪一类,决定国办口径多久更新一次。"""

    NEWS = "news", "动态要闻"
    NOTICE = "notice", "通知公告"
    POLICY = "policy", "政策文件"
    INTERPRETATION = "interpretation", "政策解读"
    STATISTICS = "statistics", "办事统计"
    MESSAGES = "messages", "留言公开"
    ABOUT = "about", "概况、机构、领导"
    OTHER = "other", "其他"


class PostKind(Term):
    """一条推文是哪一类。"""

    SERVICE = "service", "便民服务"
    INTERPRETATION = "interpretation", "政策和解读"
    NEWS = "news", "工作动态"
    RELAY = "relay", "转载"
    OTHER = "other", "其他"


#: Posts for which people follow an account.
USEFUL = (PostKind.SERVICE, PostKind.INTERPRETATION)


class RoundState(Term):
    """一轮检查走到哪里。"""

    DRAFT = "draft", "待开始"
    CHECKING = "checking", "检查中"
    MENDING = "mending", "整改中"
    CLOSED = "closed", "已办结"
    VOID = "void", "作废"


class VisitState(Term):
    """排队的一次访问。"""

    WAITING = "waiting", "排队"
    DONE = "done", "完成"
    DROPPED = "dropped", "取消"


class Purpose(Term):
    """为什么访问。"""

    CANARY = "canary", "试探"
    HOME = "home", "首页"
    ABSENT = "absent", "对照页"
    COLUMN = "column", "栏目"
    LINK = "link", "链接"
    AGAIN = "again", "复核"


class FindingState(Term):
    """一个问题走到哪里。"""

    SUSPECTED = "suspected", "待确认"
    DROPPED = "dropped", "不成立"
    CONFIRMED = "confirmed", "已确认"
    NOTICED = "noticed", "整改中"
    DISPUTED = "disputed", "有异议"
    FIXED = "fixed", "待复查"
    CLOSED = "closed", "已办结"


OPEN_FINDINGS = (
    FindingState.SUSPECTED,
    FindingState.CONFIRMED,
    FindingState.NOTICED,
    FindingState.DISPUTED,
    FindingState.FIXED,
)
#: What was said by somebody who answers for it: only these count in results.
STANDING = (
    FindingState.CONFIRMED,
    FindingState.NOTICED,
    FindingState.DISPUTED,
    FindingState.FIXED,
    FindingState.CLOSED,
)


class Origin(Term):
    """问题从哪里来。"""

    ROUND = "round", "定期检查"
    OWN = "own", "本站自查"
    TIP = "tip", "网民找错"
    HAND = "hand", "日常巡查"


class Impact(Term):
    """一条无障碍规则的违反有多碍事(axe-core 的四档),重的在前。"""

    CRITICAL = "critical", "无法使用"
    SERIOUS = "serious", "严重"
    MODERATE = "moderate", "一般"
    MINOR = "minor", "轻微"
