"""各条道的限度:公众的最紧,工作台的宽些,识别文字和 LibreOffice 各走各的。

一组进程(一个 systemd 单元、一个容器)里同时在读的,内存合起来也有限(``SHARES``):公众的一份、工作台的一份,谁也挤不掉谁。
部署里写的 MemoryMax 要装得下这两份、各个热着的进程和网站自己,有测试对着算。
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024
#: 两份内存各多少字节;每条道属于其中一份。
SHARES = {"public": 1280 * MIB, "desk": 1536 * MIB}
#: 份额按这么多字节一格来占。
CELL = 128 * MIB
#: 一个读文件的进程热着、没有在读时,自己占的内存。
WARM = 56 * MIB
#: 一个网站进程(或者后台)自己占的内存。
SITE = 352 * MIB


@dataclass(frozen=True, slots=True)
class Lane:
    """一条道。``memory`` 是进程热好以后还可以再占的字节数,``share`` 是从哪一份里占;``cpu``、``wall`` 是一份的秒数;
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
    share: str = "desk"


DESK = Lane("desk", memory=768 * MIB, cpu=60, wall=90, workers=2)
PUBLIC = Lane(
    "public",
    memory=256 * MIB,
    cpu=8,
    wall=20,
    queue=1,
    wait=5,
    renew=50,
    nice=19,
    answer=16 * MIB,
    share="public",
)
# 公众交来的扫描件:一份的内存占去公众那一份的大半,所以整组进程一次只识别一份;办完就还
SCANS = Lane("scans", memory=1024 * MIB, cpu=240, wall=90, queue=1, wait=5, renew=1, nice=10, share="public")
AMPLE_SCANS = Lane("ample_scans", memory=1280 * MIB, cpu=3600, wall=1800, wait=900, renew=20)
BULK = Lane("bulk", memory=1536 * MIB, cpu=900, wall=600, queue=2, renew=10, nice=5)
OFFICE = Lane("office", memory=1024 * MIB, cpu=120, wall=120, queue=4, renew=10, nice=5)
LANES = (DESK, PUBLIC, SCANS, AMPLE_SCANS, BULK, OFFICE)


def most(sites: int) -> int:
    """Bytes that a group of ``sites`` processes and all their readers may take together."""
    warm = sites * sum(lane.workers for lane in LANES) * WARM
    return sites * SITE + warm + sum(SHARES.values())
