"""样本区的电视问政:一场办结的、没有办到退回的、逾期的、在办的都有,一场刚公布清单。"""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.engagement import actions
from gongkai.engagement.models import TelevisedIssue
from gongkai.engagement.terms import IssueSource
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.org.sample import OFFICE, District, moment


def load(row: dict[str, Any], district: District) -> None:
    """One broadcast with its issues up to where the row says they are."""
    desks, day = district.desks, district.until + DAY * row["days"]
    host = desks[OFFICE]
    office, inspector = host.people[Role.OFFICE], host.people[Role.INSPECTOR]
    values = {
        "title": row["title"],
        "held_on": day,
        "pleased": row.get("pleased"),
        "displeased": row.get("displeased"),
    }
    made = actions.hold_broadcast(host.agency, values, by=office, at=moment(day, 22))
    for one in row["issues"]:
        desk = desks[one["owner"]]
        source = IssueSource.from_value(one["source"])
        issue = actions.add_issue(made, source, one["title"], "", desk.agency, by=office, at=moment(day, 22))
        _walk(issue, one, desk.people[Role.CLERK], inspector, day)
    actions.list_issues(made, by=office, at=moment(day + DAY, 9))


def _walk(issue: TelevisedIssue, row: dict[str, Any], clerk: Any, inspector: Any, day: date) -> None:
    if "promise" not in row:
        return
    due, start = day + DAY * row["promise_days"], moment(day + DAY, 10)
    issue = actions.promise_issue(issue, row["promise"], due, by=clerk, at=start)
    if "result" not in row:
        return
    issue = actions.settle_issue(issue, row["result"], by=clerk, at=moment(due, 15))
    kept = "kept" in row
    actions.revisit_issue(
        issue, kept, row["kept" if kept else "broken"], by=inspector, at=moment(due + DAY * 5, 10)
    )
