"""政策的数据:同步发布包、规范性文件的登记和清理、公布前的吹风、云诊所的事项。"""

from .briefing import Briefing
from .clinic import Condition, Fact, Measure, ReachDay, Redemption
from .packages import Package, Part
from .register import Batch, Document, Effect, Ruling

__all__ = [
    "Batch",
    "Briefing",
    "Condition",
    "Document",
    "Effect",
    "Fact",
    "Measure",
    "Package",
    "Part",
    "ReachDay",
    "Redemption",
    "Ruling",
]
