"""来信、政务舆情、活动和报名、在线访谈的表。"""

from .cases import CaseEntry, OpinionCase
from .events import Event, Signup
from .interviews import Asked, Interview, Line
from .letters import Help, Letter

__all__ = ["Asked", "CaseEntry", "Event", "Help", "Interview", "Letter", "Line", "OpinionCase", "Signup"]
