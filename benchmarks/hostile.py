"""十个陌生人不停地交恶意的文件,别人还打不打得开首页。用法:python benchmarks/hostile.py [--seconds 60] [--short]。

照 ``deploy/`` 起两个工作进程;每次请求换一个本机地址,绕开次数限制。量首页的时间、进程有没有少、内存最多多少。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import http.client
import io
import itertools
import json
import os
import signal
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 10
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
    here = f"127.{number // 60000 % 200 + 1}.{number // 250 % 250}.{number % 250 + 2}"
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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--short", action="store_true", help="只跑20秒")
    options = parser.parse_args()
    seconds = 20 if options.short else options.seconds
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")),
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--workers",
            "2",
            "--blocking-threads",
            "4",
            "--respawn-failed-workers",
            "gongkai.web.wsgi:application",
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(300):
            if ask(port, "GET", "/")[0]:
                break
            time.sleep(0.2)
        before = set(tree(server.pid))
        stop, answers, home, peak = time.monotonic() + seconds, [], [], 0

        def client(first: int) -> None:
            for name in itertools.islice(itertools.cycle(INPUTS), first, None):
                if time.monotonic() > stop:
                    return
                answers.append((name, *ask(port, "POST", "/annual-reports/check/", INPUTS[name], name)))

        clients = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
        for one in clients:
            one.start()
        while time.monotonic() < stop:
            home.append(ask(port, "GET", "/"))
            peak = max(peak, sum(tree(server.pid).values()))
            time.sleep(0.05)
        for one in clients:
            one.join()
        times = sorted(took for _, took in home)
        result = {
            "home_p50_ms": round(statistics.median(times) * 1000),
            "home_p99_ms": round(times[int(len(times) * 0.99)] * 1000),
            "home_requests": len(home),
            "home_wrong": sum(status != 200 for status, _ in home),
            "hostile_requests": len(answers),
            "hostile_unanswered": sum(status != 200 for _, status, _ in answers),
            "workers_lost": len(before - set(tree(server.pid))),
            "memory_mib": peak // 2**20,
        }
        print(json.dumps(result))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


if __name__ == "__main__":
    main()
