"""读取到的网页:标题、标签、链接、列表里的日期、页脚、暗链、正文的指纹。在另一个进程里读(``adapters.apart``)。"""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ..files.decode import decode
from ..files.errors import Unreadable
from ..files.web.nodes import page_tree
from ..paper.dates import DATE, of_match

_ROWS = "li, tr, dd, p, div"
MOST_LINKS, EXCERPT, SKETCH = 600, 600, 128
_SPACE = re.compile(r"\s+")
_SHORT_DAY = re.compile(r"(?<![\d.:/-])(\d{1,2})[-/月](\d{1,2})日?(?![\d.:/-])")
_AGO = re.compile(r"(\d{1,3})\s*(天|小时|分钟)前|(今天|昨天|前天|刚刚)")
#: Days that are not those of what stands in the list.
_NOISE = re.compile(r"今天是|当前时间|现在是|访问量|浏览|copyright|版权|©|备案|更新时间：?\s*$", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|left\s*:\s*-\d{3,}|font-size\s*:\s*0", re.I)
_ICP = re.compile(r"[\u4e00-\u9fff]ICP备\s*\d{5,10}号(?:-\d{1,3})?", re.I)
_POLICE = re.compile(r"[\u4e00-\u9fff]公网安备\s*\d{14}号?")
_ID_CODE = re.compile(r"标识码[：:\s]*(bm\d{8}|\d{10})", re.I)
_HOST = re.compile(r"(?:主办|承办)(?:单位)?[：:\s]*([\u4e00-\u9fff（）()]{4,30})")
_SOFT = re.compile(
    r"页面(?:不存在|找不到|已(?:经)?删除|走丢了)|(?:您|你)(?:要|所)?(?:访问|查找|请求)的(?:页面|网页|内容)(?:不存在|找不到|已删除)|\b404\b"
)
_SOFT_LONGEST = 300


def read_page(data: bytes, url: str, on: date) -> dict[str, Any]:
    """What a page says, as JSON can hold it; ``{}`` for what is no text.

    Args:
        on: the day of the visit, from which “昨天” and a day without its year are counted.
    """
    try:
        text, encoding = decode(data, url)
    except Unreadable:
        return {}
    tree, _ = page_tree(text)
    body = tree.body or tree.root
    if body is None:
        return {}
    links, hidden = _links(body, url)
    tree.strip_tags(["script", "style", "noscript", "template"])
    shown = _SPACE.sub(" ", body.text(separator=" ")).strip()
    title = tree.css_first("title")
    return {
        "title": _line(title.text()) if title else "",
        "encoding": encoding,
        "meta": _meta(tree),
        "links": links,
        "hidden": hidden,
        "excerpt": shown[:EXCERPT],
        "length": len(shown),
        "sketch": sketch(shown),
        "days": listed_days(body, on),
        "foot": foot(shown, links),
        "tail": shown[-EXCERPT * 2 :],
        "phrase": bool(len(shown) <= _SOFT_LONGEST and _SOFT.search(shown)),
        "forms": len(body.css("form")),
    }


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()[:200]


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[name]")[:80]:
        name = (node.attributes.get("name") or "").strip().lower()[:40]
        if name:
            found.setdefault(name, _line(node.attributes.get("content") or ""))
    return found


def _links(body: LexborNode, url: str) -> tuple[list[list[str]], list[str]]:
    """(address, words) of each link, the same one once; and the addresses of links that nobody can see."""
    found: dict[str, str] = {}
    hidden: list[str] = []
    for node in body.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        try:
            address = urljoin(url, href)
            scheme, host = urlsplit(address).scheme, urlsplit(address).hostname
        except ValueError:
            continue
        if scheme not in ("http", "https") or not host or len(address) > 500:
            continue
        address = address.partition("#")[0]
        if _is_hidden(node) and host != urlsplit(url).hostname:
            hidden.append(address)
        if len(found) < MOST_LINKS:
            found.setdefault(address, _line(node.text()))
    return [[address, words] for address, words in found.items()], list(dict.fromkeys(hidden))[:20]


def _is_hidden(node: LexborNode) -> bool:
    here: LexborNode | None = node
    for _ in range(4):
        if here is None:
            return False
        if _HIDDEN.search(here.attributes.get("style") or ""):
            return True
        here = here.parent
    return False


def listed_days(body: LexborNode, on: date) -> dict[str, Any]:
    """The days that stand in the list of a page: the newest one up to ``on``, how many rows have one, whether its year
    was only inferred, and whether days of the future stand there.

    A pinned old one at the top does not matter: it is the newest that counts, not the first.
    """
    newest: date | None = None
    inferred, rows, ahead = False, 0, 0
    for node in body.css(_ROWS):
        if any(inner.mem_id != node.mem_id for inner in node.css(_ROWS)):
            continue
        text = _SPACE.sub(" ", node.text(separator=" "))[:300]
        if _NOISE.search(text):
            continue
        found, guessed = day_of(text, on)
        if found is None:
            continue
        rows += 1
        if found > on:
            ahead += 1
        elif newest is None or found > newest:
            newest, inferred = found, guessed
    return {"newest": newest and newest.isoformat(), "rows": rows, "inferred": inferred, "ahead": ahead}


def day_of(text: str, on: date) -> tuple[date | None, bool]:
    """The day of one row, and whether its year was inferred: the last such day up to ``on``.

    >>> day_of("关于某事的通知 2026-08-30", date(2026, 9, 1)), day_of("某事 12-30", date(2026, 1, 2))
    ((datetime.date(2026, 8, 30), False), (datetime.date(2025, 12, 30), True))
    >>> day_of("某事 昨天", date(2026, 9, 1)), day_of("第3-4期", date(2026, 9, 1))[0]
    ((datetime.date(2026, 8, 31), False), None)
    """
    days = [found for match in DATE.finditer(text) if (found := of_match(match))]
    if days:
        return days[-1], False
    if ago := _AGO.search(text):
        back = int(ago[1]) if ago[2] == "天" else {"昨天": 1, "前天": 2}.get(ago[3] or "", 0)
        return on - timedelta(back), False
    if (short := _SHORT_DAY.search(text)) and not re.match(r"\s*[期号章条页版]", text[short.end() :]):
        for year in (on.year, on.year - 1):
            try:
                found = date(year, int(short[1]), int(short[2]))
            except ValueError:
                continue
            if found <= on:
                return found, True
    return None, False


def sketch(text: str) -> list[str]:
    """A fingerprint of a text: the smallest hashes of its pieces; digits do not count, since error pages show the time."""
    plain = re.sub(r"[\d\W_]+", "", text)[:20_000]
    pieces = {plain[at : at + 4] for at in range(max(1, len(plain) - 3))}
    return sorted(hashlib.blake2b(one.encode("utf-8", "replace"), digest_size=6).hexdigest() for one in pieces)[
        :SKETCH
    ]


def foot(text: str, links: list[list[str]]) -> dict[str, Any]:
    """What a page must have at its foot: identifier, filings, host, the way to report errors, the mark of organs."""

    def first(pattern: re.Pattern[str]) -> str:
        match = pattern.search(text)
        return _SPACE.sub("", match[match.lastindex or 0]) if match else ""

    addresses = " ".join(address for address, _ in links)
    return {
        "icp": first(_ICP),
        "police": first(_POLICE),
        "id_code": first(_ID_CODE),
        "host": first(_HOST),
        "errors": "找错" in text or "zfwzgl" in addresses,
        "mark": "conac.cn" in addresses,
        "phone": re.search(r"\d{3,4}-\d{7,8}", text) is not None,
    }
