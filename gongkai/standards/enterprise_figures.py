"""公共企事业单位的数:一家该公开的公开了几项、通知提前量够不够、一年的申诉。"""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.law.row_due import is_stale
from gongkai.org.models import Agency

from .models import Complaint, Enterprise, Outage
from .terms import ComplaintState


def contents(enterprise: Enterprise, on: date) -> list[dict[str, Any]]:
    """Each required content with where it stands: its article, the place, and what is wrong."""
    known = {one.key: one for one in enterprise.disclosures.all()}
    out = []
    for content in enterprise.kind.contents:
        found = known.get(content.key)
        fault = "没有公开" if found is None else found.fault
        if found and not fault and is_stale(found.updated_on, on):
            fault = "很久没有更新"
        out.append({"content": content, "found": found, "fault": fault})
    return out


def coverage(enterprise: Enterprise, on: date) -> int:
    """Hundredths of the required contents that are there and in order."""
    rows = contents(enterprise, on)
    return 100 * sum(not one["fault"] for one in rows) // len(rows)


def year_figures(bureau: Agency, year: int) -> dict[str, int]:
    """The figures of one year: units, notices and how many came too late, complaints and how many in time."""
    outages = Outage.objects.filter(enterprise__bureau=bureau, starts_at__year=year).select_related("enterprise")
    complaints = Complaint.objects.filter(enterprise__bureau=bureau, received_at__year=year)
    told = [one for one in complaints if one.state == ComplaintState.TOLD]
    return {
        "units": Enterprise.objects.filter(bureau=bureau, is_listed=True).count(),
        "outages": len(outages),
        "short": sum(one.lead.enough is False for one in outages),
        "complaints": complaints.count(),
        "told": len(told),
        "upheld": sum(bool(one.upheld) for one in told),
        "in_time": sum(bool(one.told_at and one.told_at.date() <= one.due_on) for one in told),
    }
