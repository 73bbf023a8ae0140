"""办事服务的表。"""

from .guides import CONTENT, Guide, Version
from .keeping import Handbook, HandbookEntry, Reminder, Sent
from .lists import Cooperation, Faq, FeeItem, Intermediary, Link, Phone
from .matters import Matter, Part

__all__ = [
    "CONTENT",
    "Cooperation",
    "Faq",
    "FeeItem",
    "Guide",
    "Handbook",
    "HandbookEntry",
    "Intermediary",
    "Link",
    "Matter",
    "Part",
    "Phone",
    "Reminder",
    "Sent",
    "Version",
]
