"""无障碍样本(axe-core 的结果):在另一个进程里读,规则的中文名,一轮里各规则的汇总和导出。"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet

from gongkai.adapters import apart, axe
from gongkai.desk.moments import minute
from gongkai.law.errors import RuleBroken

from .models import Barrier, Finding, Outlet, Round
from .terms import Impact

#: Bytes of a result file; one page with everything in it comes to some two megabytes.
LARGEST = 20 * 1024 * 1024
HEAD = ["网站", "网址", "规则", "说明", "影响", "几处", "结论", "第一处", "时间", "问题"]


@dataclass(frozen=True, slots=True)
class Results:
    """一份结果文件:读到的网页和文件的散列。"""

    pages: list[axe.Page]
    sha256: str


def read(file: Any, outlet: Outlet) -> Results:
    """Read an uploaded result of this outlet's pages.

    Raises:
        RuleBroken: too large, no result of axe-core, or of another site.
    """
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RuleBroken(
            f"无障碍结果超过{LARGEST // 1024 // 1024} MB", fix="请分几份传，或者只导出违反和待核对的。"
        )
    try:
        pages = apart.run(apart.DESK, axe.read, data)
    except (apart.Stopped, axe.NotAxe) as error:
        raise RuleBroken(f"无障碍结果读不出来（{error}）", fix="请传 axe-core 导出的 JSON，不要改动。") from None
    for page in pages:
        if _host(page.url) != _host(outlet.url):
            raise RuleBroken(
                f"结果里的{page.url[:100]}不是“{outlet}”的网页",
                fix="请核对是不是传错了文件，或者先改台账里的网址。",
            )
    return Results(pages, hashlib.sha256(data).hexdigest())


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


@cache
def _names() -> dict[str, str]:
    text = files("gongkai.inspections").joinpath("data", "barriers.toml").read_text("utf-8")
    return tomllib.loads(text)["rules"]  # type: ignore[no-any-return]


def name_of(rule: str, text: str = "") -> str:
    """What a rule asks, in Chinese where it is known, else in the words of the tool."""
    return _names().get(rule, text or rule)


@dataclass(slots=True)
class RuleTotal:
    """一个网站的一条规则:几个网页、共几处。"""

    outlet: Outlet
    rule: str
    name: str
    impact: Impact
    sure: bool
    pages: int
    places: int
    finding: Finding | None


def rows_of(round: Round) -> QuerySet[Barrier]:
    """Every row of a round: of a page that was tested again only the newest result counts."""
    rows = Barrier.objects.filter(sample__round=round, current=True)
    return rows.select_related("evidence", "sample__outlet__agency")


def totals(rows: Iterable[Barrier], findings: Iterable[Finding]) -> list[RuleTotal]:
    """By site and rule, violations before what a person must look at, the worst first."""
    known = {(one.outlet_id, one.rule): one for one in findings}
    found: dict[tuple[int, str, bool], RuleTotal] = {}
    for row in rows:
        outlet = row.sample.outlet
        key = (outlet.pk, row.rule, row.sure)
        if key not in found:
            finding = known.get((outlet.pk, row.rule)) if row.sure else None
            name = name_of(row.rule, row.text)
            found[key] = RuleTotal(outlet, row.rule, name, Impact.from_value(row.impact), row.sure, 0, 0, finding)
        found[key].pages += 1
        found[key].places += row.count
    order = list(Impact)
    return sorted(
        found.values(),
        key=lambda barrier: (not barrier.sure, order.index(barrier.impact), -barrier.places, barrier.rule),
    )


def lines(rows: Iterable[Barrier], findings: Iterable[Finding]) -> Iterator[list[object]]:
    """One line a page and rule, for the export."""
    known = {(one.outlet_id, one.rule): one.number for one in findings}
    for row in rows:
        outlet = row.sample.outlet
        yield [
            outlet.name,
            row.evidence.url,
            row.rule,
            name_of(row.rule, row.text),
            Impact.from_value(row.impact).label,
            row.count,
            "违反" if row.sure else "待人核对",
            row.where,
            minute(row.evidence.at),
            known.get((outlet.pk, row.rule), "") if row.sure else "",
        ]
