"""造扫描件:把年报排成 PDF,再印成图片,歪一点、脏一点,只留图片。"""

from __future__ import annotations

import io

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter

from gongkai.adapters.render import document_pdf
from gongkai.adapters.render.document import Box, Document, Part
from gongkai.adapters.render.pdf import Fonts
from tests.adapters import annual_samples as samples


def as_pdf(data: dict) -> bytes:
    """The report as a PDF with text, as the product sets its own."""
    parts = []
    laid = samples.tables(data)
    for heading, text in samples.lines(data).items():
        parts.append(Part("heading", heading))
        if text:
            parts.append(Part("text", text))
        if heading in laid:
            parts.append(_table(laid[heading]))
    return document_pdf(Document(samples.title(data), data["org"], tuple(parts)), Fonts.find())


def _table(rows: list[list[tuple]]) -> Part:
    width = sum(columns for _, columns, _ in rows[0])
    widths = (1.0, 1.6, 4.0, *[1.0] * 7) if width == 10 else (1.0,) * width
    boxes = tuple(tuple(Box(str(text), depth, columns) for text, columns, depth in row) for row in rows)
    return Part("table", widths=widths, rows=boxes)


def scanned(
    pdf: bytes, *, dpi: int = 150, skew: float = 0.0, noise: float = 0.0, blur: float = 0.0, seal: bool = False
) -> bytes:
    """The pages as pictures: turned by ``skew`` degrees, grey noise and specks, blurred, as JPEG; no text is left."""
    rng = np.random.default_rng(1)
    pages = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            image = page.render(scale=dpi / 72).to_pil().convert("RGB")
            image = image.rotate(
                skew if number % 2 == 0 else -skew, Image.Resampling.BICUBIC, fillcolor="white"
            ).filter(ImageFilter.GaussianBlur(blur))
            grey = np.asarray(image).astype(np.float32) + rng.normal(0, noise, (image.height, image.width, 1))
            grey[rng.random(grey.shape[:2]) < noise / 20_000] = 60
            if seal and number == 0:
                grey[200:420, 500:520, 1:] = grey[200:220, 300:700, 1:] = 40
            pages.append(Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)))
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=70)
    return out.getvalue()
