"""``gongkai extract``:读出一份公文的要素,不入库;或者成批读页面文字,量准确率用。"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.adapters import files, paper


class Command(BaseCommand):
    help = "读出公文的标题、机关、文号、索引号、分类、日期、有效性和正文,不入库。"
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="公文文件")
        parser.add_argument("--text-file", type=Path, help="每行一个 {title?, text, url?} 的 JSONL,逐行读出")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, file: Path | None, text_file: Path | None, json: bool, **options: Any) -> None:
        if text_file:
            self.rows(text_file)
        elif file:
            self.extract_file(file, json)
        else:
            raise CommandError("请给出一个文件,或者用 --text-file 给出一批。")

    def extract_file(self, file: Path, as_json: bool) -> None:
        try:
            found = paper.extract(files.read(file.read_bytes(), file.name))
        except OSError as error:
            raise CommandError(f"打不开 {file}:{error.strerror}") from None
        except files.Unreadable as error:
            raise CommandError(str(error)) from None
        if as_json:
            row = found.row() | {"body": paper.body_html(found.blocks)}
            self.stdout.write(json.dumps(row, ensure_ascii=False))
            return
        self.stdout.write(found.title)
        for name, element in found.found.items():
            self.stdout.write(f"{name}\t{element.value}\t({element.where})")
        for name, why in found.absent.items():
            self.stdout.write(f"{name}\t空着\t({why})")
        if found.other_title:
            self.stderr.write(f"提示:标题也可能是“{found.other_title}”")
        for warning in found.warnings:
            self.stderr.write(f"提示:{warning}")

    def rows(self, path: Path) -> None:
        """One JSON line a row, in the same order; a row that is no row gives nulls and says why."""
        empty = paper.Paper("").row()
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                    text, title, url = str(row.get("text") or ""), row.get("title"), str(row.get("url") or "")
                    found = paper.from_text(text, str(title) if title else None, url).row()
                except (ValueError, AttributeError, TypeError, RecursionError) as error:
                    found = empty | {"提示": [f"这一行读不出来:{error}"]}
                self.stdout.write(json.dumps(found, ensure_ascii=False))
