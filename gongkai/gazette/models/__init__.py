"""公报的表:刊、期、篇目、报送、通报、投放、历史。"""

from .delivery import Delivery
from .history import HistoricArticle, HistoricIssue, Intake, ScanPage, historic_label
from .issue import Approval, Article, ChronicleLine, Correction, Form, Issue, Volume
from .masthead import Masthead, Section
from .submission import Item, Liaison, Notice, Submission

__all__ = [
    "Approval",
    "Article",
    "ChronicleLine",
    "Correction",
    "Delivery",
    "Form",
    "HistoricArticle",
    "HistoricIssue",
    "Intake",
    "Issue",
    "Item",
    "Liaison",
    "Masthead",
    "Notice",
    "ScanPage",
    "Section",
    "Submission",
    "Volume",
    "historic_label",
]
