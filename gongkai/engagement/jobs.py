"""回应关切的后台任务:到期清除联系方式、报名信息、答卷的记号和写的话。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.org.jobs import periodic

from . import actions


@periodic("engagement.erase", "来信、报名：清除到期的联系方式", daily=time(3, 20))
def erase(*, on: date, at: datetime) -> str:
    """Contacts of letters answered and of events held, what was written in surveys and ratings, so long ago."""
    letters = actions.erase_contacts(before=at - DAY * params.at("engagement.letter_keep_days", on).value, at=at)
    signups = actions.erase_signups(before=at - DAY * params.at("engagement.signup_keep_days", on).value, at=at)
    marks = actions.erase_marks(before=at - DAY * params.at("engagement.survey_mark_days", on).value, at=at)
    notes = actions.erase_notes(before=at - DAY * params.at("engagement.signup_keep_days", on).value, at=at)
    remarks = actions.erase_remarks(before=at - DAY * params.at("engagement.survey_text_days", on).value, at=at)
    return (
        f"清除了{letters}封来信、{signups}个报名的联系方式，{marks}份答卷的记号、{remarks}条写的话，"
        f"{notes}个访谈评价的话"
    )
