"""检查通报:数都由明细算,印出来以前拿同一把尺子(``gongkai bulletin check``)核一遍,对不上的印不出来。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongkai.adapters.readers import inspection
from gongkai.adapters.render import Box, Document, Part
from gongkai.law import inspection as law
from gongkai.law.errors import RuleBroken
from gongkai.law.indicators import Subject
from gongkai.law.outlets import Platform

from . import results
from .models import Finding, Round
from .results import Tally
from .terms import FindingState


def document(round: Round, author: str) -> Document:
    """The bulletin of a round that is being mended or closed.

    Raises:
        RuleBroken: a number does not fit the rows; that cannot happen unless the program is wrong.
    """
    samples = list(round.samples.select_related("outlet__agency").order_by("outlet__agency__order", "pk"))
    findings = list(
        Finding.objects.filter(round=round)
        .standing()
        .select_related("outlet", "agency")
        .order_by("agency__order", "pk")
    )
    tallies, units = results.summary(samples), results.by_unit(samples)
    checked(figures(round, tallies, units))
    parts = [
        Part("heading", "一、总体情况"),
        *_overall(round, tallies),
        Part("table", widths=(2.6, 1, 1, 1, 1.2), rows=_totals(tallies)),
        Part("heading", "二、各单位情况"),
        Part("table", widths=(3, 1, 1, 1, 1.2), rows=_units(units)),
        Part("heading", "三、主要问题"),
        *_problems(findings),
        Part("heading", "四、整改要求"),
        *_demands(findings),
    ]
    return Document(f"关于{round.name}情况的通报", author, tuple(parts))


def figures(round: Round, tallies: Sequence[Tally], units: Sequence[tuple[Any, Tally]]) -> dict[str, Any]:
    """The numbers of the bulletin in the form that ``bulletin check`` reads."""
    counts: list[dict[str, Any]] = [
        {"what": one.label, "checked": one.verified, "failed": one.failed, "stated_pass_rate": str(one.rate)}
        for one in tallies
        if one.rate is not None
    ]
    for subject, whole, part in shares(round):
        counts.append(
            {"what": subject.label, "total": whole, "checked": part, "stated_coverage": str(coverage(part, whole))}
        )
    counts.append(
        {
            "what": "各单位抽查之和",
            "total": round.samples.count(),
            "parts": {str(agency): one.checked for agency, one in units},
        }
    )
    return {"title": round.name, "counts": counts}


def shares(round: Round) -> list[tuple[Subject, int, int]]:
    """Sites and accounts: how many there were in the frame, how many of them were drawn."""
    drawn = [one.outlet.kind for one in round.samples.select_related("outlet")]
    found = []
    for subject in Subject:
        whole = sum(
            size
            for name, size in round.frame.items()
            if name.startswith(Platform.SITE.label) is (subject is Subject.SITE)
        )
        if whole:
            found.append((subject, whole, drawn.count(subject)))
    return found


def coverage(part: int, whole: int) -> Any:
    """A share in percent to two digits."""
    return law.in_print(law.rate(part, whole))


def checked(row: dict[str, Any]) -> None:
    """Hold the numbers against each other by the reader's own rule. Raises RuleBroken for a contradiction."""
    wrong = [entry for entry in inspection.check(row)["arithmetic"] if not entry["ok"]]
    if wrong:
        raise RuleBroken(
            f"通报的数自己对不上：{wrong[0]['what']}", fix="请把这一句报给维护的人；明细没有错，通报先不要发。"
        )


def _overall(round: Round, tallies: Sequence[Tally]) -> list[Part]:
    lines = [
        f"{subject.label}{whole}个，抽查{part}个，占{coverage(part, whole)}%"
        for subject, whole, part in shares(round)
    ]
    text = f"按照检查指标，以{round.on}为监测时间点，对全区政府网站和政务新媒体进行检查。{'；'.join(lines)}。"
    agreed = "在抽样以前就约定好" if round.drawing_id else "没有事先约定"
    method = f"抽样按平台和单位类别分层，种子{agreed}，为“{round.seed}”，上一轮没有改好的另外列入。"
    said = [
        f"{one.label}：核实{one.verified}个，不合格{one.failed}个，合格率{one.rate}%"
        + (f"，另有{one.unknown}个未能核实，不计入" if one.unknown else "")
        + "。"
        for one in tallies
        if one.rate is not None
    ]
    return [Part("text", text), Part("text", method), *(Part("text", line) for line in said)]


def _row(*cells: object, head: bool = False) -> tuple[Box, ...]:
    return tuple(Box("—" if cell is None else str(cell), head=head) for cell in cells)


def _percent(tally: Tally) -> str | None:
    return None if tally.rate is None else f"{tally.rate}%"


def _totals(tallies: Sequence[Tally]) -> tuple[tuple[Box, ...], ...]:
    head = _row("口径", "抽查", "不合格", "未能核实", "合格率", head=True)
    return (head, *(_row(one.label, one.checked, one.failed, one.unknown, _percent(one)) for one in tallies))


def _units(units: Sequence[tuple[Any, Tally]]) -> tuple[tuple[Box, ...], ...]:
    head = _row("单位", "抽查", "不合格", "未能核实", "合格率", head=True)
    return (head, *(_row(agency, one.checked, one.failed, one.unknown, _percent(one)) for agency, one in units))


def _problems(findings: Sequence[Finding]) -> list[Part]:
    if not findings:
        return [Part("text", "没有发现问题。")]
    parts = []
    for national, label in ((True, "国办检查指标"), (False, "本地口径")):
        rows = [one for one in findings if one.indicator.is_national is national]
        if rows:
            parts.append(Part("text", f"（{'一' if national else '二'}）{label}方面{len(rows)}个："))
            parts += [
                Part(
                    "text",
                    f"{number}. {one.agency}“{one.outlet}”：{one.indicator.label}。{_one_line(one.text)}{_state(one)}",
                )
                for number, one in enumerate(rows, 1)
            ]
    return parts


def _one_line(text: str) -> str:
    text = " ".join(text.split())[:200].rstrip("。")
    return f"{text}。"


def _state(finding: Finding) -> str:
    if finding.state == FindingState.CLOSED:
        return "（已改好，经复查）"
    return f"（第{finding.times}次出现，升级办理）" if finding.escalated_at else ""


def _demands(findings: Sequence[Finding]) -> list[Part]:
    left = [one for one in findings if one.state != FindingState.CLOSED]
    due = max((one.due_on for one in left if one.due_on), default=None)
    if not left:
        return [Part("text", "查出的问题都已经改好、经过复查。请各单位举一反三，防止再次发生。")]
    text = f"还有{len(left)}个问题没有改好" + (
        f"，请有关单位在{due}以前改好、报告" if due else "，请有关单位抓紧改好、报告"
    )
    return [Part("text", f"{text}，区政府办公室另行复查。没有力量维护的，按程序申请关停，注销完成以前照常更新。")]
