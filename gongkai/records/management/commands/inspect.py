"""``gongkai inspect read``:读检查通报里的问题,说依哪一项、国办口径否决不否决。"""

from gongkai.adapters.readers import inspection
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    help = "读网站和新媒体检查通报里的问题:依检查指标的哪一项,国办口径否决、不否决,还是事实不够。"
    ways = {"read": Way("一条问题一行", inspection.read)}
