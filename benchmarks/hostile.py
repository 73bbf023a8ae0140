"""十个陌生人不停地交恶意的文件,别人还打不打得开首页。用法:python benchmarks/hostile.py [--seconds 60] [--short]。

环境变量 ``GONGKAI_DATA`` 指着装好的样本区就用它,没有就先装一个(一两分钟)。照 ``deploy/`` 起两个网站进程和一个后台进程;每次请求
换一个本机地址,绕开次数限制。量首页的时间、进程有没有少、内存最多多少。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import http.client
import io
import itertools
import json
import multiprocessing
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from multiprocessing.context import ForkProcess as Process
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 10
#: Seconds between two looks at the memory.
LOOK = 0.5
#: Seconds for which the home page is asked for before the strangers come: what else the machine does shows here.
QUIET = 8
_address = itertools.count(2)


def spread() -> bytes:
    """C1: two cells, the second in the last row and column."""
    memory, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        book.add_worksheet().write(0, 0, 1)
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one).replace(b"</c></row>", b'</c><c r="XFD1048576"><v>2</v></c></row>'))
    return out.getvalue()


def many_entries() -> bytes:
    """C7: a ZIP directory of 300,000 entries."""
    entry = b"PK\x01\x02" + b"\x00" * 24 + b"\x01\x00" + b"\x00" * 16 + b"a"
    whole = entry * 300_000
    tail = b"\xff\xff" * 2 + len(whole).to_bytes(4, "little") + (30).to_bytes(4, "little") + b"\x00\x00"
    return b"PK\x03\x04" + b"\x00" * 26 + whole + b"PK\x05\x06" + b"\x00" * 4 + tail


def laughing(name: str) -> bytes:
    """A Word file or a workbook whose XML names entities that name entities."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "哈哈">{entities}]><x>&a9;</x>'
    return packed({name: xml.encode(), "[Content_Types].xml": b"<Types/>", "xl/workbook.xml": xml.encode()})


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def picture(side: int) -> bytes:
    """A PNG of so many pixels a side, of one colour: a few kilobytes."""
    rows = zlib.compress((b"\0" + b"\xff" * (side // 8)) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def pdf(content: bytes, box: str = "0 0 595 842", pages: int = 1) -> bytes:
    """A PDF whose pages all show one compressed stream."""
    stream = zlib.compress(content, 9)
    kids = " ".join(f"{n + 4} 0 R" for n in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        f"<< /Filter /FlateDecode /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream",
        *(
            [f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 3 0 R /Resources << >> >>".encode()]
            * pages
        ),
    ]
    out = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, body) for n, body in enumerate(objects, 1))
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n0\n%%%%EOF" % (len(objects) + 1)


def in_each_other(depth: int) -> bytes:
    inside = b"x"
    for n in range(depth):
        inside = packed({f"{n}.zip": inside})
    return inside


INPUTS = {
    "laughs.docx": laughing("word/document.xml"),
    "laughs.xlsx": laughing("xl/worksheets/sheet1.xml"),
    "flate.docx": packed({"word/document.xml": b"<w:p>" + b" " * 150_000_000, "[Content_Types].xml": b"<Types/>"}),
    "shells.zip": in_each_other(200),
    "wide.png": picture(60_000),
    "flate.pdf": pdf(b"q " * 40_000_000),
    "lines.pdf": pdf(b"0 0 m 9 9 l S\n" * 1_000_000),
    "pages.pdf": pdf(b"q Q", pages=50_000),
    "huge.pdf": pdf(b"q 0 0 100 100 re f Q", box="0 0 1e9 1e9"),
    "deep.html": b"<div>" * 200_000,
    "attributes.html": b"<p " + b"a=b " * 400_000 + b">x",
    "entities.html": b"&#x4e00;" * 300_000,
    "groups.rtf": b"{\\rtf1" + b"{" * 300_000,
    "ole.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xfe\xff" * 200_000,
    "C1.xlsx": spread(),
    "C2a.txt": ("一、" + " " * 60_000 + "x").encode(),
    "C2b.txt": ("一、总体情况\n" * 8_000).encode(),
    "C2c.html": ("<table><tr><td>" * 3_000).encode(),
    "C2d.html": ("<table>" + "<tr><td colspan=100000000 rowspan=100000000>1</td></tr>" * 3_000).encode(),
    "C7.zip": many_entries(),
}


def ask(port: int, method: str, path: str, body: bytes = b"", name: str = "") -> tuple[int, float]:
    """The status and the seconds; 0 if nothing came."""
    number = next(_address)
    here = f"127.{number // 62500 % 250 + 1}.{number // 250 % 250}.{number % 250 + 2}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(here, 0))
    headers = {"Host": "localhost"}
    if body:
        head = f'--b\r\nContent-Disposition: form-data; name="report"; filename="{name}"\r\n\r\n'
        body = head.encode() + body + b"\r\n--b--\r\n"
        headers["Content-Type"] = "multipart/form-data; boundary=b"
    start = time.perf_counter()
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, time.perf_counter() - start
    except OSError:
        return 0, time.perf_counter() - start
    finally:
        connection.close()


def tree(root: int) -> dict[int, int]:
    """Process → resident bytes, of the server and all it started."""
    parents, sizes = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                rss, shared = (folder / "statm").read_text().split()[1:3]
                sizes[int(folder.name)] = (int(rss) - int(shared)) * os.sysconf("SC_PAGESIZE")
            except (OSError, IndexError):
                continue
    ours, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in ours} - ours
        grown = bool(more)
        ours |= more
    return {pid: sizes[pid] for pid in ours if pid in sizes}


def called(pid: int) -> str:
    """Which process this is: the lane of a reader, or a process of the site."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        words = ["?"]
    return f"{words[-2] if 'gongkai.adapters.apart.child' in words else 'site'} {pid}"


def client(
    first: int, port: int, until: float, queue: multiprocessing.Queue[list[tuple[str, int, float]]]
) -> None:
    """One stranger, in a process of its own: what it costs to send must not count as slowness of the site."""
    global _address
    _address = itertools.count(first * 1_500_000 + 2)
    answers = []
    for name in itertools.islice(itertools.cycle(INPUTS), first, None):
        if time.time() > until:
            break
        answers.append((name, *ask(port, "POST", "/annual-reports/check/", INPUTS[name], name)))
    queue.put(answers)


def asked(port: int, until: float) -> list[tuple[int, float]]:
    """Ask for the home page at least once, and again until then."""
    answers = [ask(port, "GET", "/")]
    while time.time() < until:
        time.sleep(0.05)
        answers.append(ask(port, "GET", "/"))
    return answers


def middle_and_late(answers: list[tuple[int, float]]) -> list[int]:
    """The median and the 99th percentile, in milliseconds."""
    times = sorted(took for _, took in answers)
    return [round(times[int(len(times) * part)] * 1000) for part in (0.5, 0.99)]


def slowest(answers: list[tuple[str, int, float]]) -> dict[str, list[float]]:
    """Input → how many answers, and the longest in seconds; the five longest."""
    found: dict[str, list[float]] = {}
    for name, _, took in answers:
        found.setdefault(name, []).append(took)
    longest = sorted(found.items(), key=lambda one: -max(one[1]))[:5]
    return {name: [len(took), round(max(took), 1)] for name, took in longest}


def started(*command: str) -> subprocess.Popen[bytes]:
    """A process of the installation, in a group of its own."""
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--short", action="store_true", help="只跑20秒")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if "GONGKAI_DATA" not in os.environ:
            demo = [sys.executable, "-m", "gongkai", "demo", "--no-serve", "--data", folder]
            subprocess.run(demo, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            os.environ["GONGKAI_DATA"] = folder
        print(json.dumps(measured(20 if options.short else options.seconds)))


def measured(seconds: float) -> dict[str, object]:
    """Serve the installation, let the strangers come for so many seconds, and say what became of the home page."""
    port = free_port()
    server = started(
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"),
        *("--blocking-threads", "4", "--respawn-failed-workers", "gongkai.web.wsgi:application"),
    )
    worker = started(sys.executable, "-m", "gongkai", "worker")
    try:
        for _ in range(300):
            if ask(port, "GET", "/")[0] == 200:
                break
            time.sleep(0.2)
        else:
            raise SystemExit("首页打不开:GONGKAI_DATA 要指着装好的样本区")
        before = set(tree(server.pid))
        quiet = asked(port, time.time() + QUIET)
        answers, home, peak = [], [], {}
        names: dict[int, str] = {}

        until = time.time() + seconds
        queue = multiprocessing.get_context("fork").Queue()
        clients = [Process(target=client, args=(n, port, until, queue), daemon=True) for n in range(CLIENTS)]
        for process in clients:
            process.start()
        looked = 0.0
        while time.time() < until:
            home += asked(port, time.time())
            if time.monotonic() - looked > LOOK:
                peak = max(peak, tree(server.pid), key=lambda sizes: sum(sizes.values()))
                names |= {pid: called(pid) for pid in peak if pid not in names}
                looked = time.monotonic()
        for _ in clients:
            answers += queue.get()
        for process in clients:
            process.join()
        return {
            "quiet_p50_p99_ms": middle_and_late(quiet),
            "home_p50_p99_ms": middle_and_late(home),
            "home_requests": len(home),
            "home_wrong": sum(status != 200 for status, _ in home),
            "hostile_requests": len(answers),
            "hostile_turned_away": sum(status in (429, 503) for _, status, _ in answers),
            "hostile_unanswered": sum(status not in (200, 429, 503) for _, status, _ in answers),
            "workers_lost": len(before - set(tree(server.pid))),
            "memory_mib": sum(peak.values()) // 2**20,
            "memory_by": {names[pid]: size // 2**20 for pid, size in peak.items()},
            "slowest": slowest(answers),
        }
    finally:
        for process in (worker, server):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


if __name__ == "__main__":
    main()
