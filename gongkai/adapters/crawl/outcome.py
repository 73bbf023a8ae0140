"""一次访问是什么结果:打开了、不存在,还是只是没有取到。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from gongkai.law.terms import Term


class Reached(Term):
    """一次访问的结果。只有打开的页面才读内容;打不开的不等于坏了。"""

    OK = "ok", "打开了"
    DEAD = "dead", "不存在"
    SOFT = "soft404", "疑似不存在"
    HOME = "home", "跳到首页"
    BLOCKED = "blocked", "拒绝访问"
    TIMEOUT = "timeout", "等得太久"
    TLS = "tls", "证书不对"
    DNS = "dns", "找不到主机"
    REFUSED = "refused", "连不上"
    PRIVATE = "private", "内部网络的地址，没有访问"
    ROBOTS = "robots", "对方要求不抓取"
    LOOP = "loop", "跳转太多"
    LARGE = "large", "太大，没有读完"
    KIND = "kind", "不是网页"
    SERVER = "server", "对方出错"
    BAD = "bad", "不是网址"


#: Results that say something about the page that was asked for; all others only say that nothing is known.
TELLING = frozenset({Reached.OK, Reached.DEAD, Reached.HOME, Reached.KIND, Reached.LARGE})
_GONE = frozenset({404, 410})
#: Statuses by which servers and their shields keep programs away; 521 and 412 are those of Chinese shields.
_KEPT_AWAY = frozenset(
    {401, 402, 403, 405, 406, 407, 409, 412, 418, 421, 423, 425, 426, 428, 429, 431, 444, 451, 503, 521, 567}
)
_SCRIPT = re.compile(rb"<script|<meta[^>]{0,80}refresh", re.I)
_HIDDEN = re.compile(rb"<(?=/?(?:script|style)\b)", re.I)
_MARKUP = re.compile(rb"<[^<>]*>|\s+")
#: A page of a few characters that consists of scripts is a challenge, not the page.
_CHALLENGE = 60
_LOOKED_AT = 65_536


def of_status(status: int) -> Reached:
    """The result that a status alone gives."""
    if 200 <= status < 300 or status == 304:
        return Reached.OK
    if status in _GONE:
        return Reached.DEAD
    return Reached.BLOCKED if status in _KEPT_AWAY else Reached.SERVER


def is_challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a page answered with 200 is only a script that sets a cookie and comes again (412、521 的另一种样子).

    >>> is_challenge({"set-cookie": "a=1"}, b"<html><script>document.cookie='b=2';location.reload()</script></html>")
    True
    >>> is_challenge({}, "<html><body>办事指南</body></html>".encode())
    False
    """
    plain = _without_comments(body)
    head = plain[:_LOOKED_AT]
    if len(plain) > _LOOKED_AT or not _SCRIPT.search(head):
        return False
    shown = len(_MARKUP.sub(b"", _without_scripts(head)))
    moves = b"location" in head or b"document.cookie" in head or b"__jsl" in head
    return shown <= _CHALLENGE and (moves or "set-cookie" in headers)


def _without_comments(body: bytes) -> bytes:
    """A page without its comments, which shields use to look long; one that does not end hides the rest."""
    first, *rest = body.split(b"<!--")
    return first + b"".join(part.partition(b"-->")[2] for part in rest)


def _without_scripts(head: bytes) -> bytes:
    """What is left of a page without its scripts and styles; one that does not end hides the rest."""
    first, *rest = _HIDDEN.split(head)
    return first + b"".join(part.partition(b">")[2] for part in rest if part.startswith(b"/"))


def is_home(url: str) -> bool:
    """Whether an address is the front page of its host.

    >>> is_home("https://a.gov.cn/index.html?x=1"), is_home("https://a.gov.cn/col/col1/index.html")
    (True, False)
    """
    path = urlsplit(url).path.lower()
    return path in ("", "/") or re.fullmatch(r"/(?:index|default|main)\.\w{2,5}", path) is not None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one host, www or not."""
    hosts = [(urlsplit(url).hostname or "").lower().removeprefix("www.") for url in (one, other)]
    return hosts[0] == hosts[1]
