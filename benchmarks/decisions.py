"""一轮征求意见有五千条意见时:意见清单(99%的请求)、排出采纳情况、导出,各同直接查询比几倍;这一轮、这一卷、公布的采纳情况各要多久。

用法:python benchmarks/decisions.py [--opinions N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
ROUNDS = 50
#: Wordings that many people send word for word; every other opinion is its own.
CAMPAIGNS = ("首半小时不要收费。", "老人看病要陪护，请放宽到两小时。", "收来的钱用在哪里要公布。")
#: What the desk promises at 5,000 opinions on SQLite.
PROMISED = {"list_p99_ms": 300, "feedback_s": 2, "export_s": 5}


def fill(count: int) -> Any:
    """A closed round with its opinions, written straight into the tables; every tenth has no answer yet."""
    from django.utils import timezone

    from gongkai.decisions.actions.opinions import fingerprint
    from gongkai.decisions.models import Consultation, Dossier, Opinion
    from gongkai.law.consultation import Disposition
    from gongkai.org.models import Agency, Membership, User
    from gongkai.records.models import Edition, Record

    at = timezone.now()
    opened, on = at - timedelta(days=40), timezone.localdate()
    government = Agency.objects.create(code="B00", name="某区人民政府", kind="government")
    lead = Agency.objects.create(code="B01", name="某局", kind="department", parent=government)
    user = User.objects.create(username="clerk", name="某")
    for role in ("clerk", "head"):
        Membership.objects.create(user=user, agency=lead, role=role)
    title = "关于公开征求《停车收费办法（征求意见稿）》意见的公告"
    record = Record.objects.create(
        agency=lead,
        type="consultation",
        duty="other",
        index_number="B/1",
        title=title,
        made_on=on,
        published_at=opened,
        updated_at=opened,
        year=on.year,
    )
    Edition.objects.create(
        record=record,
        stage="live",
        title=title,
        body="<p>公告。</p>",
        text="公告。",
        author=user,
        created_at=opened,
        saved_at=opened,
        saved_by=user,
    )
    dossier = Dossier.objects.create(
        agency=government, lead=lead, title="停车收费办法", category="policy", opened_at=opened, stage="drafting"
    )
    made = Consultation.objects.create(
        dossier=dossier, number=1, record=record, end_on=on - timedelta(days=5), media=["政府网站"]
    )
    rows = []
    for n in range(count):
        text = CAMPAIGNS[n % 6] if n % 6 < len(CAMPAIGNS) else f"第{n}条：建议把第{n % 40}条改得更清楚一些。"
        disposition = "" if n % 10 == 0 else list(Disposition)[n % 4].value
        rows.append(
            Opinion(
                consultation=made,
                number=f"B01-Y-{on.year}-{n:05}",
                channel="web" if n % 5 else "letter",
                article=f"第{n % 40}条",
                text=text,
                contact={"name": f"居民{n}", "email": f"{n}@example.org"} if n % 3 == 0 else {},
                received_at=opened,
                fingerprint=fingerprint(text),
                disposition=disposition,
                reason="已经研究。" if disposition else "",
                shown=text if disposition else "",
                answered_at=at if disposition else None,
            )
        )
    Opinion.objects.bulk_create(rows, batch_size=1000)
    return made, user


def p99(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Milliseconds within which 99 of 100 runs end; of fewer runs, the slowest."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return round(sorted(times)[min(len(times) - 1, int(len(times) * 0.99))], 1)


def fastest(act: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the fastest of some runs."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return round(min(times), 3)


def cpu(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median milliseconds of processor time: the same however busy the machine is."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        act()
        times.append((time.process_time() - start) * 1000)
    return round(statistics.median(times), 1)


def published(made: Any, user: Any) -> str:
    """The address of the result, built by the program and put before the public straight in the tables."""
    from django.utils import timezone

    from gongkai.decisions import actions
    from gongkai.decisions.models import Consultation
    from gongkai.records.models import Edition, Record

    at = timezone.now()
    edition = actions.feedback(Consultation.objects.get(pk=made.pk), by=user, at=at)
    Edition.objects.filter(pk=edition.pk).update(stage="live")
    Record.objects.filter(pk=edition.record_id).update(published_at=at)
    return edition.record.get_absolute_url()


def measure(made: Any, user: Any) -> dict[str, Any]:
    """Each page and its plain query, in one run one after the other."""
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from gongkai.decisions import actions
    from gongkai.decisions.models import Consultation, Opinion

    client = Client()
    client.force_login(user)
    address = reverse("desk:decisions_opinions", args=[made.pk])

    def get(query: str = "") -> bytes:
        response = client.get(address + query)
        assert response.status_code == 200, query
        return b"".join(response.streaming_content) if response.streaming else response.content

    def plain_export() -> None:
        writer = csv.writer(io.StringIO())
        for one in made.opinions.iterator(chunk_size=1000):
            writer.writerow([one.number, one.text, one.shown, one.reason])

    def feedback() -> None:
        """Built and written, then taken back, so that each run starts from the same."""
        with transaction.atomic():
            actions.feedback(Consultation.objects.get(pk=made.pk), by=user, at=timezone.now())
            transaction.set_rollback(True)

    get()
    pages = {"first": "", "unanswered": "?state=none", "letters": "?channel=letter", "words": "?q=第7条"}
    found: dict[str, Any] = {"opinions": made.opinions.count()}
    found["list_ms"] = {name: p99(lambda query=query: get(query)) for name, query in pages.items()}
    found["list_p99_ms"] = max(found["list_ms"].values())
    found["list_cpu_ms"] = cpu(get)
    found["list_plain_ms"] = p99(lambda: list(made.opinions.order_by("pk")[:50]))
    found["letters_cpu_ms"] = cpu(lambda: get(pages["letters"]), 10)
    for name, pk in (("round", made.pk), ("dossier", made.dossier_id)):
        home = reverse(f"desk:decisions_{name}", args=[pk])
        found[f"{name}_p99_ms"] = p99(lambda home=home: client.get(home), 10)
        found[f"{name}_cpu_ms"] = cpu(lambda home=home: client.get(home), 10)
    found["export_s"] = fastest(lambda: get("?format=csv"))
    found["export_plain_s"] = fastest(plain_export)
    found["group_s"] = fastest(lambda: actions.group_alike(made, at=timezone.now()), 1)  # 平时由后台每五分钟归一次
    Opinion.objects.filter(disposition="").update(disposition="taken", shown="建议写得清楚一些。")
    found["feedback_s"] = fastest(feedback)
    found["feedback_plain_s"] = fastest(lambda: list(made.opinions.order_by("pk")))
    result = published(made, user)
    found["result_kib"] = round(len(client.get(result).content) / 1024)
    found["result_p99_ms"] = p99(lambda: client.get(result), 10)
    found["result_cpu_ms"] = cpu(lambda: client.get(result), 10)
    found["ratio"] = {
        "list": round(found["list_p99_ms"] / found["list_plain_ms"], 1),
        "export": round(found["export_s"] / found["export_plain_s"], 1),
        "feedback": round(found["feedback_s"] / found["feedback_plain_s"], 1),
    }
    found["kept"] = {name: found[name] < most for name, most in PROMISED.items()}
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--opinions", type=int, default=5000)
    parser.add_argument("--json", action="store_true", help="只打最后一行")
    options = parser.parse_args()
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
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        found = measure(*fill(options.opinions))
    if not options.json:
        for name, most in PROMISED.items():
            print(f"{name:<12} {found[name]},应当小于{most}:{'合' if found['kept'][name] else '不合'}")
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
