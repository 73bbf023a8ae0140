"""法律法规库:一行一部法的 jsonl(可压缩)读成一条一份的文件,带上效力高低、地方、是否已有新版本。"""

from __future__ import annotations

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.adapters.engine import Document

from .passages import Passage, cut, with_mark
from .weights import weights

_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR_AT_END = re.compile(r"[（(]\d{4}[^（()）]*[）)]$")
# 旧版本:与较新的同名法至少有一半的条号相同。民法典各编同名而条号不同,不是版本。
_SAME_SHARE = 0.5
REPLACED = "已有新版本"
IN_FORCE = "有效"


@dataclass(frozen=True, slots=True)
class Law:
    """一部法。``history`` 是通过、修正、施行的沿革。"""

    number: int
    category: str
    title: str
    history: tuple[str, ...]
    text: str
    passages: tuple[Passage, ...]

    @property
    def group(self) -> str:
        return f"law:{self.number}"

    @property
    def place(self) -> str:
        """The region whose rule it is; empty for national law."""
        return self.category.rpartition("/")[2] if "地方" in self.category else ""

    @property
    def latest(self) -> date | None:
        """The last day that its history names."""
        days = []
        for year, month, day in _DATE.findall("\n".join(self.history)):
            try:
                days.append(date(int(year), int(month), int(day)))
            except ValueError:
                continue
        return max(days, default=None)


def read_laws(path: Path) -> list[Law]:
    """Every law of a file, cut into articles."""
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    return [
        Law(
            number,
            str(row.get("category", "")),
            str(row["title"]).strip(),
            tuple(row.get("history") or ()),
            str(row["text"]),
            tuple(cut(str(row["text"]))),
        )
        for number, row in enumerate(rows)
    ]


def plain_title(title: str) -> str:
    """A title as people cite it: no book marks, no 中华人民共和国, no year in brackets at its end.

    >>> plain_title("《中华人民共和国公司法》（2018年修正）")
    '公司法'
    """
    return re.sub(r"中华人民共和国|[《》〈〉\s]", "", _YEAR_AT_END.sub("", title.strip()))


def replaced(laws: Sequence[Law]) -> set[int]:
    """Numbers of the laws of which a later version stands beside them."""
    by_title: dict[tuple[str, str], list[Law]] = defaultdict(list)
    for law in laws:
        by_title[plain_title(law.title), law.place].append(law)
    old: set[int] = set()
    for versions in by_title.values():
        versions.sort(key=lambda law: law.latest or date.min)
        labels = [{one.label for one in law.passages} for law in versions]
        for nth, law in enumerate(versions):
            for later in labels[nth + 1 :]:
                least = min(len(labels[nth]), len(later))
                if least and len(labels[nth] & later) >= _SAME_SHARE * least:
                    old.add(law.number)
    return old


def documents(laws: Sequence[Law]) -> Iterator[Document]:
    """One document a passage, for the search engine."""
    old = replaced(laws)
    for law in laws:
        kind, standing = _kind(law)
        if law.number in old:
            standing += weights().superseded
        on = law.latest
        title = law.title.replace("中华人民共和国", "") or law.title
        for passage in law.passages:
            yield with_mark(
                Document(
                    id=f"{law.group}:{passage.start}",
                    title=title,
                    heading=passage.heading,
                    body=passage.text,
                    unit=law.place,
                    category=law.category.partition("/")[0],
                    kind=kind,
                    year=on.year if on else None,
                    on=on,
                    validity=REPLACED if law.number in old else IN_FORCE,
                    group=law.group,
                    start=passage.start,
                    weight=0.5 if law.number in old else 1.0,
                    standing=standing,
                )
            )


def _kind(law: Law) -> tuple[str, float]:
    """What kind of rule it is, and how that weighs."""
    by = weights()
    if law.place:
        return "地方性法规", by.local
    if law.category == "司法解释":
        kind, standing = "司法解释", by.interpretation
    elif law.category in ("行政法规", "部门规章"):
        kind, standing = law.category, by.regulation
    elif law.category in ("案例", "其他"):
        return law.category, by.other
    else:
        kind, standing = "法律", 0.0
    amends = re.search(r"关于(修改|废止|修订).*的决定$", law.title)
    return kind, min(standing, by.other) if amends else standing
