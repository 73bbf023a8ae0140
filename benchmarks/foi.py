"""依申请公开:每秒算多少个应答复日(对照:逐日查表的循环)、重算在办案件、案件清单在100件和100,000件时的时间比。

用法:python benchmarks/foi.py [--large N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PAGES = {
    "list": "/desk/foi/",
    "open": "/desk/foi/?state=open",
    "year": "/desk/foi/?year=2024",
    "words": "/desk/foi/?q=第77",
}
ROUNDS = 5


def per_second(act: Callable[[date], object], days: list[date]) -> float:
    """How often ``act`` runs in a second, once over all days."""
    start = time.perf_counter()
    for day in days:
        act(day)
    return len(days) / (time.perf_counter() - start)


def clock(result: dict[str, float], cases: int) -> None:
    """Due days against a naive loop over a set of working days, and the whole review of cases with steps."""
    from gongkai.law import calendar, clock, procedure

    days = [date(2019, 6, 1) + timedelta(days=n % 2300) for n in range(5000)]
    span = (date(2019, 6, 1) + timedelta(days=n) for n in range(2500))
    working = {day for day in span if calendar.is_workday(day)}

    def naive(day: date) -> date:
        nth = 0
        while nth < 20:
            day += timedelta(days=1)
            nth += day in working
        return day

    assert all(naive(day) == clock.reply_deadline(day).due for day in days[:200])
    result["due_per_s"] = round(per_second(clock.reply_deadline, days))
    result["naive_per_s"] = round(per_second(naive, days))
    result["due_ratio"] = round(result["due_per_s"] / result["naive_per_s"], 3)

    def review(day: date) -> object:
        steps = [
            procedure.Step("third_party_sent", day + timedelta(days=2), {"party": "甲"}),
            procedure.Step("inquiry_replied", day + timedelta(days=12), {"party": "甲"}),
        ]
        return procedure.review(day, steps, as_of=day + timedelta(days=20))

    start = time.perf_counter()
    for n in range(cases):
        review(days[n % len(days)])
    result["review_cases"], result["review_s"] = cases, round(time.perf_counter() - start, 1)


def fill(count: int) -> None:
    """Synthetic cases, written straight into the table: this measures reading."""
    from django.utils import timezone

    from gongkai.foi.models import Application
    from gongkai.org.models import Agency

    agencies = list(Agency.objects.all())
    at, rows = timezone.now(), []
    for n in range(Application.objects.count(), count):
        day = date(2019, 6, 1) + timedelta(days=n % 2600)
        done = n % 50 != 0
        rows.append(
            Application(
                number=f"B-{n}",
                agency=agencies[n % len(agencies)],
                channel="web",
                arrived_on=day,
                received_on=day,
                lenient_on=day,
                start_on=day,
                registered_at=at,
                applicant_kind="person",
                applicant="张*",
                subject=f"第{n}件信息",
                description="x",
                manner="electronic",
                way="web",
                state="replied" if done else "handling",
                due_on=day + timedelta(days=28),
                outcome="provided" if done else "",
                closed_on=day if done else None,
            )
        )
    Application.objects.bulk_create(rows, batch_size=2000)


def pages(client: object) -> dict[str, float]:
    """Median milliseconds of each page."""
    found = {}
    for name, url in PAGES.items():
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response = client.get(url)  # type: ignore[attr-defined]
            times.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200
        found[name] = round(statistics.median(times), 1)
    return found


def lists(result: dict[str, object], large: int) -> None:
    """The list of cases at 100 and at ``large``, as the district office sees it."""
    from django.core.management import call_command
    from django.test import Client

    from gongkai.org.models import Agency, Membership, User

    call_command("migrate", verbosity=0)
    for n in range(60):
        Agency.objects.create(code=f"B{n:02}", name=f"单位{n:02}", kind="department")
    user = User.objects.create(username="office", name="张某")
    Membership.objects.create(user=user, agency=Agency.objects.first(), role="office")
    client = Client()
    client.force_login(user)
    fill(100)
    small = pages(client)
    fill(large)
    big = pages(client)
    result |= {
        "small_ms": small,
        "large_ms": big,
        "large": large,
        "ratio": {name: round(big[name] / small[name], 2) for name in PAGES},
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="只打最后一行")
    options = parser.parse_args()
    result: dict = {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
            "GONGKAI_DATA": folder,
            "GONGKAI_REQUIRE_MFA": "0",
            "GONGKAI_PLAIN_STATIC": "1",
            "GONGKAI_HOSTS": "testserver",
        }
        import django

        django.setup()
        clock(result, options.cases)
        lists(result, options.large)
    if not options.json:
        print(f"应答复日:每秒{result['due_per_s']}个(逐日说明),逐日查表的循环每秒{result['naive_per_s']}个")
        print(f"重算{result['review_cases']}件带征求意见的案件:{result['review_s']}秒")
        for name in PAGES:
            print(
                f"清单 {name}:100件 {result['small_ms'][name]} 毫秒,{options.large}件 {result['large_ms'][name]} 毫秒"
            )
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
