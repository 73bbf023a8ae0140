"""去访问别的网站:拒绝的、慢的、什么都答 200 的,一个也不算坏;试探没有通过的不访问,失败太多的整轮作废。"""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from gongkai.adapters.crawl import Limits, Polite
from gongkai.inspections import actions, jobs, visiting
from gongkai.inspections.models import Evidence, Finding, Outlet, Round, Visit
from gongkai.inspections.terms import Purpose, RoundState
from gongkai.law.outlets import Platform
from tests.adapters.crawl.hostile import ABSENT, HERE, HTML, Hostile, rows
from tests.inspections.district import AT, confirmed, drawn, outlet
from tests.records.office import Office

pytestmark = pytest.mark.django_db
FRONT = (
    "<title>某区某局</title><meta name=SiteName content=某局><meta name=SiteDomain content=a><meta name=SiteIDCode content=3302110001>"
    "<ul><li><a href='/a/'>要闻</a> 2026-08-30</li><li><a href='/gone/'>旧闻</a></li><li><a href='/403/'>办事服务</a></li>"
    "<li><a href='/write/'>写信</a></li></ul><p>标识码：3302110001 浙ICP备12345678号 0574-00000000 我为政府网站找错</p>"
    "<p>浙公网安备33021102000123号</p>"
)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def server():
    one = Hostile()
    one.answers["/"] = (200, HTML, FRONT.encode())
    one.answers["/a/"] = (200, HTML, rows("2026-08-30").encode())
    one.answers["/write/"] = (200, HTML, "<h1>写信</h1><form></form><p>请写明事由。</p>".encode())
    yield one
    one.close()


def polite():
    return Polite(pause=0, limits=Limits(seconds=1, bytes=300_000), also=HERE, workers=4)


def begun(office, server, canaries=None, **columns):
    """A round over one other site with these columns (name → path)."""
    site = outlet(
        office, "某局网站", Platform.SITE, url=server.url + "/", id_code="3302110001", icp="浙ICP备12345678号"
    )
    for name, path in columns.items():
        kind = {"要闻": "news"}.get(name, "other")
        values = {"name": name, "url": server.url + path, "kind": kind, "level": 1, "days": 30}
        actions.save_column(site, None, values, by=office.clerk, at=AT)
    given = canaries or [
        {"url": server.url + "/", "expect": "ok"},
        {"url": server.url + "/nothing/", "expect": "dead"},
    ]
    made = drawn(office, 2026, 3, AT.date(), canaries=given)
    return site, actions.start(made, by=office.inspector, at=AT)


def through(at=AT):
    """Until nothing is due any more at this moment."""
    while visiting.visit(at, by=polite()):
        pass


def said(round):
    return {one.code: one for one in round.samples.get().checks.all()}


def test_a_site_is_read_and_what_was_refused_is_not_a_fault(office, server, client):
    columns = {
        "要闻": "/a/",
        "拒绝": "/403/",
        "挑战": "/412/",
        "慢": "/drip/",
        "空": "/scripted/",
        "转圈": "/loop/",
        "内网": "/inside/",
    }
    _, made = begun(office, server, **columns)
    through()
    made.refresh_from_db()
    found = said(made)
    short = {code for code, one in found.items() if one.answer == "short"}
    assert short == {"D.DOMAIN"}, {code: one.note for code, one in found.items()}
    assert {
        code: found[code].answer for code in ("W3", "W2", "W5.1", "W6.1", "D.FOOT", "D.TAGS", "D.NEWS")
    } == dict.fromkeys(("W3", "W2", "W5.1", "W6.1", "D.FOOT", "D.TAGS", "D.NEWS"), "holds")
    assert {found[code].answer for code in ("D.COLUMN",)} == {"unknown"}, "没有读到的栏目不算空白"
    assert "D.LINK" not in found or found["D.LINK"].answer != "short", "一次没有了不算"
    kept = Evidence.objects.get(url=server.url + "/403/", reached="blocked")
    assert kept.status == 403 and kept.headers
    again = Visit.objects.get(url=server.url + "/gone/")
    assert (again.state, again.tries) == ("waiting", 1)
    through(AT + timedelta(minutes=59))
    assert Visit.objects.get(pk=again.pk).tries == 1
    through(AT + timedelta(minutes=61))
    found = said(made)
    assert found["D.LINK"].answer == "short" and found["D.LINK"].count == 1 and "/gone/" in found["D.LINK"].note
    assert not Finding.objects.exists(), "人看过才登成问题"
    client.force_login(office.inspector)
    assert "试探页" in client.get(made.get_absolute_url()).content.decode()
    assert "拒绝访问" in client.get(reverse("desk:inspections_evidence", args=[kept.pk])).content.decode()


def test_who_answers_200_to_everything_has_no_dead_links_and_no_columns(office, server):
    server.answers["*"] = (200, HTML, ABSENT.format(now="10:00").encode())
    del server.answers["/gone/"]
    canaries = [{"url": server.url + "/", "expect": "ok"}]
    site, made = begun(office, server, canaries, 没有了="/removed/")
    through()
    soft = Visit.objects.get(purpose=Purpose.COLUMN)
    assert soft.facts["reached"] == "soft404"
    assert said(made)["D.LINK"].answer == "unknown", "疑似不存在的由人看"
    assert site.columns.get().latest_on is None and said(made)["W4.3"].answer != "short"


def test_without_the_canaries_nothing_is_visited(office, server, client):
    wrong = [{"url": server.url + "/", "expect": "ok"}, {"url": server.url + "/403/", "expect": "dead"}]
    _, made = begun(office, server, wrong, 要闻="/a/")
    through()
    assert set(Visit.objects.values_list("purpose", flat=True)) == {Purpose.CANARY}
    client.force_login(office.inspector)
    assert "再试探" in client.get(made.get_absolute_url()).content.decode()
    server.answers["/403/"] = (404, HTML, b"")
    actions.probe_again(made, by=office.inspector, at=AT)
    through()
    made.refresh_from_db()
    assert made.probed_at == AT and Visit.objects.filter(purpose=Purpose.HOME, state="done").exists()


def test_a_round_with_mass_failures_is_void(office, server):
    _, made = begun(office, server, **{f"栏目{n}": "/500/" if n % 3 else "/drip2/" for n in range(25)})
    through()
    made = Round.objects.get(pk=made.pk)
    assert made.state == RoundState.VOID and "本机的网络" in made.void_reason


def test_a_finding_is_looked_at_again(office, server, client):
    site = outlet(office, "某局网站", Platform.SITE, url=server.url + "/")
    found = confirmed(office, site, "D.LINK", "链接打不开", url=server.url + "/a/")
    client.force_login(office.inspector)
    client.post(reverse("desk:inspections_again", args=[found.pk]))
    client.post(reverse("desk:inspections_again", args=[found.pk]))
    assert found.visits.count() == 1, "按两次排一次"
    Visit.objects.update(not_before=AT)
    through()
    page = client.get(found.get_absolute_url()).content.decode()
    assert "打开了" in page and found.visits.get().evidence.sha256
    other = confirmed(office, outlet(office), "M2", "没有更新")
    page = client.post(reverse("desk:inspections_again", args=[other.pk]), follow=True).content.decode()
    assert "没有网址" in page


def marked(body, seen):
    """An answer with a mark, which is not sent again to whoever shows it."""

    def answer(handler):
        shown = handler.headers.get("If-None-Match")
        seen.append(shown)
        handler.send_response(304 if shown == '"m1"' else 200)
        for name, value in (HTML | {"ETag": '"m1"'}).items():
            handler.send_header(name, value)
        handler.end_headers()
        if shown != '"m1"':
            handler.wfile.write(body)

    return answer


def test_a_page_that_did_not_change_is_not_sent_again_and_is_read_as_before(office, server):
    seen: list[str | None] = []
    server.answers["/a/"] = marked(rows("2026-08-30").encode(), seen)
    site, _ = begun(office, server, 要闻="/a/")
    through()
    first = Visit.objects.get(purpose=Purpose.COLUMN)
    found = confirmed(office, site, "D.LINK", "链接打不开", url=server.url + "/a/")
    actions.again(found, by=office.inspector, at=AT + timedelta(days=1))
    through(AT + timedelta(days=1))
    again = found.visits.get()
    assert (seen, again.evidence.status) == ([None, '"m1"'], 304)
    assert again.evidence.note == "没有改动" and again.evidence.sha256 == first.evidence.sha256
    assert (again.evidence.excerpt, again.facts["days"]) == (first.evidence.excerpt, first.facts["days"])


def test_a_page_without_a_mark_is_asked_for_whole(office, server):
    begun(office, server, 要闻="/a/")
    through()
    assert visiting.earlier([server.url + "/a/"]) == {}


def test_the_register_is_no_door_into_the_net(office, monkeypatch):
    site = outlet(office, "内网", Platform.SITE, url="http://127.0.0.1:1/")
    made = drawn(office, 2026, 3, AT.date(), canaries=[{"url": site.url, "expect": "private"}])
    actions.start(made, by=office.inspector, at=AT)
    assert "访问了1个" in jobs.visit(at=AT) and Visit.objects.filter(facts__reached="private").count() == 1
    assert Outlet.objects.get().evidence.filter(reached="ok").count() == 0


def test_the_command_looks_at_one_page(server, settings, monkeypatch):
    monkeypatch.setattr(visiting, "polite", polite)
    out = io.StringIO()
    call_command("inspect", "page", server.url + "/", "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert (found["reached"], found["foot"]["id_code"], found["like_an_absent_page"]) == (
        "ok",
        "3302110001",
        False,
    )
    out = io.StringIO()
    call_command("inspect", "page", "http://10.0.0.1/", stdout=out)
    assert "内部网络" in out.getvalue()
