"""二维码:一个网址画成 SVG 的一条路径,印在指南和一本通上。"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M

#: 四周留白的格数(标准要求四格)。
QUIET = 4


@lru_cache(maxsize=512)
def path(text: str) -> tuple[int, str]:
    """The size of the square in modules, and the dark modules as the ``d`` of an SVG path.

    >>> size, drawn = path("https://example.gov.cn/")
    >>> size, drawn[:9]
    (33, 'M4 4h7v1h')
    """
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    parts = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                parts.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width
    return len(rows) + 2 * QUIET, "".join(parts)


def svg(text: str) -> str:
    """The code as an SVG file, black on white."""
    size, drawn = path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{drawn}" fill="#000"/></svg>'
    )
