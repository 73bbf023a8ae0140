"""``gongkai audit``:核验操作记录的散列链,打印末端,导出。"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.desk.export import csv_lines
from gongkai.org import chain
from gongkai.org.log_rows import LOG_HEAD, log_rows
from gongkai.org.models import LogEntry

SHOWN = 50


class Command(BaseCommand):
    help = "操作记录:verify 核验散列链,断了说是第几条,退出状态 1;head 打印末端,抄到别处保存;export 导出 CSV。"

    def add_arguments(self, parser: Any) -> None:
        choices = parser.add_subparsers(dest="what", required=True)
        check = choices.add_parser("verify", help="核验")
        check.add_argument(
            "--from", dest="start", type=int, default=1, metavar="序号", help="从第几条起核,默认从头"
        )
        check.add_argument("--expect", default="", metavar="序号:散列", help="抄存过的末端,防止整段截去或者重写")
        choices.add_parser("head", help="打印末端的序号和散列")
        out = choices.add_parser("export", help="导出 CSV 到标准输出,旧的在前")
        out.add_argument("--from", dest="start", type=int, default=1, metavar="序号", help="从第几条起,默认从头")

    def handle(self, *, what: str, start: int = 1, expect: str = "", **options: Any) -> None:
        if start < 1:
            raise CommandError("--from 要填1以上的序号。")
        if what == "head":
            seq, last = chain.head()
            self.stdout.write(f"{seq}:{last}")
        elif what == "export":
            self.export(start)
        else:
            self.verify(start, expect)

    def verify(self, start: int, expect: str) -> None:
        result = chain.verify(expect, start=start, progress=self.progress)
        if result.faults:
            for fault in result.faults[:SHOWN]:
                self.stderr.write(fault)
            if len(result.faults) > SHOWN:
                self.stderr.write(f"另有{len(result.faults) - SHOWN}处,不一一列出。")
            raise CommandError(f"操作记录核验不通过,共{len(result.faults)}处。", returncode=1)
        self.stdout.write(f"操作记录完整,核了{result.count}条。")

    def progress(self, done: int, total: int) -> None:
        """One line that grows on a terminal; nothing for short chains or in a file."""
        if total > chain.CHUNK and self.stderr.isatty():
            self.stderr.write(f"\r已核{done}条,共{total}条", ending="\n" if done >= total else "")
            self.stderr.flush()

    def export(self, start: int) -> None:
        rows = LogEntry.objects.filter(seq__gte=start).order_by("seq")
        for line in csv_lines(LOG_HEAD, log_rows(rows)):
            self.stdout.write(line)
