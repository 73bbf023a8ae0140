"""工作台首页各岗位要几次查询、几毫秒处理器。用法:GONGKAI_DATA=装好样本的资料目录 python benchmarks/desk_home.py。

一次不算(读模板),量九次取中位数。最后一行是 JSON。
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 9
PEOPLE = ("office", "clerk", "head", "inspector", "admin")


def main() -> int:
    if "GONGKAI_DATA" not in os.environ:
        print("请先用 gongkai demo --no-serve --data 装一份样本,再用 GONGKAI_DATA 指给这里。", file=sys.stderr)
        return 2
    os.environ |= {"GONGKAI_REQUIRE_MFA": "0", "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gongkai.org.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    found = {}
    for username in PEOPLE:
        client = Client()
        client.force_login(User.objects.get(username=username))
        client.get("/desk/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/").status_code == 200
            count = len(queries)
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            client.get("/desk/")
            times.append((time.process_time() - start) * 1000)
        found[username] = {"queries": count, "cpu_ms": round(statistics.median(times), 1)}
        print(f"{username:<12}{count:5} 次查询{found[username]['cpu_ms']:8.1f} ms")
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
