"""样本区的历史信息。"""

from __future__ import annotations

from gongkai.org.sample import District


def load(district: District) -> None:
    """Nothing yet."""
