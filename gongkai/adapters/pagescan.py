"""扫描的旧文件:几页,一页的图给人看,一页的字和它在页上的位置;空白、倒置、黑边说出来。图片、多页 TIFF、PDF 都认。

一律在另一个进程里做(``apart``):图大、模型占内存,坏文件最多弄坏那个进程。
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter, ImageSequence

from . import ocr
from .annual.bitmap import Grey, ink_of, straightened
from .annual.sheet import turns_of
from .files.document import Document
from .files.errors import Unreadable
from .files.kinds import IMAGES, Kind, kind_of
from .files.pdf.lines import Line
from .files.pdf.paragraphs import paragraphs

#: 一张图至多这么多像素;更大的不打开。
MOST_PIXELS = 80_000_000
MOST_PAGES = 600
#: 给人看的图,长边多少像素。
SHOWN = 1500
#: 墨迹不到这么多,是空白页;靠边的一条里超过这么多,是黑边。
BLANK, DARK_EDGE = 0.0006, 0.5
#: 把握不到这么多的一页,字多半认错了一成以上(benchmarks/scan_pages.py):照原件录入。
UNCLEAR = 0.9
UNCLEAR_SAID = "字迹不清，请照原件录入"
_EDGE = 0.012
#: 墨里不黑不白的不到这么多,是黑白二值的(传真);抹多少(像素)。虚构的传真页不到.10,灰度的扫描页.73以上。
_BETWEEN, _DARKEST, _LIGHTEST, _SOFT = 0.3, 60, 190, 0.6
#: 窄的一边不到这么多像素(A4 约120点每英寸)才抹。
_COARSE = 1000
_A4 = 842.0
#: 页脚印着的页码。
PAGE_MARK = re.compile(r"^[\s\-—–－_·•第]{0,8}(\d{1,4})[\s\-—–－_·•页]{0,8}$")
#: 一段字盖住的高低相差不到这么多倍字高,就是同一行。
_SAME_LINE = 0.6


@dataclass(frozen=True, slots=True)
class Spot:
    """一行字、把握(0至1)、在页上的位置(左、上、右、下,占页宽页高的千分之几)。"""

    text: str
    sure: float
    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Scanned:
    """读过的一页:各行;``turned`` 是转正时向左转了几个直角;``size`` 是宽和高。"""

    spots: tuple[Spot, ...]
    size: tuple[int, int]
    blank: bool = False
    turned: int = 0
    dark_edge: bool = False

    @property
    def text(self) -> str:
        return "\n".join(spot.text for spot in self.spots)

    @property
    def sure(self) -> float:
        """How sure the reading is, weighted by length; 0 for a page without text."""
        signs = sum(len(spot.text) for spot in self.spots)
        return sum(spot.sure * len(spot.text) for spot in self.spots) / signs if signs else 0.0

    @property
    def troubles(self) -> tuple[str, ...]:
        """What a person should look at."""
        said = (
            ("空白页", self.blank),
            ("放倒了，已转正再读", bool(self.turned)),
            ("有黑边", self.dark_edge),
            (UNCLEAR_SAID, 0 < self.sure < UNCLEAR),
        )
        return tuple(words for words, is_so in said if is_so)


def page_count(data: bytes, name: str) -> int:
    """How many pages there are.

    Raises:
        Unreadable: no picture, a damaged one, or too many pages.
    """
    is_pdf = kind_of(data) is Kind.PDF
    count = len(_pdf(data, name)) if is_pdf else int(getattr(_image(data, name), "n_frames", 1))
    if count > MOST_PAGES:
        raise Unreadable(name, f"超过{MOST_PAGES}页", "请拆开后再收")
    return count


def picture(data: bytes, name: str, number: int) -> bytes:
    """Page ``number`` (from 1) as a JPEG to look at. Raises Unreadable."""
    image = Image.fromarray(_grey(data, name, number))
    image.thumbnail((SHOWN, SHOWN))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=72)
    return buffer.getvalue()


def recognise(data: bytes, name: str, number: int) -> Scanned:
    """The text of page ``number`` (from 1).

    Raises:
        Unreadable: the page cannot be opened, or no recogniser is installed.
    """
    grey = _grey(data, name, number)
    reader = ocr.load()
    if reader is None:
        raise Unreadable(name, "没有安装文字识别", f"请人工录入，或者请管理员安装（{ocr.HOW}）")
    height, width = grey.shape
    ink = ink_of(grey)
    if float(ink.mean()) < BLANK:
        return Scanned((), (width, height), blank=True)
    edge = max(1, round(width * _EDGE))
    strips = (grey[:, :edge], grey[:, -edge:], grey[:edge], grey[-edge:])
    dark = any(float((strip < 90).mean()) > DARK_EDGE for strip in strips)
    try:
        turned, pieces, page = _upright(_softened(grey), reader)
    except ocr.CannotRead as error:
        raise Unreadable(name, f"第{number}页识别不出来", "请重新扫描后再试") from error
    height, width = page.shape
    spots = tuple(_spots(pieces, width, height))
    return Scanned(spots, (width, height), blank=not spots, turned=turned, dark_edge=dark)


def _softened(grey: Grey) -> Grey:
    """A coarse page of two levels (a fax) with its steps smoothed: the recogniser takes them for specks. Any other page
    as it is: a fine page of two levels is read a little worse when smoothed."""
    if min(grey.shape) >= _COARSE:
        return grey
    dark, middle = float((grey <= _DARKEST).mean()), float(((grey > _DARKEST) & (grey < _LIGHTEST)).mean())
    if middle > _BETWEEN * (dark + middle):
        return grey
    return np.asarray(Image.fromarray(grey).filter(ImageFilter.GaussianBlur(_SOFT)))


def _upright(grey: Grey, reader: ocr.Reader) -> tuple[int, list[ocr.Piece], Grey]:
    page = straightened(grey)
    pieces = reader.page(page)
    if turns := turns_of(pieces):
        other = straightened(np.ascontiguousarray(np.rot90(grey, turns)))
        again = reader.page(other)
        if turns_of(again) == 0:
            return turns, again, other
    return 0, pieces, page


def _spots(pieces: Sequence[ocr.Piece], width: int, height: int) -> list[Spot]:
    """Pieces as lines from the top down; pieces side by side are one line."""
    rows: list[list[ocr.Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top + piece.bottom):
        middle, tall = (piece.top + piece.bottom) / 2, piece.bottom - piece.top
        last = rows[-1][0] if rows else None
        if last and abs((last.top + last.bottom) / 2 - middle) < _SAME_LINE * min(tall, last.bottom - last.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    found = []
    for row in rows:
        row.sort(key=lambda piece: piece.left)
        text = row[0].text
        for before, one in itertools.pairwise(row):
            text += ("  " if one.left - before.right > one.bottom - one.top else "") + one.text
        signs = sum(len(one.text) for one in row) or 1
        box = (
            min(one.left for one in row) * 1000 / width,
            min(one.top for one in row) * 1000 / height,
            max(one.right for one in row) * 1000 / width,
            max(one.bottom for one in row) * 1000 / height,
        )
        sure = sum(one.sure * len(one.text) for one in row) / signs
        found.append(Spot(text.strip(), round(sure, 3), tuple(map(round, box))))  # type: ignore[arg-type]
    return [spot for spot in found if spot.text]


def document(pages: Sequence[Scanned], name: str) -> Document:
    """The pages as a document, lines put together to paragraphs by where they stand."""
    sheets = [list(map(_line(page), page.spots)) for page in pages]
    blocks = tuple(paragraphs(sheets))
    return Document(name, Kind.PDF, blocks, page="\n".join(page.text for page in pages))


def _line(page: Scanned):  # type: ignore[no-untyped-def]
    """Turn spots of this page into lines of a page of A4, in points."""
    wide, tall = 595.0 / 1000, _A4 / 1000
    heights = [spot.box[3] - spot.box[1] for spot in page.spots]
    usual = median(heights) * tall if heights else 12.0

    def line(spot: Spot) -> Line:
        left, top, right, bottom = spot.box
        size = (bottom - top) * tall * 0.8
        # 识别框的高低不齐:差得不多的按常见的高
        size = usual * 0.8 if abs(size - usual * 0.8) < 0.25 * usual else size
        return Line(spot.text, left * wide, right * wide, (1000 - (top + bottom) / 2) * tall, size)

    return line


def _pdf(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        raise Unreadable(name, "PDF 打不开", "可能有口令或者已经损坏，请另存一份再收") from None


def _image(data: bytes, name: str) -> Image.Image:
    if kind_of(data) not in IMAGES:
        raise Unreadable(name, "不是图片", "请核对是否传错了文件")
    try:
        image = Image.open(io.BytesIO(data))
    except Exception:
        raise Unreadable(name, "图片已经损坏", "请重新扫描一份") from None
    if image.width * image.height > MOST_PIXELS:
        raise Unreadable(name, "图片太大", "请用200至300点每英寸重新扫描")
    return image


def _grey(data: bytes, name: str, number: int) -> Grey:
    """The page in grey, its red channel where there are colours, so that seals vanish."""
    if kind_of(data) is Kind.PDF:
        document = _pdf(data, name)
        if not 0 < number <= len(document):
            raise Unreadable(name, f"没有第{number}页", "请刷新页面")
        page = document[number - 1]
        scale = min(200 / 72, ocr.LONGEST_SIDE / max(page.get_size()))
        shown = page.render(scale=scale, rev_byteorder=True).to_numpy()
        return np.ascontiguousarray(shown[:, :, 0])
    image = _image(data, name)
    try:
        frame = next(itertools.islice(ImageSequence.Iterator(image), number - 1, None))
        flat = frame.convert("RGB")
    except StopIteration:
        raise Unreadable(name, f"没有第{number}页", "请刷新页面") from None
    except Exception:
        raise Unreadable(name, "图片已经损坏", "请重新扫描一份") from None
    flat.thumbnail((ocr.LONGEST_SIDE, ocr.LONGEST_SIDE))
    return np.ascontiguousarray(np.asarray(flat)[:, :, 0])
