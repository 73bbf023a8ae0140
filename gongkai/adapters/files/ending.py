"""压缩包末尾的目录:先看有多少项、解开多大,再决定打不打开。只看固定长度的几个数,不造对象,多少项都是一样快。"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .errors import Unreadable
from .limits import MIB, Limits

_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_END_SIZE, _ENTRY_SIZE, _COMMENT = 22, 46, 0xFFFF
_KNOWN = frozenset({0, 8})  # 不压缩、deflate;别的压法要的内存由文件自己说了算
_BOMB = ("解开后过大，可能是压缩炸弹", "请用原来的软件打开，另存一份后再试")


@dataclass(frozen=True, slots=True)
class Directory:
    """目录里说的:项数(含没有看的)、解开后的字节数、名称(看过的各项)、有没有膨胀得太多的、有没有少见的压法。"""

    entries: int
    unpacked: int
    names: tuple[str, ...]
    blown: bool
    odd: bool


def directory(data: bytes, limits: Limits) -> Directory | None:
    """What the end of a ZIP says; None if it has no readable end. At most ``limits.members`` entries are walked."""
    end = data.rfind(_END, max(0, len(data) - _END_SIZE - _COMMENT))
    if end < 0 or end + _END_SIZE > len(data):
        return None
    _, _, _, _, entries, size, start, _ = struct.unpack_from("<4s4H2LH", data, end)
    start = max(end - size, 0) if size <= end else start  # 前面多出字节的,目录紧接在末尾之前
    entries = max(entries, data.count(_ENTRY, start, end)) if entries == 0xFFFF else entries
    unpacked, at, blown, odd = 0, start, False, False
    names: list[str] = []
    while len(names) < limits.members and at + _ENTRY_SIZE <= end and data[at : at + 4] == _ENTRY:
        method, packed, full, name, extra, comment = (
            struct.unpack_from("<H", data, at + 10)[0],
            *struct.unpack_from("<LLHHH", data, at + 20),
        )
        names.append(data[at + _ENTRY_SIZE : at + _ENTRY_SIZE + name].decode("utf-8", "replace"))
        unpacked += full
        blown = blown or (full > MIB and full > packed * limits.unpacked_ratio)
        odd = odd or method not in _KNOWN
        at += _ENTRY_SIZE + name + extra + comment
    more = len(names) >= limits.members and data[at : at + 4] == _ENTRY
    return Directory(max(entries, len(names) + more), unpacked, tuple(names), blown, odd)


def bounded(data: bytes, name: str, limits: Limits) -> None:
    """Refuse an Office file that would unpack to too much, before anything of it is opened.

    Raises:
        Unreadable: too many parts, too large, blown up too far, or packed in a way Office never uses.
    """
    found = directory(data, limits)
    if found is None:
        return  # 读法自己会说已经损坏
    if found.entries > limits.members or found.unpacked > limits.unpacked_bytes or found.blown or found.odd:
        raise Unreadable(name, *_BOMB)
