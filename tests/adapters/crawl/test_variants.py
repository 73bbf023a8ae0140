"""不好对付的服务器,另外的样子:没有一个错当成不存在,没有一个卡住,没有一次连到内部网络。"""

import socket
import time

import pytest

from gongkai.adapters.crawl import Reached, alike, fetch, read_page
from tests.adapters.crawl.hostile import HERE
from tests.adapters.crawl.hostile_variants import BLANK, VARIANTS, framed, served
from tests.adapters.crawl.test_crawl import ON, QUICK

pytestmark = pytest.mark.once
server = pytest.fixture(scope="module")(served)
OK, BLOCKED, LOOP, PRIVATE = Reached.OK, Reached.BLOCKED, Reached.LOOP, Reached.PRIVATE
#: Path → what a visit may say of it. Nothing of all this is gone.
SAID = {
    "403-said-absent": BLOCKED,
    "401": BLOCKED,
    "429": BLOCKED,
    "405-shield": BLOCKED,
    "202-script": BLOCKED,
    "404-script": BLOCKED,
    "refresh": BLOCKED,
    "padded": BLOCKED,
    "longer": LOOP,
    "fragment": LOOP,
    "nowhere": Reached.SERVER,
    "bracket": Reached.BAD,
    "ula": PRIVATE,
    "nat64": PRIVATE,
    "octal": PRIVATE,
    "unspecified": PRIVATE,
    "gbk-called-utf8": OK,
    "gb18030": OK,
    "late-meta": OK,
    "slow-head": Reached.TIMEOUT,
    "silent": Reached.TIMEOUT,
    "stalled": Reached.TIMEOUT,
    "claims": Reached.LARGE,
    "chunks": Reached.LARGE,
    "bomb-in-bomb": Reached.LARGE,
    "hours": OK,
    "wide": OK,
    "today-clock": OK,
    "only-2038": OK,
    "9999": OK,
    "february": OK,
}
NEWEST = {
    "gbk-called-utf8": "2026-08-27",
    "gb18030": "2026-08-26",
    "late-meta": "2026-08-25",
    "hours": "2026-09-01",
    "wide": "2026-08-30",
    "today-clock": "2026-09-01",
    "only-2038": None,
    "9999": "2026-08-19",
    "february": "2026-08-18",
}


@pytest.fixture
def connected(monkeypatch):
    """Every address that was connected to."""
    met, connect = [], socket.create_connection
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda at, *more, **options: met.append(at[0]) or connect(at, *more, **options),
    )
    return met


def test_every_variant_has_its_answer():
    assert {f"/v/{name}/" for name in SAID} == set(VARIANTS) and set(NEWEST) <= set(SAID)


@pytest.mark.parametrize("name", SAID)
def test_what_a_visit_says(server, connected, name):
    begun = time.monotonic()
    found = fetch(f"{server.url}/v/{name}/", limits=QUICK, also=HERE)
    assert found.reached is SAID[name], found
    assert set(connected) <= HERE and len(found.body) <= QUICK.expanded
    assert time.monotonic() - begun < 10 * QUICK.seconds, "没有卡住"


@pytest.mark.parametrize("name", NEWEST)
def test_the_newest_day(server, name):
    found = fetch(f"{server.url}/v/{name}/", limits=QUICK, also=HERE)
    days = read_page(found.body, found.url, ON)["days"]
    assert days["newest"] == NEWEST[name], days
    assert bool(days["ahead"]) is (name == "only-2038")


class TestAnswering200:
    """什么都答 200 的:页面的框架一样不等于页面不存在。"""

    def page(self, title, text):
        return read_page(framed(title, text).encode(), "https://a.example/x", ON)

    def test_short_articles_in_a_long_frame_are_there(self):
        absent = self.page("某区人民政府", BLANK)
        assert not alike(self.page("春节放假通知_某区人民政府", "<h1>春节放假通知</h1><p>放假七天。</p>"), absent)
        assert alike(self.page("某区人民政府", BLANK), absent)

    def test_one_that_tells_the_address_it_lacks(self):
        one, other = (self.page("提示", f"{BLANK}<p>/info/{n}/{n}.html</p>") for n in (1, 88_231))
        assert alike(one, other)

    def test_one_that_shows_other_news_each_time_is_no_proof(self):
        def absent(n):
            news = "".join(
                f"<p>{chr(0x4E00 + n * 500 + at)}{chr(0x4E00 + n * 700 + at * 3)}要闻一则</p>" for at in range(400)
            )
            return read_page(f"<title>看看别的{n}</title>{news}".encode(), "https://a.example/x", ON)

        assert not alike(absent(1), absent(2))
