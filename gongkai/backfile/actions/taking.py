"""收进来:一个文件夹、一个压缩包、一张清单;每个文件一行、一个理由;断了接着收,同一份不收两次。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.db import transaction

from gongkai.adapters import files
from gongkai.adapters.files import DEFAULT, Kind, Unreadable
from gongkai.adapters.files.kinds import IMAGES, MEDIA
from gongkai.foi import store
from gongkai.law.errors import RuleBroken
from gongkai.org import access
from gongkai.org.actions import log
from gongkai.org.models import Agency, User
from gongkai.records.models import Record

from ..models import Intake, Item
from ..terms import ItemState, Way

#: 一个压缩包至多这么多份;比一次导入公文的宽。
LIMITS = replace(DEFAULT, members=50_000, unpacked_bytes=8 * 1024**3)
_CHUNK, _LONGEST = 200, 400
#: 读不出字、也不是扫描件的:不作旧文件收。
_NOT_PAPERS = frozenset(
    {
        *MEDIA,
        Kind.EXE,
        Kind.SCRIPT,
        Kind.SVG,
        Kind.EMPTY,
        Kind.XLSX,
        Kind.XLS,
        Kind.CSV,
        Kind.PPTX,
        Kind.PPT,
        Kind.RAR,
        Kind.SEVENZIP,
        Kind.GZIP,
        Kind.XML,
        Kind.UNKNOWN,
    }
)
_FIXES = {
    Kind.RAR: "请解开以后重新打成 ZIP 再收",
    Kind.SEVENZIP: "请解开以后重新打成 ZIP 再收",
    Kind.XLSX: "目录表请从“收清单”收",
    Kind.XLS: "目录表请另存为 XLSX，从“收清单”收",
    Kind.CSV: "目录表请从“收清单”收",
    Kind.EMPTY: "请核对是否传错了文件",
    Kind.EXE: "请核对是否传错了文件",
    Kind.SCRIPT: "请核对是否传错了文件",
}
_FONDS = re.compile(r"[A-Za-z]{0,2}\d{1,5}|")
#: 一份文件的路径和内容,或者为什么取不出来。
File = tuple[str, bytes | Unreadable]


@transaction.atomic
def begin(
    agency: Agency, way: Way, name: str, *, fonds: str = "", content: bytes = b"", by: User, at: datetime
) -> Intake:
    """建立一次收取;压缩包先整个存下,随后由后台逐份登记。

    Raises:
        RuleBroken: a fonds number that is none, or a file that is no ZIP.
    """
    access.require(by, "backfile.take", agency)
    fonds = fonds.strip().upper()
    if not _FONDS.fullmatch(fonds):
        raise RuleBroken(f"全宗号“{fonds}”不对", fix="全宗号是字母和数字，如 1031、J102；不知道的不填。")
    if way is Way.ZIP and files.kind_of(content) is not Kind.ZIP:
        raise RuleBroken(f"《{name}》不是 ZIP 压缩包", fix="请打成 ZIP 再传；只有一份的也打成 ZIP。")
    digest = store.keep(content) if content else ""
    if digest and (same := Intake.objects.filter(agency=agency, sha256=digest).first()):
        raise RuleBroken(f"这个压缩包收过了（{same.name}）", fix="不重复收；没有收完的在那一次里接着收。")
    intake = Intake.objects.create(
        agency=agency, way=way, name=name[:200], fonds=fonds, sha256=digest, opened=way is Way.LIST, by=by, at=at
    )
    log("backfile.take", f"收取“{intake}”", at=at, by=by, agency=agency, about=intake, way=way.value)
    return intake


def unpack(intake: Intake, *, at: datetime) -> int:
    """登记压缩包里的各份;断过的从没有登记的接着来。"""
    content = store.read_digest(intake.sha256)
    try:
        return enter(intake, files.members(content, intake.name, limits=LIMITS), at=at)
    except Unreadable as error:
        _troubled(intake, str(error), at)
        return 0


@transaction.atomic
def _troubled(intake: Intake, trouble: str, at: datetime) -> None:
    intake.trouble, intake.opened = trouble[:300], True
    intake.save(update_fields=["trouble", "opened"])
    log("backfile.unpack", f"“{intake}”打不开：{trouble}", at=at, agency=intake.agency, about=intake)


def enter(intake: Intake, found: Iterable[File], *, at: datetime) -> int:
    """登记这些文件,存下原件,一段一段地提交;登记过的路径跳过。返回新登记的件数。

    Raises:
        Unreadable: the archive cannot be read on; what came before is entered.
    """
    known = set(intake.items.values_list("path", flat=True))
    done, trouble = 0, []
    source = (one for one in _named_apart(_until(found, trouble)) if one[0] not in known)
    while chunk := list(islice(source, _CHUNK)):
        rows = [row_of(intake, path, content) for path, content in chunk]
        done += entered(intake, rows, at)
    if trouble:
        raise trouble[0]
    Intake.objects.filter(pk=intake.pk).update(opened=True)
    return done


def _until(found: Iterable[File], trouble: list[Unreadable]) -> Iterator[File]:
    """The files up to where the archive breaks off; why it does is put into ``trouble``."""
    try:
        yield from found
    except Unreadable as error:
        trouble.append(error)


def _named_apart(found: Iterable[File]) -> Iterator[File]:
    """The files, each under a path of its own: archives may hold several of one name."""
    seen: set[str] = set()
    for path, content in found:
        name, number = path[-_LONGEST:], 1
        while name in seen:
            number += 1
            mark = f"（同名的第{number}份）"
            name = path[-(_LONGEST - len(mark)) :] + mark
        seen.add(name)
        yield name, content


def row_of(intake: Intake, path: str, content: bytes | Unreadable) -> Item:
    """One file as a row that is not saved; its bytes are kept first.

    Args:
        path: within the folder or archive; of an old site the address.
    """
    item = Item(intake=intake, agency=intake.agency, path=path[-_LONGEST:], fonds=intake.fonds)
    if isinstance(content, Unreadable):
        return _unread(item, content)
    kind = files.kind_of(content)
    item.size, item.file_kind = len(content), kind.value
    if len(content) > DEFAULT.file_bytes:
        return _unread(item, files.too_large(path, len(content), DEFAULT.file_bytes))
    if kind in _NOT_PAPERS:
        return _refused(item, f"这是{kind.label}，不作旧文件收。{_FIXES.get(kind, '请作为附件另行处理')}。")
    item.sha256 = store.keep(content)
    return item


def _unread(item: Item, error: Unreadable) -> Item:
    """The row of a file that was not taken, with why and what to do."""
    return _refused(item, f"{error.why}。{error.fix}。")


def _refused(item: Item, why: str) -> Item:
    item.state, item.reason = ItemState.REFUSED, why[:300]
    return item


@transaction.atomic
def entered(intake: Intake, rows: list[Item], at: datetime) -> int:
    """Save these rows; what was taken in before, or is public, becomes a copy. How many."""
    digests = {row.sha256 for row in rows if row.sha256}
    first: dict[str, Item] = {
        one.sha256: one
        for one in Item.objects.counted().filter(agency=intake.agency, sha256__in=digests).order_by("-pk")
    }
    online = dict(
        Record.objects.filter(agency=intake.agency, fingerprint__in=digests).values_list(
            "fingerprint", "index_number"
        )
    )
    addressed = _addressed(intake, rows)
    for row in rows:
        if not row.sha256:
            row.save()
            continue
        if same := addressed.get(row.old_path):
            row.state, row.copy_of, row.reason = ItemState.COPY, same, f"同一网址收过（“{same}”）"[:300]
        elif same := first.get(row.sha256):
            row.state, row.copy_of, row.reason = ItemState.COPY, same, f"同“{same.path}”一字不差"[:300]
        elif index := online.get(row.sha256):
            row.state, row.reason = ItemState.COPY, f"网上已有（{index}），一字不差"
        row.save()
        if row.state == ItemState.WAITING:
            first[row.sha256] = row
    log(
        "backfile.unpack",
        f"“{intake}”登记{len(rows)}份",
        at=at,
        agency=intake.agency,
        about=intake,
        count=len(rows),
    )
    return len(rows)


def _addressed(intake: Intake, rows: list[Item]) -> dict[str, Item]:
    """Papers of this unit that were taken in earlier from the addresses of these rows."""
    paths = {row.old_path for row in rows if row.old_path}
    earlier = Item.objects.counted().filter(agency=intake.agency, old_path__in=paths).exclude(sha256="")
    return {one.old_path: one for one in earlier.exclude(intake=intake).order_by("-pk")} if paths else {}


@transaction.atomic
def stop(intake: Intake, stopped: bool, *, by: User, at: datetime) -> Intake:
    """停下,或者接着收、接着读。"""
    intake = Intake.objects.select_for_update(of=("self",)).select_related("agency").get(pk=intake.pk)
    access.require(by, "backfile.take", intake.agency)
    if not intake.has_left:
        raise RuleBroken(f"“{intake}”已经收完、读完", fix="没有要停下、接着来的；要再收的请另收一次。")
    intake.stopped = stopped
    intake.save(update_fields=["stopped"])
    action, word = ("stop", "停下") if stopped else ("go_on", "接着收")
    log(f"backfile.{action}", f"“{intake}”{word}", at=at, by=by, agency=intake.agency, about=intake)
    return intake


def unopened() -> Iterator[Intake]:
    """Archives whose files are not all entered yet."""
    yield from (
        Intake.objects.filter(way=Way.ZIP, opened=False, stopped=False).select_related("agency").order_by("pk")
    )


#: 能识别的。
SCANS = frozenset({*IMAGES, Kind.PDF})
