"""量网页的基准共用的:一个空的、用完就扔的安装,和各页最慢的一次。自己不是基准。"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


@contextmanager
def installation() -> Iterator[Any]:
    """An installation in an empty folder with a migrated database, and a client of it; gone afterwards.

    ``DATABASE_URL`` is taken where it is set, else SQLite.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "GONGKAI_DATA": folder,
            "GONGKAI_PLAIN_STATIC": "1",
            "GONGKAI_REQUIRE_MFA": "0",
            "DJANGO_SETTINGS_MODULE": "gongkai.web.settings",
        }
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        yield Client()


def worst_ms(client: Any, pages: Mapping[str, str], rounds: int) -> dict[str, float]:
    """The slowest of the rounds by page, in milliseconds of processor; with 20 rounds that is no better than the 99th
    percentile. The first round loads the templates and does not count."""
    worst = {}
    for name, url in pages.items():
        times = []
        for _ in range(rounds):
            start = time.process_time()
            response = client.get(url)
            times.append((time.process_time() - start) * 1000)
            assert response.status_code == 200, (url, response.status_code)
        worst[name] = round(max(times[1:]), 1)
    return worst


def print_times(worst: Mapping[str, float], promised: float) -> None:
    """Print each page, and whether it keeps what is promised."""
    for name, spent in worst.items():
        print(f"{name:<14}{spent:9.1f} ms{'' if spent < promised else '  超过'}")
