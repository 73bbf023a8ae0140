"""法律用语:一个词一个枚举成员,带中文名。"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A string constant that carries its Chinese term in ``.label``.

    >>> class Colour(Term):
    ...     RED = "red", "红"
    >>> Colour.RED.label, Colour("red") is Colour.RED
    ('红', True)
    """

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a form field or a model column, in the order of definition."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def from_value(cls, value: str) -> Self:
        """The member of this value. Raises ValueError if there is none."""
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"{cls.__name__}里没有“{value}”")
