"""办事指南的链接:许多台本机的服务器,一台至多隔多久一次,看得对不对、守不守间隔、两万个要多久;同一次里同不守间隔的直接取比。

用法:python benchmarks/guide_links.py [--hosts N] [--links N] [--pause 秒] [--json]。间隔缩短了量,两万个按一秒折算。
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
#: 一圈十个链接里各是什么样:八个有,一个没有了,一个转到登录页。
ROUND = ("alive",) * 8 + ("dead", "home")
PAGE = (
    b"<html><title>\xe5\x8a\x9e\xe4\xba\x8b</title><body>"
    + b"<p>\xe6\x8c\x87\xe5\x8d\x97</p>" * 50
    + b"</body></html>"
)
ALL = 20_000


def answers(kind: str) -> object:
    """What a server says of a link of this kind."""
    return {
        "alive": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
        "dead": (404, {}, b"gone"),
        "home": (302, {"Location": "/sso/login"}, b""),
    }[kind]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--links", type=int, default=2000)
    parser.add_argument("--pause", type=float, default=0.1)
    parser.add_argument("--json", action="store_true", help="只打印最后一行")
    options = parser.parse_args()
    from gongkai.adapters import linkcheck
    from gongkai.adapters.crawl.fetch import fetch
    from gongkai.adapters.crawl.polite import Polite
    from tests.adapters.crawl.hostile import HERE, Hostile

    servers = [Hostile() for _ in range(options.hosts)]
    for server in servers:
        server.answers = {f"/{kind}": answers(kind) for kind in set(ROUND)} | {
            "/sso/login": answers("alive"),
            "/robots.txt": (404, {}, b""),
            "*": (404, {}, b""),
        }
    kinds = itertools.cycle(ROUND)
    wanted = [f"{servers[n % options.hosts].url}/{next(kinds)}?{n}" for n in range(options.links)]
    crawler = Polite(pause=options.pause, limits=linkcheck.LIMITS, also=HERE, workers=linkcheck.HOSTS)
    before, start = time.process_time(), time.perf_counter()
    seen = dict(linkcheck.round_of(wanted, crawler))
    spent, cpu = time.perf_counter() - start, time.process_time() - before
    wrong = [url for url, found in seen.items() if found.state != urlsplit(url).path.strip("/")]
    gaps = _gaps([server.asked for server in servers])
    start, before = time.perf_counter(), time.process_time()
    for url in wanted[:200]:
        fetch(url, limits=linkcheck.LIMITS, also=HERE)
    plain, plain_cpu = time.perf_counter() - start, time.process_time() - before
    for server in servers:
        server.close()
    share = -(-ALL // options.hosts)
    result = {
        "links": len(seen),
        "hosts": options.hosts,
        "wrong": len(wrong),
        "states": dict(Counter(found.state for found in seen.values())),
        "seconds": round(spent, 1),
        "floor_seconds": round(options.links / options.hosts * options.pause, 1),
        "smallest_gap": round(min(gaps), 3),
        "cpu_ms_a_link": round(1000 * cpu / len(seen), 2),
        "plain_cpu_ms_a_link": round(1000 * plain_cpu / 200, 2),
        "plain_ms_a_link": round(1000 * plain / 200, 2),
        "minutes_for_20000_at_a_second": round(
            (share + share * (spent / len(seen) * options.hosts - options.pause)) / 60, 1
        ),
    }
    if not options.json:
        for name, found in result.items():
            print(f"{name}: {found}")
    print(json.dumps(result, ensure_ascii=False))


def _gaps(asked: list[list[tuple[str, float]]]) -> list[float]:
    """Seconds between two links of one host; the redirect that a link leads to is part of it."""
    found: dict[int, list[float]] = defaultdict(list)
    for number, rows in enumerate(asked):
        found[number] = [at for path, at in rows if "?" in path]
    return [later - first for times in found.values() for first, later in itertools.pairwise(sorted(times))]


if __name__ == "__main__":
    main()
