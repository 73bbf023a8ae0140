"""标准化规范化的表:标准目录、村务公开、体验区、公共企事业单位。"""

from .catalogue import Area, Charge, Intake, Occurrence, Review, Row, Standard
from .enterprise import Complaint, Disclosure, Enterprise, Outage, Statement
from .village import Entry, Item, Objection, Period, Village
from .zone import Closure, Comment, DayCount, Equipment, Patrol, Season, Stock, Zone

__all__ = [
    "Area",
    "Charge",
    "Closure",
    "Comment",
    "Complaint",
    "DayCount",
    "Disclosure",
    "Enterprise",
    "Entry",
    "Equipment",
    "Intake",
    "Item",
    "Objection",
    "Occurrence",
    "Outage",
    "Patrol",
    "Period",
    "Review",
    "Row",
    "Season",
    "Standard",
    "Statement",
    "Stock",
    "Village",
    "Zone",
]
