"""终端命令:``due``(应答复日)、``fee``(信息处理费)、``review``(一件申请办得对不对)。"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from . import calendar, clock, fees, money, procedure, receipt
from .commands import Answer, argument, command
from .errors import RuleBroken

LATEST_TARIFF = date(2021, 1, 1)


@command(
    "due",
    "收到申请之后最迟哪天答复",
    argument("--received", type=date.fromisoformat, required=True, help="收到申请之日"),
    argument("--channel", help="渠道:" + "、".join(one.value for one in receipt.Channel)),
    argument("--explain", action="store_true", help="逐日说明"),
    argument("--provisional", action="store_true", help="没有放假通知的年份推定"),
)
def due(received: date, channel: str | None = None, explain: bool = False, provisional: bool = False) -> Answer:
    """The reply deadline of an application, with its days if asked."""
    deadline = clock.reply_deadline(received, provisional=provisional)
    data: dict[str, Any] = {
        "received": received,
        "days": deadline.days,
        "due": deadline.due,
        "basis": deadline.source,
        "provisional": deadline.provisional,
    }
    text = f"应于 {deadline.due} 前答复({deadline.days}个工作日,依据{deadline.source})"
    if channel:
        found = receipt.received(_channel(channel), received, received, provisional=provisional)
        data |= {"channel": channel, "evidence": found.evidence}
        if found.on_day_off:
            lenient = clock.reply_deadline(found.lenient, provisional=provisional).due
            data["lenient_due"] = lenient
            text += f"\n收到之日不是工作日;如顺延到{found.lenient}收到,应于 {lenient} 前答复,以较早的为准"
    if deadline.provisional:
        text += f"\n{calendar.PROVISIONAL}"
    if explain:
        data["explanation"] = _days(deadline.explanation)
        text += "".join(
            f"\n{day.on}  {f'第{day.nth}日' if day.nth else '不计':<6} {day.reason}"
            for day in deadline.explanation
        )
    return Answer(text, data)


def _days(days: Iterable[calendar.Day]) -> list[dict[str, Any]]:
    return [
        {"day": day.on, "counted": day.counted, "nth": day.nth, "reason": day.reason, "notice": day.notice}
        for day in days
    ]


def _channel(name: str) -> receipt.Channel:
    for channel in receipt.Channel:
        if name in (channel.value, channel.label):
            return channel
    raise RuleBroken(
        f"不认得“{name}”这个渠道",
        fix="可用:" + "、".join(f"{one.value}({one.label})" for one in receipt.Channel) + "。",
    )


@command(
    "fee",
    "信息处理费多少元",
    argument("--items", type=int, help="一个自然月内的件数,按件合计"),
    argument("--pages", type=int, help="一件申请的页数,按量"),
    argument("--on", type=date.fromisoformat, default=LATEST_TARIFF, help="哪天的标准,默认现行标准施行之日"),
)
def fee(items: int | None = None, pages: int | None = None, on: date = LATEST_TARIFF) -> Answer:
    """The fee for a month\'s applications or for one application\'s pages, never both."""
    chosen = {
        basis for basis, given in ((fees.Basis.BY_ITEM, items), (fees.Basis.BY_PAGE, pages)) if given is not None
    }
    basis = fees.one_basis(frozenset(chosen))
    if basis is fees.Basis.BY_ITEM:
        n = items or 0
        if n < 0:
            raise RuleBroken(f"件数{n}不对", fix="件数不能是负数。")
        yuan = fees.items_total(n, on)
        source = fees.item_price.source  # type: ignore[attr-defined]
        text = f"{n}件共 {money.yuan(yuan)}(按件,依据{source})"
    else:
        yuan = fees.pages_total(pages or 0, on)
        source = fees.pages_total.source  # type: ignore[attr-defined]
        text = f"{pages}页共 {money.yuan(yuan)}(按量,依据{source})"
    number: int | float = int(yuan) if yuan == int(yuan) else float(yuan)
    return Answer(text, {"yuan": number, "basis": basis.value, "source": source})


@command(
    "review",
    "一件申请办得对不对:应答复日、环节、发现的问题",
    argument(
        "file",
        help="JSON 文件:{received, channel?, as_of?, steps: [{kind, on, days?, approver?, notified?, notified_on?, party?}]};- 读标准输入",
    ),
)
def review(file: str) -> Answer:
    """Judge a case described in JSON: due day, state, lateness, findings."""
    import sys

    text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    try:
        row = json.loads(text)
        if not isinstance(row, dict):
            raise TypeError("应当是一个对象")
        received = _day(row["received"])
        steps = [_step(one) for one in row.get("steps", [])]
        as_of = _day(row["as_of"]) if row.get("as_of") else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, RuleBroken):
            raise
        raise RuleBroken(
            f"文件读不懂:{error}", fix="请写明 received(收到之日)和 steps(每步的 kind、on)。"
        ) from None
    found = procedure.review(received, steps, as_of=as_of)
    data: dict[str, Any] = {
        "received": received,
        "due": found.due,
        "original_due": found.original_due,
        "latest_due": found.latest_due,
        "state": found.state,
        "state_label": found.state_label,
        "answered_on": found.answered_on,
        "late": found.late,
        "provisional": found.provisional,
        "start": found.start,
        "explanation": _days(found.explanation),
        "findings": [
            {"code": one.code, "message": one.message, "basis": one.basis, "fix": one.fix}
            for one in found.findings
        ],
    }
    if row.get("channel"):
        data["evidence"] = receipt.EVIDENCE[_channel(str(row["channel"]))]
    lines = [f"环节:{found.state_label}", f"应答复日:{found.due or '期限暂停计算'}"]
    lines += [f"逾期:{'是' if found.late else '否'}"] if found.late is not None else []
    lines += [f"问题:{one.message}{one.basis}" for one in found.findings] or ["没有发现问题"]
    return Answer("\n".join(lines), data)


def _day(value: Any) -> date:
    return date.fromisoformat(str(value)[:10])


def _step(row: dict[str, Any]) -> procedure.Step:
    if "days" in row and (isinstance(row["days"], bool) or not isinstance(row["days"], int)):
        raise RuleBroken(f"延长的工作日“{row['days']}”不是整数", fix="请写成数字,如 10。")
    extra = {key: value for key, value in row.items() if key not in ("kind", "on")}
    return procedure.Step(procedure.kind_of(str(row["kind"])), _day(row["on"]), extra)
