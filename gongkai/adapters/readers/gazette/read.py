"""读公报的一行:``gongkai gazette check``。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gongkai.adapters.paper import from_text
from gongkai.law import gazette as law

from ..pages.text import narrow
from . import contents, issue, minguo

#: 一行里至多这么多期。
_MOST_HEADS = 20_000
_TRADITIONAL = re.compile(r"民國|[國臺發號華會條辦]")


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """An issue (the line of its head, then its contents); where there is a title, one document; where there are
    ``issues``, what a list of heads lacks or contradicts."""
    if isinstance(row.get("issues"), list):
        return sequence(row["issues"])
    text = row.get("text") or ""
    if not isinstance(text, str):
        return {}
    text = narrow(text)
    if isinstance(row.get("title"), str):
        return {"items": [_document(row["title"], text, row.get("url"))]}
    head, *rest = text.splitlines() or [""]
    found = issue.read(head)
    items = [asdict(line) for line in contents.lines(rest)]
    numbers = {key: value for key, value in asdict(found).items() if key not in {"kind", "issue_no_end"} or value}
    return {**numbers, "items": items}


def sequence(heads: list[Any]) -> dict[str, Any]:
    """The numbers of each head of a list (a text, or the numbers themselves), and the gaps and contradictions."""
    numbers, read = [], []
    for head in heads[:_MOST_HEADS]:
        found = asdict(issue.read(narrow(head))) if isinstance(head, str) else dict(head)
        read.append({key: found.get(key) for key in ("issue_year", "issue_no", "issue_no_end", "total_no")})
        year, number, running, to = (
            value if isinstance(value := found.get(key), int) else None
            for key in ("issue_year", "issue_no", "total_no", "issue_no_end")
        )
        if year and number and found.get("kind") not in ("增刊", "专辑", "专刊", "特刊"):
            numbers.append(law.Number(year, number, running, to))
    return {"issues": read, "gaps": [asdict(gap) for gap in law.gaps(numbers)]}


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
