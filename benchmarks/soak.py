"""一边不停地读,一边撤下一千件:答复“已撤下”以后发出的请求,一个也不许再读到。用法:python benchmarks/soak.py [--count 1000] [--json]。

照 ``deploy/`` 起 nginx、内置服务器和后台;读的走 nginx 和内置服务器各一半,读信息页、列表、首页、订阅。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
READERS = 4


class Reader(threading.Thread):
    """Reads at full speed; remembers each request that began after the answer and still saw the record."""

    def __init__(
        self,
        port: int,
        pages: list[tuple[int, str]],
        lists: list[str],
        gone: dict[int, str],
        stop: threading.Event,
    ):
        super().__init__(daemon=True)
        self.port, self.pages, self.lists, self.gone, self.stop = port, pages, lists, gone, stop
        self.requests, self.after, self.stale = 0, 0, []
        self.random = random.Random(port)

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stop.is_set():
            pk, address = self.random.choice(self.pages)
            if self.gone and self.random.random() < 0.5:
                pk = self.random.choice(list(self.gone)[-20:])
                address = f"/records/{pk}/"
            if self.random.random() < 0.2:
                address = self.random.choice(self.lists)
            before = dict(list(self.gone.items())[-30:])
            was_gone = pk in self.gone
            connection.request("GET", address, headers={"Host": "localhost"})
            answer = connection.getresponse()
            body = answer.read()
            self.requests += 1
            if address.startswith("/records/") and address != "/records/":
                self.after += was_gone
                if was_gone and answer.status != 410:
                    self.stale.append((address, answer.status))
            else:
                self.after += bool(before)
                seen = [pk for pk in before if f'/records/{pk}/"'.encode() in body]
                self.stale += [(address, pk) for pk in seen]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1000, help="撤下多少件")
    parser.add_argument("--json", action="store_true", help="只打印最后一行")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "GONGKAI_PLAIN_STATIC": "1",
            "GONGKAI_LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.utils import timezone

        call_command("migrate", verbosity=0)
        from benchmarks.serve import await_port, grow, port
        from gongkai.records import actions
        from gongkai.records.models import Record
        from gongkai.web.publisher import pages, publisher
        from tests.records.office import AT, Office
        from tests.web.publisher.nginx import Nginx

        office = Office()
        grow(office, options.count + 50)
        publisher.check(timezone.now())
        while publisher.fill(timezone.now()):
            pass
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
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--no-log",
            "gongkai.web.wsgi:application",
        ]
        environ = os.environ | {"PYTHONPATH": str(ROOT)}
        for one in (command, [sys.executable, "-m", "gongkai", "worker"]):
            process = subprocess.Popen(one, cwd=ROOT, env=environ)
            stack.callback(process.terminate)
        await_port(number)
        nginx = Nginx(Path(folder) / "nginx", f"127.0.0.1:{number}", Path(folder))
        stack.callback(nginx.stop)
        rows = list(Record.objects.order_by("-published_at", "-pk"))
        gone: dict[int, str] = {}
        stop = threading.Event()
        lists = sorted(one for one in pages.lists() if "sitemap" not in one)
        readers = [
            Reader(
                nginx.port if n % 2 else number,
                [(one.pk, one.get_absolute_url()) for one in rows],
                lists,
                gone,
                stop,
            )
            for n in range(READERS)
        ]
        for one in readers:
            one.start()
        start = time.perf_counter()
        for record in rows[: options.count]:
            actions.withdraw(record, "retracted", reason="发错", on=AT.date(), by=office.office, at=timezone.now())
            gone[record.pk] = record.title
        seconds = time.perf_counter() - start
        time.sleep(3)
        stop.set()
        for one in readers:
            one.join(30)
        stale = [found for one in readers for found in one.stale]
        for address, what in stale[:10]:
            print(f"还读得到:{address} {what}", file=sys.stderr)
        print(
            json.dumps(
                {
                    "withdrawn": len(gone),
                    "seconds": round(seconds, 1),
                    "requests": sum(one.requests for one in readers),
                    "requests_after_acknowledgement": sum(one.after for one in readers),
                    "stale": len(stale),
                },
                ensure_ascii=False,
            )
        )
        sys.exit(bool(stale))


if __name__ == "__main__":
    main()
