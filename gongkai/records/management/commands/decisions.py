"""``gongkai decisions check``:读征求意见公告、决策目录、采纳反馈、听证、决策结果、会议公开的页面。"""

from __future__ import annotations

from gongkai.adapters.readers.decisions import read
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """读决策公开的页面。"""

    help = "读重大行政决策的页面,一行一个结果"
    ways = {"check": Way("种类、日期、期限、途径、条数,和违反程序的地方", read.check)}
