"""给人用电子表格打开的 CSV:单元格不许变成公式(C92)。"""

from __future__ import annotations

from collections.abc import Iterable


def harmless(cell: object) -> str:
    """A leading = + - @ or control character would start a formula: an apostrophe goes before it.

    >>> harmless("=1+1"), harmless("〔2024〕5号"), harmless(None)
    ("'=1+1", '〔2024〕5号', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def row(cells: Iterable[object]) -> list[str]:
    """A whole row made harmless; characters that UTF-8 cannot hold (from file names) become question marks."""
    return [harmless(cell).encode("utf-8", "replace").decode() for cell in cells]
