"""每秒读多少份公文:我们的读出要素,对照同一次运行里只用同样的库取出文字。

用法:python benchmarks/import_files.py [--count N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
from selectolax.lexbor import LexborHTMLParser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gongkai.adapters import files, paper  # noqa: E402

SHARED = ROOT.parent / "shared"
LINES = [
    "明湖区人民政府办公室关于印发办法的通知",
    "明政办发〔2024〕18号",
    "各镇人民政府、街道办事处：",
    *["现将办法印发给你们，请结合实际认真贯彻执行。" * 4] * 40,
    "明湖区人民政府办公室",
    "2024年8月26日",
]


def word() -> bytes:
    memory, document = io.BytesIO(), docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.save(memory)
    return memory.getvalue()


def bare_docx(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)


def bare_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def bare_html(data: bytes) -> str:
    return LexborHTMLParser(data.decode()).body.text()


def seconds(act: Callable[[], object], count: int) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(count):
            act()
        best = min(best, (time.perf_counter() - start) / count)
    return best


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in LINES) + "</body></html>"
    cases = {
        "txt": ("\n".join(LINES).encode(), lambda data: data.decode()),
        "html": (html.encode(), bare_html),
        "docx": (word(), bare_docx),
        "pdf": ((SHARED / "data" / "annual-report-hongze-2024.pdf").read_bytes(), bare_pdf),
    }
    result: dict[str, dict[str, float]] = {}
    for kind, (data, bare) in cases.items():
        ours = seconds(
            lambda data=data: paper.body_html(paper.extract(files.read(data, "x")).blocks), options.count
        )
        peer = seconds(lambda data=data, bare=bare: bare(data), options.count)
        result[kind] = {
            "files_per_second": round(1 / ours, 1),
            "bare_per_second": round(1 / peer, 1),
            "ratio": round(peer / ours, 3),
        }
        if not options.json:
            print(f"{kind:<5} 每秒 {1 / ours:8.1f} 份,只取文字每秒 {1 / peer:8.1f} 份,比 {peer / ours:.3f}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
