"""考核:指标表怎样写(``system``)、录入时核什么(``checks``)、怎样计分(``score``)、公不公平(``fairness``)。"""

from .checks import Fault, check
from .fairness import Concern, Mark, Unit, concerns, tied
from .score import Bonus, Fact, Line, Reading, Score, Veto, score
from .system import Indicator, Kind, NoApplication, System, read

__all__ = [
    "Bonus",
    "Concern",
    "Fact",
    "Fault",
    "Indicator",
    "Kind",
    "Line",
    "Mark",
    "NoApplication",
    "Reading",
    "Score",
    "System",
    "Unit",
    "Veto",
    "check",
    "concerns",
    "read",
    "score",
    "tied",
]
