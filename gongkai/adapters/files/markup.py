"""网页交给解析器以前:一个标签里有几百个属性的,只留标签名;套得太深的,只留前几百层。

属性解析器要逐个查重,层要逐层找,一百万个要查到天黑。
"""

from __future__ import annotations

import re

from .nesting import shallow

_LONG = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,40})[^<>]{1500,}")
_MOST = 200


def bounded(text: str) -> str:
    """The page with no element of more attributes, and none deeper inside others, than any real one has."""
    return shallow(_LONG.sub(_bare, text))


def _bare(hit: re.Match[str]) -> str:
    many = max(hit[0].count("="), len(hit[0].split(None, _MOST + 1)))
    return f"<{hit[1]}" if many > _MOST else hit[0]
