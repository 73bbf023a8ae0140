"""政策的数据:同步发布包、规范性文件的登记和清理、公布前的吹风和公布后的提问。"""

from .packages import Package, Part
from .questions import Briefing, Question
from .register import Batch, Document, Effect, Ruling

__all__ = ["Batch", "Briefing", "Document", "Effect", "Package", "Part", "Question", "Ruling"]
