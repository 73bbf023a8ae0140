"""``gongkai backfile_take``:把服务器上的文件夹、压缩包收作旧文件,逐份登记、读出;断了再运行,接着来。"""

from __future__ import annotations

import contextlib
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from gongkai.adapters import files
from gongkai.adapters.files import DEFAULT, Unreadable
from gongkai.adapters.files.encoding import likeness
from gongkai.backfile import actions
from gongkai.backfile.actions.taking import LIMITS, File
from gongkai.backfile.models import Intake
from gongkai.backfile.terms import ItemState, Way
from gongkai.law.errors import LawError
from gongkai.org.models import Agency, User

_BATCH = 200
#: 压缩包整个放进内存;更大的先解成文件夹。
_LARGEST = 1024**3


class Command(BaseCommand):
    help = "把文件夹或者 ZIP 收作旧文件:每个文件一行、一个结果;同一份不收两次,断了再运行接着来。扫描件随后由后台识别。"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="文件夹或者 ZIP")
        parser.add_argument("--agency", required=True, metavar="CODE", help="单位代码")
        parser.add_argument("--by", required=True, metavar="用户名", help="以谁的名义")
        parser.add_argument("--fonds", default="", metavar="全宗号", help="档号里缺全宗号的用它补")

    def handle(self, *, path: Path, agency: str, by: str, fonds: str, **options: Any) -> None:
        unit = Agency.objects.filter(code=agency).first()
        user = User.objects.filter(username=by, is_active=True).first()
        if unit is None or user is None:
            raise CommandError(f"没有代码是“{agency}”的单位,或者没有在用的用户“{by}”。")
        if not path.exists():
            raise CommandError(f"没有 {path}。")
        try:
            intake = self._intake(unit, path, fonds, user)
            self.stderr.write(f"登记“{intake}”……")
            actions.enter(intake, _found(path), at=timezone.now())
            self._read(intake)
        except (LawError, Unreadable, OSError) as error:
            raise CommandError(str(error)) from None
        self._report(intake)

    def _intake(self, unit: Agency, path: Path, fonds: str, user: User) -> Intake:
        """The intake of this path that was begun before, or a new one."""
        name = str(path.resolve())[-200:]
        known = Intake.objects.filter(agency=unit, way=Way.FOLDER, name=name).first()
        return known or actions.begin(unit, Way.FOLDER, name, fonds=fonds, by=user, at=timezone.now())

    def _read(self, intake: Intake) -> None:
        total = intake.items.filter(state=ItemState.WAITING).count()
        done = 0
        while count := actions.read_waiting(at=timezone.now(), limit=_BATCH):
            done += count
            if self.stderr.isatty() or done >= total:
                self.stderr.write(f"\r读过{min(done, total)}/{total}件", ending="" if done < total else "\n")
            sys.stderr.flush()

    def _report(self, intake: Intake) -> None:
        rows = intake.items.values_list("path", "state", "reason", "title", "doc_number")
        for path, state, reason, title, number in rows.iterator(chunk_size=1000):
            self.stdout.write("\t".join((path, ItemState.from_value(state).label, reason, title, number)))
        counts = dict(intake.items.values_list("state").annotate(n=Count("pk")).order_by())
        said = ",".join(f"{ItemState.from_value(state).label}{n}件" for state, n in counts.items()) or "没有文件"
        self.stderr.write(f"共{sum(counts.values())}份:{said}。")


def _found(path: Path) -> Iterator[File]:
    """Each file below a folder, or of an archive; what cannot be opened is given as its reason."""
    if path.is_file() and zipfile.is_zipfile(path):
        if path.stat().st_size > _LARGEST:
            raise Unreadable(path.name, "压缩包超过 1 GB", "请解成文件夹，再收这个文件夹")
        yield from files.members(path.read_bytes(), path.name, limits=LIMITS)
        return
    base = path if path.is_dir() else path.parent
    for one in sorted(path.rglob("*")) if path.is_dir() else [path]:
        label = _readable(str(one.relative_to(base)))
        if one.is_symlink():
            yield label, Unreadable(label, "这是链接，没有跟去", "请收它指着的文件")
            continue
        if not one.is_file() or one.name.startswith((".", "~$")):
            continue
        try:
            if (size := one.stat().st_size) > DEFAULT.file_bytes:
                yield label, files.too_large(label, size, DEFAULT.file_bytes)
            else:
                yield label, one.read_bytes()
        except OSError as error:
            yield label, Unreadable(label, f"打不开（{error.strerror}）", "请核对权限")


def _readable(name: str) -> str:
    """A name as people read it. Those of old disks are in GBK, which this system takes for damaged UTF-8; some are by
    chance fine UTF-8 as well, but no Chinese then.

    >>> _readable(os.fsdecode("旧/通知.txt".encode("gb18030"))), _readable("二〇〇六年/通知.txt")
    ('旧/通知.txt', '二〇〇六年/通知.txt')
    """
    raw = os.fsencode(name)
    found = []
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            found.append(raw.decode(encoding))
    return max(found, key=likeness, default=raw.decode("gb18030", "replace"))
