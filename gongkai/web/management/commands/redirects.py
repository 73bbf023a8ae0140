"""``gongkai redirects import``:成批导入旧网址。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.law.errors import LawError
from gongkai.web import actions
from gongkai.web.redirects import plan


class Command(BaseCommand):
    help = "成批导入旧网址(CSV,列名:旧网址、种类、去处、说明);退回的和重复的行列出来,不写。可放心重复运行。"

    def add_arguments(self, parser: Any) -> None:
        inner = parser.add_subparsers(dest="what", required=True)
        command = inner.add_parser("import", help="导入一份 CSV")
        command.add_argument("file", type=Path, help="CSV 文件")
        command.add_argument("--dry-run", action="store_true", help="只核对,什么也不写")

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            made = plan(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"打不开 {file}:{error.strerror}") from None
        except LawError as error:
            raise CommandError(str(error)) from None
        for line in made.doubtful:
            self.stdout.write(f"{line.row}\t{line.verdict}\t{line.path}\t{line.note}")
        if not dry_run:
            actions.import_addresses(made, file.name, by=None, at=timezone.now())
        said = "，".join(f"{verdict}{n}行" for verdict, n in made.counts.items())
        self.stderr.write(f"{said}。" + ("没有写入。" if dry_run else ""))
