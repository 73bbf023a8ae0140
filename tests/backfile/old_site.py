"""一个虚构的旧网站,只在本机:框架、GBK、坏了的标签、会话标记、转走的、外站的、内网的、附件和图。"""

from __future__ import annotations

from gongkai.adapters.crawl import Limits, Polite
from gongkai.backfile import visiting
from tests.adapters.crawl.hostile import HERE, Hostile
from tests.backfile.paper import paper

GBK = {"Content-Type": "text/html"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def page(body: str, title: str = "明湖县交通局") -> bytes:
    """Old markup: upper case, unclosed, no quotes, GBK without saying so."""
    return f"<HTML><HEAD><TITLE>{title}</TITLE><BODY BGCOLOR=white><TABLE><TR><TD>{body}".encode("gb18030")


def article(number: int) -> bytes:
    lines = paper(number).split("\n")
    return page("<FONT SIZE=2>" + "".join(f"<P>{one}" for one in lines) + "<P><IMG SRC=/img/scan.png>")


FRAMES = b"<html><frameset cols='20%,80%'><frame src=menu.htm><frame src='list.asp?type=1'></frameset></html>"
MENU = "<A HREF='list.asp?type=通知'>通知公告</A> <A HREF=http://other.example/>友情链接</A> <A HREF='/old/'>旧栏目</A>"
LIST = (
    "<LI><A HREF='show.asp;jsessionid=1A?id=1&amp;sid=9'>关于做好农村道路养护工作的通知</A> 2006-02-05"
    "<LI><A HREF=\"javascript:window.open('show.asp?id=2')\">关于做好农村道路养护工作的又一通知</A> 2006-03-05"
    "<LI><A HREF='files/3.txt'>关于做好农村道路养护工作的附件全文下载</A> 2006-04-05"
    "<LI><A HREF=/moved.htm>搬了家的一件通知的标题在这里</A><LI><A HREF=/away.htm>转到外面去的一件通知</A>"
    "<LI><A HREF=/inside.htm>转到内网去的一件通知</A><LI><A HREF=/private/1.htm>不许抓取的一件通知的标题</A>"
    "<LI><A HREF=/none.htm>没有了的一件通知的标题</A>"
)


def old_site() -> Hostile:
    """The site, listening; whoever asks for it closes it."""
    one = Hostile()
    one.answers |= {
        "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
        "/": (200, GBK, FRAMES),
        "/menu.htm": (200, GBK, page(MENU)),
        "/list.asp": (200, GBK, page(LIST)),
        "/show.asp": lambda handler: _show(handler),
        "/files/3.txt": (200, {"Content-Type": "text/plain"}, paper(3).encode("gb18030")),
        "/img/scan.png": (200, {"Content-Type": "image/png"}, PNG),
        "/moved.htm": (302, {"Location": "/show.asp?id=2"}, b""),
        "/away.htm": (302, {"Location": "http://other.example/x"}, b""),
        "/inside.htm": (302, {"Location": "http://10.0.0.1/admin"}, b""),
        "/old/": (200, GBK, page("<A HREF=/>首页</A>")),
    }
    return one


def _show(handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    handler.wfile.write(article(int(handler.path.rpartition("=")[2])))


def quick(**options) -> Polite:
    """As polite as it must be where nobody is bothered."""
    limits = Limits(seconds=2, bytes=2_000_000, expanded=2_000_000, kinds=(), one_host=True, hops=3)
    return Polite(**{"pause": 0, "limits": limits, "also": HERE, "workers": 2} | options)


def through(at) -> None:
    """Until no address is due any more."""
    while visiting.crawl(at, by=quick())[0]:
        pass
