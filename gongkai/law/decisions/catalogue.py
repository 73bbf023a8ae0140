"""年度目录:排得下排不下,能不能公布。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .. import calendar, params
from ..errors import RuleBroken
from ..sources import cite, implements
from .facts import Finding


@dataclass(frozen=True, slots=True)
class Fit:
    """目录里一项排得下排不下:最早哪天能完成。"""

    earliest: date
    planned: date

    @property
    def fits(self) -> bool:
        return self.earliest <= self.planned


def fit(entered_on: date, planned: date) -> Fit:
    """Whether 30 days of consultation and 7 working days of review fit before the planned day (W7).

    >>> fit(date(2026, 3, 30), date(2026, 4, 30)).fits
    False
    """
    days = params.at("decisions.consultation_days", planned).value
    after = calendar.DAY * days + entered_on
    return Fit(calendar.add(after, params.at("decisions.legality_days", planned).value, provisional=True), planned)


def late(year: int, published_on: date | None, on: date) -> Finding | None:
    """Whether the catalogue of a year comes late (W8): published, or still not, after the month that is usual.

    >>> late(2026, date(2026, 4, 30), date(2026, 11, 2)), late(2026, None, date(2026, 5, 1)).code
    (None, 'W8')
    """
    usual = params.at("decisions.catalogue_month", date(year, 12, 31))
    if ((published_on or on).year, (published_on or on).month) <= (year, usual.value):
        return None
    said = f"{published_on}才公布" if published_on else "还没有公布"
    return Finding(
        "W8",
        f"{year}年度的目录{said}，一般在{usual.value}月底以前公布",
        usual.source,
        "请尽快公布；公布以前要办的事项，照条例的程序办，不等目录。",
    )


@implements("decision:3.3")
def may_publish_catalogue(*, meeting: str, party_consent_on: date | None, items: int, unruled: int = 0) -> None:
    """Pass a yearly catalogue on to be published.

    Args:
        unruled: proposals that came in and were not discussed.

    Raises:
        RuleBroken: it is empty, a proposal was not discussed, or the meeting or the Party committee's consent is not
            entered.
    """
    if not items:
        raise RuleBroken("目录里一项也没有", fix="今年没有重大决策事项的，请按“本年度无目录”办理。")
    if unruled:
        raise RuleBroken(
            f"还有{unruled}条目录建议没有论证",
            source=cite("decision:10"),
            fix="请逐条论证：采纳、并入其他事项，或者不采纳并写理由。",
        )
    if not meeting.strip():
        raise RuleBroken("没有填审定目录的会议", fix="请写明第几次常务会议，不要留空。")
    if party_consent_on is None:
        raise RuleBroken(
            "没有登记同级党委同意", source=cite("decision:3.3"), fix="目录经同级党委同意后公布，请填日期和文号。"
        )


@implements("decision:10")
def may_propose(*, problem: str, basis: str, plan: str) -> None:
    """Pass on a proposal of a department or a lower government (第十条第二项).

    Raises:
        RuleBroken: it does not say what is to be solved, on what grounds, or how.
    """
    given = {"拟解决的主要问题": problem, "建议理由和依据": basis, "初步方案、必要性和可行性": plan}
    if lacking := [name for name, text in given.items() if not text.strip()]:
        raise RuleBroken(
            f"单位的建议没有写{'、'.join(lacking)}", source=cite("decision:10"), fix="请补齐，再报送论证。"
        )
