"""政策给多少:几种固定的算法,算得出数额,也说得出是怎样算的。不是法律规定,是各件政策自己写的标准。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.law import money
from gongkai.law.errors import RuleBroken
from gongkai.law.money import digits
from gongkai.law.terms import Term

_NUMBER = re.compile(r"\d{1,12}(\.\d{1,2})?", re.ASCII)
_CENT = Decimal("0.01")


class AmountKind(Term):
    """数额的算法。"""

    NONE = "none", "没有写明数额，或者是服务和便利"
    FIXED = "fixed", "固定数额"
    RANGE = "range", "在一个范围以内，由单位核定"
    PER_UNIT = "per_unit", "每单位多少，可以封顶"
    PERCENT = "percent", "按比例，可以封顶"
    TIERS = "tiers", "分档"


#: 要人报一个数才算得出的。
COUNTED = frozenset({AmountKind.PER_UNIT, AmountKind.PERCENT, AmountKind.TIERS})


def number(text: object) -> Decimal | None:
    """A plain non-negative number of at most two decimals; full-width digits and thousands commas are read too.

    >>> number("1,200.5"), number("１２"), number("-3"), number("1e9")
    (Decimal('1200.5'), Decimal('12'), None, None)
    """
    plain = str(text).strip().translate(_NARROW).replace(",", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def yuan(value: Decimal) -> str:
    """An amount in words of the page.

    >>> yuan(Decimal("200000")), yuan(Decimal("1500.50")), yuan(Decimal("12345"))
    ('20万元', '1500.5元', '12345元')
    """
    if value >= 10000 and value % 1000 == 0:
        return f"{digits(value / 10000)}万元"
    return money.yuan(value)


@dataclass(frozen=True, slots=True)
class Worked:
    """算出的结果:从多少到多少,和算法的一句话。"""

    low: Decimal
    high: Decimal
    how: str

    @property
    def words(self) -> str:
        return yuan(self.low) if self.low == self.high else f"{yuan(self.low)}至{yuan(self.high)}"


@dataclass(frozen=True, slots=True)
class Amount:
    """一件政策的数额。``yuan`` 是数额、下限或者每单位多少,``high`` 是上限,``tiers`` 是(不超过多少, 多少元),最后一档不限。"""

    kind: AmountKind
    yuan: Decimal = Decimal(0)
    high: Decimal | None = None
    cap: Decimal | None = None
    percent: Decimal = Decimal(0)
    tiers: tuple[tuple[Decimal | None, Decimal], ...] = ()
    base: str = ""
    unit: str = ""

    @classmethod
    def read(cls, kind: str, data: Mapping[str, Any]) -> Amount:
        """From what is stored: numbers are strings, ``tiers`` is text of lines like ``30=1000`` with a last ``以上=3000``.

        Raises:
            RuleBroken: something is missing, or the tiers do not rise.
        """
        of = AmountKind.from_value(kind)
        low, high, cap, percent = (_given(data, key) for key in ("yuan", "high", "cap", "percent"))
        made = cls(
            of,
            low or Decimal(0),
            high,
            cap,
            percent or Decimal(0),
            _tiers(str(data.get("tiers", ""))),
            str(data.get("base", "")).strip(),
            str(data.get("unit", "")).strip(),
        )
        if fault := made._fault():
            raise RuleBroken(fault, fix="请照政策原文填写数额。")
        return made

    def _fault(self) -> str:
        if self.kind in (AmountKind.FIXED, AmountKind.RANGE, AmountKind.PER_UNIT) and not self.yuan:
            return "没有填数额"
        if self.kind is AmountKind.RANGE and (self.high is None or self.high <= self.yuan):
            return "范围的上限要比下限大"
        if self.kind is AmountKind.PERCENT and not 0 < self.percent <= 100:
            return "比例要大于0、不超过100"
        if self.kind is AmountKind.TIERS and len(self.tiers) < 2:
            return "分档至少要有两档"
        if self.kind in COUNTED and not (self.base and self.unit):
            return "没有填按什么数算、用什么单位"
        return ""

    @property
    def is_counted(self) -> bool:
        """Whether a number must be given."""
        return self.kind in COUNTED

    @property
    def words(self) -> str:
        """The rule as a phrase."""
        capped = f"，最高{yuan(self.cap)}" if self.cap else ""
        if self.kind is AmountKind.NONE:
            return "没有写明数额，或者是服务和便利"
        if self.kind is AmountKind.FIXED:
            return yuan(self.yuan)
        if self.kind is AmountKind.RANGE:
            return f"{yuan(self.yuan)}至{yuan(self.high or self.yuan)}"
        if self.kind is AmountKind.PER_UNIT:
            return f"每{self.unit}{yuan(self.yuan)}{capped}"
        if self.kind is AmountKind.PERCENT:
            return f"{self.base}的{digits(self.percent)}%{capped}"
        return "；".join(self._tier(n) for n in range(len(self.tiers)))

    def _tier(self, nth: int) -> str:
        top, value = self.tiers[nth]
        bottom = self.tiers[nth - 1][0] if nth else None
        if top is None:
            span = f"超过{digits(bottom or Decimal(0))}{self.unit}的"
        else:
            over = f"超过{digits(bottom)}{self.unit}、" if bottom is not None else ""
            span = f"{over}不超过{digits(top)}{self.unit}的"
        return f"{self.base}{span}，{yuan(value)}"

    def work(self, given: Decimal | None = None) -> Worked | None:
        """How much; None when a number is needed and was not given, or no money is given.

        >>> Amount.read("per_unit", {"yuan": "200", "cap": "5000", "base": "装机功率", "unit": "千瓦"}).work(Decimal(30)).how
        '30千瓦×200元=6000元，超过最高5000元，按5000元'
        """
        if self.kind is AmountKind.NONE or (self.is_counted and given is None):
            return None
        if self.kind is AmountKind.FIXED:
            return Worked(self.yuan, self.yuan, "固定数额")
        if self.kind is AmountKind.RANGE:
            return Worked(self.yuan, self.high or self.yuan, "在这个范围以内，由受理单位核定")
        given = given or Decimal(0)
        if self.kind is AmountKind.TIERS:
            nth = next(n for n, (top, _) in enumerate(self.tiers) if top is None or given <= top)
            return Worked(
                self.tiers[nth][1],
                self.tiers[nth][1],
                f"{self.base}{digits(given)}{self.unit}，适用“{self._tier(nth)}”",
            )
        return self._capped(given)

    def _capped(self, given: Decimal) -> Worked:
        if self.kind is AmountKind.PER_UNIT:
            found, how = given * self.yuan, f"{digits(given)}{self.unit}×{digits(self.yuan)}元"
        else:
            found, how = given * self.percent / 100, f"{digits(given)}{self.unit}×{digits(self.percent)}%"
        found = found.quantize(_CENT)
        how = f"{how}={digits(found)}元"
        if self.cap is not None and found > self.cap:
            return Worked(self.cap, self.cap, f"{how}，超过最高{yuan(self.cap)}，按{yuan(self.cap)}")
        return Worked(found, found, how)


def _given(data: Mapping[str, Any], key: str) -> Decimal | None:
    text = str(data.get(key, "") or "").strip()
    if not text:
        return None
    if (value := number(text)) is None:
        raise RuleBroken(f"“{text[:20]}”不是数", fix="请填不超过两位小数的数，单位是元或者百分之一。")
    return value


def _tiers(text: str) -> tuple[tuple[Decimal | None, Decimal], ...]:
    rows: list[tuple[Decimal | None, Decimal]] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for nth, line in enumerate(lines, 1):
        top, _, value = line.partition("=")
        limit, worth = (None if top.strip() == "以上" else number(top)), number(value)
        last = nth == len(lines)
        before = rows[-1][0] if rows else None
        rising = limit is None or before is None or limit > before
        if worth is None or (limit is None) is not last or not rising:
            raise RuleBroken(
                f"分档的“{line[:30]}”读不懂", fix="一行一档，从小到大，如“30=1000”，最后一行写“以上=3000”。"
            )
        rows.append((limit, worth))
    return tuple(rows)
