"""PDF:用 typst 排版。文字作为数据传进去,不会被当成标记。

字体依次用机关自己的字体目录、系统里的、随依赖装来的思源黑体(OFL,按 zh-CN 取简体字形);缺字不挡出文,印成“〔U+0F40〕”并说出是哪个字。
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import typst

from .paper import Paper

_HERE = Path(__file__).parent
#: 随依赖装来的字体所在的包:只取其中的字体文件,不运行它的代码。
_SHIPPED = "cvttf_NotoSansCJK_Regular"
#: 依次找:公文用的仿宋,常见的宋体;标题用黑体。
SONG = (
    "FangSong_GB2312",
    "FangSong",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Noto Sans CJK TC",
)
HEI = ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans CJK TC", "Noto Serif CJK SC")
#: typst 遇到字库里没有的字:the text `"ཀ"` could not be displayed.
_NOT_DISPLAYED = re.compile(r'the text `"([^`]{1,400})"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")
#: 没有通行字形的:专用区、没有分配的码位、孤立的代理码位。
_NAMELESS = frozenset({"Co", "Cn", "Cs"})
#: 把别的字连成一个、选一个字形的记号;单独的什么也不显示。
_JOINERS = re.compile(
    "[\u200c\u200d\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef\U000e0020-\U000e007f\U0001f3fb-\U0001f3ff]"
)
#: 控制字符排不出来,换行和制表除外。
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)))
#: 代替缺字的编号,自己不会缺。
_OWN = frozenset("〔〕U+0123456789ABCDEF")
#: 一份文书里最多换掉多少个缺的字;再多就不求归档格式,缺的字排成方框。
_MOST_MISSING = 40


class NoFont(Exception):
    """没有能排中文的字体;文字说怎样装。"""


@dataclass(frozen=True, slots=True)
class Fonts:
    """找到的字体和字体文件所在的目录。"""

    folders: tuple[str, ...]
    song: str
    hei: str

    @staticmethod
    @cache
    def find(folder: Path | None = None) -> Fonts:
        """The first known font of each kind. Raises NoFont if there is none that has Chinese."""
        own = (str(folder),) if folder and folder.is_dir() else ()
        folders = (*own, *_shipped())
        known = set(_loaded(folders).families())
        song = next((name for name in SONG if name in known), "")
        hei = next((name for name in HEI if name in known), song)
        if not song:
            raise NoFont(
                "没有能排中文的字体，排不出 PDF。请安装 fonts-noto-cjk，或者把字体文件放进资料目录的 fonts/。"
            )
        return Fonts(folders, song, hei)


def _shipped() -> tuple[str, ...]:
    found = find_spec(_SHIPPED)
    return (str(Path(found.origin).parent),) if found and found.origin else ()


@dataclass(frozen=True, slots=True)
class Typeset:
    """排好的 PDF,和字库里没有、印成编号的字。"""

    pdf: bytes
    missing: tuple[str, ...]


def render(paper: Paper, fonts: Fonts) -> bytes:
    """The PDF of a letter (A4, PDF/A-2b so that archives take it)."""
    return compiled("letter.typ", asdict(paper), fonts)


def brief_pdf(data: dict[str, Any], fonts: Fonts) -> bytes:
    """The PDF of a monthly brief (督查月报), two pages."""
    return compiled("brief.typ", data, fonts)


def missing_characters(paper: Paper, fonts: Fonts) -> tuple[str, ...]:
    """Characters of a letter that no font at hand has (缺字), in the order in which they were met."""
    return typeset("letter.typ", asdict(paper), fonts).missing


def compiled(template: str, data: dict[str, Any], fonts: Fonts, files: Mapping[str, bytes] | None = None) -> bytes:
    """A template of this folder set as PDF/A-2b; ``data`` reaches it as text, never as markup.

    Args:
        files: pictures, by the names by which the template asks for them.
    """
    return typeset(template, data, fonts, files).pdf


def typeset(
    template: str, data: dict[str, Any], fonts: Fonts, files: Mapping[str, bytes] | None = None
) -> Typeset:
    """The same, telling the characters that no font has: each stands in the paper by its number, ``〔U+0F40〕``.

    PDF/A refuses a page with a character that cannot be shown; the letter of an applicant whose name has one must
    go out all the same.
    """
    missing: list[str] = []
    payload = json.dumps(_without_controls(data), ensure_ascii=False)
    nameless = {sign for sign in payload if unicodedata.category(sign) in _NAMELESS}
    payload = _numbered(payload, nameless, missing)
    while len(missing) < _MOST_MISSING:
        try:
            return Typeset(_compile(template, payload, fonts, files, archival=True), tuple(missing))
        except typst.TypstError as error:
            if not _NOT_DISPLAYED.search(str(error)):
                raise
            # 连成一簇的(几个表情连成的一个、带变体记号的),先拆开
            apart = _JOINERS.sub("", payload)
            lost = _not_displayed(str(error)) - set(missing) - _OWN if apart == payload else set()
            if apart == payload and not lost:
                break
            payload = apart
        payload = _numbered(payload, lost, missing)
    return Typeset(_compile(template, payload, fonts, files, archival=False), tuple(missing))


def _without_controls(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_CONTROLS)
    if isinstance(value, dict):
        return {key: _without_controls(item) for key, item in value.items()}
    return [_without_controls(item) for item in value] if isinstance(value, list | tuple) else value


def _numbered(payload: str, characters: set[str], missing: list[str]) -> str:
    for character in sorted(characters):
        payload = payload.replace(character, f"〔U+{ord(character):04X}〕")
        missing.append(character)
    return payload


def _not_displayed(message: str) -> set[str]:
    found = _NOT_DISPLAYED.search(message)
    return set(_ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), found[1])) if found else set()


def _compile(
    template: str, payload: str, fonts: Fonts, files: Mapping[str, bytes] | None, *, archival: bool
) -> bytes:
    if not files:
        return _set(_HERE / template, payload, fonts, archival=archival)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        # 模板只看得到这个目录里的文件
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        for shared in _HERE.glob("_*.typ"):
            shutil.copy(shared, folder)
        copied = Path(shutil.copy(_HERE / template, folder))
        return _set(copied, payload, fonts, archival=archival)


def _set(path: Path, payload: str, fonts: Fonts, *, archival: bool) -> bytes:
    compiler = typst.Compiler(str(path), font_paths=_loaded(fonts.folders))
    inputs = {"data": payload, "song": fonts.song, "hei": fonts.hei}
    paper = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-2b"] if archival else [])
    return cast(bytes, paper)


@cache
def _loaded(folders: tuple[str, ...]) -> typst.Fonts:
    """The fonts looked for once: that takes twenty times as long as to set a page."""
    return typst.Fonts(include_system_fonts=True, font_paths=list(folders))
