"""``gongkai engagement check``:读来信、调查、征集、开放日、新闻发布、问政、访谈、舆情回应的页面。"""

from __future__ import annotations

from gongkai.adapters.readers.engagement import read
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """读互动交流的页面。"""

    help = "读互动交流的页面,一行一个结果"
    ways = {"check": Way("种类、日期、期限、人数,和不该有的地方", read.check)}
