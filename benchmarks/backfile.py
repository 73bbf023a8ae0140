"""历史信息:查重、读旧文件、识别扫描页的速度和内存。

用法:python benchmarks/backfile.py [--papers N] [--files N] [--scan FILE] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gongkai.adapters import likeness, oldfile, pagescan  # noqa: E402

#: 每这么多份里有一份是前面某份的识别副本,字错百分之三。
COPIES, WORN = 50, 0.03
LEAST = 0.35


def papers(count: int) -> Iterator[str]:
    """Texts of some 1,200 characters, one after another; every fiftieth is a worn copy of a near one."""
    chance = random.Random(1)
    signs = [chr(0x4E00 + n) for n in range(3000)]
    phrases = ["".join(chance.choices(signs, k=chance.randint(4, 12))) for _ in range(30_000)]
    found: deque[str] = deque(maxlen=20)
    for number in range(count):
        if number % COPIES == COPIES - 1:
            whole = found[-chance.randint(1, len(found))]
            found.append("".join(sign if chance.random() > WORN else chance.choice(signs) for sign in whole))
        else:
            found.append("".join(chance.choices(phrases, k=150)))
        yield found[-1]


def old_file(number: int) -> bytes:
    body = "".join(f"<p>{n}、做好第{number}件、第{n}项工作,按时报送进展情况。</p>" for n in range(30))
    head = f"<h1>关于第{number}件事项的通知</h1><p>明政办发〔2006〕{number}号</p><p>各镇人民政府:</p>"
    end = "<p>明湖区人民政府办公室</p><p>2006年3月5日</p>"
    return f"<html><meta charset=utf-8><body>{head}{body}{end}</body></html>".encode()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--scan", type=Path, help="一页扫描件;不给就不量识别")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    sketched, sketches = 0.0, []
    for text in papers(given.papers):
        start = time.process_time()
        sketches.append(likeness.sketch(text))
        sketched += time.process_time() - start
    start = time.process_time()
    pairs = sum(1 for _ in likeness.pairs(sketches, LEAST))
    figures: dict[str, float | int] = {
        "papers": given.papers,
        "sketches_per_second": round(given.papers / sketched),
        "pairs": pairs,
        "copies": given.papers // COPIES,
        "pairing_seconds": round(time.process_time() - start, 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    start = time.process_time()
    for number in range(given.files):
        oldfile.take(old_file(number), f"{number}.html")
    figures["files_per_cpu_second"] = round(given.files / (time.process_time() - start), 1)
    if given.scan:
        content = given.scan.read_bytes()
        pagescan.recognise(content, given.scan.name, 1)  # 装模型不算
        start = time.process_time()
        pagescan.recognise(content, given.scan.name, 1)
        figures["pages_per_cpu_second"] = round(1 / (time.process_time() - start), 2)
    if not given.json:
        for name, value in figures.items():
            print(f"{name}\t{value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
