"""登记无障碍样本:每个网页一份证据,违反的一条规则成为一个疑似问题,定不了的留给人核对。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongkai.adapters import axe
from gongkai.adapters.crawl import Reached
from gongkai.law.errors import RuleBroken
from gongkai.law.indicators import Answer, Subject
from gongkai.org import access
from gongkai.org.models import User

from .. import barriers
from ..judging import Found
from ..models import Barrier, Evidence, Sample
from ..terms import Impact, Origin, RoundState
from .common import record_found
from .findings import suspect
from .outlets import noted

#: The indicator under which barriers stand.
CODE = "D.ACCESS"
#: Pages that the text of a finding names.
NAMED = 5


@transaction.atomic
def record_barriers(
    sample: Sample, pages: Sequence[axe.Page], sha256: str, *, by: User, at: datetime
) -> list[Barrier]:
    """登记一份检测结果。没有发现违反的不答“符合”:工具查得出的只是一部分,键盘和读屏要由人试。

    Args:
        pages: what ``barriers.read`` gave.
        sha256: of the file; the file itself is not kept, since it quotes pages at length.

    Raises:
        RuleBroken: the round is not being checked, or the outlet is no site.
    """
    outlet, round = sample.outlet, sample.round
    access.require(by, "inspections.check", outlet.agency)
    if round.state != RoundState.CHECKING:
        raise RuleBroken(f"这一轮{round.get_state_display()}，不登记无障碍样本", fix="请先开始这一轮。")
    if outlet.kind is not Subject.SITE:
        raise RuleBroken("无障碍样本只收网站的", fix="账号请由人打开看。")
    pages = list({page.url: page for page in pages}.values())
    sample.barriers.filter(evidence__url__in=[page.url for page in pages]).update(current=False)
    rows: list[Barrier] = []
    by_rule: dict[str, list[Barrier]] = {}
    for page in pages:
        evidence = Evidence.objects.create(
            outlet=outlet,
            url=page.url,
            at=page.at or at,
            reached=Reached.OK,
            sha256=sha256,
            note=f"axe-core {page.version or '（版本没有写）'}的结果，通过{page.passed}条规则",
        )
        for barrier in page.barriers:
            row = Barrier(
                sample=sample,
                evidence=evidence,
                rule=barrier.rule,
                impact=barrier.impact,
                count=barrier.count,
                sure=barrier.sure,
                text=barrier.text,
                where=barrier.where,
            )
            rows.append(row)
            if barrier.sure:
                by_rule.setdefault(barrier.rule, []).append(row)
    Barrier.objects.bulk_create(rows)
    record_found(sample, {CODE: _found(rows, by_rule, len(pages))}, at=at)
    for rule, found in by_rule.items():
        worst = max(found, key=lambda row: row.count)
        suspect(
            outlet,
            CODE,
            finding_text(rule, found),
            by=by,
            at=at,
            origin=Origin.ROUND,
            round=round,
            evidence=worst.evidence,
            url=worst.evidence.url,
            barrier=rule,
        )
    what = f"{len(pages)}个网页，违反{len(by_rule)}条规则"
    noted("barriers", outlet, f"无障碍样本：{what}", at=at, by=by, sha256=sha256)
    return rows


def _found(rows: Sequence[Barrier], by_rule: dict[str, list[Barrier]], pages: int) -> Found:
    open_ = len({row.rule for row in rows if not row.sure})
    left = f"；另有{open_}条规则工具定不了，请人核对" if open_ else ""
    if by_rule:
        places = sum(row.count for found in by_rule.values() for row in found)
        return Found(
            Answer.SHORT, f"检测{pages}个网页，违反{len(by_rule)}条规则，共{places}处{left}", len(by_rule)
        )
    text = f"检测{pages}个网页，没有发现违反{left}；键盘、读屏请由人试"
    return Found(Answer.UNKNOWN, text)


def finding_text(rule: str, rows: Sequence[Barrier]) -> str:
    """What a finding says of one rule: what it asks, how bad, how often, on which pages."""
    worst = min((Impact.from_value(row.impact) for row in rows), key=list(Impact).index)
    ordered = sorted(rows, key=lambda row: -row.count)
    named = "、".join(f"{row.evidence.url}（{row.count}处）" for row in ordered[:NAMED])
    more = f"等{len(rows)}个网页" if len(rows) > NAMED else ""
    name = barriers.name_of(rule, rows[0].text)
    places = sum(row.count for row in rows)
    return f"{name}（规则 {rule}，影响{worst.label}）：{len(rows)}个网页共{places}处。{named}{more}"
