"""别人给的截图:认得出是 PNG、JPEG 的才收,只留像素,重新编成 PNG。"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

#: The longest side, and the most pixels in all.
LONGEST, MOST = 30_000, 36_000_000


class NotPicture(Exception):
    """不是可以收的图片。"""


def redrawn(data: bytes) -> bytes:
    """A picture made anew as PNG, so that nothing but its pixels is kept. Raises NotPicture."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if max(width, height) > LONGEST or width * height > MOST:
                raise NotPicture("图太大")
            buffer = io.BytesIO()
            image.convert("RGB").save(buffer, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotPicture("不是 PNG 或者 JPEG") from error
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Fitted:
    """排进书里的一张图:``kind`` 是 ``png``、``jpeg``,宽和高是像素。"""

    kind: str
    content: bytes
    width: int
    height: int


def fitted(data: bytes, longest: int) -> Fitted:
    """A picture for print: upright, on white, no side longer than ``longest`` pixels, nothing kept but its pixels.

    Photographs stay JPEG, the rest becomes PNG. The same picture gives the same bytes.

    Raises:
        NotPicture: not a picture that is known, broken, or too large.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "WEBP")) as image:
            width, height = image.size
            if max(width, height) > LONGEST or width * height > MOST:
                raise NotPicture("图太大")
            kind = "jpeg" if image.format == "JPEG" else "png"
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotPicture("不是认得的图片，或者已经损坏") from error
    upright.thumbnail((longest, longest))
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A"))
    buffer = io.BytesIO()
    if kind == "jpeg":
        flat.save(buffer, "JPEG", quality=85)
    else:
        flat.save(buffer, "PNG", optimize=True)
    return Fitted(kind, buffer.getvalue(), *flat.size)
