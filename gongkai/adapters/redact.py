"""遮盖:把不能公开的内容真的去掉。每一页画成图,涂黑,再拼成一份新的 PDF:原来的文字、批注、元数据、隐藏内容一样也不带过去。

做完自己核验:新文件里取不出文字,涂黑的地方每个像素都是黑的。PDF 和图片直接做;Word、Excel 先由 LibreOffice 转成 PDF。
"""

from __future__ import annotations

import io
import subprocess
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageDraw

from .files import DEFAULT, Kind, Unreadable, kind_of
from .files.office import convert, program
from .folding import fold

DPI = 150
MOST_PAGES = 300
MOST_PIXELS = 40_000_000  # 一页画成图,或者一张图片,至多这么多像素
_MARGIN = 1.5  # 点:文字框四边各放宽这么多,免得露出笔画的边
_BLACK = 40  # 压缩以后仍算黑的上限
_BY_OFFICE = frozenset({Kind.DOCX, Kind.DOC, Kind.WPS, Kind.XLSX, Kind.XLS, Kind.RTF, Kind.ODT, Kind.TXT})


@dataclass(frozen=True, slots=True)
class Area:
    """要涂黑的一块:第几页(从1起),左、上、右、下占页宽页高的比例(0到1)。"""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Redacted:
    """遮盖好的 PDF;``areas`` 是涂黑的各块,``counts`` 每个词找到几处。"""

    data: bytes
    areas: tuple[Area, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Look:
    """遮盖以前看一看:共几页、全文、前几页涂黑以后的样子(PNG)、各块、每个词几处。"""

    total: int
    text: str
    pages: tuple[bytes, ...]
    areas: tuple[Area, ...]
    counts: dict[str, int]


class NotClean(Exception):
    """核验没有通过:新文件不能用。"""


def pages_of(data: bytes, name: str) -> pdfium.PdfDocument:
    """The file as a PDF document. Raises Unreadable if it cannot be turned into one."""
    kind = kind_of(data)
    if kind in _BY_OFFICE:
        data = _by_office(data, name, kind)
    elif kind in (Kind.PNG, Kind.JPG, Kind.TIF, Kind.BMP):
        data = _from_image(data, name)
    elif kind is not Kind.PDF:
        raise Unreadable(name, f"{kind.label}不能遮盖", "请另存为 PDF 或者图片")
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        raise Unreadable(name, "文件已经损坏或者有密码", "请用原来的软件打开，另存一份再试") from error
    if count > MOST_PAGES:
        raise Unreadable(name, f"有{count}页，太长", f"请拆成每份不超过{MOST_PAGES}页")
    return document


def look(data: bytes, name: str, words: Iterable[str], areas: Sequence[Area], shown: int) -> Look:
    """What the file says, and how its first ``shown`` pages will look. Raises Unreadable."""
    document = pages_of(data, name)
    found, counts = find(document, words)
    every = (*areas, *found)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    first = range(1, min(len(document), shown) + 1)
    pages = tuple(preview(document, number, every) for number in first)
    return Look(len(document), text, pages, every, counts)


def find(document: pdfium.PdfDocument, words: Iterable[str]) -> tuple[list[Area], dict[str, int]]:
    """Where the words stand, also across line ends, set apart glyph by glyph, in full width or with unseen characters
    between; and how often each was found."""
    areas: list[Area] = []
    counts = {word: 0 for word in words if word.strip()}
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        signs = "".join(_sign(text, index) for index in range(text.count_chars()))
        plain, bare = fold(signs, blanks=False), fold(signs, drop=_DASHES, blanks=False)
        for word in counts:
            # 数字里的横线、括号不算:138-0000-0000 也是 13800000000
            folded = bare if _is_number(word) else plain
            wanted = _lower(fold(word, drop=_DASHES if folded is bare else "", blanks=False).text)
            if not wanted:
                continue
            page_text, start = _lower(folded.text), 0
            while (start := page_text.find(wanted, start)) >= 0:
                counts[word] += 1
                first, last = folded.span(start, start + len(wanted))
                areas += _boxes(text, range(first, last), number, page.get_size())
                start += len(wanted)
    return areas, counts


def _lower(text: str) -> str:
    """Small letters, one for one: ß must not become ss, or every place behind it moves."""
    return "".join(small if len(small := sign.casefold()) == 1 else sign for sign in text)


#: 写号码时常夹在中间的。
_DASHES = "-—–·.（）()"


def _is_number(word: str) -> bool:
    signs = fold(word, drop=_DASHES, blanks=False).text
    return len(signs) >= 6 and sum(sign.isdigit() for sign in signs) >= len(signs) - 1


def _sign(text: pdfium.PdfTextPage, index: int) -> str:
    """One character of the page; one that is no character stands for a blank, so that positions stay."""
    code = pdfium_c.FPDFText_GetUnicode(text, index)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _boxes(text: pdfium.PdfTextPage, places: Iterable[int], number: int, size: tuple[float, float]) -> list[Area]:
    """The boxes of some characters, those of one line joined."""
    width, height = size
    lines: list[list[float]] = []
    for index in places:
        left, bottom, right, top = text.get_charbox(index)
        if right <= left or top <= bottom:
            continue
        if lines and bottom < lines[-1][3] and lines[-1][1] < top:
            line = lines[-1]
            lines[-1] = [min(line[0], left), min(line[1], bottom), max(line[2], right), max(line[3], top)]
        else:
            lines.append([left, bottom, right, top])
    return [
        Area(
            number,
            max(0.0, (left - _MARGIN) / width),
            max(0.0, 1 - (top + _MARGIN) / height),
            min(1.0, (right + _MARGIN) / width),
            min(1.0, 1 - (bottom - _MARGIN) / height),
        )
        for left, bottom, right, top in lines
    ]


def redact(data: bytes, name: str, words: Iterable[str] = (), areas: Sequence[Area] = ()) -> Redacted:
    """A new PDF with the words and areas gone for good.

    Raises:
        Unreadable: the file cannot be read.
        NotClean: the result did not pass its own check; nothing is given back.
    """
    document = pages_of(data, name)
    found, counts = find(document, words)
    every = [*areas, *found]
    result = _assembled(document, every)
    verify(result, every)
    return Redacted(result, tuple(every), counts)


def _assembled(document: pdfium.PdfDocument, areas: Sequence[Area]) -> bytes:
    """The pages as pictures in a new PDF, one at a time: of three hundred only one is ever held unpacked."""
    new = pdfium.PdfDocument.new()
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        buffer = io.BytesIO()
        resolution = DPI * _scale(page) / (DPI / 72)
        _blackened(page, number, areas).save(buffer, "PDF", resolution=resolution, quality=85)
        page.close()
        with pdfium.PdfDocument(buffer.getvalue()) as pdf:
            new.import_pages(pdf)
    out = io.BytesIO()
    new.save(out)
    new.close()
    return out.getvalue()


def _scale(page: pdfium.PdfPage) -> float:
    """Pixels a point: as fine as ``DPI`` says, coarser on a page so large that it would not fit in memory."""
    width, height = page.get_size()
    wanted = DPI / 72
    return float(min(wanted, (MOST_PIXELS / max(width * height, 1.0)) ** 0.5))


def preview(document: pdfium.PdfDocument, number: int, areas: Sequence[Area]) -> bytes:
    """One page as a small PNG with the areas blackened, to look at before it is done."""
    image = _blackened(document[number - 1], number, areas)
    image.thumbnail((700, 990))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def verify(data: bytes, areas: Sequence[Area]) -> None:
    """Raise NotClean unless no text can be extracted and every area is black in each of its pixels (C70)."""
    document = pdfium.PdfDocument(data)
    for number, page in enumerate(document, 1):
        if page.get_textpage().get_text_range().strip():
            raise NotClean(f"第{number}页还取得出文字。")
        mine = [area for area in areas if area.page == number]
        if not mine:
            continue
        image = page.render(scale=_scale(page)).to_pil().convert("L")
        for area in mine:
            inner = _box(area, *image.size, inset=2)
            if inner[2] > inner[0] and inner[3] > inner[1] and image.crop(inner).getextrema()[1] > _BLACK:
                raise NotClean(f"第{number}页有一块没有涂黑。")


def _blackened(page: pdfium.PdfPage, number: int, areas: Sequence[Area]) -> Image.Image:
    image: Image.Image = page.render(scale=_scale(page)).to_pil().convert("RGB")
    draw = ImageDraw.Draw(image)
    for area in areas:
        if area.page == number:
            draw.rectangle(_box(area, *image.size), fill="black")
    return image


def _box(area: Area, width: int, height: int, *, inset: int = 0) -> tuple[int, int, int, int]:
    return (
        round(area.left * width) + inset,
        round(area.top * height) + inset,
        round(area.right * width) - inset,
        round(area.bottom * height) - inset,
    )


def _from_image(data: bytes, name: str) -> bytes:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # 尺寸自己看
            image = Image.open(io.BytesIO(data))
        if image.width * image.height > MOST_PIXELS:  # 文件头里写着,不用打开
            raise Unreadable(
                name, f"图片有{image.width}×{image.height}个像素，太大", "请用150至300点每英寸重新扫描"
            )
        image.load()
    except Unreadable:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(name, "图片已经损坏", "请重新扫描或者另存") from error
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "PDF", resolution=DPI)
    return buffer.getvalue()


def _by_office(data: bytes, name: str, kind: Kind) -> bytes:
    fix = "请自己另存为 PDF 再来遮盖"
    if program() is None:
        raise Unreadable(name, f"{kind.label}要先转成 PDF，本机没有安装 LibreOffice", fix)
    try:
        result = convert(data, f".{kind.value}", "pdf", DEFAULT)
    except subprocess.TimeoutExpired:
        raise Unreadable(name, "转成 PDF 超时", fix) from None
    if result is None:
        raise Unreadable(name, "转不成 PDF，文件可能已经损坏", fix)
    return result
