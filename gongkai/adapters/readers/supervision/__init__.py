"""督查考核:工作方案、任务分解里的任务、单位和时限;考核指标表的分值加得对不对。"""

from .indicators import check
from .plans import read

__all__ = ["check", "read"]
