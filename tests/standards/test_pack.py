"""终端的离线包:线路断了照样看、照样查;不在名单里的不开;断线时交的表不收、不丢;Cookie 两头不带。"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gongkai.standards.kiosk.pack import Pack, is_allowed
from gongkai.standards.kiosk.server import Kiosk

pytestmark = pytest.mark.once
PAGES = {
    "/kiosk/": "<title>自助查询 - 明湖区</title><main><a href='/records/1/'>一</a><a href='/desk/'>不取</a></main>",
    "/records/1/": "<title>公租房租金标准 - 明湖区</title><main>每平方米十元。<a href='/records/2/'>二</a></main><script src='/static/a.js'></script>",
    "/records/2/": "<title>高龄津贴 - 明湖区</title><body class='a'><main>八十岁以上的老年人可以申领。</main>",
    "/static/a.js": "1",
}
AT = datetime(2026, 10, 12, 8, 30)


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        text = PAGES.get(self.path.partition("?")[0])
        self.send_response(200 if text else 404)
        self.send_header(
            "Content-Type", "text/html; charset=utf-8" if "static" not in self.path else "text/javascript"
        )
        self.send_header("Set-Cookie", "session=1")
        self.end_headers()
        self.wfile.write((text or "").encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302)
        self.send_header("Location", "/records/1/?got=" + body.decode() + str(self.headers.get("Cookie")))
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def kiosk(site, tmp_path):
    address = f"http://127.0.0.1:{site.server_port}"
    pack = Pack(tmp_path)
    assert pack.fill(address, at=AT) == 4
    with Kiosk(address, pack, 0, seconds=2, script=b"end()") as server:
        server.start()
        yield server
        server.shutdown()


def ask(kiosk, path, data=None):
    request = urllib.request.Request(
        f"http://127.0.0.1:{kiosk.server_port}{path}", data=data, headers={"Cookie": "a=b"}
    )
    try:
        with kiosk.opener.open(request, timeout=5) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def unplug(site):
    site.shutdown()
    site.server_close()


def test_while_the_line_is_up_the_site_answers(kiosk):
    status, headers, text = ask(kiosk, "/records/2/")
    assert status == 200 and "八十岁" in text and "Set-Cookie" not in headers
    status, headers, _ = ask(kiosk, "/apply/online/", b"x=1")
    assert status == 302 and headers["Location"] == "/records/1/?got=x=1None", "Cookie 不带过去"
    assert ask(kiosk, "/records/99/")[0] == 404


def test_what_is_not_on_the_list_does_not_open(kiosk):
    for path in ("/desk/", "/account/login/", "/admin", "/api/x"):
        assert not is_allowed(path)
        status, _, text = ask(kiosk, path)
        assert status == 403 and "打不开" in text, path


def test_unplugged_it_reads_searches_and_loses_nothing(kiosk, site):
    unplug(site)
    status, headers, text = ask(kiosk, "/records/2/")
    assert "八十岁" in text and "线路断了，这是2026-10-12 08:30备下的内容" in text
    assert headers["Cache-Control"] == "no-store" and headers["X-Kiosk-Pack"] == "1"
    assert ask(kiosk, "/static/a.js")[2] == "1"
    status, _, text = ask(kiosk, "/search/?q=%E7%A7%9F%E9%87%91")
    assert status == 200 and "公租房租金标准" in text and "2026-10-12 08:30" in text and "高龄津贴" not in text
    assert "没有找到" in ask(kiosk, "/search/?q=%E9%A3%9E%E8%89%87")[2]
    status, _, text = ask(kiosk, "/apply/online/", b"x=1")
    assert status == 503 and "没有交出去" in text and "<script src='/kiosk.js'>" in text
    assert ask(kiosk, "/kiosk.js")[2] == "end()", "自己的几页也会自己结束"
    status, headers, _ = ask(kiosk, "/kiosk/end/")
    assert status == 302 and "storage" in headers["Clear-Site-Data"]


def test_a_pack_half_made_does_not_replace_the_one_in_use(kiosk, site, tmp_path):
    unplug(site)
    with pytest.raises(OSError, match=r"urlopen|refused"):
        kiosk.pack.fill(kiosk.site, at=AT)
    assert len(Pack(tmp_path)) == 4 and not (tmp_path / "index.new").exists()


def test_what_is_typed_cannot_become_markup(kiosk, site):
    unplug(site)
    assert "<script>" not in ask(kiosk, "/search/?q=%3Cscript%3E")[2]


def test_what_is_too_large_stays_out_of_the_pack(site, tmp_path, monkeypatch):
    monkeypatch.setattr("gongkai.standards.kiosk.pack.LARGEST", 100)
    pack = Pack(tmp_path)
    pack.fill(f"http://127.0.0.1:{site.server_port}", at=AT)
    assert pack.get("/kiosk/") is None and pack.get("/static/a.js") is None and len(pack) == 0
