"""``gongkai bounces``:从退信的文件里读出哪些信没有送到,记下。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.adapters import apart, bounce
from gongkai.notices import actions
from gongkai.notices.terms import Result


class Command(BaseCommand):
    help = "读退信(.eml 或者 mbox),是本站发出的记为没有送到,退够次数的地址停用;可放心重复运行。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        read = changed = 0
        for path in files:
            try:
                found = apart.run(apart.OFFICE, bounce.read, path.read_bytes())
            except (OSError, apart.Stopped) as error:
                raise CommandError(f"{path.name} 读不出来:{error}") from None
            for one in found:
                result = Result.DELIVERED if one.delivered else Result.TEMPORARY
                if one.permanent:
                    result = Result.PERMANENT
                note = "" if one.delivered else f"退信（{one.code}）"
                changed += actions.receive(one.number, result, at=timezone.now(), note=note)
            read += len(found)
        self.stdout.write(f"读到{read}封退信，记下{changed}条。")
