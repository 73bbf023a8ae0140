"""``gongkai restore``:从备份恢复。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.web import backup


class Command(BaseCommand):
    help = "从备份恢复;先逐个核对散列,不对就一样也不动。已经有数据的要加 --replace。恢复时请先停下网站和后台。"
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="gongkai backup 做的目录")
        parser.add_argument("--replace", action="store_true", help="换掉现有的数据;现有的先另存在资料目录里")

    def handle(self, *, folder: Path, replace: bool, **options: Any) -> None:
        try:
            made, kept = backup.restore(folder, at=timezone.now(), replace=replace)
        except backup.BackupError as error:
            raise CommandError(str(error)) from None
        self.stderr.write(f"已恢复{made.made_at}的备份:{made.files}个文件和数据库,操作记录到第{made.log_seq}条。")
        if kept:
            self.stderr.write(f"换下来的在 {kept},确认无误以后请删去。")
        self.stderr.write("接着请运行 gongkai migrate、gongkai audit verify,再启动网站和后台;网页和检索会重新做。")
