"""专栏的词:两种专栏、八种模块、三种状态,和几个上限。"""

from __future__ import annotations

from gongkai.law.terms import Term

#: 一个专栏至多几个模块。
MOST_BLOCKS = 16
#: 同一件信息至多可以排在几个开着的专栏里(按条件列出的、指名列出的各算各的):变动一件信息,要拿走的专栏页因此有数。
MOST_SECTIONS = 24
#: 一个模块至多列几件、几个链接。
MOST_ROWS = 20
#: 首页上列几个专题。
ON_HOME = 12


class SectionKind(Term):
    """哪一种专栏。单位专栏的网址在 ``/sections/`` 下,专题在 ``/topics/`` 下。"""

    UNIT = "unit", "单位专栏"
    TOPIC = "topic", "专题专栏"


class State(Term):
    """专栏开着没有。"""

    DRAFT = "draft", "筹备中"
    OPEN = "open", "已开通"
    CLOSED = "closed", "已关闭"


class BlockKind(Term):
    """模块的种类,至多八种。"""

    RECORDS = "records", "最新信息"
    PICKED = "picked", "选定信息"
    TEXT = "text", "文字"
    LINKS = "links", "链接"
    AGENCY = "agency", "单位名片"
    TILES = "tiles", "公开事项"
    PLACES = "places", "查阅点"
    SEARCH = "search", "检索框"

    @property
    def hint(self) -> str:
        """What it is for, in a sentence."""
        return _HINTS[self]


_HINTS = {
    BlockKind.RECORDS: "按单位、公开事项、类型、年份、标题里的词列出最新公开的信息，自动更新。",
    BlockKind.PICKED: "指名列出几件公开的信息，次序由您定。",
    BlockKind.TEXT: "几段说明文字。",
    BlockKind.LINKS: "几个链接，可以指向本站或者别的网站。",
    BlockKind.AGENCY: "一个单位的职能、负责人、地址和电话，随单位资料自动更新。",
    BlockKind.TILES: "几个公开事项的入口；单位专栏里只列这个单位的，带件数。",
    BlockKind.PLACES: "查阅点的地址、开放时间和电话。",
    BlockKind.SEARCH: "一个检索框；单位专栏里只检索这个单位的信息。",
}
