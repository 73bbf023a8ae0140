"""``gongkai recount``:按现在的法律和放假安排重算派生列,只改变了的,逐件记入操作记录。"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.records import actions


class Command(BaseCommand):
    help = "重算最迟公开日、迟公开、文号等派生列和公开件数,登记正文写明的有效期(装入新的放假安排之后用)。可放心重复运行;--dry-run 只看不改。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只列出会变的,不改")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        at = timezone.now()
        moved = [*actions.recount(at=at, dry_run=dry_run), *actions.read_terms(at=at, dry_run=dry_run)]
        for record in moved:
            self.stdout.write(str(record))
        if not dry_run:
            actions.count_anew(at)
        self.stderr.write(f"{'会变' if dry_run else '已改'}{len(moved)}件。")
