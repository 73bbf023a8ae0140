"""来信、政务舆情、活动和报名、在线访谈、电视问政、调查的表。"""

from .cases import CaseEntry, OpinionCase
from .events import Event, EventSeries, Signup
from .interviews import Asked, Interview, Line
from .letters import Help, Letter, LetterFile
from .press import Attendee, Briefing, DisciplineEntry, PressItem, PressQuestion, PressYear, Spokesperson
from .surveys import Choice, Remark, Sheet, Survey, SurveyQuestion
from .televised import Broadcast, IssueStep, TelevisedIssue

__all__ = [
    "Asked",
    "Attendee",
    "Briefing",
    "Broadcast",
    "CaseEntry",
    "Choice",
    "DisciplineEntry",
    "Event",
    "EventSeries",
    "Help",
    "Interview",
    "IssueStep",
    "Letter",
    "LetterFile",
    "Line",
    "OpinionCase",
    "PressItem",
    "PressQuestion",
    "PressYear",
    "Remark",
    "Sheet",
    "Signup",
    "Spokesperson",
    "Survey",
    "SurveyQuestion",
    "TelevisedIssue",
]
