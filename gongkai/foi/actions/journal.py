"""案卷的操作记录:说明都以受理编号开头,单位和对象都是这件申请。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongkai.org import actions as org
from gongkai.org.models import LogEntry, User

from ..masking import shown
from ..models import Application


def log(
    action: str, application: Application, what: str, *, at: datetime, by: User | None = None, **detail: Any
) -> LogEntry:
    """One entry about this case; ``what`` follows its number.

    The log is never changed, so nothing can be taken out of it later: what looks like personal data, and the names of
    the applicant, are masked in what officials write as a reason.
    """
    detail = {
        key: shown(value, application.personal) if isinstance(value, str) else value
        for key, value in detail.items()
    }
    return org.log(
        action,
        f"{application.number}：{shown(what, application.personal)}",
        at=at,
        by=by,
        agency=application.agency,
        about=application,
        **detail,
    )
