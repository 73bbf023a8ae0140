"""axe-core 的结果,照它的样子造的,给无障碍样本的测试用。"""

from __future__ import annotations

import json
from typing import Any

HOME = "https://www.mh.example/"


def rule(name: str, places: int, impact: str | None = "serious", **more: Any) -> dict[str, Any]:
    """One rule of a result with so many places."""
    nodes = [{"html": "<a>", "target": [f"#p{number}"], "impact": impact} for number in range(places)]
    return {"id": name, "impact": impact, "help": f"{name} must hold", "nodes": nodes} | more


def page(url: str = HOME, *, violations: Any = (), incomplete: Any = (), **more: Any) -> dict[str, Any]:
    """The result of one page."""
    return {
        "testEngine": {"name": "axe-core", "version": "4.10.2"},
        "url": url,
        "timestamp": "2026-09-01T02:03:04.123Z",
        "violations": list(violations),
        "incomplete": list(incomplete),
        "passes": [{"id": "bypass"}],
    } | more


def packed(*pages: dict[str, Any]) -> bytes:
    """As a tool writes them: one page by itself, more as a list."""
    return json.dumps(pages[0] if len(pages) == 1 else pages, ensure_ascii=False).encode()
