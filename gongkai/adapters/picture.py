"""别人给的截图:认得出是 PNG、JPEG 的才收,只留像素,重新编成 PNG。"""

from __future__ import annotations

import io

from PIL import Image

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
