"""``gongkai services check``:读办事指南的要素、时限和毛病。"""

from __future__ import annotations

from gongkai.adapters.readers.services import read
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """读办事指南。"""

    help = "读办事指南:有哪些要素、缺哪些、时限、收费、毛病,一行一个结果"
    ways = {"check": Way("一份指南:要素、时限、收费、跑动次数、编码、毛病", read.check)}
