"""压缩包:逐个取出里面的文件;路径、数量、大小、倍数、套层都有限。"""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from collections.abc import Iterator

from .encoding import guess
from .ending import directory
from .errors import Unreadable, too_large
from .kinds import Kind, kind_of
from .limits import DEFAULT, MIB, Limits


def members(data: bytes, name: str, *, limits: Limits = DEFAULT) -> Iterator[tuple[str, bytes | Unreadable]]:
    """Each file in a ZIP with its path inside; one that cannot be taken out is given as its reason.

    Raises:
        Unreadable: the archive itself is damaged or over the limits.
    """
    budget = [limits.unpacked_bytes, limits.members]
    yield from _members(data, name, limits, budget, 0)


def _members(
    data: bytes, name: str, limits: Limits, budget: list[int], depth: int
) -> Iterator[tuple[str, bytes | Unreadable]]:
    inside = directory(data, limits)
    if inside is not None and inside.entries > limits.members:  # 目录造成对象以前先看有多少项
        raise Unreadable(name, "压缩包里文件过多", "请分成几个小的压缩包再导入")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:
        raise Unreadable(name, "压缩包已经损坏", "请重新压缩一份后再导入") from None
    with archive:
        encoding = _names_in(archive)
        for member in archive.infolist():
            path = _path(member, encoding)
            if _is_folder(member) or path.rpartition("/")[2].startswith((".", "~$")) or "__MACOSX" in path:
                continue
            budget[1] -= 1
            if budget[1] < 0:
                raise Unreadable(name, "压缩包里文件过多", "请分成几个小的压缩包再导入")
            largest = limits.archive_bytes if _is_archive(member) else limits.file_bytes
            if member.file_size > largest:
                # 不解开的不占解开后的总量:一张大图不连累后面的
                yield path, too_large(path, member.file_size, largest)
                continue
            budget[0] -= member.file_size
            if budget[0] < 0:
                raise Unreadable(name, "压缩包解开后过大", "请分成几个小的压缩包再导入")
            if member.file_size > MIB and member.file_size > member.compress_size * limits.unpacked_ratio:
                yield path, Unreadable(path, "压缩倍数异常，可能是压缩炸弹", "请核对来源")
                continue
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                yield path, Unreadable(path, "压缩的方法少见，不能解开", "请用普通的 ZIP 重新压缩")
                continue
            if member.flag_bits & 1:
                yield path, Unreadable(path, "压缩包有口令", "请去掉口令后再导入")
                continue
            try:
                content = archive.read(member)
            except Exception:
                yield path, Unreadable(path, "在压缩包里已经损坏", "请重新压缩一份后再导入")
                continue
            if kind_of(content) is Kind.ZIP:
                if depth >= limits.nested:
                    yield path, Unreadable(path, "压缩包套得太深", "请解开后再导入")
                    continue
                try:
                    for inner, found in _members(content, path, limits, budget, depth + 1):
                        yield f"{path}/{inner}", found
                except Unreadable as error:
                    yield path, error
                continue
            yield path, content


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """`ZipInfo.is_dir` of Python 3.11 fails on an empty name, which a damaged archive can have."""
    return not member.filename or member.filename.endswith("/")


def _is_archive(member: zipfile.ZipInfo) -> bool:
    """An archive within the archive may be larger than any other file."""
    return member.filename.lower().endswith(".zip")


def _path(member: zipfile.ZipInfo, encoding: str) -> str:
    """The path inside, without anything that climbs out."""
    name = _extra_name(member.extra) or member.filename
    if not member.flag_bits & 0x800 and name == member.filename:
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode(encoding)
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def _names_in(archive: zipfile.ZipFile) -> str:
    """The encoding of the names that are not marked as UTF-8, judged by all of them together."""
    raw = []
    for member in archive.infolist()[:2000]:
        if not member.flag_bits & 0x800:
            with contextlib.suppress(UnicodeEncodeError):
                raw.append(member.filename.encode("cp437"))
    together = b"\n".join(raw)
    try:
        together.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        return guess(together) or "gb18030"


def _extra_name(extra: bytes) -> str:
    """The name in the Unicode path field (0x7075) that some programs add; empty if there is none."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == 0x7075 and 5 < size <= len(extra) - 4:
            return extra[9 : 4 + size].decode("utf-8", "ignore")
        extra = extra[4 + size :]
    return ""
