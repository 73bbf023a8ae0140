"""读 axe-core 的结果(JSON):一份是一个网页,或者好几个网页的列表。要在另一个进程里办(``apart``),大小先看。

只取规则、影响、几处和第一处在哪里;“incomplete”是工具自己定不了的,单列,不当违反。
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .plaintext import line

#: Most pages of a file, rules of a page, places of a rule that are counted one by one.
MOST_PAGES, MOST_RULES, MOST_PLACES = 500, 300, 20_000
IMPACTS = ("critical", "serious", "moderate", "minor")


class NotAxe(Exception):
    """不是 axe-core 的结果,或者缺了要用的。"""


@dataclass(frozen=True, slots=True)
class Barrier:
    """一个网页上的一条规则:影响、几处、规则的原话、第一处的选择器;``sure`` 的是违反,不是的要人核对。"""

    rule: str
    impact: str
    count: int
    text: str
    where: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Page:
    """一个网页的结果:网址、什么时候看的(带时差的 ISO 写法,可以空)、工具的版本、通过了几条规则。"""

    url: str
    stamp: str
    version: str
    passed: int
    barriers: tuple[Barrier, ...]

    @property
    def at(self) -> datetime | None:
        """When the page was looked at; None if that was not said."""
        return datetime.fromisoformat(self.stamp) if self.stamp else None


def read(data: bytes) -> list[Page]:
    """The pages of a result file.

    Raises:
        NotAxe: not JSON, nested too deep, of another shape, or without the address of a page.
    """
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotAxe("不是 JSON") from error
    rows = given if isinstance(given, list) else [given]
    if not rows or len(rows) > MOST_PAGES:
        raise NotAxe(f"里面有{len(rows)}个网页的结果，要1到{MOST_PAGES}个")
    return [_page(one) for one in rows]


def _page(row: Any) -> Page:
    if not isinstance(row, dict) or not isinstance(row.get("violations"), list):
        raise NotAxe("没有“violations”一项，不是 axe-core 的结果")
    url = row.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")):
        raise NotAxe("没有写是哪个网址的结果")
    engine = row.get("testEngine")
    version = engine.get("version") if isinstance(engine, dict) else ""
    barriers = [*_barriers(row["violations"], sure=True), *_barriers(row.get("incomplete"), sure=False)]
    passes = row.get("passes")
    return Page(
        url=line(url)[:500],
        stamp=_stamp(row.get("timestamp")),
        version=line(str(version or ""))[:20],
        passed=len(passes) if isinstance(passes, list) else 0,
        barriers=tuple(barriers),
    )


def _barriers(rows: Any, *, sure: bool) -> list[Barrier]:
    """The rules of one list, each once, with so many places."""
    found: dict[str, Barrier] = {}
    for row in (rows if isinstance(rows, list) else [])[:MOST_RULES]:
        rule = line(str(row.get("id") or ""))[:60] if isinstance(row, dict) else ""
        nodes = row.get("nodes") if rule else None
        if not rule or rule in found or not isinstance(nodes, list) or not nodes:
            continue
        impact = row.get("impact")
        found[rule] = Barrier(
            rule=rule,
            impact=impact if impact in IMPACTS else "moderate",
            count=min(len(nodes), MOST_PLACES),
            text=line(str(row.get("help") or ""))[:200],
            where=_where(nodes[0]),
            sure=sure,
        )
    return list(found.values())


def _where(node: Any) -> str:
    """The selector of a place; within frames there are several, one for each."""
    target = node.get("target") if isinstance(node, dict) else None
    parts = [one for one in target if isinstance(one, str)] if isinstance(target, list) else []
    return line(" ".join(parts))[:200]


def _stamp(text: Any) -> str:
    """A moment with its offset, as it stands; empty for anything else."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return ""
    return str(text) if found is not None and found.tzinfo is not None else ""
