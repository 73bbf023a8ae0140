"""“公开渠道和载体”一格:各地用的框和勾,和十三种渠道;勾丢了的不当作没有勾。"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: 渠道 → 各地印成的写法。
CHANNELS = {
    "政府网站": ("政府网站", "门户网站", "政府门户", "部门网站", "网站"),
    "政府公报": ("政府公报", "公报"),
    "两微一端": ("两微一端", "政务新媒体", "微信", "微博", "新媒体", "客户端"),
    "发布会、听证会": ("发布会/听证会", "发布会、听证会", "发布会", "听证会"),
    "广播电视": ("广播电视", "广播", "电视"),
    "纸质媒体": ("纸质媒体", "纸质载体", "报纸", "报刊"),
    "公开查阅点": ("公开查阅点", "公开查询点", "查阅点", "图书馆", "档案馆"),
    "政务服务中心": ("政务服务中心", "办事大厅", "服务大厅"),
    "便民服务站": ("便民服务站", "便民服务中心"),
    "入户、现场": ("入户/现场", "入户、现场", "入户", "现场"),
    "公示栏": ("社区/企事业单位/村公示栏", "公示栏", "公开栏", "电子屏", "宣传栏"),
    "精准推送": ("精准推送", "精准推送载体"),
    "其他": ("其他", "其它"),
}
_FULL = "■√✓✔☑☒✅●◆▲▄◼⬛þ"
_VOID = "□☐○〇◯口£¨"
#: 字体换了以后落成字母的框:R 是勾上的,£、¨ 是没有勾的,t 也有当勾用的。
_LETTERS = re.compile(r"(?<![A-Za-z])[Rt](?=\s?[\u4e00-\u9fff])")
_BOX = re.compile(f"[{_FULL}{_VOID}]")


@dataclass(frozen=True, slots=True)
class Channels:
    """勾了的渠道(认不出框的是 None)、名单以外的写法、要人看的话。"""

    ticked: tuple[str, ...] | None
    others: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def channels(text: str | None) -> Channels:
    """The channels of a cell.

    A cell with empty boxes only has lost its ticks on the way: unknown, not none.

    >>> channels("■政府网站 □政府公报 ■其他:办税服务厅")
    Channels(ticked=('政府网站', '其他'), others=('办税服务厅',), doubts=())
    >>> channels("□政府网站 □政府公报").ticked is None, channels("政府网站、公示栏").ticked
    (True, ('政府网站', '公示栏'))
    """
    folded = unicodedata.normalize("NFKC", text or "").strip()
    if not folded:
        return Channels(None)
    folded = _LETTERS.sub("■", folded)
    if not _BOX.search(folded):
        return _listed(folded)
    ticked: list[str] = []
    others: list[str] = []
    doubts: list[str] = []
    parts = re.split(f"([{_FULL}{_VOID}])", folded)
    for box, words in zip(parts[1::2], parts[2::2], strict=False):
        name, rest = _named(words)
        is_ticked = box in _FULL
        if name == "其他" and rest and not is_ticked:
            doubts.append(f"“其他”没有勾，后面却写了“{rest}”")
        if is_ticked:
            ticked.append(name or "其他")
            if rest or not name:
                others.append(rest or words.strip())
    if not ticked:
        return Channels(None, (), (*doubts, "一个勾也没有，勾可能在转换时丢了"))
    return Channels(tuple(dict.fromkeys(ticked)), tuple(others), tuple(doubts))


def _listed(text: str) -> Channels:
    """Names without boxes: what is named is meant."""
    ticked, others = [], []
    for words in re.split(r"[、,;；，\n]|\d[.、]", text):
        if not words.strip():
            continue
        name, rest = _named(words)
        ticked.append(name or "其他")
        if not name:
            others.append(rest or words.strip())
    return Channels(tuple(dict.fromkeys(ticked)) or None, tuple(others))


def _named(words: str) -> tuple[str, str]:
    """The channel that the words after a box begin with, and what stands behind a colon or the name 其他."""
    bare = words.strip(" \n\t、,;；。")
    for name, spellings in CHANNELS.items():
        for spelling in spellings:
            if bare.startswith(spelling):
                rest = bare[len(spelling) :].lstrip("载体 ").strip(" :：、()（）_-")
                return name, rest if name == "其他" or ":" in bare or "：" in bare else ""
    return next((name for name, spellings in CHANNELS.items() if any(one in bare for one in spellings)), ""), ""
