"""来信、政务舆情、活动和报名的表。"""

from .cases import CaseEntry, OpinionCase
from .events import Event, Signup
from .letters import Help, Letter

__all__ = ["CaseEntry", "Event", "Help", "Letter", "OpinionCase", "Signup"]
