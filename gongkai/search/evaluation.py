"""问答评测:应有的出处排第几、引文是否逐字、该拒的拒没拒、不该拒的拒没拒、把握准不准、要多久。"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from .answers import Answer, Answerer, Band
from .gold import UNANSWERABLE, Gold, Question
from .passages import sentences
from .scope import missing

_CURVE = (0.1, 0.2, 0.3, 0.5, 1.0)


@dataclass(slots=True)
class Tally:
    """一次评测的原始记录。``ranks``: 种类 → 每问出处的名次(没有的是 None)。"""

    ranks: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))
    sureness: list[tuple[float, int | None]] = field(default_factory=list)
    bands: Counter[str] = field(default_factory=Counter)
    not_evaluable: Counter[str] = field(default_factory=Counter)
    refused: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    quoted: int = 0
    verbatim: int = 0
    seconds: list[float] = field(default_factory=list)


def evaluate(
    questions: Sequence[Question],
    answerer: Answerer,
    gold: Gold,
    sources: Mapping[str, str],
    progress: Callable[[int], None] = lambda done: None,
) -> Tally:
    """Ask every question that can be judged.

    A question whose answer does not stand in the index is counted as not evaluable and nowhere else. A refused
    question counts as not found. Each question is judged once more with its answers taken out.
    """
    tally = Tally()
    for done, question in enumerate(questions):
        progress(done)
        wanted = gold.wanted_passages(question)
        if not wanted and question.kind != UNANSWERABLE:
            tally.not_evaluable[question.kind] += 1
            continue
        begun = time.perf_counter()
        why = missing(question.text, answerer.scope, answerer.engine, answerer.cutter)
        ranked = [] if why else answerer.find(question.text)
        answer = answerer.judge(question.text, ranked)
        tally.seconds.append(time.perf_counter() - begun)
        refused = answer.band is Band.NOT_FOUND
        tally.bands[answer.band] += 1
        _check_quotes(tally, answer, sources)
        if question.kind == UNANSWERABLE:
            tally.refused[UNANSWERABLE].append(refused)
            continue
        answers = set().union(*wanted)
        place = next((nth for nth, one in enumerate(ranked, 1) if one.key in answers), None)
        rank = None if refused else place
        tally.ranks[question.kind].append(rank)
        tally.sureness.append((answer.confidence, rank))
        tally.refused["answerable"].append(refused)
        rest = answerer.judge(question.text, [one for one in ranked if one.key not in answers])
        tally.refused["gold_removed"].append(rest.band is Band.NOT_FOUND)
    progress(len(questions))
    return tally


def _check_quotes(tally: Tally, answer: Answer, sources: Mapping[str, str]) -> None:
    """Count the sentences quoted and those that stand in the source word for word, at the place named."""
    for quote in answer.quotes:
        source = sources.get(quote.document.group, "")
        exact = source[quote.start : quote.end] == quote.text
        for start, end in sentences(quote.text):
            tally.quoted += 1
            tally.verbatim += exact and quote.text[start:end] in source


def report(tally: Tally) -> dict[str, Any]:
    """The measures, ready for JSON; shares between 0 and 1, intervals at 95 %, null where nothing was asked."""
    by_sureness = sorted(tally.sureness, key=lambda pair: -pair[0])
    curve = []
    for share in _CURVE:
        first = [rank for _, rank in by_sureness[: round(share * len(by_sureness))]]
        curve.append({"share": share, "n": len(first), "r1": _within(first, 1), "r5": _within(first, 5)})
    return {
        "kinds": {kind: _measures(ranks) for kind, ranks in sorted(tally.ranks.items())},
        "verbatim": tally.verbatim / tally.quoted if tally.quoted else None,
        "refused_right": _share(tally.refused[UNANSWERABLE]),
        "refused_wrong": _share(tally.refused["answerable"]),
        "p95_ms": _percentile(tally.seconds, 0.95),
        "p50_ms": _percentile(tally.seconds, 0.5),
        "refused": {name: {"n": len(rows), "refused": sum(rows)} for name, rows in sorted(tally.refused.items())},
        "not_evaluable": dict(sorted(tally.not_evaluable.items())),
        "bands": dict(sorted(tally.bands.items())),
        "curve": curve,
        "quoted_sentences": tally.quoted,
    }


def _measures(ranks: Sequence[int | None]) -> dict[str, Any]:
    return {
        "n": len(ranks),
        "r1": _within(ranks, 1),
        "r5": _within(ranks, 5),
        "r20": _within(ranks, 20),
        "mrr": round(fmean(1 / rank if rank else 0.0 for rank in ranks), 4),
        "r1_interval": interval(sum(rank == 1 for rank in ranks), len(ranks)),
        "r5_interval": interval(sum(bool(rank and rank <= 5) for rank in ranks), len(ranks)),
    }


def interval(hits: int, n: int) -> list[float]:
    """95 % interval of a share (Wilson).

    >>> interval(50, 100)
    [0.404, 0.596]
    """
    z = 1.96
    middle, spread = hits / n + z * z / (2 * n), z * ((hits / n * (1 - hits / n) + z * z / (4 * n)) / n) ** 0.5
    return [round(max(0.0, (middle - spread) / (1 + z * z / n)), 3), round((middle + spread) / (1 + z * z / n), 3)]


def _within(ranks: Sequence[int | None], k: int) -> float | None:
    return round(fmean(bool(rank and rank <= k) for rank in ranks), 4) if ranks else None


def _share(rows: Sequence[bool]) -> float | None:
    return round(fmean(rows), 4) if rows else None


def _percentile(values: Sequence[float], share: float) -> float | None:
    """In milliseconds."""
    return round(sorted(values)[min(len(values) - 1, int(share * len(values)))] * 1000, 1) if values else None
