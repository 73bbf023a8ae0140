"""来信、政务舆情、活动和报名、在线访谈、电视问政的表。"""

from .cases import CaseEntry, OpinionCase
from .events import Event, Signup
from .interviews import Asked, Interview, Line
from .letters import Help, Letter
from .press import Attendee, Briefing, DisciplineEntry, PressItem, PressQuestion, PressYear, Spokesperson
from .televised import Broadcast, IssueStep, TelevisedIssue

__all__ = [
    "Asked",
    "Attendee",
    "Briefing",
    "Broadcast",
    "CaseEntry",
    "DisciplineEntry",
    "Event",
    "Help",
    "Interview",
    "IssueStep",
    "Letter",
    "Line",
    "OpinionCase",
    "PressItem",
    "PressQuestion",
    "PressYear",
    "Signup",
    "Spokesperson",
    "TelevisedIssue",
]
