"""``gongkai foi_erase``:列出或者清除保管期满的申请案卷里的个人信息和文件。"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.foi.actions.keeping import due_for_erasure, erase, keep_until
from gongkai.law.errors import LawError


class Command(BaseCommand):
    help = "列出保管期满的申请案卷;加 --yes 就清除其中的个人信息和文件,清过的留有操作记录。有未结复议诉讼的跳过。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--yes", action="store_true", help="真的清除")

    def handle(self, *, yes: bool, **options: Any) -> None:
        due = due_for_erasure(timezone.localdate())
        done = 0
        for application in due:
            if not yes:
                self.stdout.write(
                    f"{application.number}\t办结{application.closed_on}\t保管到{keep_until(application)}"
                )
                continue
            try:
                erase(application, by=None, at=timezone.now())
                done += 1
            except LawError as error:
                self.stderr.write(f"{application.number}:{error}")
        self.stdout.write(f"清除了{done}件。" if yes else f"共{len(due)}件保管期满。")
