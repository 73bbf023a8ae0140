"""``gongkai bulletin check``:核算检查通报里的合格率、抽查率、分项之和。"""

from gongkai.adapters.readers import inspection
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    help = "核算检查通报里的数:合格率、抽查率、分项之和、检查数不多于总数。"
    ways = {"check": Way("一份通报一行", inspection.check)}
