"""提问的种类。收提问的应用各说自己的一种(``Room.questions``):谁看、谁答、谁放行、要不要核定,记在哪个应用名下。

权限和动作的名称仍然是那个应用的(``policies.write``、``search.answer``),权限表和操作记录不因合成一套而变。
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.core.exceptions import ImproperlyConfigured

from gongkai.desk.rooms import rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """一种提问。

    Attributes:
        key: what stands in the row.
        app: the app under whose name its steps are logged (``policies.ask``).
        letter: stands in its numbers (``MH0101-P-2026-0001``).
        view, answer, publish: rights to see it, to answer it, and to settle or publish an answer of somebody else.
        settled_first: an answer reaches the asker only after somebody else settled it; else at once.
        moves: what belongs to another unit is transferred to it; else the asker is told where to go and it is closed.
        takes_contact: whether it asks for the asker's name, telephone or mail, which the desk then shows.
        purpose: sets its codes apart from those of other uses (``org.codes``); never changed, or old codes are lost.
        waiting: the name and the hint of those that wait, on the desk's first page.
    """

    key: str
    label: str
    app: str
    letter: str
    view: str
    answer: str
    publish: str
    settled_first: bool
    moves: bool
    takes_contact: bool
    purpose: str
    waiting: tuple[str, str]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order of the apps.

    Raises:
        ImproperlyConfigured: two kinds with one key or one letter.
    """
    found = [kind for room in rooms() for kind in room.questions]
    if len({kind.key for kind in found}) < len(found) or len({kind.letter for kind in found}) < len(found):
        raise ImproperlyConfigured("两种提问用了同一个名称，或者编号里同一个字母")
    return {kind.key: kind for kind in found}
