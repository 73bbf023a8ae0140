"""调查的数:每题多少人答、每项几个、百分比由件数算;人少的不给小数、不给交叉表(``law.surveys``)。"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from gongkai.law import surveys as law
from gongkai.law.surveys import SCALE, QuestionKind

from .models import Choice, Survey, SurveyQuestion


@dataclass(frozen=True, slots=True)
class Row:
    """一项:几个人选,占答这一题的百分之几;``share`` 是横条的长,0到100。"""

    label: str
    count: int
    percent: str
    share: int


@dataclass(frozen=True, slots=True)
class Figures:
    """一题的数。``answered`` 是答这一题的份数,百分比的分母;打分题人够了才有均分。"""

    question: SurveyQuestion
    answered: int
    rows: tuple[Row, ...]
    mean: str = ""

    @property
    def how_to_read(self) -> str:
        """How to read the figures, in a sentence."""
        kind = QuestionKind.from_value(self.question.kind)
        if kind is QuestionKind.TEXT:
            return f"{self.answered}份写了话，不公布原话。"
        more = {
            QuestionKind.MULTIPLE: "可以多选，各项相加超过100%。",
            QuestionKind.SINGLE: "单选，各项相加等于答这一题的份数。",
            QuestionKind.SCALE: "1分最低，5分最高。" + (f"平均{self.mean}分。" if self.mean else ""),
        }
        return f"{self.answered}份答了这一题，百分比以此为分母；{more[kind]}"


def labels(question: SurveyQuestion) -> list[str]:
    """The options as they are shown."""
    return [f"{one}分" for one in SCALE] if question.kind == QuestionKind.SCALE else list(question.options)


def figures(survey: Survey, on: date) -> Iterator[Figures]:
    """The figures of each question, in their order."""
    counted = dict(
        Choice.objects.filter(question__survey=survey)
        .values_list("question")
        .annotate(sheets=Count("sheet", distinct=True))
    )
    written = dict(survey.questions.annotate(count=Count("remarks")).values_list("pk", "count"))
    by_option: Counter[tuple[int, int]] = Counter()
    rows = Choice.objects.filter(question__survey=survey).values_list("question", "option")
    for question, option, count in rows.annotate(count=Count("pk")):
        by_option[question, option] = count
    for one in survey.questions.all():
        if one.kind == QuestionKind.TEXT:
            yield Figures(one, written[one.pk], ())
            continue
        answered = counted.get(one.pk, 0)
        counts = [by_option[one.pk, place] for place in range(len(labels(one)))]
        made = tuple(
            Row(label, count, law.percent(count, answered, on), round(100 * count / answered) if answered else 0)
            for label, count in zip(labels(one), counts, strict=True)
        )
        yield Figures(one, answered, made, _mean(one, counts, answered, on))


def _mean(question: SurveyQuestion, counts: list[int], answered: int, on: date) -> str:
    if question.kind != QuestionKind.SCALE or answered < law.least_shown(on).value:
        return ""
    return f"{sum((place + 1) * count for place, count in enumerate(counts)) / answered:.2f}"


@dataclass(frozen=True, slots=True)
class Cross:
    """一题对另一题:行是前一题的选项。不能列的行是 ``None``。"""

    heads: list[str]
    rows: list[tuple[str, list[int] | None]]
    both: int


def cross(first: SurveyQuestion, second: SurveyQuestion, on: date) -> Cross:
    """One question against another, for those who answered both.

    Raises:
        RuleBroken: so few that somebody could be told from it.
    """
    pairs: Counter[tuple[int, int]] = Counter()
    sheets: dict[int, tuple[list[int], list[int]]] = {}
    for place, question in enumerate((first, second)):
        for sheet, option in question.choices.values_list("sheet", "option"):
            sheets.setdefault(sheet, ([], []))[place].append(option)
    both = [(mine, others) for mine, others in sheets.values() if mine and others]
    law.may_cross(len(both), on)
    people: Counter[int] = Counter()
    for mine, others in both:
        for option in mine:
            people[option] += 1
            for other in others:
                pairs[option, other] += 1
    heads, sides = labels(second), labels(first)
    shown = law.rows_shown([people[place] for place in range(len(sides))], on)
    rows = [
        (label, [pairs[place, other] for other in range(len(heads))] if shown[place] else None)
        for place, label in enumerate(sides)
    ]
    return Cross(heads, rows, len(both))
