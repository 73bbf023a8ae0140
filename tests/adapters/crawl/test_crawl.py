"""取网页:不好对付的服务器一个也不算坏,一个也不卡住,内部网络一个地址也不去。"""

import json
import socket
import time
from datetime import date
from itertools import pairwise

import pytest

from gongkai.adapters import apart, reach
from gongkai.adapters.crawl import Limits, Polite, Reached, alike, fetch, read_page
from gongkai.adapters.crawl.alike import likeness
from tests.adapters.crawl.hostile import ABSENT, HERE, HTML, Hostile, rows

pytestmark = pytest.mark.once
ON = date(2026, 9, 1)
QUICK = Limits(seconds=1.0, bytes=300_000, expanded=1_000_000)


@pytest.fixture(scope="module")
def server():
    one = Hostile()
    yield one
    one.close()


def get(server, path, **options):
    return fetch(server.url + path, limits=QUICK, also=HERE, **options)


#: Path → what a visit may say of it.
SAID = {
    "/": Reached.OK,
    "/gbk/": Reached.OK,
    "/scripted/": Reached.OK,
    "/403/": Reached.BLOCKED,
    "/412/": Reached.BLOCKED,
    "/521/": Reached.BLOCKED,
    "/challenge/": Reached.BLOCKED,
    "/500/": Reached.SERVER,
    "/gone/": Reached.DEAD,
    "/nothing/": Reached.DEAD,
    "/home/": Reached.HOME,
    "/loop/": Reached.LOOP,
    "/endless/": Reached.LOOP,
    "/inside/": Reached.PRIVATE,
    "/metadata/": Reached.PRIVATE,
    "/mapped/": Reached.PRIVATE,
    "/file/": Reached.BAD,
    "/pdf/": Reached.KIND,
    "/bomb/": Reached.LARGE,
    "/notgzip/": Reached.SERVER,
    "/drip/": Reached.TIMEOUT,
    "/huge/": Reached.LARGE,
    "/headers/": Reached.REFUSED,
    "/garbage/": Reached.REFUSED,
    "/empty/": Reached.OK,
    "/deep/": Reached.OK,
}


@pytest.mark.parametrize("path", SAID)
def test_what_a_visit_says(server, path):
    found = get(server, path)
    assert found.reached is SAID[path], found
    assert len(found.body) <= QUICK.expanded and (found.reached is Reached.DEAD) is (found.status in (404, 410))


def test_only_what_is_gone_is_dead():
    """Nothing that merely failed may be taken for a page that is gone."""
    assert {path for path, reached in SAID.items() if reached is Reached.DEAD} == {"/gone/", "/nothing/"}


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1/",
            "http://10.1.2.3/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://169.254.169.254/",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://localhost/",
        ],
    )
    def test_private_ones_are_refused_before_connecting(self, url, monkeypatch):
        monkeypatch.setattr(socket, "create_connection", lambda *args, **options: pytest.fail("连了"))
        assert fetch(url, limits=QUICK).reached in (Reached.PRIVATE, Reached.DNS)

    def test_one_private_address_among_public_ones_is_enough(self, monkeypatch):
        monkeypatch.setattr(reach, "addresses", lambda host, port: ["93.184.215.14", "10.0.0.1"])
        monkeypatch.setattr(socket, "create_connection", lambda *args, **options: pytest.fail("连了"))
        assert fetch("http://mixed.example/", limits=QUICK).reached is Reached.PRIVATE

    def test_the_connection_goes_where_was_looked(self, monkeypatch):
        """A name that answers otherwise a moment later is not asked again."""
        asked, met = [], []

        def addresses(host, port):
            asked.append(host)
            return ["93.184.215.14"] if len(asked) == 1 else ["10.0.0.1"]

        def connect(address, timeout):
            met.append(address[0])
            raise ConnectionRefusedError

        monkeypatch.setattr(reach, "addresses", addresses)
        monkeypatch.setattr(socket, "create_connection", connect)
        assert fetch("http://rebinding.example/", limits=QUICK).reached is Reached.REFUSED
        assert met == ["93.184.215.14"] and len(asked) == 1

    def test_no_other_ports_of_public_addresses(self, monkeypatch):
        monkeypatch.setattr(reach, "addresses", lambda host, port: ["93.184.215.14"])
        monkeypatch.setattr(socket, "create_connection", lambda *args, **options: pytest.fail("连了"))
        assert fetch("http://a.example:6379/", limits=QUICK).reached is Reached.BAD

    @pytest.mark.parametrize(
        "url",
        [
            "ftp://a.example/",
            "javascript:alert(1)",
            "http://",
            "http://u:p@a.example/",
            "http://a b/",
            "http://a.example/" + "x" * 3000,
            "",
            "http://a.example:99999/",
        ],
    )
    def test_what_is_no_address(self, url):
        assert fetch(url, limits=QUICK).reached in (Reached.BAD, Reached.DNS)

    def test_a_name_that_is_never_resolved_does_not_hang(self, monkeypatch):
        monkeypatch.setattr(reach, "addresses", lambda host, port: time.sleep(5) or [])
        found = fetch("http://slow.example/", limits=Limits(seconds=0.2))
        assert found.reached is Reached.DNS


class TestPages:
    def read(self, server, path):
        return read_page(get(server, path).body, server.url + path, ON)

    @pytest.mark.parametrize(
        ("path", "newest", "inferred", "ahead"),
        [
            ("/", "2026-08-30", False, 0),
            ("/gbk/", "2026-08-28", False, 0),
            ("/future/", "2026-08-20", False, 1),
            ("/short/", "2026-08-25", True, 0),
            ("/relative/", "2026-08-31", False, 0),
            ("/pinned/", "2026-08-27", False, 0),
            ("/scripted/", None, False, 0),
        ],
    )
    def test_the_newest_day_of_a_list(self, server, path, newest, inferred, ahead):
        found = self.read(server, path)["days"]
        assert (found["newest"], found["inferred"], found["ahead"]) == (newest, inferred, ahead)

    def test_it_is_read_in_another_process(self, server):
        found = apart.run(apart.DESK, read_page, get(server, "/gbk/").body, server.url, ON)
        assert found["title"] == "要闻" and found["links"][0][1] == "第0条信息" and json.dumps(found)
        assert apart.run(apart.DESK, read_page, b"\x00\xff\xfe" * 90, server.url, ON).get("title", "") == ""

    def test_the_foot(self):
        page = (
            "<p>网站标识码：3302110001　浙ICP备12345678号-1　浙公网安备33021102000123号 主办单位：某区人民政府办公室 0574-00000000</p>"
            "<a href='https://zfwzgl.www.gov.cn/x'>我为政府网站找错</a><a href='https://bszs.conac.cn/a'>党政机关</a>"
        )
        found = read_page(page.encode(), "https://a.example/", ON)["foot"]
        assert found == {
            "icp": "浙ICP备12345678号-1",
            "police": "浙公网安备33021102000123号",
            "id_code": "3302110001",
            "host": "某区人民政府办公室",
            "errors": True,
            "mark": True,
            "phone": True,
        }

    def test_links_that_nobody_sees(self, server):
        assert self.read(server, "/hidden/")["hidden"] == ["https://bet.example/"]

    def test_deep_nesting_and_nothing_at_all(self, server):
        assert "text" in self.read(server, "/deep/")["excerpt"] and self.read(server, "/empty/")["length"] == 0


class TestComparison:
    def absent(self, now):
        return read_page(ABSENT.format(now=now).encode(), "https://a.example/x", ON)

    def test_answering_200_to_everything(self):
        there = read_page(rows("2026-08-30").encode(), "https://a.example/b/", ON)
        assert alike(self.absent("10:00"), self.absent("10:07")), "时间不同也认得"
        assert not alike(there, self.absent("10:00")) and not alike(there, None)

    def test_an_article_about_errors_is_no_error_page(self):
        article = "<p>" + "关于整治页面不存在、404错误的通知。各单位要逐一核对链接。" * 30 + "</p>"
        assert not alike(read_page(article.encode(), "https://a.example/c", ON), None)
        assert alike(self.absent("10:00"), None), "很短、只说不存在的"

    def test_likeness_is_symmetric(self):
        one, other = list("abcdef"), list("abcxyz")
        assert likeness(one, other) == likeness(other, one) < 1


class TestManners:
    def polite(self, **options):
        return Polite(**{"pause": 0.15, "limits": QUICK, "also": HERE, "workers": 4} | options)

    def test_one_host_one_at_a_time_with_a_pause(self):
        server = Hostile()
        found = dict(self.polite().crawl((n, f"{server.url}/?{n}") for n in range(4)))
        server.close()
        assert [one.reached for one in found.values()] == [Reached.OK] * 4
        times = [at for path, at in server.asked if "?" in path]
        assert all(later - before >= 0.14 for before, later in pairwise(times))
        assert sum(path == "/robots.txt" for path, _ in server.asked) == 1

    def test_hosts_do_not_wait_for_each_other(self):
        servers = [Hostile() for _ in range(3)]
        found = list(
            self.polite().crawl((one.url, f"{one.url}{path}") for one in servers for path in ("/drip/", "/"))
        )
        for one in servers:
            one.close()
        assert sorted(one.reached for _, one in found) == sorted([Reached.TIMEOUT, Reached.OK] * 3)
        starts = [min(at for path, at in one.asked if path == "/drip/") for one in servers]
        assert max(starts) - min(starts) < QUICK.seconds, "三台同时开始"

    @pytest.mark.parametrize(
        ("robots", "reached"),
        [
            ((200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /\n"), Reached.ROBOTS),
            ((200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /b/\n"), Reached.OK),
            ((200, HTML, "<html>首页</html>".encode()), Reached.OK),
            ((503, {}, b""), Reached.OK),
            ((500, {}, b""), Reached.ROBOTS),
            ((404, {}, b""), Reached.OK),
        ],
    )
    def test_robots(self, robots, reached):
        server = Hostile()
        server.answers["/robots.txt"] = robots
        found = self.polite().fetch_page(server.url + "/")
        allowed = self.polite(unasked=frozenset({server.url.removeprefix("http://")})).fetch_page(server.url + "/")
        server.close()
        assert found.reached is reached and allowed.reached is Reached.OK, "书面同意的不问"

    def test_what_did_not_change_is_not_sent_again(self):
        server = Hostile()
        server.answers["/"] = (304, {"ETag": '"a"'}, b"")
        found = self.polite(known={server.url + "/": {"etag": '"a"'}}).fetch_page(server.url + "/")
        server.close()
        assert (found.reached, found.status, found.note) == (Reached.OK, 304, "没有改动")

    def test_whoever_stops_reading_leaves_no_threads_waiting(self, server):
        for _, found in self.polite(pause=0).crawl((n, f"{server.url}/?{n}") for n in range(50)):
            assert found.reached is Reached.OK
            break
