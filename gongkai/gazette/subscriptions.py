"""可以订阅的:公报出了一期。"""

from __future__ import annotations

from gongkai.notices.topics import Happened, Topic
from gongkai.org.models import LogEntry

from .models import Issue

_OUT = ("gazette.publish", "gazette.out")


def read(entry: LogEntry) -> Happened | None:
    """An issue that is out at this moment; one with a moment to come is told when it comes."""
    if entry.action not in _OUT:
        return None
    issue = Issue.objects.select_related("masthead__agency").filter(pk=entry.object_id).first()
    if issue is None or not issue.is_public(entry.at):
        return None
    return Happened(
        key=str(issue.pk), title=issue.title, address=issue.get_absolute_url(), agency=issue.masthead.agency
    )


ISSUE = Topic(key="gazette.issue", label="政府公报", what="每出一期公报告诉您。", read=read)
