"""扫描的 PDF:哪些页是图片,识别多少页、多少秒为止,哪里要提醒人核对。"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..files.errors import Unreadable
from ..ocr import LONGEST_SIDE, CannotRead, Reader, installed, load
from . import sheet
from .bitmap import Grey
from .rulings import Char, Ruled

A4 = 842.0  # 点;页面自报的大小不可信的,当作 A4
BELIEVED = (600.0, 1300.0)
FINEST = 200 / 72  # 像素每点
OTHERWISE = "换用带文字的 PDF、Word、网页版本"
MOST_DRAWN = LONGEST_SIDE * LONGEST_SIDE / 2**0.5  # 画出来交给识别的,至多这么多像素
MOST_PIXELS = 80_000_000  # 页上的图大于此,不打开


class TooMuch(Unreadable):
    """扫描件的页数或者识别的时间超过了限度。"""


class Asks(TooMuch):
    """有扫描的页要识别,先问可不可以:识别要的时间和内存多,另走一条道。"""


@dataclass(frozen=True, slots=True)
class Limits:
    """至多识别多少页、多少秒;正在识别别的文件时至多等多少秒;``ask`` 是遇到扫描的页先停下来问。"""

    pages: int
    seconds: float
    wait: float
    ask: bool = False


@dataclass
class Scanner:
    """一份文件的识别:``notes`` 是要提醒人核对的地方。"""

    reader: Reader
    name: str
    until: float
    notes: list[str] = field(default_factory=list)

    def read(self, page: pdfium.PdfPage, number: int) -> tuple[list[Char], list[bool], list[Ruled]]:
        """Characters in reading order, whether a space came before each, and the tables.

        Raises:
            Unreadable: no time left, or the recogniser failed.
        """
        if time.monotonic() > self.until:
            raise TooMuch(self.name, "识别扫描件用的时间太长", f"请只留正文和三张表，或者{OTHERWISE}")
        grey, scale = _rendered(page, self.name)
        try:
            found = sheet.read(grey, scale, self.reader)
        except CannotRead as error:
            raise Unreadable(self.name, f"第{number}页识别不出来", "请重新扫描后再试") from error
        self.notes += [f"第{number}页表格里读作“{text}”的一格把握不大。" for text in found.unsure]
        return found.chars, found.spaced, found.tables


@contextmanager
def scanning(pages: Sequence[int], limits: Limits, name: str) -> Iterator[Scanner | None]:
    """What reads these scanned pages of one file, one file at a time; None if there are none or it is not installed.

    Raises:
        TooMuch: too many pages, too many files for now, or another file is being read.
    """
    if not pages or not installed():
        yield None
        return
    if len(pages) > limits.pages:
        raise TooMuch(name, f"扫描的图片超过{limits.pages}页", f"请只留正文和三张表，或者{OTHERWISE}")
    if limits.ask:
        raise Asks(name, "短时间内识别的扫描件太多", f"请过十分钟再试，或者{OTHERWISE}")
    reader = load()
    if reader is None:
        yield None
        return
    if not reader.busy.acquire(timeout=limits.wait):
        raise TooMuch(name, "正在识别别的扫描件", f"请过一两分钟再试，或者{OTHERWISE}")
    try:
        said = f"第{'、'.join(map(str, pages))}页是扫描的图片，文字和数字由程序识别，可能有误。"
        yield Scanner(reader, name, time.monotonic() + limits.seconds, [said])
    finally:
        reader.busy.release()


def is_picture(page: pdfium.PdfPage, lettered: bool) -> bool:
    """Whether a page is a scan: hardly any text, and a picture over most of it; or no text but letters as shapes."""
    if not lettered:
        drawn = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING]
        return next(iter(page.get_objects(filter=drawn, max_depth=4)), None) is not None
    width, height = page.get_size()
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > width * height / 2:
            return True
    return False


def _rendered(page: pdfium.PdfPage, name: str) -> tuple[Grey, float]:
    """The red channel of a page, so that seals vanish; pixels a point."""
    for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        width, height = picture.get_px_size()
        if width * height > MOST_PIXELS:
            raise TooMuch(name, "扫描的图片太大", "请用200至300点每英寸重新扫描后再试")
    longest = max(page.get_size())
    believed = BELIEVED[0] <= longest <= BELIEVED[1]
    points = longest if believed else A4
    # 比 A4 方的页也只画 A4 那么多像素:识别占的内存随面积长
    across = points * min(page.get_size()) / longest
    scale = min(FINEST, LONGEST_SIDE / points, (MOST_DRAWN / (points * max(across, 1))) ** 0.5)
    image = page.render(scale=scale * points / longest, rev_byteorder=True).to_numpy()
    return np.ascontiguousarray(image[:, :, 0]), scale
