"""本站自查在多大的库上多快、别的网站每秒取多少页:``python benchmarks/inspections.py [--hosts 50] [--pages 20]``。

只访问本机的服务器,一台一秒至多一次;说出用了几秒、每秒几页、占了多少内存。
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from gongkai.adapters.crawl import Limits, Polite, Reached
from tests.adapters.crawl.hostile import HERE, Hostile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=50)
    parser.add_argument("--pages", type=int, default=20, help="一台主机取几页")
    options = parser.parse_args()
    servers = [Hostile() for _ in range(options.hosts)]
    wanted = [((host.url, n), f"{host.url}/?{n}") for n in range(options.pages) for host in servers]
    by = Polite(pause=1.0, limits=Limits(seconds=10), also=HERE, workers=32)
    before, begun, fine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic(), 0
    for number, (_, found) in enumerate(by.crawl(wanted), 1):
        fine += found.reached is Reached.OK
        if number % 200 == 0:
            print(f"{number}页 {number / (time.monotonic() - begun):.1f}页/秒", flush=True)
    spent = time.monotonic() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    print(
        f"{options.hosts}台主机{len(wanted)}页，打开{fine}页，{spent:.1f}秒，{len(wanted) / spent:.1f}页/秒，内存多用{grown} MB"
    )
    for host in servers:
        host.close()


if __name__ == "__main__":
    main()
