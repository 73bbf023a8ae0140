"""百姓的说法:随包的说法表(``lay_words.toml``),和拼音打的词。"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from pypinyin import Style, lazy_pinyin


@cache
def words() -> Mapping[str, tuple[str, ...]]:
    """What people say → what papers write, the likeliest first."""
    text = files("gongkai.search").joinpath("lay_words.toml").read_text("utf-8")
    return {said: tuple(written.split("、")) for said, written in tomllib.loads(text)["words"].items()}


@cache
def vocabulary() -> frozenset[str]:
    """Every word of the table, said or written: a query is not cut in the midst of one."""
    return frozenset([*words(), *(word for written in words().values() for word in written)])


def by_sound(text: str, known: Iterable[str]) -> str | None:
    """The word that letters spell, in full or by initials; None if they spell none that is known.

    Args:
        known: words that stand in the index; those of the table are known as well.

    >>> by_sound("dibao", []), by_sound("DB", []), by_sound("ｇｚｆ", []), by_sound("hello", [])
    ('低保', '低保', '公租房', None)
    """
    letters = unicodedata.normalize("NFKC", "".join(text.split())).lower()
    if not letters.isascii() or not letters.isalpha() or len(letters) < 2:
        return None
    return _spelled(tuple(known)).get(letters)


@lru_cache(maxsize=4)
def _spelled(known: tuple[str, ...]) -> Mapping[str, str]:
    """Spelling → word; of several with one spelling the first of the table, then of the index."""
    found: dict[str, str] = {}
    for word in (*words(), *known):
        if not all("\u4e00" <= sign <= "\u9fff" for sign in word):
            continue
        full = "".join(lazy_pinyin(word))
        initials = "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))
        found.setdefault(full, word)
        found.setdefault(initials, word)
    return found
