"""标准目录、村务公开、体验区、公共企事业单位办理中的用语(期限和数在 ``gongkai.law``)。"""

from __future__ import annotations

from gongkai.law.terms import Term


class Stage(Term):
    """一版标准目录办到哪一步。"""

    DRAFT = "draft", "草稿"
    CONSULTING = "consulting", "征求意见"
    REVIEWING = "reviewing", "待审核"
    LIVE = "live", "已公布"
    REPLACED = "replaced", "被新版代替"
    DROPPED = "dropped", "没有公布"


#: 还在编的。
OPEN_STAGES = (Stage.DRAFT, Stage.CONSULTING, Stage.REVIEWING)


class Conclusion(Term):
    """复审的结论。"""

    KEEP = "keep", "维持"
    CHANGE = "change", "修改"
    DROP = "drop", "不再适用"


class Cause(Term):
    """为什么复审。"""

    YEARLY = "yearly", "年度复审"
    BASIS = "basis", "依据修订或者废止"
    ORGAN = "organ", "机构改革、职责调整"
    POWERS = "powers", "权责清单变更"


class BookKind(Term):
    """意见簿上的一条写在哪里。"""

    PAPER = "paper", "纸质意见簿"
    SCREEN = "screen", "终端、网页"


class PeriodState(Term):
    """一期村务公开办到哪一步。"""

    DRAFT = "draft", "待填报"
    SUBMITTED = "submitted", "待监督委审查"
    REVIEWED = "reviewed", "待公布"
    POSTED = "posted", "已公布"
    DOWN = "down", "已撤牌归档"


class Unity(Term):
    """体验区的四统一。"""

    LAYOUT = "layout", "规划布局"
    SIGNS = "signs", "标识标牌"
    EQUIPMENT = "equipment", "设备配置"
    MANAGEMENT = "management", "管理制度"


class Device(Term):
    """体验区的设备。"""

    COMPUTER = "computer", "电脑"
    PRINTER = "printer", "打印机"
    COPIER = "copier", "复印机"
    KIOSK = "kiosk", "自助查询机"
    SCREEN = "screen", "电子屏"
    RACK = "rack", "资料架"
    BOX = "box", "意见箱"
    LOW_DESK = "low_desk", "低位服务台"
    MAGNIFIER = "magnifier", "放大镜、手写板"


class ComplaintState(Term):
    """一件申诉办到哪一步。"""

    RECEIVED = "received", "待调查"
    TOLD = "told", "已告知"
