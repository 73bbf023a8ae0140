"""历史信息:查重、读旧文件、识别扫描页的速度和内存。

坏输入里大的那些也在这里(小的在 tests/backfile/test_bad_input.py):四万份的压缩包、2 GB 的图。

用法:python benchmarks/backfile.py [--papers N] [--files N] [--members N] [--scan FILE] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import io
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


def large(count: int) -> dict[str, float | int]:
    """Enter an archive of so many files, its names in GBK; and a picture of 2 GiB inside another, that is refused."""
    import os
    import tempfile
    import zipfile

    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.utils import timezone

        from gongkai.adapters.files import Unreadable, members
        from gongkai.backfile import actions
        from gongkai.backfile.actions.taking import LIMITS
        from gongkai.backfile.models import Item
        from gongkai.backfile.terms import Way
        from gongkai.org.models import Agency, Membership, User

        call_command("migrate", verbosity=0)
        unit = Agency.objects.create(code="B01", name="单位", kind="department")
        clerk = User.objects.create(username="clerk", name="某")
        Membership.objects.create(user=clerk, agency=unit, role="clerk")
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
            for number in range(count):
                made.writestr(f"二〇〇六年/{number % 40}/通知{number}.html", old_file(number))
        now = timezone.now()
        intake = actions.begin(unit, Way.ZIP, "四万份.zip", content=buffer.getvalue(), by=clerk, at=now)
        start = time.process_time()
        entered = actions.unpack(intake, at=now)
        spent = time.process_time() - start
        assert entered == count == Item.objects.count()
        start = time.process_time()
        assert actions.unpack(intake, at=now) == 0
        again = time.process_time() - start
        picture = Path(folder, "picture.zip")
        with (
            zipfile.ZipFile(picture, "w", zipfile.ZIP_DEFLATED) as made,
            made.open("大图.tif", "w", force_zip64=True) as entry,
        ):
            entry.write(b"II*\0")
            for _ in range(2048):
                entry.write(b"\0" * 1024 * 1024)
        start = time.process_time()
        found = list(members(picture.read_bytes(), "picture.zip", limits=LIMITS))
        assert isinstance(found[0][1], Unreadable)
        return {
            "members": count,
            "entered_per_cpu_second": round(count / spent),
            "entered_again_seconds": round(again, 1),
            "picture_of_2_gib_refused_ms": round((time.process_time() - start) * 1000, 1),
            "peak_mib_with_members": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--members", type=int, default=0, help="压缩包里多少份;0 不量")
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
        oldfile.read_text_file(old_file(number), f"{number}.html")
    figures["files_per_cpu_second"] = round(given.files / (time.process_time() - start), 1)
    if given.members:
        figures |= large(given.members)
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
