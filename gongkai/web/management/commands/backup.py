"""``gongkai backup``:备份全部资料。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.org.actions import log
from gongkai.web import backup


class Command(BaseCommand):
    help = "把数据库、附件、案卷文件、钥匙、本站情况、口径、放假安排备份到一个新目录,带散列;网站开着也能做。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="新的、空的目录")
        parser.add_argument("--link", type=Path, metavar="目录", help="上一份备份:没有变的附件用硬链接,又快又省")

    def handle(self, *, folder: Path, link: Path | None, **options: Any) -> None:
        try:
            made = backup.make(folder, at=timezone.now(), before=link)
        except backup.BackupError as error:
            raise CommandError(str(error)) from None
        log("web.backup", f"做了一份备份，操作记录到第{made.log_seq}条", at=timezone.now())
        size = f"{made.bytes / 1024 / 1024:.1f} MB"
        self.stderr.write(f"已备份到 {folder}:{made.files}个文件和数据库,共 {size},操作记录到第{made.log_seq}条。")
