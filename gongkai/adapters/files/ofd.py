"""OFD 版式文档(GB/T 33190):压缩包里一页一份 XML,字按毫米写明位置;换成点以后同 PDF 一样归行、成段。"""

from __future__ import annotations

import contextlib
import io
import itertools
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from .document import Document
from .ending import bounded
from .errors import Unreadable
from .kinds import Kind
from .limits import Limits
from .pdf.glyphs import MOST, Glyph
from .pdf.lines import Line, lines
from .pdf.paragraphs import paragraphs
from .pdf.reading import without_running_heads
from .word.xml import Node, attribute, local, parse

_POINT = 72 / 25.4  # 一毫米合多少点
_PAPER = 297.0  # 没有写纸张的按 A4
_LONGEST_RUN = 10_000


def read_ofd(data: bytes, name: str, limits: Limits) -> Document:
    """Read the text of an OFD as a reader sees it; what stands in pictures is told of.

    Raises:
        Unreadable: too large, encrypted, damaged, or nothing but pictures.
    """
    pages, pictures = _pages(data, name, limits)
    if not any(pages):
        raise Unreadable(name, "OFD 里没有文字，只有图片", "请先做文字识别，另存为 Word 或者纯文本后再导入")
    notes = [f"有图片{pictures}幅，图片里的文字没有读入"] if pictures else []
    if empty := [str(number) for number, page in enumerate(pages, 1) if not page]:
        notes.append(f"第{'、'.join(empty[:10])}页没有文字，可能是图片，需要文字识别")
    kept = without_running_heads(pages)
    text = "\n".join(line.text for page in kept for line in page)
    return Document(name, Kind.OFD, tuple(paragraphs(kept)), page=text, notes=tuple(notes))


def texts(data: bytes, name: str, limits: Limits) -> list[str]:
    """The text of each page."""
    return ["\n".join(line.text for line in page) for page in _pages(data, name, limits)[0]]


def _pages(data: bytes, name: str, limits: Limits) -> tuple[list[list[Line]], int]:
    """The lines of each page, and how many pictures there are."""
    bounded(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = _Package(archive)
        if package.is_sealed:
            raise Unreadable(name, "OFD 加了密", "请用阅读器去掉加密，另存一份后再导入")
        found: list[list[Line]] = []
        pictures = 0
        for number, (contents, height) in enumerate(package.pages()):
            if number >= limits.pages:
                raise Unreadable(name, f"OFD 超过 {limits.pages} 页", "请拆开后再导入")
            glyphs = list(itertools.islice((one for part in contents for one in _glyphs(part, height)), MOST))
            pictures += sum(local(one) == "ImageObject" for part in contents for one in part.iter())
            found.append(lines(glyphs) if glyphs else [])
        return found, pictures


class _Package:
    """各部分按入口文件里写的地方去找。"""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower().lstrip("/"): name for name in archive.namelist()}
        self.is_sealed = "encryptions.xml" in self._names

    def pages(self) -> Iterator[tuple[list[Node], float]]:
        """Each page's contents (its templates first) and the height of its paper in millimetres."""
        entry = self._read("OFD.xml")
        for root in _named(entry, "DocRoot"):
            place = (root.text or "").strip().lstrip("/")
            folder = posixpath.dirname(place)
            document = self._read(place)
            paper = _height(document) or _PAPER
            templates = {
                attribute(one, "ID"): attribute(one, "BaseLoc") for one in _named(document, "TemplatePage")
            }
            for page in _named(document, "Page"):
                content = self._within(folder, attribute(page, "BaseLoc"))
                if content is None:
                    yield [], paper
                    continue
                used = [templates.get(attribute(one, "TemplateID"), "") for one in _named(content, "Template")]
                below = [part for one in used if one and (part := self._within(folder, one)) is not None]
                yield [*below, content], _height(content) or paper

    def _within(self, folder: str, place: str) -> Node | None:
        return self._read(place if place.startswith("/") else posixpath.join(folder, place))

    def _read(self, place: str) -> Node | None:
        name = self._names.get(posixpath.normpath(place).lstrip("/").lower())
        return parse(self._archive.read(name)) if name else None


def _named(root: Node | None, name: str) -> Iterator[Node]:
    if root is not None:
        yield from (one for one in root.iter() if local(one) == name)


def _height(root: Node | None) -> float | None:
    box = next((one.text for one in _named(root, "PhysicalBox")), None)
    numbers = _numbers(box or "")
    return numbers[3] if len(numbers) >= 4 and numbers[3] > 0 else None


def _numbers(text: str) -> list[float]:
    found = []
    for part in text.split()[:_LONGEST_RUN]:
        try:
            found.append(float(part))
        except ValueError:
            return found
    return found


def _glyphs(content: Node, height: float) -> Iterator[Glyph]:
    """The visible characters of a page's content, in points from the bottom."""
    for number, element in enumerate(_named(content, "TextObject")):
        if attribute(element, "Visible").lower() == "false" or attribute(element, "Alpha") == "0":
            continue
        box = _numbers(attribute(element, "Boundary"))
        turn = _numbers(attribute(element, "CTM"))
        size = (_numbers(attribute(element, "Size")) or [0.0])[0]
        if len(box) < 4 or size <= 0:
            continue
        a, b, c, d, e, f = turn if len(turn) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        if abs(b) > 0.09 or abs(c) > 0.09:  # 斜的、转过的多是水印和章上的字
            continue
        x, y = 0.0, 0.0
        for code in (part for part in element if local(part) == "TextCode"):
            x = (_numbers(attribute(code, "X")) or [x])[0]
            y = (_numbers(attribute(code, "Y")) or [y])[0]
            across, down = _steps(attribute(code, "DeltaX")), _steps(attribute(code, "DeltaY"))
            for nth, mark in enumerate((code.text or "").strip("\r\n\t")):
                left = (box[0] + a * x + e) * _POINT
                base = (height - (box[1] + d * y + f)) * _POINT
                em = size * abs(d) * _POINT
                wide = em if mark > "\u2e7f" else em / 2
                if not mark.isspace():
                    sides = (left, base - 0.2 * em, left + wide, base + 0.8 * em)
                    yield Glyph(mark, *sides, False, sides, number)
                x += across[nth] if nth < len(across) else (0.0 if down else wide / _POINT / (abs(a) or 1.0))
                y += down[nth] if nth < len(down) else 0.0


def _steps(text: str) -> list[float]:
    """The offsets from one character to the next; ``g 3 5`` is three times 5.

    >>> _steps("4 g 3 5 2")
    [4.0, 5.0, 5.0, 5.0, 2.0]
    """
    found: list[float] = []
    parts = iter(text.split()[:_LONGEST_RUN])
    for part in parts:
        try:
            if part == "g":
                times, step = int(next(parts, "0")), float(next(parts, "0"))
                found += [step] * max(0, min(times, _LONGEST_RUN - len(found)))
            else:
                found.append(float(part))
        except ValueError:
            return found
    return found


_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".jb2", ".jp2")
_FONTS = (".ttf", ".otf", ".ttc", ".cff", ".dat", ".esl")


def side_texts(data: bytes, name: str, limits: Limits) -> Iterator[str]:
    """The text of every part, shown or not: hidden objects, notes, properties, fields."""
    bounded(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if part.lower().endswith(".xml"):
                with contextlib.suppress(etree.XMLSyntaxError):
                    root = parse(archive.read(part))
                    yield "\n".join(text for one in root.iter() if (text := (one.text or "").strip()))


def unlooked(data: bytes, name: str, limits: Limits) -> list[str]:
    """What of the package is neither text nor a font, as phrases: pictures, files that came with it."""
    bounded(data, name, limits)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        others = [one for one in archive.namelist() if not one.lower().endswith((".xml", "/", *_FONTS))]
    pictures = sum(one.lower().endswith(_PICTURES) for one in others)
    found = [f"里面的图片{pictures}幅读不出"] if pictures else []
    if files := len(others) - pictures:
        found.append(f"里面附着的文件{files}个读不出")
    return found
