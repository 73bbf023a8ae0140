"""``gongkai standards check``、``village``:读标准目录的行和村务公开的项目(各列、时限)。"""

from __future__ import annotations

from gongkai.adapters.readers.standards import read
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """读标准目录和村务公开目录。"""

    help = "读标准目录的行、村务公开的项目,一行一个结果"
    ways = {
        "check": Way("标准目录的行:各列和公开时限", read.check),
        "village": Way("村务公开的项目:公开时限", read.village),
    }
