"""开放数据:大 CSV 体检(同一次里同引擎空过一遍比)、预览、带条件的接口、目录清单。

用法:python benchmarks/opendata.py [--rows N] [--sets N] [--megabytes N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 100
#: 一千万行的一张表:编号、名称(大多不同)、单位(三十个)、日期、金额、人数。
ROWS = """SELECT i AS id, '第' || (hash(i) % 5000000) || '家' AS name, 'MH' || lpad((hash(i * 7) % 30)::VARCHAR, 4, '0') AS unit,
DATE '2020-01-01' + ((hash(i * 3) % 2000)::INT) AS day, ((hash(i * 11) % 1000000) / 100.0)::DECIMAL(12, 2) AS amount,
(hash(i * 13) % 100)::BIGINT AS people FROM range({count}) AS t(i)"""
COLUMNS = [
    {"name": name, "title": name, "kind": kind, "places": places, "distinct": 2}
    for name, kind, places in (
        ("id", "integer", 0),
        ("name", "string", 0),
        ("unit", "string", 0),
        ("day", "date", 0),
        ("amount", "number", 2),
        ("people", "integer", 0),
    )
]


def big_dataset(count: int) -> int:
    """A dataset of so many rows, written straight into the tables: this measures reading."""
    from django.utils import timezone

    from gongkai.adapters.datatable.engine import _PARQUET, connection, literal
    from gongkai.opendata import store
    from gongkai.opendata.models import Dataset, Version
    from gongkai.org.models import Agency, User

    user = User.objects.create(username="bench", name="某")
    agency = Agency.objects.create(code="B00", name="单位", kind="department")
    at = timezone.now()
    dataset = Dataset.objects.create(
        agency=agency,
        code="B00-D-0000",
        title="很大的一张表",
        summary="某",
        office="某",
        phone="0571-00000000",
        domain="life",
        cycle="yearly",
        has_interface=True,
        opening="unconditional",
        state="open",
        made_at=at,
        updated_on=at.date(),
        opened_on=at.date(),
    )
    version = Version.objects.create(
        dataset=dataset,
        number=1,
        file_name="a.csv",
        digest="0",
        rows=count,
        columns=COLUMNS,
        state="open",
        uploaded_at=at,
        uploaded_by=user,
        opened_at=at,
    )
    dataset.current = version
    dataset.save()
    store.kept(version).mkdir(parents=True)
    target = literal(store.kept(version) / store.TABLE)
    connection().execute(f"COPY ({ROWS.format(count=count)}) TO {target} ({_PARQUET})")
    start = time.perf_counter()
    store.build_index(version)
    print(f"index: {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return dataset.pk


def many_datasets(count: int) -> None:
    """So many entries in the catalogue."""
    from django.utils import timezone

    from gongkai.opendata.models import Dataset
    from gongkai.org.models import Agency

    agency, at = Agency.objects.get(code="B00"), timezone.now()
    Dataset.objects.bulk_create(
        (
            Dataset(
                agency=agency,
                code=f"B00-D-{n}",
                title=f"第{n}个数据集",
                summary="全区某项数据，按月更新，用于查询和分析。",
                office="某",
                phone="0571-00000000",
                domain=("life", "health", "transport")[n % 3],
                cycle="monthly",
                opening="unconditional",
                state="open",
                made_at=at,
                updated_on=date(2026, 1, 1) + timedelta(days=n % 300),
                opened_on=date(2025, 1, 1),
            )
            for n in range(1, count)
        ),
        batch_size=2000,
    )


def timed(act: Callable[[int], object], rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds: median and the 99th of a hundred."""
    times = []
    for n in range(rounds):
        start = time.perf_counter()
        act(n)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {
        "median": round(statistics.median(times), 1),
        "p99": round(times[min(len(times) - 1, int(len(times) * 0.99))], 1),
    }


def pages(pk: int, count: int) -> dict[str, dict[str, float]]:
    """The public's pages and the interface, by Django's own client; the limits on calls are lifted."""
    from django.test import Client

    from gongkai.opendata.views import interface

    interface._limited = lambda request, key: None
    client, chance = Client(), random.Random(3)

    def get(url: str) -> None:
        response = client.get(url)
        assert response.status_code == 200, (url, response.content[:300])

    rows, last = f"/data/{pk}", count // 2
    for url in (f"/data/{pk}/table/", f"{rows}?unit=MH0001"):
        get(url)
    return {
        "preview": timed(lambda n: get(f"/data/{pk}/table/?page={chance.randrange(1, min(2000, count // 50))}")),
        "interface_page": timed(lambda n: get(f"{rows}?after={chance.randrange(last)}")),
        "interface_equal": timed(lambda n: get(f"{rows}?unit=MH{n % 30:04}&after={chance.randrange(last)}")),
        "interface_rare": timed(lambda n: get(f"{rows}?name=第{chance.randrange(5_000_000)}家")),
        "interface_range": timed(lambda n: get(f"{rows}?amount__gte=9990&day__lt=2020-03-01"), 20),
        "interface_contains": timed(
            lambda n: get(f"{rows}?name__contains={chance.randrange(1_000_000, 5_000_000)}"), 30
        ),
        "interface_nowhere": timed(lambda n: get(f"{rows}?name__contains=没有的{n}"), 30),
        "interface_common": timed(
            lambda n: get(f"{rows}?name__contains={n:02}&after={chance.randrange(last)}"), 30
        ),
        "catalogue": timed(lambda n: get("/data/" + ("", "?domain=health", "?q=第77")[n % 3])),
    }


def checked(folder: Path, megabytes: int) -> dict[str, float]:
    """The check of a large CSV file, and the engine reading the same file for nothing but the count."""
    from gongkai.adapters.datatable import large
    from gongkai.adapters.datatable.engine import literal, opened

    path, link = folder / "large.csv", opened(preserve_insertion_order=False)
    count = megabytes * 16_000
    link.execute(f"COPY ({ROWS.format(count=count)}) TO {literal(path)} (FORMAT csv, HEADER true)")
    start = time.perf_counter()
    link.execute(f"SELECT count(name), count(amount) FROM read_csv({literal(path)}, all_varchar=true)").fetchall()
    plain = time.perf_counter() - start
    start = time.perf_counter()
    assert large.profile(str(path))["rows"] == count
    own = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "megabytes": round(path.stat().st_size / 1e6),
        "seconds": round(own, 1),
        "plain_seconds": round(plain, 1),
        "ratio": round(own / plain, 1),
        "peak_mib": round(peak),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--sets", type=int, default=20_000)
    parser.add_argument("--megabytes", type=int, default=1000)
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

        result: dict[str, object] = {"check": checked(Path(folder), options.megabytes)}
        call_command("migrate", verbosity=0)
        pk = big_dataset(options.rows)
        many_datasets(options.sets)
        result |= pages(pk, options.rows) | {"rows": options.rows, "sets": options.sets}
    if not options.json:
        for name, found in result.items():
            print(f"{name}: {found}")
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
