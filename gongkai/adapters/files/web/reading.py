"""打开一个网页:找正文,取整页可见的文字、meta 标签和附件链接;只有图片的、出错页说出来。"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..document import Block, Document, Heading, Link
from ..errors import Unreadable
from ..kinds import Kind
from .blocks import blocks, visible_text
from .density import chrome, heading_before, main_content, veiled_content, weigh
from .nodes import SPACE, page_tree

_ATTACHED = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|zip|rar|7z|txt|csv|jpe?g|png)(?:$|[?#])", re.I)
_SHORT = 120  # 标题以外不到这么多字、没有一句话,又有图片的,正文就在图片里
_ERROR_PAGE = re.compile(
    r"(?:\b(?:40[0-9]|50[0-5])\b.{0,40}(?:not found|forbidden|error|bad gateway|unavailable|time-?out|错误|找不到|不存在|禁止)|"
    r"页面(?:不存在|找不到|已(?:经)?删除|无法访问|出错)|(?:您|你)(?:要|想)?(?:访问|查找|请求)的(?:页面|网页|文件|资源|内容)|"
    r"internal server error|not found on this server|登录(?:超时|已过期|失效)|请(?:先|重新)?登录|访问被拒绝|请求(?:已)?被拦截)",
    re.I,
)
_ERROR_LONGEST = 400
_WAITING = re.compile(
    r"正在(?:加载|跳转|验证)|加载中|请稍(?:候|等)|(?:启用|开启|打开|支持)\s{0,3}JavaScript|JavaScript\s{0,3}(?:is )?(?:disabled|required)|(?:安全|人机)验证|just a moment",
    re.I,
)
_STAND_IN = 120


def read_html(text: str, name: str, notes: tuple[str, ...] = ()) -> Document:
    """Read a web page, whole or a fragment.

    Raises:
        Unreadable: it is an error page or a log-in page that was saved in place of the paper.
    """
    tree, is_too_deep = page_tree(text)
    if is_too_deep:
        notes = (*notes, "网页的标签嵌套过深，只取了文字")
    body = tree.body or tree.root
    if body is None:
        return Document(name, Kind.HTML, ())
    meta = _meta(tree)
    weights = weigh(body)
    skip = chrome(body, weights)
    page = visible_text(body, skip & {node.mem_id for node in body.css("nav, footer, aside")})
    _refuse_error_page(name, f"{meta.get('title', '')}\n{page}")
    main = main_content(body, weights, skip)
    found = list(blocks(main, skip))
    if sum(len(block.text) for block in found) < 100 and (veiled := veiled_content(body)) is not None:
        main, notes = veiled, (*notes, "正文在网页里是隐藏的，由脚本显示，请核对")
        found = list(blocks(veiled))
        page = f"{page}\n{visible_text(veiled)}"
    _refuse_stand_in(name, body, meta.get("title", ""), page)
    found = _headed(body, main, skip, found)
    return Document(
        name,
        Kind.HTML,
        tuple(found),
        page=page,
        meta=meta,
        links=tuple(_links(main)),
        notes=(*notes, *_unread(body, main, found)),
    )


def _refuse_error_page(name: str, text: str) -> None:
    if len(text) < _ERROR_LONGEST and _ERROR_PAGE.search(text) and "号" not in text:
        raise Unreadable(name, "这是网站的出错页或者登录页，不是公文", "请重新下载原文件")


def _refuse_stand_in(name: str, body: LexborNode, title: str, page: str) -> None:
    """Refuse what stands in for the paper: a form for a password, or a page that waits for its script."""
    if len(page) < _ERROR_LONGEST and body.css_first("input[type=password]") is not None:
        raise Unreadable(name, "这是网站的登录页，不是公文", "请登录以后重新下载原文件")
    if len(page) < _STAND_IN and "。" not in page and _WAITING.search(f"{title}\n{page}"):
        raise Unreadable(
            name, "这是网站的等待页，正文要由脚本加载，没有存下来", "请在浏览器里等正文出来再另存，或者下载原文件"
        )


def _headed(body: LexborNode, main: LexborNode, skip: frozenset[int], found: list[Block]) -> list[Block]:
    """The blocks with the page's heading first, if that stands outside of the main element."""
    if any(isinstance(block, Heading) and block.level <= 2 for block in found[:6]):
        return found
    heading = heading_before(body, main, skip)
    text = SPACE.sub(" ", heading.text(deep=True)).strip() if heading is not None else ""
    if not text or any(block.text == text for block in found[:8]):
        return found
    return [Heading(text, 1), *found]


def _unread(body: LexborNode, main: LexborNode, found: list[Block]) -> Iterator[str]:
    """What of the page has no text: pictures, embedded files; and what a reader saw struck out."""
    texts = [block.text for block in found if not isinstance(block, Heading)]
    if sum(map(len, texts)) < _SHORT and not any(stop in text for text in texts for stop in "。；"):
        if body.css_first("img") is not None:
            yield "正文是图片，没有文字，需要文字识别"
        elif body.css_first("iframe, embed, object") is not None:
            yield "正文在嵌入的文件里，没有读入"
    if main.css_first("del") is not None:
        yield "有修订痕迹，删去的文字没有读入"
    if main.css_first("s, strike, [style*=line-through]") is not None:
        yield "有带删除线的文字，照样读入，请核对"


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """The ``meta`` tags of a government website (PubDate, ContentSource, ArticleTitle …) and the title."""
    found: dict[str, str] = {}
    for node in tree.css("meta[name], meta[property]")[:200]:
        attributes = node.attributes
        key = (attributes.get("name") or attributes.get("property") or "").strip()
        value = SPACE.sub(" ", attributes.get("content") or "").strip()
        if key and value:
            found.setdefault(key, value[:500])
    title = tree.css_first("title")
    if title is not None and title.text(deep=True).strip():
        found.setdefault("title", SPACE.sub(" ", title.text(deep=True)).strip()[:500])
    return found


def _links(main: LexborNode) -> Iterator[Link]:
    seen: set[str] = set()
    for node in main.css("a[href]"):
        address = (node.attributes.get("href") or "").strip()
        if address in seen or address.lower().startswith(("javascript:", "data:", "vbscript:")):
            continue
        label = SPACE.sub(" ", node.text(deep=True)).strip()
        if _ATTACHED.search(address) or _ATTACHED.search(label):
            seen.add(address)
            yield Link(label or address.rsplit("/", 1)[-1], address)
