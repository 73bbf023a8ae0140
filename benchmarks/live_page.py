"""访谈进行时五百人看着,两核够不够。用法:python benchmarks/live_page.py [--readers 500] [--seconds 20]。

同一次运行里,同样的读者、同样的节奏(十秒看一次,带 If-None-Match),先看裸 nginx 发的同一个小文件,再看内置服务器;内置服务器
那一轮里每两秒登记一段,照发布程序的办法拿走、重写。量:应答的毫秒、出错的次数、从登记到两个文件写好要多久(读者再等
的是自己的间隔)。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
from serve import await_port, bare_nginx, port  # noqa: E402

EVERY, SAID_EVERY = 10, 2


async def reader(number: int, where: int, path: str, until: float, chance: random.Random, out: list) -> None:
    """One reader's page: a look every ten seconds, spread, over one connection kept open."""
    await asyncio.sleep(chance.random() * EVERY)
    streams, tag = None, ""
    while time.monotonic() < until:
        start = time.perf_counter()
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", where)
            asked = f"If-None-Match: {tag}\r\n" if tag else ""
            streams[1].write(
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{asked}\r\n".encode()
            )
            head = (await streams[0].readuntil(b"\r\n\r\n")).decode("latin-1")
            fields = dict(row.lower().split(": ", 1) for row in head.split("\r\n")[1:] if ": " in row)
            await streams[0].readexactly(int(fields.get("content-length", 0)))
            status, tag = int(head.split()[1]), fields.get("etag", "")
        except (OSError, asyncio.IncompleteReadError):
            status, streams = 0, None
        out.append((status, (time.perf_counter() - start) * 1000))
        await asyncio.sleep(EVERY * (0.8 + 0.4 * chance.random()))


def words() -> str:
    """A line as long as an answer, which packs no better than text does."""
    return "".join(chr(random.randrange(0x4E00, 0x5E00)) for _ in range(200)) + "。"


def watched(where: int, path: str, readers: int, seconds: int) -> dict[str, float]:
    """What these readers got."""
    out: list[tuple[int, float]] = []

    async def all_of_them() -> None:
        chance, until = random.Random(7), time.monotonic() + seconds
        await asyncio.gather(*(reader(one, where, path, until, chance, out) for one in range(readers)))

    asyncio.run(all_of_them())
    times = sorted(took for _, took in out)
    return {
        "looks": len(out),
        "errors": sum(status not in (200, 304) for status, _ in out),
        "unchanged": sum(status == 304 for status, _ in out),
        "p50_ms": round(statistics.median(times), 2),
        "p99_ms": round(times[int(len(times) * 0.99)], 2),
    }


class Speaker(threading.Thread):
    """登记的人:每两秒一段,随后照后台的办法把牵动的网页重写。"""

    def __init__(self, office, interview) -> None:
        super().__init__(daemon=True)
        self.office, self.interview, self.done, self.times = office, interview, threading.Event(), []

    def run(self) -> None:
        from django.db import connection
        from django.utils import timezone

        from gongkai.engagement import actions, sections
        from gongkai.web.publisher import publisher

        while not self.done.wait(SAID_EVERY):
            start = time.perf_counter()
            actions.say(self.interview, "钱某", words(), by=self.office.clerk, at=timezone.now())
            publisher.publish(sections.interview_pages([self.interview.pk]), timezone.now())
            (publisher.root() / "alive").touch()
            self.times.append((time.perf_counter() - start) * 1000)
        connection.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "GONGKAI_PLAIN_STATIC": "1",
            "GONGKAI_LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }
        import django

        django.setup()
        print(json.dumps(measured(Path(folder), options.readers, options.seconds), ensure_ascii=False))


def measured(folder: Path, readers: int, seconds: int) -> dict[str, object]:
    """Both rounds, one after the other, in one run."""
    from django.core.management import call_command
    from django.urls import reverse
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from gongkai.engagement import actions, sections
    from gongkai.law.calendar import DAY
    from gongkai.web.publisher import publisher
    from tests.engagement.test_interviews import VALUES, Interview
    from tests.records.office import Office

    office, now = Office(), timezone.now()
    times = {"starts_at": now, "ends_at": now + DAY, "questions_until": now + DAY}
    made = actions.plan_interview(office.agency, VALUES | times, by=office.clerk, at=now)
    office.sign(actions.draft_interview_notice(made, by=office.clerk, at=now), at=now)
    made = actions.open_interview(Interview.objects.get(pk=made.pk), by=office.clerk, at=now)
    for _ in range(20):
        actions.say(made, "钱某", words(), by=office.clerk, at=now)
    publisher.begin()
    publisher.publish(sections.interview_pages([made.pk]), timezone.now())
    (publisher.root() / "alive").touch()
    path = reverse("public:interview_live", args=[made.pk])
    file = publisher.tree().path(path)
    result: dict[str, object] = {"readers": readers, "bytes": file.stat().st_size}
    number = port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(number),
    ]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-log", "gongkai.web.wsgi:application"]
    granian = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
    copied = folder / "page.html.gz"
    shutil.copy(file, copied)
    bare, bare_port = bare_nginx(folder / "bare", copied, connections=4 * readers)
    try:
        await_port(number)
        result["bare_nginx"] = watched(bare_port, "/page.html", readers, seconds)
        speaker = Speaker(office, made)
        speaker.start()
        result["embedded"] = watched(number, path, readers, seconds)
        speaker.done.set()
        speaker.join()
        result["lines_said"] = len(speaker.times)
        result["said_to_file_ms"] = round(statistics.median(speaker.times), 1)
    finally:
        granian.terminate()
        bare.terminate()
    return result


if __name__ == "__main__":
    main()
