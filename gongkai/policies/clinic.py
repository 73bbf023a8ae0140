"""云诊所:从正在受理的事项里编出问卷,拿回答去对,逐条说为什么符合、不符合、还不清楚。不写任何东西。"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gongkai.law import params
from gongkai.law.calendar import DAY
from gongkai.records import html

from .amounts import Worked
from .fit import Answer, Answers, Audience, FactKind, Need, Verdict, judge
from .models import Condition, Fact, Measure, Redemption
from .models.clinic import Standing

#: 问卷和结果里用得着的:现在能申请的,和很快能申请的。
USABLE = (Standing.OPEN, Standing.COMING)


@dataclass(frozen=True, slots=True)
class Line:
    """一条条件对下来:原话、判断、一句解释。"""

    condition: Condition
    verdict: Verdict
    words: str
    either: bool


@dataclass(frozen=True, slots=True)
class Result:
    """一个事项对下来。"""

    measure: Measure
    standing: Standing
    verdict: Verdict
    lines: tuple[Line, ...]

    @property
    def unknown(self) -> list[Line]:
        return [one for one in self.lines if one.verdict is Verdict.UNKNOWN]

    @property
    def worked(self) -> Worked | None:
        """The amount, where no number is needed for it."""
        return self.measure.amount.work()


def measures(at: datetime, audience: Audience | None = None) -> list[Measure]:
    """What the public may read now, with its conditions."""
    rows = Measure.objects.shown(at).select_related("policy", "agency").prefetch_related("conditions__fact")
    return list(rows.filter(audience=audience) if audience else rows)


def standings(rows: Iterable[Measure], on: date) -> list[tuple[Measure, Standing]]:
    """Each with what it is on a day; those replaced by a new wording are left out."""
    return [(one, one.standing(on)) for one in rows if not (one.ended_at and one.ended_why == REPLACED)]


#: 被新的一份替换而结束的,公众清单里只列新的。
REPLACED = "由新的一份替换"


def facts(rows: Iterable[Measure]) -> list[Fact]:
    """What to ask, each question once; those on which most depends come first."""
    asked: dict[int, tuple[Fact, set[int]]] = {}
    for measure in rows:
        for condition in measure.conditions.all():
            asked.setdefault(condition.fact_id, (condition.fact, set()))[1].add(measure.pk)
    return [fact for fact, of in sorted(asked.values(), key=lambda pair: (-len(pair[1]), pair[0].pk))]


def results(rows: Iterable[tuple[Measure, Standing]], answers: Answers) -> list[Result]:
    """Each usable measure explained: what fits first, then what is still open, then what does not."""
    found = [explain(measure, standing, answers) for measure, standing in rows if standing in USABLE]
    rank = (Verdict.FITS, Verdict.UNKNOWN, Verdict.NOT)
    return sorted(found, key=lambda result: (rank.index(result.verdict), len(result.unknown), -result.measure.pk))


def explain(measure: Measure, standing: Standing, answers: Answers) -> Result:
    """One measure, line by line; the verdict is that of the same tests."""
    rows = [(one, one.test()) for one in measure.conditions.all()]
    lines = tuple(
        Line(one, test.judge(answers), words(one.fact, test, answers.get(test.fact)), test.group != 0)
        for one, test in rows
    )
    return Result(measure, standing, judge((test for _, test in rows), answers), lines)


def words(fact: Fact, test: Need, answer: Answer | None) -> str:
    """Why it fits or not, in a sentence."""
    wanted = wish(test, fact.unit)
    if answer is None:
        return f"没有回答“{fact.label}”，要求{wanted}。"
    told = "符合" if test.holds(answer) else "不符合"
    return f"“{fact.label}”您答{answer_in_words(answer, fact.unit)}，要求{wanted}，{told}。"


def answer_in_words(answer: Answer, unit: str) -> str:
    """An answer as it is repeated."""
    if isinstance(answer, bool):
        return "“是”" if answer else "“否”"
    if isinstance(answer, Decimal):
        return f"{answer:f}{unit}"
    return f"“{answer}”"


def wish(test: Need, unit: str) -> str:
    """What a test wants."""
    if test.kind is FactKind.YES_NO:
        return "“是”" if test.yes else "“否”"
    if test.kind in (FactKind.CHOICE, FactKind.PLACE):
        return f"是{'、'.join(f'“{one}”' for one in sorted(test.among))}{'之一' if len(test.among) > 1 else ''}"
    low, high, tail = (test.low, test.high, unit) if test.kind is FactKind.NUMBER else (test.since, test.until, "")
    if low is None:
        return f"不{'大于' if tail or test.kind is FactKind.NUMBER else '晚于'}{high}{tail}"
    if high is None:
        return f"不{'小于' if test.kind is FactKind.NUMBER else '早于'}{low}{tail}"
    return f"在{low}{tail}到{high}{tail}之间"


def redemptions(measure: Measure) -> list[Redemption]:
    """What was granted year by year, the newest first; of two wordings that told a year the newer one's."""
    rows = Redemption.objects.filter(measure__in=measure.lineage).select_related("by").order_by("measure_id")
    return sorted({row.year: row for row in rows}.values(), key=lambda row: -row.year)


def stale(measure: Measure) -> list[str]:
    """Quoted sentences that the policy's present text no longer holds."""
    edition = measure.policy.live
    text = squeezed(html.text_of(edition.body)) if edition else ""
    quotes = [one.quote for one in measure.conditions.all()]
    return [one for one in quotes if squeezed(one) not in text]


def squeezed(text: str) -> str:
    """Without any white space, so that a line break in the body does not part a sentence."""
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Calendar:
    """政策日历:即将截止、即将开始、正在受理、全年受理、不再受理。"""

    closing: list[Measure]
    coming: list[Measure]
    dated: list[Measure]
    always: list[Measure]
    over: list[tuple[Measure, Standing]]


def calendar(rows: Iterable[tuple[Measure, Standing]], on: date) -> Calendar:
    """The measures by what happens to them soon."""
    soon = on + DAY * soon_days(on)
    made = Calendar([], [], [], [], [])
    for measure, standing in rows:
        if standing is Standing.COMING:
            made.coming.append(measure)
        elif standing is not Standing.OPEN:
            made.over.append((measure, standing))
        elif measure.closes_on is None:
            made.always.append(measure)
        else:
            (made.closing if measure.closes_on <= soon else made.dated).append(measure)
    made.closing.sort(key=lambda measure: measure.closes_on)
    made.dated.sort(key=lambda measure: measure.closes_on)
    made.coming.sort(key=lambda measure: measure.opens_on)
    return made


def soon_days(on: date) -> int:
    """How many days ahead counts as soon."""
    return int(params.at("clinic.soon_days", on).value)
