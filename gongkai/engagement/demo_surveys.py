"""样本区的调查:一次公布了结果,一次正在征集(答的还少)。答卷按固定的次序编出来。"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongkai.engagement import actions
from gongkai.engagement.models import SurveyQuestion
from gongkai.engagement.survey_figures import labels
from gongkai.law.agencies import Role
from gongkai.law.calendar import DAY
from gongkai.law.surveys import QuestionKind
from gongkai.org.sample import moment


def load(row: dict[str, Any], desk: Any, until: date) -> None:
    """One survey with its sheets; told where the row has its limits."""
    clerk, head = desk.people[Role.CLERK], desk.people[Role.HEAD]
    first, last = until + DAY * row["opened"], until + DAY * row["closes"]
    values = {
        "title": row["title"],
        "intro": row["intro"],
        "opens_at": moment(first, 9),
        "closes_at": moment(last, 18),
    }
    made = actions.draft_survey(desk.agency, values, by=clerk, at=moment(first - DAY, 10))
    questions = [
        actions.add_question(
            made,
            QuestionKind.from_value(one["kind"]),
            one["text"],
            one.get("options", ()),
            is_required=one.get("required", False),
            by=clerk,
            at=moment(first - DAY, 10),
        )
        for one in row["questions"]
    ]
    actions.release_survey(made, by=head, at=moment(first - DAY, 15))
    at = moment(first, 10)
    for number in range(row["sheets"]):
        at += timedelta(hours=1)
        answers = {one.pk: _answer(one, number) for one in questions}
        # 每二十份里有一份是同一网络、同一种浏览器又答的
        actions.answer_survey(made, answers, at=at, visitor=f"sample-{number - (number % 20 == 19)}")
    if "limits" in row:
        actions.tell_survey(made, row["limits"], row["measures"], by=head, at=moment(last + DAY, 10))


def _answer(question: SurveyQuestion, number: int) -> list[int] | str:
    """Spread unevenly, and the same each time."""
    most = len(labels(question))
    if question.kind == QuestionKind.TEXT:
        return "希望再多开一个窗口。" if number % 6 == 0 else ""
    if question.kind == QuestionKind.SCALE:
        return [] if number % 9 == 0 else [4 - number % 3]
    if question.kind == QuestionKind.MULTIPLE:
        return sorted({number % most, (number * number) % most})
    return [min(number % 5, most - 1) if number % 2 else 0]
