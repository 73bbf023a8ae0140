"""督查考核的表:方案和任务、进展和证据、算好的数、考核、整改和通报、保障的登记。"""

from .assessment import BonusClaim, Candidate, LineMark, Objection, Round, System, VetoFinding
from .correction import Advice, Correction, CorrectionEntry, Notice
from .figure import AskedDay, KeptFigure
from .plan import Evidence, Piece, Plan, Progress, Task
from .provision import Hearing, OutsideResult, Support, Training

__all__ = [
    "Advice",
    "AskedDay",
    "BonusClaim",
    "Candidate",
    "Correction",
    "CorrectionEntry",
    "Evidence",
    "Hearing",
    "KeptFigure",
    "LineMark",
    "Notice",
    "Objection",
    "OutsideResult",
    "Piece",
    "Plan",
    "Progress",
    "Round",
    "Support",
    "System",
    "Task",
    "Training",
    "VetoFinding",
]
