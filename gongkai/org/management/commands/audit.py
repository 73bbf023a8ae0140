"""``gongkai audit``:核验操作记录的散列链,打印末端。"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.org.actions import verify
from gongkai.org.models import LogHead


class Command(BaseCommand):
    help = "核验操作记录:verify 从头核到尾,断了说是第几条;head 打印末端,抄到别处保存。"

    def add_arguments(self, parser: Any) -> None:
        choices = parser.add_subparsers(dest="what", required=True)
        check = choices.add_parser("verify", help="核验整条链")
        check.add_argument("--expect", metavar="序号:散列", help="抄存过的末端,防止整段截去")
        choices.add_parser("head", help="打印末端的序号和散列")

    def handle(self, *, what: str, expect: str | None = None, **options: Any) -> None:
        if what == "head":
            head = LogHead.objects.filter(pk=1).first()
            self.stdout.write(f"{head.seq}:{head.hash}" if head else "0:")
            return

        def progress(done: int) -> None:
            if done % 5000 == 0:
                self.stderr.write(f"已核{done}条")

        result = verify(expect, progress=progress)
        if result.faults:
            for fault in result.faults[:20]:
                self.stderr.write(fault)
            raise CommandError(f"操作记录核验不通过,共{len(result.faults)}处。", returncode=1)
        self.stdout.write(f"操作记录完整,共{result.count}条。")
