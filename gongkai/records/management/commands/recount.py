"""``gongkai recount``:按现在的法律和放假安排重算派生列,只改变了的,逐件记入操作记录。"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from gongkai.law.marks import titled
from gongkai.org.actions import log
from gongkai.records import actions
from gongkai.records.actions.derived import COLUMNS, derive
from gongkai.records.models import Record


class Command(BaseCommand):
    help = "重算最迟公开日、迟公开、文号等派生列和公开件数(装入新的放假安排之后用)。可放心重复运行;--dry-run 只看不改。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只列出会变的,不改")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        changed = 0
        for record in Record.objects.select_related("agency").iterator(chunk_size=500):
            before = {name: getattr(record, name) for name in COLUMNS}
            derive(record)
            now = {name: getattr(record, name) for name in COLUMNS}
            if now == before:
                continue
            changed += 1
            old, new = before["publication_due_on"], now["publication_due_on"]
            self.stdout.write(f"{record.index_number}\t{old} → {new}")
            if not dry_run:
                with transaction.atomic():
                    record.save(update_fields=list(COLUMNS))
                    log("records.recount", f"重算{titled(record.title)}：最迟公开日 {old} 改为 {new}", at=timezone.now(),
                        agency=record.agency, about=record)  # fmt: skip
        if not dry_run:
            actions.count_anew(timezone.now())
        self.stderr.write(f"{'会变' if dry_run else '已改'}{changed}件。")
