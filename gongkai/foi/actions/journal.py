"""案卷的操作记录:说明都以受理编号开头,单位和对象都是这件申请。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.org import actions as org
from gongkai.org.models import LogEntry, User

from ..models import Application


def log(
    action: str, application: Application, what: str, *, at: datetime, by: User | None = None, **detail: Any
) -> LogEntry:
    """One entry about this case; ``what`` follows its number. No personal data in clear."""
    return org.log(
        action,
        f"{application.number}：{what}",
        at=at,
        by=by,
        agency=application.agency,
        about=application,
        **detail,
    )
