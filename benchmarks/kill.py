"""断电两百次:一边收申请、查年报、撤信息,一边轮着用 kill -9 杀网站、后台和读文件的进程。用法:python benchmarks/kill.py [--rounds 200]。

先让三个进程同一刻头一次用钥匙(各轮都是空的资料目录)。末了看:给过受理编号的在不在、打不打得开,撤下以后读不读得到,
后台补没补上,有没有留下写了一半的文件。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FIRST_ROUNDS = 40
ORDER = ("web", "worker", "reader", "web", "reader", "worker", "reader", "web", "reader", "site")
READER = "gongkai.adapters.apart.child"
_address = itertools.count(2)


def ask(port: int, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, dict[str, str], bytes]:
    """The status, headers and body; status 0 if the line broke."""
    number = next(_address)
    here = f"127.{number // 60000 % 200 + 1}.{number // 250 % 250}.{number % 250 + 2}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(here, 0))
    try:
        connection.request(method, path, body, {"Host": "localhost"} | ({"Content-Type": kind} if kind else {}))
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    except (OSError, http.client.HTTPException):
        return 0, {}, b""
    finally:
        connection.close()


def processes() -> dict[int, tuple[int, str]]:
    """Process → parent and command line."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                found[int(folder.name)] = (parent, (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except (OSError, IndexError):
                continue
    return found


def below(root: int) -> list[tuple[int, str]]:
    """All that a process started, and what that started."""
    table, ours, found = processes(), {root}, []
    while more := {pid for pid, (parent, _) in table.items() if parent in ours} - ours:
        ours |= more
        found += [(pid, table[pid][1]) for pid in more]
    return found


class Server:
    """The site and the worker as ``deploy/`` starts them; what dies is started again."""

    def __init__(self, data: Path, port: int) -> None:
        self.port, self.environ = port, os.environ | {"PYTHONPATH": str(ROOT)}
        self.errors = (data.parent / "errors.log").open("ab")
        self.web, self.worker = self._web(), self._worker()

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.environ,
            stdout=self.errors,
            stderr=self.errors,
            start_new_session=True,
        )

    def _web(self) -> subprocess.Popen[bytes]:
        return self._start(
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(self.port),
            "--workers",
            "2",
            "--blocking-threads",
            "4",
            "--respawn-failed-workers",
            "--no-log",
            "gongkai.web.wsgi:application",
        )

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start("gongkai", "worker")

    def revive(self) -> None:
        """What ended by itself is started again, as systemd does (Restart=always in ``deploy/``)."""
        if self.web.poll() is not None:
            self._end(self.web)
            self.web = self._web()
        if self.worker.poll() is not None:
            self.worker = self._worker()

    def kill(self, what: str, chance: random.Random) -> bool:
        """Kill one process of a kind; whether there was one."""
        if what == "worker":
            self._end(self.worker)
            self.worker = self._worker()
            return True
        if what == "site":
            self._end(self.web)
            self.web = self._web()
            return True
        children = below(self.web.pid)
        chosen = [
            pid
            for pid, line in children
            if (READER in line) == (what == "reader") and "resource_tracker" not in line
        ]
        if not chosen:
            return False
        try:
            os.kill(chance.choice(chosen), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """The process and all below it, at once, as a power cut does."""
        for pid in (process.pid, *(pid for pid, _ in below(process.pid))):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()

    def stop(self) -> None:
        self._end(self.web)
        self._end(self.worker)
        self.errors.close()


class Load:
    """Who files applications, has reports checked and reads what was withdrawn, all the while."""

    def __init__(self, port: int, agency: str, report: bytes) -> None:
        self.port, self.agency, self.report = port, agency, report
        self.stop = threading.Event()
        self.told: dict[str, str] = {}
        self.gone: list[int] = []
        self.seen: list[tuple[int, int]] = []
        self.checked, self.broken, self.reads, self.unanswered = 0, [], 0, 0
        self.threads = [threading.Thread(target=one) for one in (self._file, self._file, self._check, self._read)]
        for thread in self.threads:
            thread.start()

    def _file(self) -> None:
        while not self.stop.is_set():
            mark = f"第{next(_address)}号材料"
            form = {
                "agency": self.agency,
                "applicant_kind": "person",
                "name": "张三丰",
                "identity_kind": "居民身份证",
                "identity": "11010519491231002X",
                "phone": "0571-00001234",
                "description": mark,
                "manner": "electronic",
                "way": "web",
                "once": mark,
            }
            status, headers, _ = ask(
                self.port, "POST", "/apply/online/", urlencode(form).encode(), "application/x-www-form-urlencoded"
            )
            if status == 500:
                self.broken.append("apply")
            place = {name.lower(): value for name, value in headers.items()}.get("location", "")
            while status == 302 and not self.stop.is_set():
                shown, _, page = ask(self.port, "GET", place)
                if number := re.search(r"[A-Z]{2}\d{4}-\d{4}-\d{4,}", page.decode()):
                    self.told[number[0]] = mark
                    break
                if shown in (404, 410, 500):
                    self.broken.append(f"receipt {shown}")
                    break
                time.sleep(0.2)
            time.sleep(0.05 if status else 0.3)

    def _check(self) -> None:
        head = b'--b\r\nContent-Disposition: form-data; name="report"; filename="report.txt"\r\n\r\n'
        while not self.stop.is_set():
            status, _, _ = ask(
                self.port,
                "POST",
                "/annual-reports/check/",
                head + self.report + b"\r\n--b--\r\n",
                "multipart/form-data; boundary=b",
            )
            self.checked += status == 200
            if status >= 500 and status != 503:
                self.broken.append(f"check {status}")
            time.sleep(0.05 if status else 0.3)

    def _read(self) -> None:
        chance = random.Random(3)
        while not self.stop.is_set():
            if not self.gone:
                time.sleep(0.1)
                continue
            pk = chance.choice(self.gone[-20:])
            status, _, body = ask(self.port, "GET", chance.choice([f"/records/{pk}/", "/records/", "/"]))
            self.reads += status != 0
            if status == 200 and f'/records/{pk}/"'.encode() in body:
                self.seen.append((pk, status))

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()


def await_answer(server: Server) -> float:
    """Seconds until the site answers again."""
    start = time.monotonic()
    while ask(server.port, "GET", "/")[0] != 200:
        server.revive()
        time.sleep(0.2)
    return time.monotonic() - start


def first_use(rounds: int, database: Path) -> int:
    """In how many rounds a key was lost or half a file was left behind."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("first_use.py")), str(rounds), str(database)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "GONGKAI_DATA"}
        | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout.split()[-1])


def kept(load: Load) -> dict[str, int]:
    """What became of the applications whose numbers were told, opened with the keys of this installation."""
    from gongkai.foi import personal
    from gongkai.foi.models import Application

    lost = unreadable = 0
    for number, mark in load.told.items():
        application = Application.objects.filter(number=number).first()
        if application is None:
            lost += 1
            continue
        try:
            unreadable += personal.unseal(application).get("name") != "张三丰" or application.description != mark
        except Exception:
            unreadable += 1
    return {"acknowledged": len(load.told), "lost": lost, "unreadable": unreadable}


def settled(seconds: float) -> list[str]:
    """The followers that are not at the end of the log after so long: what a killed worker held must be free again."""
    from gongkai.org import worker
    from gongkai.org.jobs import followers

    until = time.monotonic() + seconds
    while behind := [one.name for one in followers() if worker.behind(one)]:
        if time.monotonic() > until:
            return behind
        time.sleep(1)
    return []


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200, help="杀多少次")
    parser.add_argument("--first", type=int, default=FIRST_ROUNDS, help="头一次用钥匙试多少轮")
    parser.add_argument("--seconds", type=float, default=7200, help="到了这么久就不再杀,照样核对")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        os.environ |= {
            "GONGKAI_DATA": str(data),
            "GONGKAI_PLAIN_STATIC": "1",
            "GONGKAI_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections
        from django.utils import timezone

        call_command("migrate", verbosity=0)
        connections.close_all()
        database = Path(folder) / "empty.sqlite3"
        with sqlite3.connect(data / "gongkai.sqlite3") as old, sqlite3.connect(database) as new:
            old.backup(new)
        lost_keys = first_use(options.first, database)
        print(f"头一次用{options.first}轮,丢{lost_keys}", file=sys.stderr)

        from benchmarks.serve import await_port, grow, port
        from gongkai.records import actions
        from gongkai.records.models import Record
        from tests.records.office import AT, Office

        office = Office()
        grow(office, options.rounds + 20)
        rows = list(Record.objects.order_by("-published_at", "-pk"))
        number = port()
        server = Server(data, number)
        await_port(number)
        await_answer(server)
        load = Load(
            number, office.agency.code, "第一部分 总体情况\n一、总体情况\n二、主动公开政府信息情况".encode()
        )
        away = 0.0
        chance, killed, start = (
            random.Random(7),
            dict.fromkeys(("web", "worker", "reader", "site"), 0),
            time.monotonic(),
        )
        try:
            for turn in range(options.rounds):
                if time.monotonic() - start > options.seconds:
                    break
                what = ORDER[turn % len(ORDER)]
                time.sleep(0.2 + chance.random())
                killed[what] += server.kill(what, chance)
                record = rows[turn]
                actions.withdraw(
                    record, "retracted", reason="发错", on=AT.date(), by=office.office, at=timezone.now()
                )
                load.gone.append(record.pk)
                away = max(away, await_answer(server))
            time.sleep(5)
            load.end()
            behind = settled(60)
        finally:
            load.stop.set()
            server.stop()
        with sqlite3.connect(data / "gongkai.sqlite3") as base:
            whole = base.execute("pragma integrity_check").fetchone()[0]
        result = {
            "killed": killed,
            "seconds": round(time.monotonic() - start),
            "first_use_lost": lost_keys,
            **kept(load),
            "checked": load.checked,
            "broken": dict(Counter(load.broken)),
            "withdrawn": len(load.gone),
            "reads": load.reads,
            "withdrawn_seen": len(load.seen),
            "longest_away_seconds": round(away, 1),
            "behind": behind,
            "half_written": [str(path.relative_to(data)) for path in half_written(data)],
            "database": whole,
        }
        print(json.dumps(result, ensure_ascii=False))
        sys.exit(bool(lost_keys or result["lost"] or result["unreadable"] or load.seen or behind or whole != "ok"))


def half_written(data: Path) -> list[Path]:
    """Files of an interrupted write that stay when the sweeps have run an hour later."""
    from gongkai.adapters.publictree import tree
    from gongkai.web.publisher import publisher

    tree._LEFTOVER = -1
    list(publisher.tree().files())
    return [
        path
        for path in data.rglob("*")
        if (path.name.startswith(".") and not path.name.endswith((".managed.json", ".lock")))
        or (path.parent.name == "followers" and path.suffix[1:].isdigit())
    ]


if __name__ == "__main__":
    main()
