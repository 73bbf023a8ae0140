"""旧网址只有一种写法:不带主机、不带片段、不转义、查询串按序;登记的和来访的照这个写法比。"""

from __future__ import annotations

from urllib.parse import unquote_to_bytes, urlsplit

from django.utils.encoding import repercent_broken_unicode

from gongkai.law.errors import RuleBroken

LONGEST = 400


def normal(address: str) -> str:
    """One spelling for an old address: no host, no fragment, not percent-encoded, the query's parts in order.

    Raises:
        RuleBroken: it is no address, or one too long.

    >>> normal("http://old.example/art/1.html?b=2&a=%E4%B8%80#top")
    '/art/1.html?a=一&b=2'
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("", "http", "https") or not parts.path.startswith("/"):
        raise RuleBroken(f"“{address[:80]}”不是网址", fix="请写成 /art/1.html 的样子，或者整条网址。")
    path = joined(decoded(parts.path), parts.query)
    if len(path) > LONGEST:
        raise RuleBroken(f"“{path[:40]}……”超过{LONGEST}个字", fix="请去掉用不着的查询串。")
    return path


def joined(path: str, query: str) -> str:
    """A path that is not percent-encoded, with its query in the one spelling."""
    words = "&".join(sorted(decoded(one) for one in query.split("&") if one))
    return f"{path}?{words}" if words else path


def decoded(text: str) -> str:
    """Not percent-encoded; bytes that are no UTF-8 (old GBK addresses) stay so, as Django's own reading leaves them."""
    return repercent_broken_unicode(unquote_to_bytes(text)).decode()
