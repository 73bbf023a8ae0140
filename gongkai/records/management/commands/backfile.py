"""``gongkai backfile codes``:读历史信息和移交目录的档号、日期、各行。"""

from __future__ import annotations

from gongkai.adapters.readers.backfile import read
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """读历史信息和移交目录。"""

    help = "读档号、旧索引号、档案日期、移交目录的行,一行一个结果"
    ways = {"codes": Way("按 kind:档号、索引号、日期、目录的行、能不能列入对外目录", read.codes)}
