"""在命令行检索公开信息:``gongkai search 词…`` 给前二十件;``--json`` 给机器读;``--rebuild`` 先重建检索库。"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.adapters.engine import IndexBusy, NoIndex

from ... import finding, index


class Command(BaseCommand):
    help = "检索公开信息"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query", nargs="*", help="要找的词、文号、单位或者年份")
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument("--rebuild", action="store_true", help="先重建检索库")

    def handle(self, *args: Any, **options: Any) -> None:
        at, on = timezone.now(), timezone.localdate()
        try:
            if options["rebuild"]:
                self.stderr.write(f"检索库重建完毕，共{index.rebuild(at, on)}件。")
            text = " ".join(options["query"])
            if not text:
                return
            found = finding.find(text, at, on)
        except (NoIndex, IndexBusy) as error:
            raise CommandError(str(error)) from error
        rows = [
            {
                "title": one.record.title,
                "url": one.record.get_absolute_url(),
                "agency": str(one.record.agency),
                "number": one.record.doc_number,
                "validity": one.state.label,
                "excerpt": "".join(words for words, _ in one.excerpt),
                "attachments": [{"name": place.attachment.name, "page": place.page} for place in one.places],
            }
            for one in found.rows
        ]
        if options["json"]:
            result = {"query": text, "total": found.total, "meant": found.meant, "rows": rows}
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        self.stdout.write(f"找到{found.total}件。")
        for row in rows:
            self.stdout.write(
                f"{row['title']}（{row['agency']}，{row['validity']}）\n  {row['url']}\n  {row['excerpt']}"
            )
