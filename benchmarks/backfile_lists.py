"""工作台历史信息各张单子在十万件旧文件时的最慢的百分之一(处理器毫秒:数据库也在这个进程里,机器忙不忙都一样)。

用法:python benchmarks/backfile_lists.py [--papers N] [--json]。最后一行是 JSON。
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages import installation, print_times, worst_ms  # noqa: E402

#: 工作台答应的。
PROMISED_MS = 300
ROUNDS = 20
LIST = "/desk/backfile/intakes/papers/"
PAGES = {
    "to_check": LIST,
    "by_title": LIST + "?state=confirmed&sort=title",
    "by_number": LIST + "?state=confirmed&sort=number",
    "by_code": LIST + "?state=confirmed&sort=code",
    "all_by_title": LIST + "?year=2006&sort=title",
    "of_a_year": LIST + "?year=2006&kind=numbered",
    "words": LIST + "?q=第77",
    "no_such_words": LIST + "?q=没有这样的",
    "unsure": LIST + "?unsure=1",
    "intakes": "/desk/backfile/intakes/",
    "one_intake": "",
    "pairs": "/desk/backfile/intakes/pairs/",
    "batches": "/desk/backfile/batches/",
    "stock": "/desk/backfile/stock/",
    "handovers": "/desk/backfile/handovers/",
    "desk": "/desk/",
}


def fill(count: int) -> Any:
    """One clerk of all units, one intake with every paper, 2,000 pairs, written straight into the tables."""
    from django.utils import timezone

    from gongkai.backfile.models import Holding, Intake, Item, Pair
    from gongkai.org.models import Agency, Membership, User

    now = timezone.now()
    units = [Agency.objects.create(code=f"B{n:02}", name=f"单位{n:02}", kind="department") for n in range(60)]
    clerk = User.objects.create(username="clerk", name="某")
    Membership.objects.bulk_create(Membership(user=clerk, agency=one, role="clerk") for one in units)
    intake = Intake.objects.create(agency=units[0], way="folder", name="旧文件", opened=True, by=clerk, at=now)
    text = "按时办理,报送进展情况。" * 100
    states = ("checking", "confirmed", "confirmed", "confirmed", "copy")

    def paper(n: int) -> Item:
        day = date(2005, 1, 1) + timedelta(days=n % 7600)
        return Item(
            intake=intake,
            agency=units[n % 60],
            path=f"{n}.html",
            sha256=f"{n:064x}",
            state=states[n % 5],
            notes=["文号要人看"] if n % 40 == 0 else [],
            title=f"关于第{n * 7919 % count}件事项的通知",
            doc_number=f"明政发〔{day.year}〕{n}号",
            number_code="明政发",
            number_year=day.year,
            number_seq=n,
            formed_on=day,
            date_text=day.isoformat(),
            precision="day",
            year=day.year,
            kind="numbered",
            fonds="1031",
            reference_code=f"1031-WS·{day.year}-Y-{n:06}",
            text=text,
            body=f"<p>{text}</p>",
            compared=True,
        )

    for start in range(0, count, 2000):
        Item.objects.bulk_create(map(paper, range(start, min(count, start + 2000))))
    pks = list(Item.objects.filter(state="confirmed").order_by("pk").values_list("pk", flat=True)[:4000])
    Pair.objects.bulk_create(
        Pair(item_id=one, other_id=other, likeness=0.4 + one % 60 / 100, likely="alike")
        for one, other in zip(pks[::2], pks[1::2], strict=False)
    )
    Holding.objects.bulk_create(
        Holding(agency=one, year=year, kind="numbered", registered=90, due=90, updated_at=now)
        for one in units
        for year in range(2005, 2026)
    )
    PAGES["one_intake"] = intake.get_absolute_url()
    return clerk


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with installation() as client:
        client.force_login(fill(given.papers))
        worst = worst_ms(client, PAGES, ROUNDS)
    if not given.json:
        print_times(worst, PROMISED_MS)
    print(json.dumps({"papers": given.papers, "load": os.getloadavg()[0], "worst_ms": worst}))


if __name__ == "__main__":
    main()
