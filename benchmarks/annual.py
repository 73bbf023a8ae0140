"""年度报告:由10,000件和1,000,000件案卷计出一份的时间比(对照:把案卷逐件读出来数一遍),读一份PDF并校验要几秒,
扫描成图片的每页要几秒、读对几格。

用法:python benchmarks/annual.py [--small N] [--large N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
YEARS, AGENCIES, ROUNDS = 10, 60, 3


def seconds(act: Callable[[], object]) -> float:
    """The least of a few rounds."""
    found = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return min(found)


def fill(count: int) -> None:
    """That many closed cases, spread over ten years and sixty agencies."""
    from gongkai.foi.models import Application, Conversion, Item, Remedy
    from gongkai.law import replies
    from gongkai.org.models import Agency

    Remedy.objects.all().delete()
    Conversion.objects.all().delete()
    Item.objects.exclude(earlier=None).update(earlier=None)
    Application.objects.all().delete()
    agencies = list(Agency.objects.order_by("pk")[:AGENCIES])
    outcomes, kinds = [*replies.outcomes()], ["person", "business", "research", "welfare", "legal", "other"]
    first = date(2016, 1, 1)

    def rows():
        for n in range(count):
            on = first + timedelta(days=n * 3653 // count)
            done = on + timedelta(days=20)
            yield Application(
                number=f"B{n}",
                query_digest="",
                agency=agencies[n % AGENCIES],
                channel="web",
                arrived_on=on,
                received_on=on,
                lenient_on=on,
                registered_at="2026-01-01T00:00Z",
                applicant_kind=kinds[n % 6],
                applicant="某",
                subject="x",
                description="x",
                manner="electronic",
                way="web",
                state="replied",
                start_on=on,
                answered_on=done,
                closed_on=done,
                outcome=outcomes[n % len(outcomes)],
                counted_on=done,
                counted_outcome=outcomes[n % len(outcomes)],
            )

    batch = []
    for row in rows():
        batch.append(row)
        if len(batch) == 5000:
            Application.objects.bulk_create(batch)
            batch = []
    Application.objects.bulk_create(batch)


def one_by_one(pks: list[int], year: int) -> Counter:
    """The peer: read every case of the year and count it in Python."""
    from django.db.models import Q

    from gongkai.foi.models import Application

    span = (date(year, 1, 1), date(year, 12, 31))
    rows = Application.objects.filter(Q(received_on__range=span) | Q(counted_on__range=span), agency__in=pks)
    found: Counter = Counter()
    for one in rows.iterator(chunk_size=5000):
        if span[0] <= one.received_on <= span[1]:
            found["new", one.applicant_kind] += 1
        if span[0] <= one.counted_on <= span[1]:
            found[one.cell, one.applicant_kind] += 1
    return found


def measure(count: int) -> tuple[float, float, float]:
    """(一个机关, 全区, 逐件数全区) in seconds at that many cases."""
    from gongkai.org.models import Agency
    from gongkai.reports import counting

    fill(count)
    pks = list(Agency.objects.order_by("pk").values_list("pk", flat=True)[:AGENCIES])
    assert sum(n for part in counting.count(pks, 2020).values() for n in part.values()) > 0
    return (
        seconds(lambda: counting.count(pks[:1], 2020)),
        seconds(lambda: counting.count(pks, 2020)),
        seconds(lambda: one_by_one(pks, 2020)),
    )


def scanned(pdf: bytes, name: str) -> dict[str, float]:
    """The same report as pictures only: seconds a page, and cells read as the text has them."""
    import pypdfium2 as pdfium

    from gongkai.adapters.annual import read
    from tests.adapters import scan_samples

    pictures = scan_samples.scanned(pdf, skew=0.8, noise=10, blur=0.5)
    start = time.perf_counter()
    found = read(pictures, name).cells()
    taken = time.perf_counter() - start
    true = read(pdf, name).cells()
    right = sum(found.get(row, [None] * 7)[n] == cell for row, line in true.items() for n, cell in enumerate(line))
    return {
        "scan_page_s": round(taken / len(pdfium.PdfDocument(pictures)), 2),
        "scan_cells": sum(map(len, true.values())),
        "scan_cells_right": right,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="只印最后一行")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"GONGKAI_DATA": folder, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from gongkai.web.demo import load

        load.load(lambda what, done, total: None)
        from gongkai.adapters.annual import read
        from gongkai.law.report import check
        from gongkai.reports import actions
        from gongkai.reports.models import AnnualReport

        name, pdf = actions.files(AnnualReport.objects.exclude(frozen={}).first())[0]
        result: dict[str, float] = {"pdf_check_s": round(seconds(lambda: check(read(pdf, name))), 3)}
        result |= scanned(pdf, name)
        for label, count in (("small", given.small), ("large", given.large)):
            one, district, peer = measure(count)
            result |= {
                f"{label}_cases": count,
                f"{label}_agency_s": round(one, 4),
                f"{label}_district_s": round(district, 4),
                f"{label}_one_by_one_s": round(peer, 4),
                f"{label}_peer_ratio": round(peer / district, 1),
            }
        result["agency_growth"] = round(result["large_agency_s"] / result["small_agency_s"], 1)
        result["district_growth"] = round(result["large_district_s"] / result["small_district_s"], 1)
    if not given.json:
        for key, value in result.items():
            print(f"{key:24} {value}")
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
