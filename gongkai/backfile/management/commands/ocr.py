"""``gongkai ocr``:识别一页扫描件的字,读出文号、日期、标题;不入库。"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError

from gongkai.adapters import apart, files, ocr, oldfile, pagescan
from gongkai.records.reading import answers

#: 输出里的叫法 → 要素。
FIELDS = {"number": "doc_number", "date": "date_text", "title": "title"}


def read(path: Path) -> dict[str, Any]:
    """The text of every page of a file, and the three elements.

    Raises:
        Unreadable: it is no scan, is damaged, or no recogniser is installed.
        OSError: the file cannot be opened.
    """
    content = path.read_bytes()
    count = files.apart_from(apart.DESK, pagescan.page_count, content, path.name)
    pages = [
        files.apart_from(apart.AMPLE_SCANS, pagescan.recognise, content, path.name, number)
        for number in range(1, count + 1)
    ]
    old = oldfile.assemble(pages, path.name)
    found = {name: old.values[key].value if key in old.values else None for name, key in FIELDS.items()}
    troubles = [f"第{number}页{'、'.join(page.troubles)}" for number, page in enumerate(pages, 1) if page.troubles]
    sure = min((page.sure for page in pages), default=0.0)
    return {
        "text": "\n".join(page.text for page in pages),
        "fields": found,
        "sure": round(sure, 3),
        "troubles": troubles,
    }


class Command(BaseCommand):
    help = "识别扫描件(图片、PDF)的字,读出文号、日期、标题;一行一个 JSON 对象,不入库。"
    requires_system_checks: ClassVar[list[str]] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="一个扫描件")
        parser.add_argument(
            "--text-file", type=Path, metavar="ROWS.jsonl", help="一行一个 {id, file},文件在它旁边"
        )
        parser.add_argument("--json", action="store_true", help="一行输出一个 JSON 对象")

    def handle(self, *, file: Path | None, text_file: Path | None, **options: Any) -> None:
        if not ocr.installed():
            raise CommandError(f"没有安装文字识别。装法:{ocr.HOW}")
        if text_file:
            self._rows(text_file)
        elif file:
            try:
                found = read(file)
            except (OSError, files.Unreadable) as error:
                raise CommandError(str(error)) from None
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=None if options["json"] else 2))
        else:
            raise CommandError("请给出一个文件,或者用 --text-file 给出一批。")

    def _rows(self, path: Path) -> None:
        def recognised_row(row: Mapping[str, Any]) -> dict[str, Any]:
            try:
                return read(path.parent / str(row["file"]))
            except OSError as error:
                raise ValueError(f"打不开 {row['file']}:{error.strerror}") from None

        with path.open(encoding="utf-8") as lines:
            for number, (answer, trouble) in enumerate(answers(lines, recognised_row), 1):
                if trouble:
                    self.stderr.write(f"第{number}行读不出来:{trouble}")
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
