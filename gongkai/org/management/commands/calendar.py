"""``gongkai calendar add``:核验并装入一年的放假安排,不联网。"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.law import calendar
from gongkai.law.errors import LawError
from gongkai.org.jobs import recounts


class Command(BaseCommand):
    help = "放假安排:add 装入一年的(假日数据 JSON 或者本项目的 TOML),list 列出有通知的年份。"

    def add_arguments(self, parser: Any) -> None:
        choices = parser.add_subparsers(dest="what", required=True)
        add = choices.add_parser("add", help="核验并装入一个文件;- 表示从标准输入读")
        add.add_argument("file", help="文件名,或者 -")
        choices.add_parser("list", help="列出有通知的年份")

    def handle(self, *, what: str, file: str = "", **options: Any) -> None:
        if what == "list":
            years = [year for year in range(2007, 2100) if calendar.is_recorded(year)]
            self.stdout.write("、".join(map(str, years)))
            return
        try:
            text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不了 {file}:{error}") from None
        try:
            if text.lstrip().startswith("{"):
                text = calendar.from_holiday_cn(json.loads(text))
            year, editions = calendar.parse(text)
        except (LawError, ValueError) as error:
            # 坏文件不碰已经装好的(C112)
            raise CommandError(f"没有装入,原有的安排不变:{error}") from None
        settings.CALENDAR_FOLDER.mkdir(parents=True, exist_ok=True)
        (settings.CALENDAR_FOLDER / f"{year}.toml").write_text(text, "utf-8")
        calendar.extra(settings.CALENDAR_FOLDER)
        last = editions[-1]
        self.stdout.write(
            f"已装入{year}年的放假安排:放假{len(last.off)}天,调休上班{len(last.work)}天,出自{last.notice}。"
        )
        self._recount()

    def _recount(self) -> None:
        """推定的和在办的期限随即按新安排重算,逐件列出(C08)。正在运行的网站过一两秒自己看到新的安排。"""
        for kind in recounts():
            moved = kind.run(at=timezone.now())
            for line in moved:
                self.stdout.write(line)
            self.stderr.write(f"{kind.title}：{len(moved)}件有变动。")
