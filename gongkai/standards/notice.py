"""一期村务公开打印的一张:三务、逐笔的账、合计、监督委员会的意见。"""

from __future__ import annotations

from gongkai.adapters.render.document import Box, Document, Part
from gongkai.law.villages import Affairs

from .models import Item, Period


def groups(period: Period) -> list[tuple[str, list[Item]]]:
    """The items under the three kinds, empty kinds left out."""
    items = list(period.items.all())
    found = [(kind.label, [one for one in items if one.kind == kind]) for kind in Affairs]
    return [(label, rows) for label, rows in found if rows]


def document(period: Period) -> Document:
    """The notice, as it hangs on the board."""
    village = period.village
    parts = []
    for label, items in groups(period):
        parts.append(Part("heading", label))
        for number, item in enumerate(items, start=1):
            text = "（名单已到期撤下）" if item.removed_at else item.content
            parts.append(Part("text", f"{number}. {item.title}" + (f"：{text}" if text else "")))
    entries = list(period.entries.all())
    if entries:
        parts += [Part("heading", "财务收支"), Part("table", widths=(2.4, 5, 2.4, 2.4), rows=tuple(_rows(period)))]
    if period.reviewers:
        opinion = period.opinion or "同意公布。"
        parts.append(Part("text", f"监督委员会意见：{opinion}（{period.reviewers}，{period.reviewed_on}）"))
    parts.append(
        Part("text", f"公布日期：{period.posted_on}。对公布的内容有异议的，请向监督委员会或者{village.town}反映。")
    )
    return Document(
        f"{village}{period}村务公开" if not village.is_community else f"{village}{period}居务公开",
        str(village.town),
        tuple(parts),
    )


def _rows(period: Period) -> list[tuple[Box, ...]]:
    head = tuple(Box(name, head=True) for name in ("日期", "摘要", "收入（元）", "支出（元）"))
    sums = period.sums
    rows = [head, (Box(""), Box("上期结转"), Box(f"{sums['carried']:.2f}"), Box(""))]
    for entry in period.entries.all():
        amount = f"{entry.amount:.2f}"
        rows.append(
            (
                Box(f"{entry.on}"),
                Box(entry.what),
                Box(amount if entry.is_income else ""),
                Box("" if entry.is_income else amount),
            )
        )
    rows.append((Box(""), Box("本期合计"), Box(f"{sums['income']:.2f}"), Box(f"{sums['spent']:.2f}")))
    rows.append((Box(""), Box("期末结余"), Box(f"{sums['left']:.2f}"), Box("")))
    return rows
