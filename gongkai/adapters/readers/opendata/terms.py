"""开放数据用的词(terms.toml)。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

TERMS: dict[str, Any] = tomllib.loads(files(__package__).joinpath("terms.toml").read_text("utf-8"))
TABLE: dict[str, list[str]] = TERMS["table"]


def choice(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
