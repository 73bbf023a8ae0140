"""检索的唯一写入口:检索词、同义词、置顶、评测。"""

from .queries import LEAST_DAYS, count_in, forget, mute, unmute
from .sayings import add_saying, drop_saying
from .tuning import add_judged, add_pin, add_synonyms, drop_judged, drop_pin, drop_synonyms, grade, measure

__all__ = [
    "LEAST_DAYS",
    "add_judged",
    "add_pin",
    "add_saying",
    "add_synonyms",
    "count_in",
    "drop_judged",
    "drop_pin",
    "drop_saying",
    "drop_synonyms",
    "forget",
    "grade",
    "measure",
    "mute",
    "unmute",
]
