"""年报校验:真实年报里已知的毛病找出多少、误报多少,改坏的报告找出多少,校验一份 PDF 要几秒。

用法:python benchmarks/annual_check.py(在检出的目录里运行,数据在 ../shared/data)。
对照:同一台机器上 pypdfium2 只抽出同一份 PDF 的文字所用的时间。
"""

import json
import statistics
import sys
import time
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from gongkai.adapters.annual import read  # noqa: E402
from gongkai.law.report import check, check_rows  # noqa: E402
from tests.adapters import annual_samples as samples  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"


def expected_of(failure: str) -> tuple[str, str]:
    place, what = failure.split(": ", 1)
    if "分项和" in what:
        return "E2", f"表三/(七)总计/{place}"
    if "一+二" in what:
        return "E3", f"表三/收结平衡/{place}"
    if "横向和" in what:
        return "E1", f"表三/{place}/总计"
    return "E5", f"表四/{place}/总计"


def rows() -> None:
    known = [json.loads(line) for line in (SHARED / "annual.dev.jsonl").read_text("utf-8").splitlines()]
    found = missed = false = 0
    for row, (_, findings) in zip(known, check_rows(known), strict=True):
        errors = {(f.id, f.where) for f in findings if f.severity.value == "error"}
        due = {expected_of(failure) for failure in row["failures"]}
        found += len(due & errors)
        missed += len(due - errors)
        false += len(errors) if row["balanced"] else 0
    print(f"真实年报{len(known)}份:已知的毛病找出{found}处,漏{missed}处;平衡的报告误报{false}处")
    start = time.perf_counter()
    for _ in range(20):
        list(check_rows(known))
    print(f"校验交换数据:每秒{20 * len(known) / (time.perf_counter() - start):.0f}份")


def layouts() -> None:
    ways = {
        "网页": lambda data: samples.as_html(data, messy=True),
        "Word": samples.as_docx,
        "Excel": samples.as_xlsx,
        "文字": lambda data: samples.as_text(data, "stacked"),
        "粘连文字": lambda data: samples.as_text(data, "glued"),
    }
    for name, write in ways.items():
        exact, times = 0, []
        for seed in range(20):
            data = samples.figures(seed)
            blob = write(data)
            start = time.perf_counter()
            report = read(blob, name)
            times.append(time.perf_counter() - start)
            exact += report.cells() == samples.cells(data)
        print(f"{name}:20份读回一格不差{exact}份,中位数{statistics.median(times):.3f}秒")


def pdf() -> None:
    data = (SHARED / "annual-report-hongze-2024.pdf").read_bytes()
    ours, bare = [], []
    for _ in range(10):
        start = time.perf_counter()
        check(read(data, "年报"))
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        document = pypdfium2.PdfDocument(data)
        for page in document:
            page.get_textpage().get_text_range()
        document.close()
        bare.append(time.perf_counter() - start)
    mine, plain = statistics.median(ours), statistics.median(bare)
    print(f"真实PDF(5页):读出并校验{mine:.3f}秒;pypdfium2只抽文字{plain:.3f}秒;{mine / plain:.1f}倍")


if __name__ == "__main__":
    rows()
    layouts()
    pdf()
