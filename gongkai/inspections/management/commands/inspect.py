"""``gongkai inspect read``:读检查通报里的问题;``gongkai inspect URL``:去看一个网页,说看到什么。"""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.adapters.crawl import alike
from gongkai.adapters.readers import inspection
from gongkai.inspections import visiting
from gongkai.inspections.actions.visits import absent_of
from gongkai.records.reading import ReadingCommand, Way

#: What of a page is printed.
SHOWN = ("title", "encoding", "days", "foot", "meta", "hidden", "length", "excerpt")


class Command(ReadingCommand):
    help = "读网站和新媒体检查通报里的问题,说依检查指标的哪一项;或者去看一个网页(inspect 网址),说打不打得开、最近更新、页脚和标签。"
    ways = {"read": Way("一条问题一行", inspection.read)}

    def run_from_argv(self, argv: list[str]) -> None:
        if argv[2:3] and argv[2].lower().startswith(("http://", "https://")):
            argv = [*argv[:2], "page", *argv[2:]]
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        names = next(action for action in parser._actions if action.dest == "way")
        page = names.add_parser("page", help="看一个网页;“page”可以不写")  # type: ignore[attr-defined]
        page.add_argument("url", metavar="URL", help="http:// 或者 https:// 开头的网址;内部网络的不去")
        page.add_argument("--json", action="store_true", help="一行输出一个 JSON 对象")

    def handle(self, *, way: str, url: str = "", **options: Any) -> None:
        if way != "page":
            super().handle(way=way, **options)
            return
        on, indent = timezone.localdate(), None if options["json"] else 2
        self.stdout.write(json.dumps(look(url, on), ensure_ascii=False, default=str, indent=indent))


def look(url: str, on: Any) -> dict[str, Any]:
    """One page: whether it opened, and what stands on it. Its comparison page is asked for as well."""
    by = visiting.polite()
    found = by.fetch_page(url)
    facts = visiting.facts_of(found, on)
    absent = by.fetch_page(absent_of(url, str(on))) if facts else None
    there = visiting.facts_of(absent, on) if absent is not None and absent.status == 200 else None
    return {
        "url": url,
        "final_url": found.final_url,
        "reached": found.reached.value,
        "said": found.reached.label,
        "status": found.status,
        "seconds": round(found.seconds, 2),
        "note": found.note,
        "sha256": found.sha256,
        "like_an_absent_page": alike(facts, there) if facts else None,
        **{name: facts[name] for name in SHOWN if name in facts},
        "links": len(facts.get("links", ())),
    }
