"""列表页在100件和100,000件时的时间比。用法:python benchmarks/list_page.py [--large N] [--json]。最后一行是 JSON。"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages import installation  # noqa: E402

PAGES = {
    "list": "/records/",
    "filtered": "/records/?duty=normative&year=2020",
    "title": "/records/?q=第77",
    "home": "/",
    "desk": "/desk/",
    "desk_list": "/desk/records/",
    "deep": "",
}
ROUNDS = 7


def fill(count: int) -> None:
    """Synthetic rows, written straight into the table: this measures reading."""
    from django.utils import timezone

    from gongkai.org.actions import log
    from gongkai.org.models import Agency, Membership, User
    from gongkai.records.actions import count_anew
    from gongkai.records.models import Edition, Record

    agencies = [
        Agency.objects.get_or_create(code=f"B{n:02}", defaults={"name": f"单位{n:02}", "kind": "department"})[0]
        for n in range(60)
    ]
    if not User.objects.exists():  # 一个信息员,各单位都管,全是她写的:最坏的情形
        user = User.objects.create(username="clerk", name="某")
        Membership.objects.bulk_create(Membership(user=user, agency=one, role="clerk") for one in agencies)
    kinds = (("normative", "normative"), ("notice", "other"), ("budget", "budget"), ("penalty", "penalties"))
    start = Record.objects.count()
    rows = []
    for n in range(start, count):
        kind, duty = kinds[n % 4]
        day = date(2005, 1, 1) + timedelta(days=n % 7900)
        at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9, n % 60))
        rows.append(
            Record(
                agency=agencies[n % 60],
                type=kind,
                duty=duty,
                index_number=f"B/{n}",
                title=f"关于第{n}件事项的通知",
                made_on=day,
                published_at=at,
                updated_at=at,
                year=day.year,
            )
        )
    Record.objects.bulk_create(rows, batch_size=2000)
    clerk = User.objects.get(username="clerk")
    Edition.objects.bulk_create(
        (
            Edition(
                record=one,
                stage="live",
                title=one.title,
                body="<p>请办理。</p>",
                text="请办理。",
                author=clerk,
                created_at=one.updated_at,
                saved_at=one.updated_at,
                saved_by=clerk,
            )
            for one in rows
        ),
        batch_size=2000,
    )
    count_anew(timezone.now())
    log("bench.fill", f"{count}件", at=timezone.now())


def measure(client) -> dict[str, float]:
    """Median milliseconds of each page; ``first`` is the list right after a change, when nothing is remembered."""
    import re

    start = time.perf_counter()
    client.get("/records/")
    first = round((time.perf_counter() - start) * 1000, 2)

    found = client.get("/records/").content.decode()
    for _ in range(3):
        match = re.search(r'rel="next" href="([^"]+)"', found)
        if not match:
            break
        PAGES["deep"] = "/records/" + match[1].replace("&amp;", "&")
        found = client.get(PAGES["deep"]).content.decode()
    result = {"first": first}
    for name, url in PAGES.items():
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response = client.get(url)
            times.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200
        result[name] = round(statistics.median(times), 2)
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with installation() as client:
        from django.db import connection

        from gongkai.org.models import User

        fill(100)
        client.force_login(User.objects.get(username="clerk"))
        small = measure(client)
        fill(options.large)
        if connection.vendor == "postgresql":  # 那里平时自己会做;SQLite 不会,不做才同平时一样
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        large = measure(client)
    ratios = {name: round(large[name] / small[name], 2) for name in small}
    if not options.json:
        for name in small:
            print(
                f"{name:<9} 100件 {small[name]:8.2f} ms,{options.large}件 {large[name]:8.2f} ms,比 {ratios[name]}"
            )
    print(json.dumps({"small_ms": small, "large_ms": large, "ratio": ratios}))


if __name__ == "__main__":
    main()
