"""公共数据开放的用语。开放属性、敏感级、共享属性是三个轴,不互相代替。"""

from __future__ import annotations

from ..terms import Term


class Opening(Term):
    """开放属性:对社会。"""

    PENDING = "pending", "待定"
    PROHIBITED = "prohibited", "禁止开放"
    RESTRICTED = "restricted", "受限开放"
    UNCONDITIONAL = "unconditional", "无条件开放"

    @property
    def rank(self) -> int:
        """The looser, the higher; what is not judged yet is as strict as can be."""
        return (Opening.PENDING, Opening.PROHIBITED, Opening.RESTRICTED, Opening.UNCONDITIONAL).index(self) or 1


class Level(Term):
    """敏感级,到字段。"""

    L1 = "L1", "L1 不敏感"
    L2 = "L2", "L2 低敏感"
    L3 = "L3", "L3 较敏感"
    L4 = "L4", "L4 敏感"


class Sharing(Term):
    """共享属性:部门之间,不是对社会。"""

    UNSET = "unset", "没有填"
    FREE = "free", "无条件共享"
    CONDITIONAL = "conditional", "有条件共享"
    NONE = "none", "不予共享"


class Cycle(Term):
    """更新周期。"""

    REALTIME = "realtime", "实时"
    DAILY = "daily", "每日"
    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    HALF_YEARLY = "half_yearly", "每半年"
    YEARLY = "yearly", "每年"
    BIENNIAL = "biennial", "每两年"
    IRREGULAR = "irregular", "不定期"
    ONCE = "once", "一次性"


class Freshness(Term):
    """更新得怎样。"""

    FRESH = "fresh", "按期更新"
    GRACE = "grace", "到期，在宽限内"
    OVERDUE = "overdue", "逾期没有更新"
    STALE = "stale", "数据可能过期"
    UNJUDGED = "unjudged", "没有固定周期"
    ENDED = "ended", "已停止更新"


class FieldKind(Term):
    """字段的类型。"""

    STRING = "string", "文字"
    INTEGER = "integer", "整数"
    NUMBER = "number", "小数"
    DATE = "date", "日期"
    DATETIME = "datetime", "时间"


class Domain(Term):
    """数据领域。"""

    CREDIT = "credit", "信用服务"
    HEALTH = "health", "医疗卫生"
    SOCIAL = "social", "社保就业"
    SAFETY = "safety", "公共安全"
    URBAN = "urban", "城建住房"
    TRANSPORT = "transport", "交通运输"
    EDUCATION = "education", "教育文化"
    SCIENCE = "science", "科技创新"
    RESOURCES = "resources", "资源能源"
    ENVIRONMENT = "environment", "生态环境"
    INDUSTRY = "industry", "工业农业"
    COMMERCE = "commerce", "商贸流通"
    FINANCE = "finance", "财税金融"
    MARKET = "market", "市场监管"
    LIFE = "life", "生活服务"
    GEOGRAPHY = "geography", "地理空间"
    WEATHER = "weather", "气象服务"
    ORGANS = "organs", "机构团体"
    JUSTICE = "justice", "法律服务"
    CIVIL = "civil", "社会救助"
