"""调查的数:百分比一律由件数算,写明多少人答;人少的不给小数、不给交叉表,免得认出是谁。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from . import params
from .errors import RuleBroken
from .terms import Term


class QuestionKind(Term):
    """一道题怎样答。"""

    SINGLE = "single", "单选"
    MULTIPLE = "multiple", "多选"
    SCALE = "scale", "打分"
    TEXT = "text", "文字"

    @property
    def is_counted(self) -> bool:
        """Whether its answers are counted by option."""
        return self is not QuestionKind.TEXT


#: 打分题的五级,从低到高。
SCALE = ("1", "2", "3", "4", "5")


def may_open(*, opens: datetime, closes: datetime, questions: int) -> None:
    """Open a survey.

    Raises:
        RuleBroken: it closes before it opens, or asks nothing.
    """
    if closes <= opens:
        raise RuleBroken("截止不晚于开始", fix="请核对起止的时刻。")
    if questions == 0:
        raise RuleBroken("一道题也没有", fix="请先加题。")


def least_shown(on: date) -> params.Param:
    """Fewer answers than this get no decimals and no table of one question against another."""
    return params.at("engagement.survey_least", on)


def percent(count: int, answered: int, on: date) -> str:
    """A share in words: of how many it is taken is for the caller to say beside it; with few answers whole numbers.

    >>> percent(3, 9, date(2026, 9, 1)), percent(17, 19, date(2026, 9, 1)), percent(0, 0, date(2026, 9, 1))
    ('33%', '89.47%', '')
    """
    if answered == 0:
        return ""
    digits = 2 if answered >= least_shown(on).value else 0
    return f"{_half_up(count * 100 * 10**digits, answered) / 10**digits:.{digits}f}%"


def _half_up(number: int, by: int) -> int:
    """Rounded as people round: half goes up; integers only, so that no sum is a hair off."""
    return (2 * number + by) // (2 * by)


def may_cross(smallest: int, on: date) -> None:
    """Show the answers to one question against those to another.

    Args:
        smallest: how many answered both.

    Raises:
        RuleBroken: so few that somebody could be told from the table.
    """
    least = least_shown(on)
    if smallest < least.value:
        raise RuleBroken(
            f"两题都答了的只有{smallest}人，不到{least.value}人，不给交叉表",
            source=least.source,
            fix="人少的交叉表认得出是谁；请等答的人多些，或者只看各题的数。",
        )


def rows_shown(totals: Sequence[int], on: date) -> list[bool]:
    """Which rows of a table of one question against another may be shown: none with few people, and never all but
    one, since what is left out alone follows from the sums.

    >>> rows_shown([40, 12, 3], date(2026, 9, 1)), rows_shown([40, 12, 0], date(2026, 9, 1))
    ([True, False, False], [True, True, True])
    """
    least = least_shown(on).value
    shown = [total == 0 or total >= least for total in totals]
    if shown.count(False) == 1:
        rest = [place for place, total in enumerate(totals) if shown[place] and total]
        if rest:
            shown[min(rest, key=lambda place: totals[place])] = False
    return shown
