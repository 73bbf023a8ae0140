"""在命令行提问:用公开信息的原话回答;``--json`` 给机器读。"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.adapters.engine import NoIndex
from gongkai.law.marks import titled

from ... import asking


class Command(BaseCommand):
    help = "用公开信息的原话回答一个问题"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("question", nargs="+", help="问题")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reply = asking.ask(" ".join(options["question"]), timezone.now(), timezone.localdate())
        except NoIndex as error:
            raise CommandError(str(error)) from error
        quotes = [
            {
                "text": one.text,
                "label": one.label,
                "title": one.record.title,
                "url": one.record.get_absolute_url(),
                "agency": str(one.record.agency),
                "validity": one.state.label,
            }
            for one in reply.cited
        ]
        if options["json"]:
            result = {
                "question": reply.question,
                "band": reply.band.value,
                "quotes": quotes,
                "missing": reply.missing.label if reply.missing else None,
                "unit": str(reply.unit) if reply.unit else None,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        self.stdout.write(f"{reply.band.label}。{reply.missing.label + '。' if reply.missing else ''}")
        for quote in quotes:
            self.stdout.write(
                f"“{quote['text']}”\n  选自{titled(quote['title'])}{quote['label']}（{quote['agency']}，{quote['validity']}）{quote['url']}"
            )
