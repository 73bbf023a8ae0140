"""政策的后台任务:有效期将满的提醒,届满的记一笔(失效本身是日期的函数,不用谁去改)。"""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.desk.moments import end_of, local_day
from gongkai.law import interpretation, normative
from gongkai.law.calendar import DAY
from gongkai.law.marks import titled
from gongkai.law.normative import reminder
from gongkai.org.actions import log, move_days
from gongkai.org.jobs import periodic
from gongkai.org.jobs import recount as after_notice
from gongkai.questions.models import Question, QuestionState

from .models import Document
from .questions import POLICY

_FURTHEST = 400


@periodic("policies.terms", "规范性文件：有效期将满和届满", daily=time(7, 30))
def terms(*, on: date, at: datetime) -> str:
    """Told on fixed days before the end, and once on the first day after it, so that a night made up tells the same."""
    rows = Document.objects.public(end_of(on)).filter(
        record__repealed_on=None, record__expires_on__range=(on - DAY, on + DAY * _FURTHEST)
    )
    soon = over = 0
    for row in rows.select_related("record__agency").order_by("pk"):
        record, last = row.record, row.record.expires_on
        if last == on - DAY:
            said = f"{titled(record)}（{row.number}）的有效期到{last}届满，自{on}起失效"
            log("policies.expired", said, at=at, agency=record.agency, about=record)
            over += 1
        elif last >= on and (left := reminder(last, on)) is not None:
            told = f"还有{left}天" if left else "今天是最后一天"
            said = f"{titled(record)}（{row.number}）的有效期到{last}届满，{told}，请评估后修改、延长或者任其失效"
            log("policies.expiring", said, at=at, agency=record.agency, about=record)
            soon += 1
    return f"提醒了{soon}件，{over}件届满" if soon or over else "没有要提醒的"


def expiring(on: date) -> tuple[date, date]:
    """The first and the last day of those about which a reminder is due some time."""
    furthest = max(normative.params.at("normative.remind_days", on).value)
    return on, on + DAY * furthest


@after_notice("policies.questions", "政策提问的最迟答复日")
def question_days(*, at: datetime) -> list[str]:
    """Questions that nobody has answered yet."""
    rows = Question.objects.filter(kind=POLICY.key, state__in=(QuestionState.OPEN, QuestionState.DRAFTED))
    return move_days(
        rows.exclude(due_on=None).select_related("agency"),
        lambda question: interpretation.answer_due(local_day(question.asked_at)).due,
        unit=lambda question: question.agency,
        at=at,
        name=lambda question: question.number or str(question.pk),
    )
