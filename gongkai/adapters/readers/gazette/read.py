"""读公报的一行:``gongkai gazette check``。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gongkai.adapters.paper import from_text

from . import contents, issue, minguo

_TRADITIONAL = re.compile(r"民國|[國臺發號華會條辦]")


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """An issue (the line of its head, then its contents), or, where there is a title, one document."""
    text = row.get("text") or ""
    if not isinstance(text, str):
        return {}
    if isinstance(row.get("title"), str):
        return {"items": [_document(row["title"], text, row.get("url"))]}
    head, *rest = text.splitlines() or [""]
    found = issue.read(head)
    items = [asdict(line) for line in contents.lines(rest)]
    numbers = {key: value for key, value in asdict(found).items() if key not in {"kind", "issue_no_end"} or value}
    return {**numbers, "items": items}


def _document(title: str, text: str, url: object) -> dict[str, Any]:
    if _TRADITIONAL.search(title + text[:200]):
        return minguo.read(title, text)
    paper = from_text(text, title, url if isinstance(url, str) else "").row()
    return {
        "title": title,
        "issuer": paper["发布机构"],
        "doc_no": paper["文号"],
        "doc_date": paper["成文日期"],
    }
