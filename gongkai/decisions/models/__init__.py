"""决策和会议的表:决策卷和程序登记、征求意见和意见、年度目录、会议。"""

from .catalogue import CatalogueItem, CatalogueYear, ItemChange, Proposal
from .consultation import Consultation, Extension, Opinion, OpinionFile
from .dossier import Dossier, Evidence
from .meeting import AgendaItem, Meeting, Representative

__all__ = [
    "AgendaItem",
    "CatalogueItem",
    "CatalogueYear",
    "Consultation",
    "Dossier",
    "Evidence",
    "Extension",
    "ItemChange",
    "Meeting",
    "Opinion",
    "OpinionFile",
    "Proposal",
    "Representative",
]
