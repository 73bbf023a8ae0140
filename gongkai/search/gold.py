"""评测用的标准答案:一个问题的答案在检索库的哪几条、哪几段。只用来量,检索时不看。"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.adapters.engine import Document, Engine, Field, key_of
from gongkai.adapters.words import bigrams

from .laws import plain_title
from .passages import label_of

UNANSWERABLE = "unanswerable"
_CITED = re.compile(
    r"\A(?P<title>.+?)(?P<label>第[零〇一二三四五六七八九十百千]+条(?:之[零〇一二三四五六七八九十百千]+)?)"
)
# 同名同条号,文字却不到六成相同的,是另一个版本的另一条。
_SAME_TEXT = 0.6
# 答案的字有这么多在某一段里,这一段就是出处。
_ANSWERED = 0.8
_SHORTEST_ANSWER = 6


@dataclass(frozen=True, slots=True)
class Question:
    """一个评测问题。``cited`` 是答案所在的条文名或者网址,``texts`` 是它们的文字(若给了)。"""

    text: str
    kind: str
    cited: tuple[str, ...]
    texts: Mapping[str, str]
    answer: str
    source: str


def read_questions(path: Path) -> list[Question]:
    """The questions of a jsonl file."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
    return [
        Question(
            str(row["question"]),
            str(row.get("kind") or "?"),
            tuple(row.get("gold_docs") or ()),
            row.get("gold_text") or {},
            str(row.get("answer_span") or ""),
            str(row.get("source") or ""),
        )
        for row in rows
    ]


class Gold:
    """Finds the passages that answer, among the documents of an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._cited: dict[tuple[str, str], list[Document]] = defaultdict(list)
        self._groups: dict[str, list[Document]] = defaultdict(list)
        for document in engine.every_document():
            self._groups[document.group.partition("#")[0]].append(document)
            if label := label_of(document.body):
                self._cited[plain_title(document.title), label].append(document)

    def wanted_passages(self, question: Question) -> list[set[int]]:
        """For each thing that answers, the keys of its passages (each version counts); empty: not in the index."""
        found = [keys for name in question.cited if (keys := self._named(name, question))]
        if found or question.cited or question.kind == UNANSWERABLE:
            return found
        if whole := self._groups.get(question.source):
            held = _holding(whole, question.answer)
            return [held] if held else []
        near = self._engine.candidates(question.answer, Field.BIGRAMS, 50)
        holding = _holding(self._engine.documents([one.key for one in near]).values(), question.answer)
        return [holding] if holding else []

    def _named(self, name: str, question: Question) -> set[int]:
        if whole := self._groups.get(name):
            return _holding(whole, question.answer)
        match = _CITED.fullmatch(name.strip())
        if match is None:
            return set()
        documents = self._cited.get((plain_title(match["title"]), match["label"]), [])
        text = question.texts.get(name, "")
        return {key_of(one.id) for one in documents if not text or _held(text, one.body) >= _SAME_TEXT}


def _holding(documents: Iterable[Document], answer: str) -> set[int]:
    """Those of the passages that hold the answer best; none if it stands in a part that is not kept."""
    shares = {key_of(one.id): _held(answer, f"{one.title}\n{one.body}") for one in documents}
    best = max(shares.values(), default=0.0)
    if len(answer) < _SHORTEST_ANSWER and best < 1:
        return set()
    return {key for key, share in shares.items() if share == best} if best >= _ANSWERED else set()


def _held(part: str, whole: str) -> float:
    """Share of the bigrams of ``part`` that stand in ``whole``."""
    wanted = set(bigrams(part))
    return len(wanted & set(bigrams(whole))) / len(wanted) if wanted else 0.0
