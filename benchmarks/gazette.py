"""公报:排一期一百页的 PDF、EPUB 各要几秒、多少内存(对照:同一次运行里让 WeasyPrint 排同样的字);
一千期、每期三十行的旧目录导入要几秒,公众的几页在这样的库里99%的请求要几毫秒。

用法:python benchmarks/gazette.py [--issues N] [--lines N] [--weasyprint PYTHON] [--json]。
``--weasyprint`` 是装了 WeasyPrint 的 Python;没有就不比。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 40
#: What the room promises on SQLite.
PROMISED = {"pdf_s": 1, "pdf_mib": 300, "import_s": 60, "list_p99_ms": 100}
SENTENCE = "为了做好有关工作，经区政府同意，现就有关事项通知如下，请各单位结合实际认真贯彻执行，按时报送情况。"

OTHER = """
import resource, sys, time
from weasyprint import HTML
html = sys.stdin.read()
start = time.process_time()
document = HTML(string=html).render()
document.write_pdf()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(len(document.pages), time.process_time() - start, peak)
"""


def manuscript(pieces: int) -> Any:
    """An issue of so many papers, each about three pages and a half."""
    from gongkai.adapters.press import Book, Piece, blocks_of

    body = "<p>各镇人民政府、街道办事处：</p>" + "".join(
        f"<h2>{n}、事项</h2><p>{SENTENCE * 7}</p>" for n in range(1, 6)
    )
    rows = tuple(
        Piece(
            n,
            "区政府文件",
            f"关于做好第{n}项工作的通知",
            f"明政发〔2026〕{n}号",
            "明湖区人民政府",
            (),
            blocks_of(body),
        )
        for n in range(1, pieces + 1)
    )
    return Book(
        "明湖区人民政府公报",
        "2026年第9期",
        "（总第57期）",
        "某区人民政府",
        "某办公室",
        "声明。",
        ("电话",),
        "https://x/",
        "urn:x",
        date(2026, 10, 20),
        rows,
    )


def as_html(book: Any) -> str:
    """The same words for WeasyPrint."""
    head = "<style>@page{size:A4;margin:30mm 27mm}body{font:15pt/27pt serif}article{break-before:page}p{text-indent:2em}</style>"
    articles = (
        f"<article><h1>{piece.title}</h1>"
        + "".join(f"<p>{block.text}</p>" for block in piece.blocks)
        + "</article>"
        for piece in book.pieces
    )
    return f"<html lang=zh-CN><head><meta charset=utf-8>{head}</head><body>{''.join(articles)}</body></html>"


def printing(weasyprint: str | None) -> dict[str, Any]:
    """Set an issue of a hundred pages, in a process of its own so that nothing is remembered from before."""
    done = subprocess.run([sys.executable, __file__, "--print-once"], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    if weasyprint:
        html = as_html(manuscript(found["pieces"]))
        other = subprocess.run([weasyprint, "-c", OTHER], input=html, capture_output=True, text=True, check=True)
        pages, seconds, peak = other.stdout.split()
        found |= {"weasyprint_pages": int(pages), "weasyprint_s": float(seconds), "weasyprint_mib": float(peak)}
    return found


def print_once(pieces: int = 32) -> dict[str, Any]:
    """CPU seconds of the first PDF after the fonts were found, and of the EPUB; the peak of this process's memory."""
    from gongkai.adapters import press
    from gongkai.adapters.render import Fonts

    fonts, book = Fonts.find(None), manuscript(pieces)
    content, pdf_s = timed(lambda: press.pdf(book, fonts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _, epub_s = timed(lambda: press.epub(book))
    read, proof_s = timed(lambda: list(press.faults(book, "PDF", press.of_pdf(content, book))))
    return {
        "pieces": pieces,
        "pages": press.count(content),
        "pdf_bytes": len(content),
        "pdf_s": pdf_s,
        "pdf_mib": peak,
        "epub_s": epub_s,
        "proof_s": proof_s,
        "faults": len(read),
    }


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What ``act`` gives, and the CPU seconds that it took: the machine may be busy with other things."""
    start = time.process_time()
    return act(), time.process_time() - start


def history(issues: int, lines: int) -> dict[str, Any]:
    """Read, look at the difference, apply; the same file once more."""
    from django.utils import timezone

    from gongkai.adapters.readers.gazette.history import history as read
    from gongkai.gazette import actions
    from gongkai.gazette.actions.history import difference
    from gongkai.org.models import Agency, Membership, User

    at = timezone.now()
    agency = Agency.objects.create(code="B01", name="某办公室", kind="department")
    user = User.objects.create(username="office", name="某")
    Membership.objects.create(user=user, agency=agency, role="office")
    rows = ["年,期号,总期号,出版日期,栏目,标题,文号,页码"]
    for number in range(issues):
        year, nth = 1950 + number // 24, number % 24 + 1
        for line in range(lines):
            rows.append(
                f"{year},{nth},{number + 1},{year}-12-01,文件,关于第{number * lines + line}项工作的通知,明政发〔{year}〕{nth * 40 + line}号,{line}"
            )
    content = "\n".join(rows).encode()

    def whole() -> Any:
        made = actions.read_in(agency, "旧目录.csv", read(content, "旧目录.csv"), by=user, at=at)
        difference(made)
        return actions.apply_intake(made, by=user, at=at)

    start = time.perf_counter()
    first = whole()
    took = time.perf_counter() - start
    start = time.perf_counter()
    again = whole()
    return {
        "import_s": took,
        "again_s": time.perf_counter() - start,
        "articles": first.counts["articles"],
        "again_same": again.counts["same"],
    }


def scans(pages: int = 20) -> int:
    """Every old issue with a scan of so many pages whose words were read."""
    from gongkai.gazette.models import HistoricIssue, ScanPage

    rows = [
        ScanPage(issue=issue, page=number, text=f"第{issue.pk * pages + number}号存根" + SENTENCE * 14)
        for issue in HistoricIssue.objects.all()
        for number in range(1, pages + 1)
    ]
    return len(ScanPage.objects.bulk_create(rows, batch_size=500))


def pages() -> dict[str, Any]:
    """The public pages over such a history, each asked many times by the application itself."""
    from django.test import Client
    from django.urls import reverse

    from gongkai.gazette.models import HistoricIssue

    client, found = Client(), {}
    gc.collect()  # 导入留下的不算在这几页里
    gc.freeze()
    middle = HistoricIssue.objects.order_by("pk")[HistoricIssue.objects.count() // 2]
    addresses = {
        "home": reverse("public:gazette"),
        "old": middle.get_absolute_url(),
        "search": reverse("public:gazette_search") + "?q=第1234项",
        "cited": reverse("public:gazette_search") + "?q=1960年第7期",
        "scanned": reverse("public:gazette_search") + "?q=第12345号存根",
    }
    for name, address in addresses.items():
        assert client.get(address).status_code == 200, address
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            client.get(address)
            times.append((time.process_time() - start) * 1000)
        found[f"{name}_p50_ms"], found[f"{name}_p99_ms"] = statistics.median(times), max(times)
    return found | {"list_p99_ms": max(found["home_p99_ms"], found["old_p99_ms"])}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=1000)
    parser.add_argument("--lines", type=int, default=30)
    parser.add_argument("--weasyprint", help="装了 WeasyPrint 的 Python")
    parser.add_argument("--json", action="store_true", help="只要最后一行")
    parser.add_argument("--print-once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.print_once:
        sys.stdout.write(json.dumps(print_once()))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "GONGKAI_PLAIN_STATIC": "1",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        found = (
            printing(options.weasyprint)
            | history(options.issues, options.lines)
            | {"scan_pages": scans()}
            | pages()
        )
    told = {name: round(value, 3) if isinstance(value, float) else value for name, value in found.items()}
    if not options.json:
        for name, value in told.items():
            promise = f"(答应的:{PROMISED[name]})" if name in PROMISED else ""
            sys.stdout.write(f"{name}\t{value}{promise}\n")
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
