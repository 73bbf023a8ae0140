"""一百万件信息的本站:自查全部自动的指标、从头数没有存的一天、马上说出一天没有存或者没有数,各要多久。

用法:python benchmarks/own_site.py [--records N] [--json]。最后一行是 JSON;``cpu_s`` 是本进程用掉的处理器时间。
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
from benchmarks.rows import copied  # noqa: E402

ON = date(2026, 6, 30)
UNITS = 60
#: What the pages promise with a million records.
PROMISED = {"own_site_s": 300, "said_not_counted_s": 2, "missing_day_s": 2}


def fill(count: int) -> Any:
    """Units and records of twenty years, copied in the database; the own site."""
    from django.utils import timezone

    from gongkai.inspections.models import Outlet
    from gongkai.org.models import Agency
    from gongkai.records.models import Record

    units = [Agency.objects.create(code=f"B{n:02}", name=f"单位{n:02}", kind="department") for n in range(UNITS)]
    kinds = (("normative", "normative"), ("document", "other"), ("budget", "budget"), ("penalty", "penalties"))
    days = (ON - date(2005, 1, 1)).days
    for kind, duty in kinds:
        day = date(2005, 1, 1)
        at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9))
        row = Record.objects.create(
            agency=units[0],
            type=kind,
            duty=duty,
            index_number=f"B/{kind}/0",
            title=f"{kind}：某件事项的通知",
            made_on=day,
            published_at=at,
            updated_at=at,
            publication_due_on=day + timedelta(days=28),
            year=day.year,
        )
        shift = f"datetime(one.published_at, '+' || (n % {days}) || ' days')"
        copied(
            row,
            count // len(kinds) - 1,
            agency_id=f"{units[0].pk} + n % {UNITS}",
            index_number=f"'B/{kind}/' || n",
            published_at=shift,
            updated_at=shift,
            made_on=f"date(one.made_on, '+' || (n % {days}) || ' days')",
            publication_due_on=f"date(one.publication_due_on, '+' || (n % {days}) || ' days')",
            late="n % 50 = 0",
            year=f"cast(strftime('%Y', date(one.made_on, '+' || (n % {days}) || ' days')) as integer)",
        )
    return Outlet.objects.create(
        agency=units[0], platform="site", name="本站", url="https://b.example/", is_own=True
    )


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock and of this process's processor."""
    start, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - used


def measure(outlet: Any) -> dict[str, float]:
    from django.utils import timezone

    from gongkai.desk.figures import figures
    from gongkai.inspections import self_check
    from gongkai.supervision import actions, counts

    at = timezone.make_aware(timezone.datetime(ON.year, ON.month, ON.day, 18))
    today, result = ON + timedelta(days=1), {}

    def note(name: str, work: Callable[[], Any]) -> None:
        result[f"{name}_s"], result[f"{name}_cpu_s"] = timed(work)

    note("own_site", lambda: self_check.check(outlet, ON, at))
    note("day_not_kept", lambda: counts.counted(ON, today=today))
    for key in figures():
        note(f"day_not_kept:{key}", lambda key=key: counts.counted(ON, [key], today=today))
    actions.keep(ON, figures())
    before = ON - timedelta(days=100)
    note("said_not_counted", lambda: counts.counted(before, today=today, patience=counts.PATIENCE))
    missing = [key for key, one in figures().items() if one.present]
    note("missing_day", lambda: counts.counted(before, missing, today=today))
    assert not any(one.is_kept for one in counts.counted(before, missing, today=today).values())
    return {key: round(value, 3) for key, value in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="只输出 JSON")
    options = parser.parse_args()
    with installation():
        result = measure(fill(options.records))
        if not options.json:
            slow = {
                key: value for key, value in result.items() if ":" in key and value > 0.05 and "cpu" not in key
            }
            for key, value in sorted(slow.items(), key=lambda pair: -pair[1]):
                print(f"{key} {value:.2f}")
            for key, most in PROMISED.items():
                print(f"{key}:{result[key]:.2f}(要不超过{most})")
        print(json.dumps({key: value for key, value in result.items() if ":" not in key}))


if __name__ == "__main__":
    main()
