"""``gongkai foi_import``:从文件导入申请并对账,打印各行结论。"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.foi import exchange
from gongkai.law.errors import LawError
from gongkai.org.models import User


class Command(BaseCommand):
    help = "从上级平台导出的 CSV、XLSX、JSON 导入申请并对账;默认只对账,加 --take 才收下。有退回或者不一致的,退出状态 1。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--source", required=True, help="来源平台的名称")
        parser.add_argument("--by", required=True, metavar="用户名", help="以谁的名义")
        parser.add_argument("--take", action="store_true", help="收下")

    def handle(self, *, file: Path, source: str, by: str, take: bool, **options: Any) -> None:
        user = User.objects.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(f"没有在用的用户“{by}”。")
        try:
            rows = exchange.read(file.read_bytes(), file.name)
            report = exchange.reconcile(rows, source, by=user, at=timezone.now(), dry=not take)
        except (OSError, LawError) as error:
            raise CommandError(str(error)) from error
        for line in report.lines:
            self.stdout.write(f"{line.row or '-'}\t{line.source_id}\t{line.verdict}\t{line.number}\t{line.note}")
        self.stdout.write("　".join(f"{verdict}{count}" for verdict, count in report.counts.items()))
        if report.counts["退回"] or report.counts["不一致"]:
            raise SystemExit(1)
