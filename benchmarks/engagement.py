"""十万封来信时公开的台账、工作台清单最慢的百分之一(处理器毫秒),三百人抢五十个名额用多久、同光插一行比是几倍。

用法:python benchmarks/engagement.py [--letters N] [--json]。报名用几个线程,一个也不许多;最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages import installation, print_times, worst_ms  # noqa: E402

#: 公众和工作台看到的。
PROMISED_MS = 300
ROUNDS, PEOPLE, SEATS, THREADS = 20, 300, 50, 4
PAGES = {
    "ledger": "/letters/",
    "ledger_kind": "/letters/?kind=help",
    "ledger_unit": "/letters/?agency=B07",
    "desk": "/desk/letters/",
    "desk_late": "/desk/letters/?late=on",
    "desk_replied": "/desk/letters/?state=replied",
    "desk_number": "/desk/letters/?number=L-77",
    "home": "/desk/",
}


def fill(count: int) -> Any:
    """Letters of sixty units, one in a hundred under way, the others answered and half of them public."""
    from django.utils import timezone

    from gongkai.engagement.models import Letter
    from gongkai.org.models import Agency, Membership, User

    now = timezone.now()
    units = [Agency.objects.create(code=f"B{n:02}", name=f"单位{n:02}", kind="department") for n in range(60)]
    clerk = User.objects.create(username="clerk", name="某")
    Membership.objects.bulk_create(Membership(user=clerk, agency=one, role="clerk") for one in units)
    kinds = ("consult", "advice", "help", "complaint")

    def letter(n: int) -> Letter:
        at = now - timedelta(minutes=n * 10)
        is_open, is_public = n % 100 == 0, n % 2 == 1
        return Letter(
            kind=kinds[n % 4],
            agency=units[n % 60],
            number=f"L-{n:06}",
            code="0" * 64,
            received_at=at,
            due_on=(at + timedelta(days=10)).date(),
            state="handling" if is_open else "replied",
            replied_at=None if is_open else at + timedelta(days=3),
            rating=None if is_open or n % 7 else 1 + n % 5,
            rated_at=None if is_open or n % 7 else at + timedelta(days=4),
            consents_content=is_public,
            published_at=at + timedelta(days=5) if is_public else None,
            shown_title=f"第{n}封",
            shown_text="路灯什么时候修？" * 10,
            shown_reply="已经修好。" * 10,
        )

    for start in range(0, count, 2000):
        Letter.objects.bulk_create(map(letter, range(start, min(count, start + 2000))))
    return clerk


def crowd() -> dict[str, float]:
    """So many sign-ups in threads through the action, and as many plain rows in the same threads, in this one run."""
    from django.db import connections
    from django.utils import timezone

    from gongkai.engagement import actions
    from gongkai.engagement.models import Event, Signup
    from gongkai.org.models import Agency
    from gongkai.records.models import Record

    now, agency = timezone.now(), Agency.objects.first()
    record = Record.objects.create(
        agency=agency, type="event", duty="other", title="公告", index_number="BENCH-1", updated_at=now,
        published_at=now, openness="active",
    )  # fmt: skip
    times = {"starts_at": now + timedelta(days=9), "ends_at": now + timedelta(days=9, hours=2)}
    event = Event.objects.create(
        kind="open_day", agency=agency, title="开放日", place="水厂", seats=SEATS, record=record,
        signup_until=now + timedelta(days=5), **times,
    )  # fmt: skip
    contact = {"name": "某", "reach": "0571-00000001"}

    def sign(numbers: range) -> None:
        for _ in numbers:
            actions.sign_up(event, contact, at=now)
        connections.close_all()

    def plain(numbers: range) -> None:
        for number in numbers:
            Signup.objects.create(event=event, number=f"P-{number}", code="", contact=contact, state="out", at=now)
        connections.close_all()

    spent = {}
    for name, work in (("plain_s", plain), ("signup_s", sign)):
        start = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(work, (range(first, PEOPLE, THREADS) for first in range(THREADS))))
        spent[name] = round(time.perf_counter() - start, 2)
    states = list(event.signups.exclude(state="out").order_by("number").values_list("state", flat=True))
    assert states == ["in"] * SEATS + ["waiting"] * (PEOPLE - SEATS), "名额多了，或者次序不对"
    return spent | {"ratio": round(spent["signup_s"] / spent["plain_s"], 1)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with installation() as client:
        client.force_login(fill(given.letters))
        worst = worst_ms(client, PAGES, ROUNDS)
        signups = crowd()
    if not given.json:
        print_times(worst, PROMISED_MS)
        print(f"三百个报名{signups['signup_s']}秒，光插一行{signups['plain_s']}秒，{signups['ratio']}倍")
    print(json.dumps({"letters": given.letters, "load": os.getloadavg()[0], "worst_ms": worst, "crowd": signups}))


if __name__ == "__main__":
    main()
