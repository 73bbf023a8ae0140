"""``gongkai opendata audit``、``check``:体检开放数据的目录条目和数据文件。"""

from __future__ import annotations

from gongkai.adapters.readers.opendata.audit import audit
from gongkai.adapters.readers.opendata.check import check
from gongkai.records.reading import ReadingCommand, Way


class Command(ReadingCommand):
    """体检开放数据。"""

    help = "体检公共数据开放的目录条目(一行一个结果)和数据文件"
    ways = {
        "audit": Way("目录条目:归成同样的几项,列出缺项、过期、个人信息", audit),
        "check": Way("一个 CSV 或者 Excel 文件:编码、表头、代码列、个人信息列、写法的毛病", check, file=True),
    }
