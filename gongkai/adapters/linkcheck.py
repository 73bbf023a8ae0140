"""看链接还通不通:用客气地取网页的那一处(``crawl``),同一台主机一秒至多一次,打不开的不算失效。

结果是看到的事实:``alive`` 有这一页,``home`` 转到首页或者登录页,``moved`` 转到别的网站,``dead`` 说没有了,
``silent`` 没有回音、拒绝、忙(不等于失效)。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from .crawl.fetch import Fetched, Limits
from .crawl.outcome import Reached, same_site
from .crawl.polite import Polite

#: Only whether the page is there is asked, so little of it is read.
LIMITS = Limits(seconds=10, bytes=64 * 1024, expanded=256 * 1024)
#: Hosts asked at the same time.
HOSTS = 32
_LOGIN = ("login", "passport", "sso", "signin")
_THERE = (Reached.OK, Reached.KIND, Reached.LARGE)


@dataclass(frozen=True, slots=True)
class Seen:
    """看到的:结果、状态码(没有回音的是空)、转到哪里。"""

    state: str
    status: int | None = None
    target: str = ""


def is_official(host: str) -> bool:
    """Whether a host is the government's by its name (a link that answers may have changed hands).

    >>> is_official("www.minghu.gov.cn"), is_official("minghu-gov.com"), is_official("明湖.政务")
    (True, False, True)
    """
    return host.endswith((".gov.cn", ".政务", ".公益")) or host == "gov.cn"


def judged(found: Fetched) -> Seen:
    """What a fetched page says about its link.

    >>> page = "https://a.gov.cn/x"
    >>> judged(Fetched(page, "https://b.com/x", Reached.OK, 200)).state, judged(Fetched(page, page, Reached.TIMEOUT)).state
    ('moved', 'silent')
    >>> judged(Fetched(page, "https://a.gov.cn/sso/login", Reached.OK, 200)).state, judged(Fetched(page, page, Reached.DEAD, 404)).state
    ('home', 'dead')
    """
    target = found.final_url[:500] if found.final_url != found.url else ""
    if found.reached is Reached.DEAD:
        return Seen("dead", found.status, target)
    if found.reached not in (*_THERE, Reached.HOME):
        return Seen("silent", found.status)
    if not same_site(found.url, found.final_url):
        return Seen("moved", found.status, target)
    path = urlsplit(found.final_url).path.lower()
    at_door = target and any(word in path for word in _LOGIN)
    if found.reached is Reached.HOME or at_door:
        return Seen("home", found.status, target)
    return Seen("alive", found.status, target)


def round_of(urls: Iterable[str], polite: Polite | None = None) -> Iterator[tuple[str, Seen]]:
    """Look at many links, each as soon as it is known: hosts side by side, the links of one host one after another."""
    crawler = polite or Polite(limits=LIMITS, workers=HOSTS)
    for url, found in crawler.crawl((url, url) for url in dict.fromkeys(urls)):
        yield url, judged(found)
