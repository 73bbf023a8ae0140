"""百姓的说法:随包的说法表(``lay_words.toml``),和拼音打的词。"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from pypinyin import lazy_pinyin

from gongkai.adapters.words import fold, softened

#: 拆开说的:几处都在话里才算(房子＋塌),写成 ``房子+塌``。
_APART = "+"


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    text = files("gongkai.search").joinpath("lay_words.toml").read_text("utf-8")
    return {said: tuple(written.split("、")) for said, written in tomllib.loads(text)["words"].items()}


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """What people say → what papers write, the likeliest first."""
    return {said: written for said, written in _table().items() if _APART not in said}


@cache
def patterns() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """What people say in parts that stand anywhere in the sentence → what papers write; the longest first."""
    apart = {tuple(said.split(_APART)): written for said, written in _table().items() if _APART in said}
    return dict(sorted(apart.items(), key=lambda row: -sum(map(len, row[0]))))


@cache
def weak_words() -> frozenset[str]:
    """Words that need not stand in a paper as long as something else is asked for: what one does, has, is afraid of."""
    return frozenset(files("gongkai.search").joinpath("weak_words.txt").read_text("utf-8").split())


def in_parts(text: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The longest pattern whose parts all stand in the text, and what papers write for it.

    >>> in_parts("家里房子快塌了")
    (('房子', '塌'), ('危房改造', '房屋安全鉴定'))
    """
    plain = fold(text)
    return next(
        ((parts, written) for parts, written in patterns().items() if all(part in plain for part in parts)), None
    )


@cache
def vocabulary() -> frozenset[str]:
    """Every word of the table, said or written: a query is not cut in the midst of one."""
    return frozenset([*words(), *(word for written in _table().values() for word in written)])


@cache
def written_only() -> tuple[str, ...]:
    """What papers write and people do not say, in a fixed order."""
    return tuple(sorted(vocabulary() - words().keys()))


def by_sound(text: str, known: Iterable[str]) -> str | None:
    """The word that letters spell, in full or by initials; None if they spell none that is known. What southern
    accents do not tell apart (zh and z, ng and n) need not be right.

    Args:
        known: words that stand in the index; those of the table are known as well.

    >>> by_sound("dibao", []), by_sound("DB", []), by_sound("ｇｚｆ", []), by_sound("hello", [])
    ('低保', '低保', '公租房', None)
    >>> by_sound("gonzufang", [])
    '公租房'
    """
    parts = unicodedata.normalize("NFKC", text).lower().split()
    if len(parts) > 1 and all(part.isascii() and part.isalpha() and len(part) > 1 for part in parts):
        told = [word for part in parts if (word := by_sound(part, known) or _passing(part))]
        if told and not all(word in weak_words() for word in told):
            return by_sound("".join(parts), known) or " ".join(told)
    letters = "".join(parts)
    if not letters.isascii() or not letters.isalpha() or len(letters) < 2:
        return None
    spelled = _spelled(tuple(known))
    return spelled.get(letters) or (spelled.get(softened(letters)) if len(letters) >= _SOFT else None)


@cache
def _weak_spelled() -> Mapping[str, str]:
    return {"".join(lazy_pinyin(word)): word for word in weak_words() if len(word) > 1}


def _passing(letters: str) -> str | None:
    """A word that is only said in passing, by its letters."""
    return _weak_spelled().get(letters)


#: 拼得不准的,至少要有这么多个字母才认。
_SOFT = 6


@lru_cache(maxsize=4)
def _spelled(known: tuple[str, ...]) -> Mapping[str, str]:
    """Spelling → word; of several with one spelling the first of the table, then of the index."""
    found: dict[str, str] = {}
    loose: dict[str, str] = {}
    written = (word for row in words().values() for word in row)
    for word in dict.fromkeys((*words(), *known, *written)):
        if not all("\u4e00" <= sign <= "\u9fff" for sign in word):
            continue
        syllables = lazy_pinyin(word)
        full = "".join(syllables)
        found.setdefault(full, word)
        found.setdefault("".join(syllable[0] for syllable in syllables), word)
        loose.setdefault(softened(full), word)
    return loose | found
