"""没办完的事:停用一个人、撤并一个单位之前,先让管理员看见还有什么在办,好另派人(C50、C51)。

这一层不认得上面各应用的事,由各应用启动时登记一个函数来说。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .models import Agency, User


@dataclass(frozen=True, slots=True)
class OpenItem:
    """一件在办的事:名称、现在的环节、网址。"""

    title: str
    stage: str
    url: str


Teller = Callable[..., Iterable[OpenItem]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Register ``teller(*, user=…)`` and ``teller(*, agency=…)``: what is under way in the hands of a person (as its
    author), or at an agency. Call it in ``AppConfig.ready``."""
    if teller not in _tellers:
        _tellers.append(teller)


def of(*, user: User | None = None, agency: Agency | None = None) -> list[OpenItem]:
    """Everything under way of a person or of an agency, in the order of the apps."""
    return [item for teller in _tellers for item in teller(user=user, agency=agency)]
