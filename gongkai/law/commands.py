"""终端命令的登记处:``@command`` 登记,``python -m gongkai.law`` 取用。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Argument = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """一个回答:给人看的文字和给程序用的数据。"""

    text: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """一条命令:说明、参数、做事的函数。"""

    about: str
    arguments: tuple[Argument, ...]
    run: Callable[..., Answer]


COMMANDS: dict[str, Command] = {}


def argument(*names: str, **options: Any) -> Argument:
    """One argument, as ``argparse`` takes it."""
    return names, options


def command(
    name: str, about: str, *arguments: Argument
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Register a function as a terminal command; a later one of the same name takes its place."""

    def mark(run: Callable[..., Answer]) -> Callable[..., Answer]:
        COMMANDS[name] = Command(about, arguments, run)
        return run

    return mark
