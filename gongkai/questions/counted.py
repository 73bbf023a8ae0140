"""公众提问自己会数的数(``desk.figures``):按时答复。各步记在收提问的应用名下,所以跟着它们的操作。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from gongkai.desk.figures import Figure, Shown, answered_or_owed, of_rows

from .models import Question


def _questions(agencies: Sequence[int], on: date) -> QuerySet[Question]:
    """Answered in the year by that day, or run out in it unanswered."""
    rows = Question.objects.filter(agency__in=agencies).annotate(answered_day=TruncDate("answered_at"))
    return rows.filter(answered_or_owed(on, answered="answered_day", due="due_on"))


def _timely(rows: QuerySet[Question], on: date) -> QuerySet[Question]:
    return rows.filter(Q(due_on=None) | Q(answered_day__lte=F("due_on")), answered_day__lte=on)


def _question(row: Question, counts: bool) -> Shown:
    """A question by its number alone: its words may tell of a person."""
    title = row.number or f"提问{row.pk}"
    return Shown(title, row.get_absolute_url(), row.agency_id, counts, f"{row.due_on}到期" if row.due_on else "")


FIGURES: tuple[Figure, ...] = (
    of_rows(
        rows=_questions,
        meeting=_timely,
        owner="agency",
        show=_question,
        key="questions.timely",
        label="公众提问按时答复率",
        above="按时答复的提问",
        below="当年答复和到期没有答复的提问",
        clauses=("4.4", "7.3"),
        follows=("policies", "search"),
        note="法律没有定期限的，答复了就算按时。",
    ),
)
