"""一轮的结果:按阵地的明细、按单位的汇总、合格率;数都由明细算,分母写明,核实不了的不进分母。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.law import inspection as law
from gongkai.law.indicators import Subject
from gongkai.org.models import Agency

from .models import Sample

HEAD = ["平台", "名称", "主办单位", "层", "国办口径", "得分", "本地口径", "检查人", "查完"]
QUALIFIED = {True: "合格", False: "不合格", None: "未能核实"}


@dataclass(frozen=True, slots=True)
class Tally:
    """一类的数:抽查、合格、不合格、未能核实;合格率的分母是核实了的。"""

    label: str
    checked: int
    failed: int
    unknown: int

    @property
    def verified(self) -> int:
        return self.checked - self.unknown

    @property
    def rate(self) -> Decimal | None:
        """The pass rate in percent to two digits; None where nothing was verified."""
        return law.in_print(law.rate(self.verified - self.failed, self.verified)) if self.verified else None


def tally(label: str, samples: Iterable[Sample], *, local: bool = False) -> Tally:
    """Count one group, by the national or the local verdict."""
    given = [one.locally if local else one.qualified for one in samples]
    return Tally(label, len(given), given.count(False), given.count(None))


def summary(samples: Sequence[Sample]) -> list[Tally]:
    """Sites and accounts by the national table, accounts by the local one too."""
    sites = [one for one in samples if one.outlet.kind is Subject.SITE]
    accounts = [one for one in samples if one.outlet.kind is Subject.ACCOUNT]
    found = [
        tally("网站（国办口径）", sites),
        tally("政务新媒体（国办口径）", accounts),
        tally("政务新媒体（本地口径）", accounts, local=True),
    ]
    return [one for one in found if one.checked]


def by_unit(samples: Sequence[Sample]) -> list[tuple[Agency, Tally]]:
    """The same by the unit in charge, in the units' order."""
    units: dict[int, list[Sample]] = {}
    for sample in samples:
        units.setdefault(sample.outlet.agency_id, []).append(sample)
    found = [(rows[0].outlet.agency, tally(str(rows[0].outlet.agency), rows)) for rows in units.values()]
    return sorted(found, key=lambda pair: (pair[0].order, pair[0].pk))


def rows(samples: Iterable[Sample]) -> Iterator[list[object]]:
    """One line an outlet, for the export."""
    for sample in samples:
        yield [
            sample.outlet.get_platform_display(),
            sample.outlet,
            sample.outlet.agency,
            sample.stratum,
            QUALIFIED[sample.qualified],
            sample.score,
            QUALIFIED[sample.locally],
            sample.done_by_id and sample.done_by,
            sample.done_at and sample.done_at.date(),
        ]
