"""公众提问的后台任务:联系方式到期清除。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.org.jobs import periodic

from . import actions


@periodic("questions.erase", "公众提问：清除到期的联系方式", daily=time(2, 45))
def erase(*, on: date, at: datetime) -> str:
    """Contacts older than the office keeps them."""
    return f"清除了{actions.erase_contacts(at=at)}件联系方式"
