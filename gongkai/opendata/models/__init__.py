"""公共数据开放的表:目录、字段、版本、判定;申请、需求、成果、评价、钥匙、用量。"""

from .catalogue import Dataset, Field, Ruling, Version
from .use import Application, Citation, Demand, Key, Rating, Usage, Use

__all__ = [
    "Application",
    "Citation",
    "Dataset",
    "Demand",
    "Field",
    "Key",
    "Rating",
    "Ruling",
    "Usage",
    "Use",
    "Version",
]
