"""公共数据开放办理中的用语(判定、周期、类型的用语在 ``gongkai.law.opendata.terms``)。"""

from __future__ import annotations

from gongkai.law.terms import Term

#: 用量看最近多少天的。
SPAN = 30


class DatasetState(Term):
    """一个数据集现在怎样。"""

    DRAFT = "draft", "编目中"
    OPEN = "open", "已上架"
    CLOSED = "closed", "已下架"
    REMOVED = "removed", "不入目录"


class VersionState(Term):
    """一版数据现在怎样。"""

    CHECKED = "checked", "已体检，待开放"
    OPEN = "open", "现行"
    FORMER = "former", "旧版"
    TAKEN = "taken", "已撤走"


class RulingState(Term):
    """一次判定。"""

    WAITING = "waiting", "待批准"
    DONE = "done", "已生效"
    REFUSED = "refused", "没有批准"


class ApplicationState(Term):
    """一份受限数据的申请办到哪一步。"""

    RECEIVED = "received", "待审核"
    GRANTED = "granted", "已同意"
    REFUSED = "refused", "没有同意"
    ENDED = "ended", "已终止，待销毁"
    DESTROYED = "destroyed", "已销毁"


class DemandState(Term):
    """一件数据需求。"""

    RECEIVED = "received", "待回应"
    ANSWERED = "answered", "已回应"


class DemandOutcome(Term):
    """需求的回应。"""

    OPENED = "opened", "已经开放"
    PLANNED = "planned", "列入计划"
    EXISTS = "exists", "已有可用的数据"
    REFUSED = "refused", "不能开放"
    NONE = "none", "没有这样的数据"


class UseState(Term):
    """一项利用成果。"""

    PROPOSED = "proposed", "待核对"
    SHOWN = "shown", "已展示"
    REFUSED = "refused", "没有展示"


class UseKind(Term):
    """利用成果的种类。"""

    APP = "app", "应用"
    SERVICE = "service", "网上服务"
    RESEARCH = "research", "研究报告"
    CHART = "chart", "图表、可视化"
    OTHER = "other", "其他"


class Channel(Term):
    """从哪里用的。"""

    VIEW = "view", "预览"
    DOWNLOAD = "download", "下载"
    INTERFACE = "interface", "接口"
