"""``gongkai gazette check``:读政府公报的题头、目录和单件。"""

from __future__ import annotations

from gongkai.adapters.readers.gazette import read
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """读政府公报。"""

    help = "读政府公报的期号、目录和单件,一行一个结果"
    ways = {"check": Way("一期的题头和目录,一件(有题名的),或者一串期号(issues)缺哪些", read.check)}
