"""来信、政务舆情、活动和报名、在线访谈、电视问政的表。"""

from .cases import CaseEntry, OpinionCase
from .events import Event, Signup
from .interviews import Asked, Interview, Line
from .letters import Help, Letter
from .televised import Broadcast, IssueStep, TelevisedIssue

__all__ = [
    "Asked",
    "Broadcast",
    "CaseEntry",
    "Event",
    "Help",
    "Interview",
    "IssueStep",
    "Letter",
    "Line",
    "OpinionCase",
    "Signup",
    "TelevisedIssue",
]
