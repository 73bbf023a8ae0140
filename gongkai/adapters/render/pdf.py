"""PDF:用 typst 排版。文字作为数据传进去,不会被当成标记;字体用机关自己的字体目录,没有就用系统里的思源/Noto。"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from .paper import Paper

_HERE = Path(__file__).parent
#: 依次找:公文用的仿宋,常见的宋体;标题用黑体。
SONG = ("FangSong_GB2312", "FangSong", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC")
HEI = ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Serif CJK SC")


class NoFont(Exception):
    """没有能排中文的字体;文字说怎样装。"""


@dataclass(frozen=True, slots=True)
class Fonts:
    """找到的字体和机关自己的字体目录(可以没有)。"""

    folder: str
    song: str
    hei: str

    @staticmethod
    @cache
    def find(folder: Path | None = None) -> Fonts:
        """The first known font of each kind. Raises NoFont if there is none that has Chinese."""
        own = str(folder) if folder and folder.is_dir() else ""
        known = set(typst.Fonts(include_system_fonts=True, font_paths=[own] if own else []).families())
        song = next((name for name in SONG if name in known), "")
        hei = next((name for name in HEI if name in known), song)
        if not song:
            raise NoFont("没有能排中文的字体。请装 fonts-noto-cjk,或者把字体文件放进资料目录的 fonts/。")
        return Fonts(own, song, hei)


def render(paper: Paper, fonts: Fonts) -> bytes:
    """The PDF of a letter (A4, PDF/A-2b so that archives take it)."""
    return compiled("letter.typ", asdict(paper), fonts)


def compiled(template: str, data: dict[str, Any], fonts: Fonts) -> bytes:
    """A template of this folder set as PDF/A-2b; ``data`` reaches it as text, never as markup."""
    return typst.compile(
        str(_HERE / template),
        format="pdf",
        font_paths=[fonts.folder] if fonts.folder else [],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "song": fonts.song, "hei": fonts.hei},
        pdf_standards=["a-2b"],
    )
