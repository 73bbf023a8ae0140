"""各条道的限度:公众的最紧,工作台的宽些,识别文字和 LibreOffice 各走各的。"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lane:
    """一条道。``memory`` 是进程热好以后还可以再占的字节数;``cpu``、``wall`` 是一份的秒数;
    ``workers`` 是每个网站进程里同时办几份,另有 ``queue`` 份可以等至多 ``wait`` 秒;办满 ``renew`` 份换新的进程。
    """

    name: str
    memory: int
    cpu: int
    wall: float
    workers: int = 1
    queue: int = 100
    wait: float = 60
    renew: int = 200
    nice: int = 0
    #: 至多交回多少字节。
    answer: int = 256 * MIB
    #: 整台机器同时只办一份,不管有几个网站进程。
    alone: bool = False


DESK = Lane("desk", memory=1024 * MIB, cpu=60, wall=90, workers=2)
PUBLIC = Lane("public", memory=320 * MIB, cpu=10, wall=20, queue=1, wait=5, renew=50, nice=19, answer=32 * MIB)
# 公众交来的扫描件:识别一份占七百兆,模型留着也占三百兆;一次一份,办完就还,网站一组进程的上限(MemoryMax)才够
SCANS = Lane("scans", memory=3072 * MIB, cpu=240, wall=90, queue=1, wait=5, renew=1, nice=10, alone=True)
AMPLE_SCANS = Lane("ample_scans", memory=3072 * MIB, cpu=3600, wall=1800, wait=900, renew=20)
BULK = Lane("bulk", memory=3072 * MIB, cpu=900, wall=600, queue=2, renew=10, nice=5)
OFFICE = Lane("office", memory=4096 * MIB, cpu=120, wall=120, queue=4, renew=10, nice=5)
