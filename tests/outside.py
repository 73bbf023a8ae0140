"""检出目录旁边的公共材料:有就用,没有就跳过;CI 上没有就算失败。"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"


def shared(path: str) -> Path:
    """The path of a file in ``../shared``; the test that asks is skipped where it is absent, but fails in CI."""
    found = _BESIDE / path
    if not found.exists():
        reason = f"旁边没有 ../shared/{path}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found
