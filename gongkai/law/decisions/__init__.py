"""重大行政决策的程序:走到哪一步、还能不能往前走(重大行政决策程序暂行条例,国令第713号)。

一项决策的事实是一个 ``Facts``;``blocks`` 说出一步为什么不能办(H1—H12),``warnings`` 说出可以办但要留意的(W1—W13)。
部门、乡镇参照执行的(第四十二条),硬的也只提醒(H12),机关可以定哪几条照样拦。
"""

from .catalogue import Fit, fit, late, may_propose, may_publish_catalogue
from .citations import wrong as wrong_citations
from .course import Material, blocks, checklist, is_binding, may, warnings
from .facts import Discussion, Execution, Expert, Facts, Finding, Hearing, Review, Risk, Round
from .hard import may_review
from .soft import of_round, report_due
from .terms import COURSE, Category, Exclusion, Legality, MeetingKind, Outcome, Stage, Step

__all__ = [
    "COURSE",
    "Category",
    "Discussion",
    "Exclusion",
    "Execution",
    "Expert",
    "Facts",
    "Finding",
    "Fit",
    "Hearing",
    "Legality",
    "Material",
    "MeetingKind",
    "Outcome",
    "Review",
    "Risk",
    "Round",
    "Stage",
    "Step",
    "blocks",
    "checklist",
    "fit",
    "is_binding",
    "late",
    "may",
    "may_propose",
    "may_publish_catalogue",
    "may_review",
    "of_round",
    "report_due",
    "warnings",
    "wrong_citations",
]
