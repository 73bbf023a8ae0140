"""读一页互动交流:``gongkai engagement check``。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..pages.agency import agency
from ..pages.days import put_online, shown, signed
from ..pages.text import Page, page
from . import events, kinds, letters, surveys

Found = tuple[dict[str, Any], list[tuple[str, str]]]

_READ: dict[str, Callable[[Page], Found]] = {
    kinds.LETTER: letters.reply,
    kinds.STATISTICS: lambda read: (letters.statistics(read), []),
    kinds.SURVEY: surveys.survey,
    kinds.CALL: surveys.call,
    kinds.VISIT: events.visit,
    kinds.PRESS: events.briefing,
    kinds.TV: events.broadcast,
    kinds.TALK: events.talk,
    kinds.OPINION: events.opinion,
    kinds.RULES: letters.rules,
}


def check(row: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a page (``title``, ``text``, ``url``) by its kind, and ``violations`` with the words they rest on."""
    read = page(row)
    kind = kinds.kind(read)
    facts, faults = _READ[kind](read) if kind else ({}, [])
    return {
        "kind": kind,
        "agency": agency(read, titled=kind != kinds.LETTER),
        "issued": shown(signed(read)),
        "published": shown(put_online(read)),
        **facts,
        "violations": [{"code": code, "quote": words} for code, words in faults],
    }
