"""``gongkai supervision read``、``indicators``:读任务分解,核算考核指标表。"""

from gongkai.adapters.readers import supervision
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    help = "读督查考核的材料:方案和任务表里的任务、单位、时限;考核指标表各级分值之和。"
    ways = {
        "read": Way("一份方案、任务表或者通知一行", supervision.read),
        "indicators": Way("一张考核指标表一行", supervision.check),
    }
