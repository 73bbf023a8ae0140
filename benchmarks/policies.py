"""规范性文件库和“某日文本”页在100件和100,000件时的时间比。用法:python benchmarks/policies.py [--large N] [--json]。最后一行是 JSON。"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 9
PAGES = {
    "library": "/policies/",
    "filtered": "/policies/?year=2020&validity=in_force",
    "title": "/policies/?q=第77",
    "as_at": "",
    "history": "",
}


def fill(count: int) -> None:
    """Synthetic documents, written straight into the tables: this measures reading. Every seventh was amended."""
    from django.utils import timezone

    from gongkai.org.actions import log
    from gongkai.org.models import Agency, User
    from gongkai.policies.models import Document, Effect
    from gongkai.records.models import Edition, Record

    user = User.objects.get_or_create(username="bench", defaults={"name": "某"})[0]
    agencies = [
        Agency.objects.get_or_create(code=f"B{n:02}", defaults={"name": f"单位{n:02}", "kind": "department"})[0]
        for n in range(60)
    ]
    made = []
    for n in range(Record.objects.count(), count):
        day = date(2005, 1, 1) + timedelta(days=n % 7900)
        at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9, n % 60))
        made.append(
            Record(
                agency=agencies[n % 60],
                type="normative",
                duty="normative",
                index_number=f"B/{n}",
                title=f"关于第{n}件事项的办法",
                made_on=day,
                effective_on=day,
                expires_on=day + timedelta(days=1825) if n % 3 else None,
                published_at=at,
                updated_at=at,
                year=day.year,
                genre="通知",
                doc_number=f"明{n % 60}规〔{day.year}〕{n}号",
                number_code=f"明{n % 60}规",
                number_year=day.year,
                number_seq=n + 1,
            )
        )
    Record.objects.bulk_create(made, batch_size=2000)
    text = "<p>第一条　为了规范有关工作，制定本办法。</p>" * 30
    Edition.objects.bulk_create(
        (
            Edition(
                record=one,
                nth=1,
                stage="live",
                title=one.title,
                body=text,
                author=user,
                created_at=one.published_at,
                saved_at=one.published_at,
                saved_by=user,
                signed_at=one.published_at,
            )
            for one in made
        ),
        batch_size=2000,
    )
    documents = Document.objects.bulk_create(
        (
            Document(
                record=one,
                number=f"BENCH-{one.pk}",
                number_year=one.year,
                number_seq=one.pk,
                maker_id=one.agency_id,
                registered_at=one.published_at,
                registered_by=user,
            )
            for one in made
        ),
        batch_size=2000,
    )
    Effect.objects.bulk_create(
        (
            Effect(
                document=one,
                kind="amend",
                on=one.record.made_on + timedelta(days=400),
                source_note="某决定",
                by=user,
                at=one.registered_at,
            )
            for n, one in enumerate(documents)
            if n % 7 == 0
        ),
        batch_size=2000,
    )
    log("bench.fill", f"{count}件", at=timezone.now())


def measure(client) -> dict[str, float]:
    """Median milliseconds of each page; ``first`` is the library right after a change, when nothing is remembered."""
    from gongkai.policies.models import Document

    start = time.perf_counter()
    client.get("/policies/")
    found = {"first": round((time.perf_counter() - start) * 1000, 2)}
    document = Document.objects.exclude(effects=None).order_by("-pk")[50 if Document.objects.count() > 1000 else 5]
    address = document.get_absolute_url()
    pages = PAGES | {"as_at": f"{address}?on={document.record.made_on + timedelta(days=30)}", "history": address}
    for name, url in pages.items():
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            response = client.get(url)
            times.append((time.perf_counter() - start) * 1000)
            assert response.status_code == 200, url
        found[name] = round(statistics.median(times), 2)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="只打印最后一行")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            GONGKAI_DATA=folder, GONGKAI_PLAIN_STATIC="1", DJANGO_SETTINGS_MODULE="gongkai.web.settings"
        )
        os.environ["GONGKAI_HOSTS"] = "testserver"
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import Client

        call_command("migrate", verbosity=0)
        result = {}
        for count in (100, options.large):
            fill(count)
            result[count] = measure(Client())
            if not options.json:
                print(f"{count:>7}件  " + "  ".join(f"{name} {ms}毫秒" for name, ms in result[count].items()))
    small, large = result[100], result[options.large]
    ratios = {name: round(large[name] / small[name], 2) for name in small}
    print(
        json.dumps({"small": small, "large": large, "ratio": ratios, "count": options.large}, ensure_ascii=False)
    )


if __name__ == "__main__":
    main()
