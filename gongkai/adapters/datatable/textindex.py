"""大表里一列文字“含有某几个字”的索引:一千零二十四行一段,每段记着它有哪些两字、五字的组合(两个散列,存成位图)。

问的时候把几张位图相与,剩下的几段解压了看;剩得太多的不用索引(常见的字,从头看起很快就够数)。
一个文件:头(JSON 一行)、位图、各段的位置、各段的文字(zlib)。只读自己写的文件。
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, TypeVar

_T = TypeVar("_T")
#: 一段多少行;位图的条数(2的幂)。
ROWS, SLICES = 1024, 1 << 16
#: 剩下的段多于这么多就不用索引。
MOST_BLOCKS = 1500
_SHORT, _LONG = 2, 5
#: 段里隔开各行的;有它的值不建索引。
_END = "\x00"


class NotIndexable(ValueError):
    """这一列的值里有索引用来分行的字符。"""


def chunks(values: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """So many values at a time, the last time fewer.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    left = iter(values)
    while found := list(islice(left, size)):
        yield found


def grams(text: str, size: int) -> set[str]:
    """The runs of so many characters; none of a shorter text.

    >>> sorted(grams("明湖区", 2))
    ['明湖', '湖区']
    """
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def _places(gram: str) -> tuple[int, int]:
    """The two bitmaps of a gram."""
    found = zlib.crc32(gram.encode("utf-8", "surrogatepass"))
    return found & (SLICES - 1), found >> 16


def build(values: Iterable[str | None], target: Path) -> int:
    """Write the index of a column's values in row order; how many rows there were.

    Raises:
        NotIndexable: a value has the character that ends a row; nothing is written.
    """
    maps: dict[int, bytearray] = {}
    texts: list[bytes] = []
    rows = 0
    for block, chunk in enumerate(chunks(values, ROWS)):
        rows += len(chunk)
        given = [value or "" for value in chunk]
        text = _END.join(given)
        if text.count(_END) != len(given) - 1:
            raise NotIndexable
        texts.append(zlib.compress(text.encode("utf-8", "surrogatepass"), 1))
        byte, bit = block >> 3, 1 << (block & 7)
        for gram in grams(text, _SHORT) | grams(text, _LONG):
            for place in _places(gram):
                bitmap = maps.get(place)
                if bitmap is None:
                    bitmap = maps[place] = bytearray()
                if len(bitmap) <= byte:
                    bitmap.extend(bytes(byte + 1 - len(bitmap)))
                bitmap[byte] |= bit
    width = (len(texts) + 7) // 8
    made = target.with_suffix(".making")
    with made.open("wb") as file:
        file.write(json.dumps({"rows": rows, "blocks": len(texts), "width": width}).encode() + b"\n")
        for place in range(SLICES):
            file.write(bytes(maps.get(place, b"")).ljust(width, b"\0"))
        at = 0
        for packed in texts:
            file.write(struct.pack("<Q", at))
            at += len(packed)
        file.write(struct.pack("<Q", at))
        file.writelines(texts)
    made.rename(target)
    return rows


@dataclass(slots=True)
class _Layout:
    """文件里各部分从哪里开始。"""

    blocks: int
    width: int
    maps: int
    offsets: int
    texts: int


def _layout(file: BinaryIO) -> _Layout:
    head = file.readline(200)
    told = json.loads(head)
    offsets = len(head) + SLICES * told["width"]
    return _Layout(told["blocks"], told["width"], len(head), offsets, offsets + 8 * (told["blocks"] + 1))


@dataclass(slots=True)
class Search:
    """一次查找:可能有的各段(位图)。"""

    path: Path
    layout: _Layout
    left: int
    needle: str
    after: int

    @property
    def blocks(self) -> int:
        """How many blocks may have it."""
        return self.left.bit_count()

    def rows(self) -> Iterator[int]:
        """The rows after ``after`` whose value has the needle, in their order."""
        left = self.left
        with self.path.open("rb") as file:
            while left:
                block = (left & -left).bit_length() - 1
                left &= left - 1
                file.seek(self.layout.offsets + 8 * block)
                start, end = struct.unpack("<QQ", file.read(16))
                file.seek(self.layout.texts + start)
                text = zlib.decompress(file.read(end - start)).decode("utf-8", "surrogatepass")
                if self.needle not in text:
                    continue
                for nth, value in enumerate(text.split(_END)):
                    row = block * ROWS + nth
                    if row > self.after and self.needle in value:
                        yield row


def search(path: Path, needle: str, after: int = -1) -> Search | None:
    """Where a needle may be after a row; None if the index is of no use: a needle of one character or with the ending
    character in it, no index, or too many blocks that may have it."""
    wanted = grams(needle, _SHORT) | grams(needle, _LONG)
    if not wanted or _END in needle or not path.is_file():
        return None
    with path.open("rb") as file:
        layout = _layout(file)
        left = (1 << layout.blocks) - 1
        left &= ~((1 << ((after + 1) // ROWS)) - 1)
        for place in sorted({place for gram in wanted for place in _places(gram)}):
            file.seek(layout.maps + place * layout.width)
            left &= int.from_bytes(file.read(layout.width), "little")
    found = Search(path, layout, left, needle, after)
    return found if found.blocks <= MOST_BLOCKS else None
