"""一份指南好不好:缺什么、在哪里、怎么改(``score``),对不对得上(``consistency``),措辞(``wording``)。"""

from .context import Around
from .findings import Finding, Review
from .review import review

__all__ = ["Around", "Finding", "Review", "review"]
