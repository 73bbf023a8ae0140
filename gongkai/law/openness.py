"""公开属性:公文起草时就要认定(law.md 7.2 源头认定;条例第十三条)。"""

from __future__ import annotations

from .terms import Term


class Openness(Term):
    """公开属性。"""

    ACTIVE = "active", "主动公开"
    ON_REQUEST = "request", "依申请公开"
    WITHHELD = "withheld", "不予公开"
