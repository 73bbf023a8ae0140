"""公众网页有多快、撤下有多快、发布一件要多少。用法:python benchmarks/serve.py [--sizes 1000,100000] [--json]。

同一次运行里,wrk 依次打同一个文件:裸 nginx、照 ``deploy/`` 的 nginx、内置服务器、内置服务器的 304、Django 模板当场给的。
另量:撤下(从按下到各处都没有)、不同件数时发布一件、批量写网页、每百万页占多少盘。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS, SECONDS = 5, 3
WITHDRAWN = 100


def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(number: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", number), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"端口{number}没有起来")


def wrk(address: str, *headers: str) -> float:
    """Requests a second; anything but 200 and 304 is an error of the benchmark."""
    extra = [part for header in headers for part in ("-H", header)]
    done = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip", *extra, address],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Non-2xx" not in done.stdout, done.stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])


def bare_nginx(folder: Path, page: Path, connections: int = 256) -> tuple[subprocess.Popen, int]:
    """nginx with nothing but a file: the limit on this machine."""
    number = port()
    (folder / "www").mkdir(parents=True)
    shutil.copy(page, folder / "www" / "page.html.gz")
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.getuid() == 0 else ''} worker_processes 1; daemon off; pid {folder}/pid;"
        f" error_log {folder}/error.log; events {{ worker_connections {connections}; }} http {{ access_log off; sendfile on;"
        f" client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;"
        f" uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; types {{ text/html html; }}"
        f" server {{ listen 127.0.0.1:{number}; root {folder}/www; gzip_static always; }} }}"
    )
    process = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL
    )
    await_port(number)
    return process, number


def serving(data: Path, address: str) -> dict[str, float]:
    """Requests a second by each way, medians of rounds taken in turn."""
    import urllib.request

    from gongkai.web.publisher import publisher
    from tests.web.publisher.nginx import Nginx

    with ExitStack() as stack, tempfile.TemporaryDirectory() as temp:
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
        granian = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})
        stack.callback(granian.terminate)
        await_port(number)
        bare, bare_port = bare_nginx(Path(temp) / "bare", publisher.tree().path(address))
        stack.callback(bare.terminate)
        ours = Nginx(Path(temp) / "ours", f"127.0.0.1:{number}", data)
        stack.callback(ours.stop)
        embedded = f"http://127.0.0.1:{number}{address}"
        request = urllib.request.Request(embedded, headers={"Accept-Encoding": "gzip"})
        tag = urllib.request.urlopen(request).headers["ETag"]
        ways = {
            "bare": lambda: wrk(f"http://127.0.0.1:{bare_port}/page.html"),
            "nginx": lambda: wrk(f"http://127.0.0.1:{ours.port}{address}"),
            "embedded": lambda: wrk(embedded),
            "embedded_304": lambda: wrk(embedded, f"If-None-Match: {tag}"),
            "django": lambda: wrk(f"{embedded}?"[:-1] + "?fresh=1"),
        }
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                found[name].append(way())
        return {name: round(statistics.median(values), 1) for name, values in found.items()}


def grow(office, size: int) -> None:
    """Synthetic public records up to ``size``, written straight into the tables."""
    from django.utils import timezone

    from gongkai.records.actions import count_anew
    from gongkai.records.models import Edition, Record
    from tests.records.office import AT

    start = Record.objects.count()
    for first in range(start, size, 20_000):
        rows = [
            Record(
                agency=office.agency,
                type="notice",
                duty="other",
                index_number=f"B/{n}",
                title=f"关于第{n}件事项的通知",
                made_on=AT.date(),
                published_at=AT,
                updated_at=AT,
                year=2005 + n % 19,
            )
            for n in range(first, min(size, first + 20_000))
        ]
        Record.objects.bulk_create(rows, batch_size=2000)
        Edition.objects.bulk_create(
            (
                Edition(
                    record=one,
                    stage="live",
                    title=one.title,
                    body="<p>请照此办理。</p>" * 20,
                    text="请照此办理。" * 20,
                    author=office.clerk,
                    created_at=AT,
                    saved_at=AT,
                    saved_by=office.clerk,
                )
                for one in rows
            ),
            batch_size=2000,
        )
    count_anew(timezone.now())


def quantiles(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {"p50": round(statistics.median(ordered), 2), "p99": round(ordered[int(len(ordered) * 0.99)], 2)}


def publishing(office, rounds: int = 30) -> float:
    """Median milliseconds to sign one record, take away what it touches and write that anew."""
    from django.utils import timezone

    from gongkai.web.publisher import pages, publisher

    times = []
    for _ in range(rounds):
        edition = office.draft("notice", title=f"明湖区第{time.time_ns()}号通知")
        review(edition, office)
        start = time.perf_counter()
        office.judge(edition, "final")
        publisher.publish(pages.touched([edition.record_id]), timezone.now())
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 2)


def review(edition, office) -> None:
    """Every step before the last."""
    from gongkai.records import actions
    from tests.records.office import AT

    actions.submit(edition, by=office.clerk, at=AT)
    for kind in ("secrecy", "first", "second"):
        office.judge(edition, kind)


def withdrawing(office) -> dict[str, float]:
    """Milliseconds from the click to the answer, with every surface asked right after: one that still shows fails."""
    from gongkai.records import actions
    from gongkai.records.models import Record
    from gongkai.records.surfaces import surfaces
    from tests.records.office import AT
    from tests.web.publisher.reader import Reader

    reader, times = Reader(), []
    for record in list(
        Record.objects.filter(withdrawn="", duty="other").select_related("agency").order_by("-pk")[:WITHDRAWN]
    ):
        asked = {
            one.key: (one.shows(record), list(one.addresses(record)))
            for one in surfaces()
            if one.key != "attachment"
        }
        start = time.perf_counter()
        actions.withdraw(record, "retracted", reason="发错", on=AT.date(), by=office.office, at=AT)
        times.append((time.perf_counter() - start) * 1000)
        for key, (mark, addresses) in asked.items():
            for address in addresses:
                assert mark not in reader(address).text, (key, address)
    return quantiles(times)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,100000,1000000", help="各多少件时量发布一件,逗号分开")
    parser.add_argument("--json", action="store_true", help="只打印最后一行")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
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
        from gongkai.records.models import Record
        from gongkai.search import index
        from gongkai.web.publisher import publisher
        from tests.records.office import Office

        office = Office()
        result: dict[str, object] = {"publish_ms": {}}
        for size in map(int, options.sizes.split(",")):
            grow(office, size)
            publisher.check(timezone.now())
            result["publish_ms"][str(size)] = publishing(office)
            if "render_per_second" not in result:
                start, done = time.perf_counter(), 0
                while done < 800 and (n := publisher.fill(timezone.now())):
                    done += n
                result["render_per_second"] = round(done / (time.perf_counter() - start), 1)
                files = [stat for name, stat in publisher.tree().files() if name.startswith("records/")]
                used = sum(stat.st_blocks * 512 for stat in files) / len(files)
                result["gib_per_million_pages"] = round(used * 1e6 / 2**30, 2)
                index.rebuild(timezone.now(), timezone.localdate())
                result["withdraw_ms"] = withdrawing(office)
                publisher.check(timezone.now())
                while publisher.fill(timezone.now()):
                    pass
                page = Record.objects.public(timezone.now()).order_by("pk").first().get_absolute_url()
                rates = serving(data, page)
                result["requests_per_second"] = rates
                result["ratio_to_bare_nginx"] = {
                    name: round(rate / rates["bare"], 3) for name, rate in rates.items() if name != "bare"
                }
            if not options.json:
                print(f"{size}件:{json.dumps(result, ensure_ascii=False)}", file=sys.stderr)
        costs = list(result["publish_ms"].values())
        result["publish_flat"] = round(max(costs) / costs[0], 2)
        print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
