"""一份文件怎样变成词:标题、章节、正文、单位之间用分隔号断开,短语不会跨过去。"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from gongkai.adapters.words import Cutter, bigrams, fold, number_tokens

from .contract import Clause, Document, Field, Kind

BREAK = "¶"
# 一个问题最多取这么多个不同的词;再长的问题也只按这些找。
MOST_TOKENS = 200
MOST_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Tokens:
    """一份文件的词:标题、词、双字、附件里的双字。"""

    title: list[str]
    words: list[str]
    bigrams: list[str]
    attached: list[str]


def of_document(document: Document, cutter: Cutter) -> Tokens:
    """The tokens of a document."""
    title, heading, body, unit = map(fold, (document.title, document.heading, document.body, document.unit))
    numbers = number_tokens("\n".join((document.title, *document.numbers, document.body)))
    whole = "\n".join((title, heading, body, unit))
    pairs = bigrams(title)
    return Tokens(
        title=pairs,
        words=cutter.words(whole) + numbers,
        bigrams=[*pairs, BREAK, *bigrams(heading), BREAK, *bigrams(body), BREAK, *bigrams(unit)],
        attached=bigrams(fold(document.attached)) if document.attached else [],
    )


def of_question(text: str, field: Field, cutter: Cutter) -> dict[str, int]:
    """The tokens of a question and how often each occurs."""
    text = text[:MOST_CHARACTERS]
    tokens = cutter.words(text) + number_tokens(text) if field is Field.WORDS else bigrams(text)
    counted = Counter(tokens)
    return dict(counted.most_common(MOST_TOKENS))


@dataclass(frozen=True, slots=True)
class Needle:
    """What one spelling of a clause looks for: a row of bigrams, a word, or both."""

    row: tuple[str, ...]
    word: str


def of_clause(clause: Clause) -> list[Needle]:
    """The clause's own text first, then its synonyms; empty if nothing of it can be searched."""
    needles = []
    for text in (clause.text, *clause.others):
        plain = fold(text[:MOST_CHARACTERS]).strip()
        if clause.kind is Kind.NUMBER:
            tokens = number_tokens(text)
            needles += [Needle((), tokens[0])] if tokens else []
            continue
        if row := _row(plain):
            needles.append(Needle(row, plain if clause.kind is Kind.WORD else ""))
    return needles


def _row(plain: str) -> tuple[str, ...]:
    """The bigrams in a row, without a single Han character at either end beside other tokens.

    ``2024年`` gives ``2024`` and ``年``, but in ``2024年预算`` the text holds ``年预``: the edge cannot be compared.
    """
    row = bigrams(plain)[:MOST_TOKENS]
    while len(row) > 1 and _single(row[0]):
        row = row[1:]
    while len(row) > 1 and _single(row[-1]):
        row = row[:-1]
    return tuple(row)


def _single(token: str) -> bool:
    return len(token) == 1 and not token.isascii()
