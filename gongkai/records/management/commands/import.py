"""``gongkai import``:把文件、文件夹、压缩包里的公文成批建成草稿,每个文件都有结果。"""

from __future__ import annotations

import contextlib
import csv
import logging
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.adapters import files
from gongkai.law.agencies import Role
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.models import Agency, User

from ... import intake, sheet, types

logger = logging.getLogger(__name__)
HEAD = ("文件", "结果", "原因或者提示", "标题", "文号", "索引号")
MADE, DUPLICATE, REFUSED, SKIPPED = "已建草稿", "重复", "没有建", "跳过"
BAR = 30


class Row(NamedTuple):
    """结果表的一行。"""

    file: str
    result: str
    why: str = ""
    title: str = ""
    number: str = ""
    index: str = ""


class Command(BaseCommand):
    help = "成批导入公文:每个文件建成一份草稿,或者说明为什么没有;同一份不重复建。可放心重复运行。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件、文件夹或者 ZIP")
        parser.add_argument("--agency", required=True, metavar="CODE", help="发布机构的单位代码")
        parser.add_argument("--type", metavar="KEY", help="信息类型;不给就按标题判断")
        parser.add_argument("--user", metavar="NAME", help="以哪个信息员的名义;默认是该单位的第一个信息员")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="结果表写到哪里;默认打印")

    def handle(
        self, *, paths: list[Path], agency: str, type: str | None, user: str | None, report: Path | None, **_: Any
    ) -> None:
        self.unit = self.agency(agency)
        self.by = self.clerk(user)
        self.type = type
        if type and type not in {one.key for one in types.all()}:
            raise CommandError(f"没有“{type}”这种信息类型。")
        sources = [file for path in paths for file in found(path)]
        results: Counter[str] = Counter()
        with contextlib.ExitStack() as stack:
            out: Any = self.stdout
            if report:  # 边办边写:中途断了,办过的都在表里
                try:
                    out = stack.enter_context(report.open("w", encoding="utf-8-sig", newline=""))
                except OSError as error:
                    raise CommandError(f"结果表写不到 {report}：{error.strerror}。") from None
            table = csv.writer(out, lineterminator="\n")
            table.writerow(HEAD)
            for done, source in enumerate(sources, 1):
                for row in self.import_path(source):
                    results[row.result] += 1
                    table.writerow(sheet.row(row))
                self.progress(done, len(sources))
        shown = "，".join(f"{name}{count}件" for name, count in results.most_common()) or "没有文件"
        self.stderr.write(f"共{results.total()}个文件：{shown}。")

    def agency(self, code: str) -> Agency:
        if unit := Agency.objects.filter(code=code).first():
            return unit
        raise CommandError(f"没有代码是“{code}”的单位。")

    def clerk(self, name: str | None) -> User:
        people = User.objects.filter(memberships__agency=self.unit, memberships__role=Role.CLERK, is_active=True)
        by = User.objects.filter(username=name).first() if name else people.order_by("pk").first()
        if by is None or not access.may(by, "records.import", self.unit):
            called = f"叫“{name}”的" if name else ""
            raise CommandError(f"“{self.unit}”没有{called}信息员。请先建立人员。")
        return by

    def import_path(self, source: Path) -> Iterator[Row]:
        """The result of one path: one row, or one for each paper of an archive; never none."""
        label = str(source)
        if source.name.startswith((".", "~$")):
            yield Row(label, SKIPPED, "隐藏文件或者 Office 的临时文件，不是公文。")
            return
        if source.is_dir():
            yield Row(label, SKIPPED, "文件夹是空的。")
            return
        try:
            if source.stat().st_size > files.DEFAULT.unpacked_bytes:
                yield Row(label, REFUSED, "文件过大，请拆开后再导入。")
                return
            content = source.read_bytes()
        except OSError as error:
            yield Row(label, REFUSED, f"打不开：{error.strerror}。")
            return
        if files.kind_of(content) is files.Kind.ZIP:
            yield from self.unpack(label, content, source.name)
        else:
            yield self.import_file(label, content, source.name)

    def unpack(self, label: str, content: bytes, name: str) -> Iterator[Row]:
        empty = True
        try:
            for path, inner in files.members(content, name):
                empty = False
                inside = f"{label}!{path}"
                if isinstance(inner, files.Unreadable):
                    yield Row(inside, REFUSED, str(inner))
                else:
                    yield self.import_file(inside, inner, path.rpartition("/")[2])
        except files.Unreadable as error:
            yield Row(label, REFUSED, str(error))
        else:
            if empty:
                yield Row(label, SKIPPED, "压缩包里没有文件。")

    def import_file(self, label: str, content: bytes, name: str) -> Row:
        try:
            taken = intake.draft_from_file(content, name, self.unit, self.type, by=self.by, at=timezone.now())
        except intake.Duplicate as error:
            known = error.record
            return Row(label, DUPLICATE, str(error), known.title, known.doc_number, known.index_number)
        except (files.Unreadable, LawError) as error:
            return Row(label, REFUSED, str(error))
        except Exception as error:  # 意料之外的错也记下来,不耽误其余的
            logger.exception("导入 %s 出错", label.encode("utf-8", "replace").decode())
            kind = type_name(error)
            return Row(label, REFUSED, f"出了意料之外的错（{kind}），请把这份文件和运行日志交管理员查看。")
        made = taken.edition
        return Row(label, MADE, "；".join(taken.notes), made.title, made.doc_number, made.record.index_number)

    def progress(self, done: int, total: int) -> None:
        if self.stderr.isatty() or done == total or done % 50 == 0:
            bar = "█" * (BAR * done // total)
            self.stderr.write(f"\r[{bar:·<{BAR}}] {done}/{total}", ending="" if done < total else "\n")


def type_name(error: Exception) -> str:
    return type(error).__name__


def found(path: Path) -> Iterator[Path]:
    """The files of a path, in order; an empty folder stands for itself, so that it too has a row."""
    inner = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else []
    yield from inner or [path]
