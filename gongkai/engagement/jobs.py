"""回应关切的后台任务:到期清除联系方式、报名信息、答卷的记号和写的话。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.desk.moments import local_day
from gongkai.law import dialogue, params
from gongkai.law import engagement as law
from gongkai.law.calendar import DAY
from gongkai.law.engagement import LetterKind
from gongkai.org.actions import move_days
from gongkai.org.jobs import periodic
from gongkai.org.jobs import recount as after_notice

from . import actions
from .models import Asked, Letter
from .terms import OWED_STATES


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


@after_notice("engagement.days", "来信、访谈提问的最迟答复日")
def days(*, at: datetime) -> list[str]:
    """Letters that wait for a reply; one that was extended keeps the day that its writer was told."""
    letters = Letter.objects.open().filter(extended_reason="").select_related("agency")
    owed = (
        Asked.objects.filter(state__in=OWED_STATES)
        .exclude(due_on=None)
        .exclude(interview__closed_at=None)
        .select_related("interview__agency")
    )
    return [
        *move_days(
            letters,
            lambda letter: law.letter_due(LetterKind(letter.kind), local_day(letter.received_at)).due,
            unit=lambda letter: letter.agency,
            at=at,
        ),
        *move_days(
            owed,
            lambda question: dialogue.answer_due(local_day(question.interview.closed_at)).due,
            unit=lambda question: question.interview.agency,
            at=at,
            name=lambda question: f"{question.pk}",
        ),
    ]
