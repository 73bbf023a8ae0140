"""``gongkai import``:把文件、文件夹、压缩包里的公文成批建成草稿,每个文件都有结果。"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from gongkai.adapters import files
from gongkai.law.errors import LawError
from gongkai.org import access
from gongkai.org.models import Agency, User

from ... import intake, types


class Command(BaseCommand):
    help = "成批导入公文:每个文件建成一份草稿,或者说明为什么没有;同一份不重复建。可放心重复运行。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="文件、文件夹或者 ZIP")
        parser.add_argument("--agency", required=True, help="发布机构的单位代码")
        parser.add_argument("--type", help="信息类型;不给就按标题判断")
        parser.add_argument("--user", help="以哪个信息员的名义;默认是该单位的第一个信息员")
        parser.add_argument("--report", type=Path, help="结果表(CSV)写到哪里;默认打印")

    def handle(
        self,
        *,
        paths: list[Path],
        agency: str,
        type: str | None,
        user: str | None,
        report: Path | None,
        **options: Any,
    ) -> None:
        unit = Agency.objects.filter(code=agency).first()
        if unit is None:
            raise CommandError(f"没有代码是“{agency}”的单位。")
        if type and type not in {one.key for one in types.all()}:
            raise CommandError(f"没有“{type}”这种信息类型。")
        by = self.clerk(unit, user)
        rows: list[list[str]] = []
        sources = [(path, list(found(path))) for path in paths]
        total = sum(len(one) for _, one in sources)
        done = 0
        for _, names in sources:
            for path in names:
                for row in self.take(path, unit, type, by):
                    rows.append(row)
                done += 1
                self.progress(done, total)
        made = sum(row[1] == "已建草稿" for row in rows)
        self.write(rows, report)
        self.stderr.write(f"共{len(rows)}个文件,建成草稿{made}件,其余{len(rows) - made}件见结果表。")

    def clerk(self, unit: Agency, name: str | None) -> User:
        people = User.objects.filter(memberships__agency=unit, memberships__role="clerk", is_active=True).order_by(
            "pk"
        )
        by = User.objects.filter(username=name).first() if name else people.first()
        if by is None or not access.may(by, "records.import", unit):
            raise CommandError(f"“{unit}”没有{'叫“' + name + '”的' if name else ''}信息员,请先建立人员。")
        return by

    def take(self, path: Path, unit: Agency, type: str | None, by: User) -> Iterator[list[str]]:
        try:
            content = path.read_bytes()
        except OSError as error:
            yield [str(path), "没有建", f"打不开:{error.strerror}", "", ""]
            return
        if files.kind_of(content) is files.Kind.ZIP:
            try:
                for name, inner in files.members(content, path.name):
                    label = f"{path}!{name}"
                    if isinstance(inner, files.Unreadable):
                        yield [label, "没有建", str(inner), "", ""]
                    else:
                        yield self.one(label, inner, name.rpartition("/")[2], unit, type, by)
            except files.Unreadable as error:
                yield [str(path), "没有建", str(error), "", ""]
            return
        yield self.one(str(path), content, path.name, unit, type, by)

    def one(self, label: str, content: bytes, name: str, unit: Agency, type: str | None, by: User) -> list[str]:
        try:
            taken = intake.take(content, name, unit, type, by=by, at=timezone.now())
        except intake.Duplicate as error:
            return [label, "重复", str(error), error.record.title, error.record.doc_number]
        except (files.Unreadable, LawError) as error:
            return [label, "没有建", str(error), "", ""]
        return [label, "已建草稿", "；".join(taken.paper.warnings), taken.edition.title, taken.edition.doc_number]

    def progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty() or done == total or done % 50 == 0:
            width = 30 * done // max(1, total)
            self.stderr.write(
                f"\r[{'█' * width}{'·' * (30 - width)}] {done}/{total}", ending="" if done < total else "\n"
            )

    def write(self, rows: list[list[str]], report: Path | None) -> None:
        head = ["文件", "结果", "原因或者提示", "标题", "文号"]
        if report:
            with report.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([head, *rows])
        else:
            csv.writer(self.stdout._out).writerows([head, *rows])  # type: ignore[attr-defined]


def found(path: Path) -> Iterator[Path]:
    """The files of a path, in order; hidden ones and Office lock files are not papers."""
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not inner.name.startswith((".", "~$")):
                yield inner
    else:
        yield path
