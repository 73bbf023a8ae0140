"""旧网址:只在本站没有的时候查,三种结果,不绕圈,不泄露撤下的;来访计数不在请求里写库;成批导入。"""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from gongkai.records import actions as records
from gongkai.web import actions, logs
from gongkai.web.models import OldAddress, UnknownAddress
from gongkai.web.publisher import rendering
from gongkai.web.redirects import normal, plan
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def old(path: str, kind: str = "redirect", **rest) -> OldAddress:
    return actions.save_address(OldAddress(path=path, kind=kind, **rest), by=None, at=AT)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("http://www.old.example/art/1.html#top", "/art/1.html"),
        ("/info.jsp?b=2&a=1&", "/info.jsp?a=1&b=2"),
        ("/%E9%80%9A%E7%9F%A5.htm", "/通知.htm"),
        ("/%D6%D0.htm", "/%D6%D0.htm"),
        ("  /a b.htm ", "/a b.htm"),
    ],
)
def test_one_spelling(given, kept):
    assert normal(given) == kept == normal(kept)


@pytest.mark.parametrize("given", ["", "art/1.html", "ftp://x/y", "/" + "x" * 500, "http://[", "mailto:a@b"])
def test_what_is_no_address(given):
    with pytest.raises(RuleBroken):
        normal(given)


def test_three_kinds(client, office):
    record = office.publish()
    old("/art/1.html", target=record.get_absolute_url())
    old("/info.jsp?id=7", target="https://other.example/x?y=1")
    old("/col/9.html", target="/records/?duty=normative")
    old("/topic/", "page", note="专题已经结束。", target=record.get_absolute_url())
    old("/lost.html", "gone", note="活动已经结束，不再提供。")
    for address, to in (
        ("/art/1.html", record.get_absolute_url()),
        ("/art/1.html?from=weixin", record.get_absolute_url()),
        ("/info.jsp?id=7", "https://other.example/x?y=1"),
        ("/col/9.html", "/records/?duty=normative"),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, to), address
        assert answer["Cache-Control"] == "no-cache" and not answer.cookies
    page = client.get("/topic/")
    assert page.status_code == 200 and "专题已经结束" in page.content.decode()
    assert record.get_absolute_url() in page.content.decode() and record.title not in page.content.decode()
    gone = client.get("/lost.html")
    assert (
        gone.status_code == 410
        and "不再提供" in gone.content.decode()
        and "canonical" not in gone.content.decode()
    )
    assert client.get("/info.jsp?id=8").status_code == 404
    assert client.post("/art/1.html").status_code in (403, 404)
    assert client.get("/desk/none/").status_code == 404


def test_only_what_the_public_may_know_of(client, office):
    later = office.sign(office.draft(title="定时"), publish_at=AT.replace(year=2099))
    secret, back = office.publish(title="甲"), office.publish(title="乙")
    for n, record in enumerate((later, secret, back)):
        old(f"/{n}.html", target=f"/records/{record.pk}/")
        old(f"/{n}.htm", "page", record=record)
    records.withdraw(secret, "confidential", reason="核对", on=AT.date(), by=office.office, at=AT)
    records.withdraw(back, "retracted", reason="核对", on=AT.date(), by=office.office, at=AT)
    plain = client.get("/no-such.html").content
    for n in (0, 1):
        for end in ("html", "htm"):
            answer = client.get(f"/{n}.{end}")
            assert answer.status_code == 404 and answer.content == plain
    assert client.get("/2.html").status_code == 301 and client.get("/2.html", follow=True).status_code == 410


def test_what_is_refused(office):
    record = office.publish()
    old("/a.html", target=record.get_absolute_url())
    for path, kind, target in (
        (record.get_absolute_url(), "gone", ""),
        ("/", "redirect", "/records/"),
        ("/desk/x/y/z/", "gone", ""),
        ("/b.html", "redirect", "/a.html"),
        ("/b.html", "redirect", "/b.html"),
        ("/b.html", "redirect", ""),
        ("/b.html", "redirect", "/desk/"),
        ("/b.html", "redirect", "//evil.example/"),
        ("/b.html", "redirect", "javascript:alert(1)"),
        ("/b.html", "redirect", "/records/999999/"),
        ("/b.html", "redirect", office.draft().record.get_absolute_url()),
        ("/b.html", "redirect", "https://www.minghu.example/a.html"),
        ("/b.html", "gone", "/records/"),
        ("/a.html", "gone", ""),
    ):
        with pytest.raises(RuleBroken):
            old(path, kind, target=target)
    assert OldAddress.objects.count() == 1


def test_visits_are_counted_from_the_file_and_never_in_the_request(client, office, django_assert_num_queries):
    address = old("/art.jsp?id=1", target="/records/")
    before = LogEntry.objects.count()
    for _ in range(3):
        client.get("/art.jsp?id=1")
    for path in ("/没有.html?name=张三", "/没有.html", "/also not", "/static/none.css", "/desk/none/"):
        client.get(path)
    with django_assert_num_queries(3):
        client.get("/third.html")
    assert rendering.render("/fourth.html") is None
    text = logs.missing().read_text()
    assert "张三" not in text and "127.0.0.1" not in text and "fourth" not in text and "desk" not in text
    assert actions.count_missing(timezone.now()) == 7
    assert actions.count_missing(timezone.now()) == 0
    address.refresh_from_db()
    assert (address.hits, address.last_hit_on) == (3, timezone.localdate())
    assert dict(UnknownAddress.objects.most(date(2020, 1, 1))) == {
        "/没有.html": 2,
        "/also not": 1,
        "/third.html": 1,
    }
    client.get("/third.html")
    actions.count_missing(timezone.now())
    old("/没有.html", "gone")
    assert list(UnknownAddress.objects.most(date(2020, 1, 1))) == [("/third.html", 2), ("/also not", 1)]
    assert LogEntry.objects.count() == before + 1


def test_a_flood_of_made_up_addresses_stays_small(client, office, monkeypatch):
    monkeypatch.setattr(actions.visits, "MOST", 3)
    monkeypatch.setattr(actions.visits, "ROTATED", 10)
    for n in range(6):
        client.get(f"/{n}.php")
    assert actions.count_missing(timezone.now()) == 6
    client.get("/0.php")
    client.get("/7.php")
    actions.count_missing(timezone.now())
    assert dict(UnknownAddress.objects.values_list("path", "n")) == {
        "/0.php": 2,
        "/1.php": 1,
        "/2.php": 1,
        actions.visits.OTHERS: 4,
    }


def test_a_full_disk_takes_no_page_away(client, office, settings, tmp_path):
    settings.GONGKAI_DATA = tmp_path / "file"
    settings.GONGKAI_DATA.write_text("")
    assert client.get("/none.html").status_code == 404


TABLE = """旧网址,种类,去处,说明
/a.html,跳转,/records/,
http://old.example/b.html,存档页,,已经归档
/c.html,,,
/a.html,跳转,/agencies/,
/d.html,搬走,/records/,
/e.html,跳转,/a.html,
,,,

/f.html,,https://other.example/,
"""


def test_import_with_preview(office):
    made = plan(TABLE.encode("gb18030"), "旧.csv")
    assert made.counts == {"新增": 4, "修改": 0, "相同": 0, "重复": 1, "退回": 2}
    assert [(line.row, line.verdict) for line in made.doubtful] == [(5, "重复"), (6, "退回"), (7, "退回")]
    assert OldAddress.objects.count() == 0
    assert actions.import_addresses(made, "旧.csv", by=office.office, at=AT) == 4
    assert dict(OldAddress.objects.values_list("path", "kind")) == {
        "/a.html": "redirect",
        "/b.html": "page",
        "/c.html": "gone",
        "/f.html": "redirect",
    }
    OldAddress.objects.filter(path="/a.html").update(hits=5)
    again = plan(TABLE.replace("/a.html,跳转,/records/", "/a.html,跳转,/places/").encode(), "旧.csv")
    assert again.counts == {"新增": 0, "修改": 1, "相同": 3, "重复": 1, "退回": 2}
    actions.import_addresses(again, "旧.csv", by=office.office, at=AT)
    one = OldAddress.objects.get(path="/a.html")
    assert (one.target, one.hits) == ("/places/", 5)
    with pytest.raises(RuleBroken):
        plan(b"name\n1\n", "x.csv")


def test_the_command(office, tmp_path, capsys):
    file = tmp_path / "旧.csv"
    file.write_text(TABLE)
    call_command("redirects", "import", str(file), "--dry-run")
    assert OldAddress.objects.count() == 0
    call_command("redirects", "import", str(file))
    seen = capsys.readouterr()
    assert OldAddress.objects.count() == 4 and "6\t退回\t/d.html" in seen.out and "新增4行" in seen.err
    with pytest.raises(CommandError):
        call_command("redirects", "import", str(tmp_path / "none.csv"))


def test_the_desk(client, office, tmp_path):
    client.force_login(office.office)
    answer = client.post(
        reverse("desk:new_redirect"), {"path": "/x.html", "kind": "redirect", "target": "/y.html"}
    )
    assert answer.status_code == 422 and "直接填最后的去处" in answer.content.decode()
    client.post(reverse("desk:new_redirect"), {"path": "/x.html", "kind": "redirect", "target": "/records/"})
    one = OldAddress.objects.get()
    page = client.get(one.get_absolute_url()).content.decode()
    assert "/x.html" in page and "/records/" in page
    client.post(one.get_absolute_url(), {"path": "/x.html", "kind": "gone", "target": "", "note": "结束"})
    one.refresh_from_db()
    assert (one.kind, one.target, one.record) == ("gone", "", None)
    upload = tmp_path / "旧.csv"
    upload.write_text(TABLE)
    with upload.open("rb") as file:
        page = client.post(reverse("desk:import_redirects"), {"file": file}).content.decode()
    assert "还没有收下" in page and "搬走" in page and OldAddress.objects.count() == 1
    with upload.open("rb") as file:
        client.post(reverse("desk:import_redirects"), {"file": file, "take": "1"})
    assert OldAddress.objects.count() == 5
    listed = client.get(reverse("desk:redirects"), {"q": "b.html", "sort": "hits"}).content.decode()
    assert "/b.html" in listed and "/c.html" not in listed
    table = b"".join(client.get(reverse("desk:redirects"), {"format": "csv"}).streaming_content)
    assert plan(table, "导出.csv").counts["相同"] == 5
    client.post(reverse("desk:drop_redirect", args=[one.pk]))
    assert OldAddress.objects.count() == 4
    client.get("/nothing.html")
    actions.count_missing(timezone.now())
    assert "/nothing.html" in client.get(reverse("desk:unknown_addresses")).content.decode()


def test_canonical_addresses(client, office):
    record = office.publish()
    site = "https://www.minghu.example"
    for address, wanted in (
        ("/", "/"),
        (record.get_absolute_url(), record.get_absolute_url()),
        (f"{record.get_absolute_url()}print/", record.get_absolute_url()),
        ("/records/?duty=normative&after=x", "/columns/normative/"),
        ("/columns/normative/", "/columns/normative/"),
        ("/records/?year=2024&agency=MH0101", "/records/?agency=MH0101&amp;year=2024"),
        ("/search/?q=x", "/search/"),
    ):
        text = client.get(address).content.decode()
        assert f'<link rel="canonical" href="{site}{wanted}">' in text, address
    assert "canonical" not in client.get("/nothing/").content.decode()
