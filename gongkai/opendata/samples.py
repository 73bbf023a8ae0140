"""样本区数据集的行:照 ``data/demo.toml`` 里一列一列的写法编,每次编得一样。"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from gongkai.law.calendar import DAY
from gongkai.law.opendata.updating import months_after

_NUMBERS = "一二三四五六七八九十"


class Maker:
    """Makes the cells of one dataset; ``until`` is the last day that they speak of."""

    def __init__(self, table: dict[str, Any], title: str, until: date) -> None:
        self.towns, self.roads, self.until = table["towns"], table["roads"], until
        self.chance = random.Random(f"{title}{until}")  # noqa: S311  样本数据,不是密码

    def text(self, columns: Sequence[str], rows: int) -> str:
        """The whole table as CSV."""
        named = [column.split("|") for column in columns]
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(column[0] for column in named)
        for number in range(rows):
            cells = [self.cell(column[1].split(" "), number, rows) for column in named]
            writer.writerow(self._summed(cells))
        return buffer.getvalue()

    def _summed(self, cells: list[str]) -> list[str]:
        """A cell that is the sum of those after it."""
        if "sum" not in cells:
            return cells
        place = cells.index("sum")
        whole = sum(float(cell) for cell in cells[place + 1 :])
        return [*cells[:place], f"{whole:.2f}", *cells[place + 1 :]]

    def cell(self, how: list[str], number: int, rows: int) -> str:
        """One cell."""
        kind, rest = how[0], how[1:]
        town = self.towns[number % len(self.towns)]
        match kind:
            case "name":
                turn = number // len(self.towns)
                return (
                    f"{town[:2]}第{_NUMBERS[turn % 10]}{rest[0]}"
                    if turn < 10
                    else f"{town[:2]}第{turn + 1}{rest[0]}"
                )
            case "town":
                return str(town)
            case "road":
                return f"{self.roads[number % len(self.roads)]}{self.chance.randrange(1, 400)}号"
            case "int":
                return str(self.chance.randrange(int(rest[0]), int(rest[1]) + 1))
            case "num":
                low, high, places = float(rest[0]), float(rest[1]), int(rest[2])
                return f"{self.chance.uniform(low, high):.{places}f}"
            case "pick":
                return str(self.chance.choice(rest[0].split("、")))
            case "code":
                return f"{rest[0]}〔2026〕{number + 1}号" if len(rest[0]) > 2 else f"{rest[0]}{number + 1:05}"
            case "phone":
                return f"0571-0000{number % 100:02}{self.chance.randrange(10, 99)}"
            case "sum":
                return kind
        return self._when(kind, rest, number, rows)

    def _when(self, kind: str, rest: list[str], number: int, rows: int) -> str:
        back = rows - 1 - number
        match kind:
            case "date":
                first = date(int(rest[0]), 1, 1)
                span = max((self.until - first).days, 1)
                return (first + DAY * self.chance.randrange(span)).isoformat()
            case "day":
                return (self.until - DAY * (back // 5)).isoformat()
            case "week":
                monday = self.until - DAY * self.until.weekday()
                return (monday - DAY * 7 * back).isoformat()
            case "month":
                day = months_after(self.until.replace(day=1), -1 - back // 5)
                return f"{day.year}年{day.month}月"
            case "quarter":
                day = months_after(self.until.replace(day=1), -3 - 3 * (back // 4))
                return f"{day.year}年{(day.month + 2) // 3}季度"
            case "years":
                return str(self.until.year - 1 - back)
            case "year":
                return str(self.until.year - number % 3)
            case "moment":
                hour = timedelta(hours=back % 24)
                return f"{self.until.isoformat()} {int(23 - hour.total_seconds() // 3600):02}:00:00"
        raise ValueError(f"样本里没有“{kind}”这种列")
