"""存旧网站的一页:往哪里还有网页和附件,这一页是文章还是一串链接。在另一个进程里读(``adapters.apart``)。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..files.decode import decode
from ..files.errors import Unreadable
from ..files.web.density import chrome, main_content, weigh
from ..files.web.nodes import page_tree

MOST_LINKS, LONGEST = 2000, 400
#: Where a page names other pages; frames and image maps are how old sites did it.
_NAMED = (("a[href], area[href]", "href"), ("frame[src], iframe[src]", "src"), ("img[src]", "src"))
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"'>\s]{1,400})", re.I)
_OPENED = re.compile(r"(?:window\.open|location(?:\.href)?\s*=)\s*\(?\s*[\"']([^\"'\s]{1,300})[\"']")
#: Parts of a query, and of a path, that only tell visitors apart.
_SESSION = re.compile(
    r"(?:^|(?<=&))(?:jsessionid|phpsessid|aspsessionid\w*|sid|sessionid|_t|rnd|random)=[^&]*&?", re.I
)
_SESSION_PATH = re.compile(r";jsessionid=[^?#]*", re.I)
#: So much of the text of the main part lies in links where the page is a list.
_LIST = 0.5
#: A page with fewer characters than this, and no sentence, says nothing by itself.
_FEW = 20


def follow(data: bytes, url: str) -> dict[str, Any]:
    """What a page leads to, as JSON can hold it.

    Returns:
        ``links`` (absolute, each once, in the order of the page), ``pictures`` (likewise), ``is_list`` (it is links and
        little else), ``framed`` (it only holds other pages); ``{}`` for what is no text.
    """
    try:
        text, encoding = decode(data, url)
    except Unreadable:
        return {}
    tree, _ = page_tree(text)
    frames = tree.css("frameset, frame")
    base = tree.css_first("base[href]")
    home = urljoin(url, (base.attributes.get("href") or "") if base is not None else "") or url
    links, pictures = _links(tree, home, encoding)
    body = tree.body
    is_list, few = (True, True) if body is None else _shape(body)
    framed = bool(frames) or (few and tree.css_first("iframe[src]") is not None)
    return {"links": links, "pictures": pictures, "is_list": is_list, "framed": framed}


def _shape(body: LexborNode) -> tuple[bool, bool]:
    """Whether the main part of a page is links, and whether there is hardly any text."""
    weights = weigh(body)
    main = main_content(body, weights, chrome(body, weights))
    weight = weights.get(main.mem_id)
    if weight is None:
        return True, True
    whole = weight.plain + weight.linked
    return whole < _FEW or (weight.linked >= _LIST * whole and weight.stops < 3), whole < _FEW


def _links(tree: LexborHTMLParser, home: str, encoding: str) -> tuple[list[str], list[str]]:
    links: dict[str, None] = {}
    pictures: dict[str, None] = {}
    for address in _named(tree):
        if found := absolute(address[1], home, encoding):
            (pictures if address[0] == "img[src]" else links).setdefault(found)
        if len(links) + len(pictures) >= MOST_LINKS:
            break
    return list(links), list(pictures)


def _named(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for selector, attribute in _NAMED:
        for node in tree.css(selector):
            yield selector, node.attributes.get(attribute) or ""
            if opened := _OPENED.search((node.attributes.get("onclick") or "")[:400]):
                yield selector, opened[1]
            href = node.attributes.get(attribute) or ""
            if href[:11].lower() == "javascript:" and (opened := _OPENED.search(href[:400])):
                yield selector, opened[1]
    for node in tree.css("meta[http-equiv]")[:5]:
        is_refresh = (node.attributes.get("http-equiv") or "").lower() == "refresh"
        if is_refresh and (found := _REFRESH.search((node.attributes.get("content") or "")[:500])):
            yield "meta", found[1]


def absolute(address: str, home: str, encoding: str) -> str:
    """An address as a browser would ask for it, without what only tells visitors apart; empty for none.

    The path goes as UTF-8, the query in the encoding of its page, as browsers do.

    >>> absolute("../a b.htm?type=通知#top", "http://old.example/x/y/", "gb18030")
    'http://old.example/x/a%20b.htm?type=%CD%A8%D6%AA'
    >>> absolute("show.jsp;jsessionid=9A?id=3&sid=77", "http://old.example/", "utf-8")
    'http://old.example/show.jsp?id=3'
    >>> absolute("mailto:a@old.example", "http://old.example/", "utf-8")
    ''
    """
    try:
        parts = urlsplit(urljoin(home, address.strip().replace("\\", "/")))
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except (UnicodeError, ValueError):
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    safe = "/%:=&?~+!$,;'@()*[]"
    path = quote(_SESSION_PATH.sub("", parts.path) or "/", safe=safe)
    query = quote(_SESSION.sub("", parts.query).strip("&").encode(encoding, "replace"), safe=safe)
    place = f"{host}:{port}" if port and port != {"http": 80, "https": 443}[parts.scheme] else host
    found = urlunsplit((parts.scheme, place, path, query, ""))
    return found if len(found) <= LONGEST else ""
