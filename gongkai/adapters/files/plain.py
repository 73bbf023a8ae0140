"""纯文本:一行一段,首行空着的是居中或落款。"""

from __future__ import annotations

from .document import Document, Paragraph
from .kinds import Kind

_FAR = 12  # 行首空这么多格,多半是居中的标题或者靠右的落款


def read_text(text: str, name: str, notes: tuple[str, ...] = ()) -> Document:
    """Read plain text; lines are paragraphs, far-indented ones are marked as set to the right."""
    blocks = []
    for line in text.split("\n"):
        stripped = line.strip(" \t\u3000\xa0")
        if stripped:
            indent = sum(2 if mark == "\u3000" else 1 for mark in line[: len(line) - len(line.lstrip())])
            blocks.append(Paragraph(stripped, "right" if indent >= _FAR else ""))
    return Document(name, Kind.TXT, tuple(blocks), page=text, notes=notes)
