"""全部自己会数的数,60个单位:整个重数、存着以后再看、动过一个单位再看,和点开一页(99%的请求)要多久。

用法:python benchmarks/supervision.py [--records N] [--cases N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages import installation  # noqa: E402

ROUNDS = 50
ON = date(2026, 6, 30)
#: What the desk promises with a million records and a hundred thousand cases.
PROMISED = {"kept_s": 2, "behind_p99_ms": 300}
UNITS = 60


def fill(records: int, cases: int) -> list[int]:
    """Units, records and cases, written straight into the tables: this measures counting."""
    from django.utils import timezone

    from gongkai.foi.models import Application
    from gongkai.org.actions import log
    from gongkai.org.models import Agency
    from gongkai.records.models import Record

    units = [Agency.objects.create(code=f"B{n:02}", name=f"单位{n:02}", kind="department") for n in range(UNITS)]
    kinds = (("normative", "normative"), ("document", "other"), ("budget", "budget"), ("penalty", "penalties"))
    batch: list[Any] = []
    for n in range(records):
        kind, duty = kinds[n % 4]
        day = date(2005, 1, 1) + timedelta(days=n % 7850)
        at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9, n % 60))
        batch.append(
            Record(
                agency=units[n % UNITS],
                type=kind,
                duty=duty,
                index_number=f"B/{n}",
                title=f"关于第{n}件事项的通知",
                made_on=day,
                published_at=at,
                updated_at=at,
                publication_due_on=day + timedelta(days=28),
                late=n % 50 == 0,
                year=day.year,
            )
        )
        if len(batch) == 10000:
            Record.objects.bulk_create(batch)
            batch = []
    Record.objects.bulk_create(batch)
    rows = []
    for n in range(cases):
        day = date(2019, 1, 1) + timedelta(days=n % 2700)
        rows.append(
            Application(
                number=f"B{n:06}",
                agency=units[n % UNITS],
                arrived_on=day,
                received_on=day,
                lenient_on=day,
                start_on=day,
                registered_at=timezone.now(),
                due_on=day + timedelta(days=28),
                answered_on=day + timedelta(days=20),
                closed_on=day + timedelta(days=20),
                state="closed",
                late=n % 40 == 0,
                subject="某事",
            )
        )
    Application.objects.bulk_create(rows, batch_size=5000)
    log("records.import", "样本", at=timezone.now())
    return [one.pk for one in units]


def timed(work: Callable[[], Any]) -> float:
    """Seconds that ``work`` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def p99(work: Callable[[], Any]) -> float:
    """Milliseconds that 99 of a hundred runs stay below."""
    found = sorted(timed(work) for _ in range(ROUNDS))
    return 1000 * found[min(len(found) - 1, int(0.99 * len(found)))]


def measure(units: list[int]) -> dict[str, float]:
    from django.http import QueryDict
    from django.utils import timezone

    from gongkai.desk.figures import Listing, figures
    from gongkai.desk.paging import page
    from gongkai.org.actions import log
    from gongkai.org.models import Agency
    from gongkai.supervision import actions, counts

    result = {"recount_s": timed(lambda: actions.keep(ON, figures()))}
    result["kept_s"] = timed(lambda: counts.counted(ON))
    log("foi.accept", "一件", at=timezone.now(), agency=Agency.objects.get(pk=units[3]))
    result["one_unit_moved_s"] = timed(lambda: counts.counted(ON))

    def open_one() -> None:
        for key in ("records.timely", "foi.timely"):
            found = counts.behind(figures()[key], ON, units)
            assert isinstance(found, Listing)
            found.shown(page(found.rows, QueryDict()).rows)

    result["behind_p99_ms"] = p99(open_one) / 2
    return {key: round(value, 3) for key, value in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="只输出 JSON")
    options = parser.parse_args()
    with installation():
        result = measure(fill(options.records, options.cases))
    if not options.json:
        for key, value in result.items():
            promised = f"(答应的是{PROMISED[key]})" if key in PROMISED else ""
            print(f"{key}:{value}{promised}")
    print(json.dumps({"records": options.records, "cases": options.cases, **result}))


if __name__ == "__main__":
    main()
