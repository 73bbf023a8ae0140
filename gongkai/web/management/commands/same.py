"""``gongkai same``:拿别处的一份副本同本站的来源比,一句不少才算同源。"""

from __future__ import annotations

import json
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.adapters import files
from gongkai.records import source
from gongkai.records.models import Record

#: Seconds for fetching a copy.
PATIENCE = 30


class Command(BaseCommand):
    help = "比较一件信息和别处的副本(文件、标准输入或者网址):逐句核对,缺了、次序变了的列出来;不同源时退出码是1。只读。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("record", help="信息的编号或者索引号")
        parser.add_argument("copy", help="副本:文件、网址,或者 - 从标准输入读")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *, record: str, copy: str, json: bool, **options: Any) -> None:
        one = self.record(record)
        live = one.live
        if live is None:
            raise CommandError("这件信息没有公开的版本。")
        document = self.read(copy)
        # 网页的菜单、页脚不要紧:整页里找得到就算;一字不差只看正文
        found = source.compare(live.text, document.page or document.text)
        own, theirs = source.fingerprint(live.text), source.fingerprint(document.text)
        row = {
            "id": one.pk,
            "index_number": one.index_number,
            "public": one.is_public(timezone.now()),
            "same": found.same,
            "identical": own == theirs,
            "content_sha256": own,
            "copy_sha256": theirs,
            "missing": list(found.missing),
            "out_of_order": list(found.out_of_order),
        }
        if json:
            self.stdout.write(_json(row))
        else:
            self.say(row)
        if not (found.same and row["public"]):
            sys.exit(1)

    def say(self, row: dict[str, Any]) -> None:
        for sentence in row["missing"]:
            self.stdout.write(f"缺\t{sentence}")
        for sentence in row["out_of_order"]:
            self.stdout.write(f"次序\t{sentence}")
        if not row["public"]:
            self.stderr.write("这件信息已经不公开,副本应当撤下。")
        if row["same"]:
            self.stderr.write("同源:一字不差。" if row["identical"] else "同源:来源的每一句都在,次序不变。")
        else:
            self.stderr.write(f"不同源:缺{len(row['missing'])}句,次序变了{len(row['out_of_order'])}句。")

    def record(self, given: str) -> Record:
        rows = Record.objects.filter(index_number=given)
        if given.isascii() and given.isdigit() and len(given) < 16:
            rows = rows | Record.objects.filter(pk=int(given))
        row = rows.first()
        if row is None:
            raise CommandError(f"没有编号或者索引号是“{given}”的信息。")
        return row

    def read(self, copy: str) -> files.Document:
        """The copy, whatever kind of file it is."""
        if copy == "-":
            name, data = "标准输入", sys.stdin.buffer.read()
        elif copy.startswith(("http://", "https://")):
            name, data = copy, fetched(copy)
        else:
            try:
                name, data = copy, Path(copy).read_bytes()
            except OSError as error:
                raise CommandError(f"打不开 {copy}:{error.strerror}") from None
        try:
            return files.read(data, name)
        except files.Unreadable as error:
            raise CommandError(str(error)) from None


def fetched(url: str) -> bytes:
    """A page elsewhere, at most as large as a file may be."""
    request = urllib.request.Request(url, headers={"User-Agent": "Gongkai"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            data: bytes = answer.read(files.DEFAULT.file_bytes + 1)
    except (URLError, OSError, ValueError) as error:
        raise CommandError(f"取不到 {url}:{getattr(error, 'reason', error)}") from None
    return data


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
