"""收本单位的旧网站:只去登记的主机,每个网址一行一个理由,断了接着收,同一件不收两次,旧网址转到公开的信息。"""

import gzip

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from gongkai.adapters import warc
from gongkai.backfile import actions, visiting
from gongkai.backfile.actions import crawling
from gongkai.backfile.models import Address, Item, OldSite
from gongkai.law.errors import RuleBroken
from gongkai.records import sealed_files
from tests.backfile.old_site import old_site, quick, through
from tests.backfile.test_opening_and_handover import reviewed
from tests.records.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture
def server():
    one = old_site()
    yield one
    one.close()


def declared(office, server, at, **values) -> OldSite:
    given = {"name": "原交通局网站", "start": server.url + "/", "hosts": "", "basis": "标识码3302110001"} | values
    return actions.declare_site(office.agency, given, by=office.office, at=at)


def crawled(office, server, at):
    intake = actions.begin_crawl(declared(office, server, at), fonds="1046", by=office.clerk, at=at)
    through(at)
    intake.refresh_from_db()
    return intake


def results(intake) -> dict[str, tuple[str, str]]:
    base = intake.site.start.rstrip("/")
    return {one.url.removeprefix(base): (one.state, one.reason) for one in intake.addresses.all()}


def test_every_address_has_a_row_and_a_reason(office, server, at):
    intake = crawled(office, server, at)
    found = results(intake)
    assert intake.opened and not intake.trouble
    assert {path for path, (state, _) in found.items() if state == "paper"} == {
        "/show.asp?id=1",
        "/show.asp?id=2",
        "/files/3.txt",
    }
    assert {path for path, (state, _) in found.items() if state == "list"} == {
        "/",
        "/menu.htm",
        "/list.asp?type=1",
        "/list.asp?type=%CD%A8%D6%AA",
        "/old/",
    }
    assert found["/img/scan.png"] == ("kept", "网页里的图。")
    assert found["/moved.htm"][0] == "moved" and found["/moved.htm"][1].endswith("/show.asp?id=2")
    assert found["/away.htm"] == ("left", "转到别的网站（other.example），没有跟去。")
    assert found["/inside.htm"] == ("left", "转到别的网站（10.0.0.1），没有跟去。")
    assert found["/private/1.htm"][0] == "left" and "robots.txt" in found["/private/1.htm"][1]
    assert found["/none.htm"] == ("failed", "不存在。")
    asked = [path for path, _ in server.asked]
    assert not any("private" in path or "sid=" in path for path in asked)
    assert all(asked.count(path) == 1 for path in asked if path not in ("/robots.txt", "/show.asp?id=2"))


def test_pages_become_papers_with_their_old_address(office, server, at):
    crawled(office, server, at)
    actions.read_waiting(at=at)
    one = Item.objects.get(old_path="/show.asp?id=1")
    assert (one.doc_number, one.title, one.state) == (
        "明政办发〔2006〕1号",
        "关于做好农村道路养护工作的通知",
        "checking",
    )
    assert one.old_address == server.url + "/show.asp?id=1" and one.fonds == "1046"
    assert Item.objects.count() == 3


def test_what_came_is_kept_as_an_archive_that_can_be_read_back(office, server, at):
    intake = crawled(office, server, at)
    address = intake.addresses.select_related("archive").get(url__endswith="/show.asp?id=1")
    content = sealed_files.read(address.archive.sha256)
    answer = next(warc.answers(content[address.offset :]))
    assert answer.url == address.url and answer.status == 200 and "养护".encode("gb18030") in answer.body
    assert gzip.decompress(content).startswith(b"WARC/1.1\r\nWARC-Type: warcinfo")
    assert sum(1 for one in warc.answers(content)) == address.archive.count


def test_a_power_cut_loses_nothing_and_fetches_nothing_twice(office, server, at, monkeypatch):
    intake = actions.begin_crawl(declared(office, server, at), by=office.clerk, at=at)
    monkeypatch.setattr(visiting, "BATCH", 2)
    whole, calls = crawling.entered, []

    def cut(*given):
        calls.append(given)
        if len(calls) == 1:
            raise OSError("没有电了")
        return whole(*given)

    monkeypatch.setattr(crawling, "entered", cut)
    with pytest.raises(OSError):
        through(at)
    before = {one.pk for one in intake.addresses.exclude(state="waiting")}
    assert before and not Item.objects.exists()
    asked = len(server.asked)
    through(at)
    assert Item.objects.count() == 3 and actions.begin_crawl(intake.site, by=office.clerk, at=at)
    again = [path for path, _ in server.asked[asked:] if path != "/robots.txt"]
    assert "/menu.htm" not in again and "/" not in again


def test_a_second_crawl_makes_nothing_twice(office, server, at):
    first = crawled(office, server, at)
    server.answers["/files/3.txt"] = (200, {"Content-Type": "text/plain"}, "改过的".encode("gb18030") * 200)
    second = actions.begin_crawl(first.site, by=office.clerk, at=at)
    through(at)
    assert Item.objects.counted().count() == 3
    states = set(second.items.values_list("state", "reason"))
    assert all(state == "copy" and "同一网址收过" in reason for state, reason in states)


def test_a_stopped_crawl_rests_and_a_second_one_is_not_begun(office, server, at):
    intake = actions.begin_crawl(declared(office, server, at), by=office.clerk, at=at)
    with pytest.raises(RuleBroken, match="正在收"):
        actions.begin_crawl(intake.site, by=office.clerk, at=at)
    actions.stop(intake, True, by=office.clerk, at=at)
    assert visiting.crawl(at, by=quick()) == (0, 0)
    actions.stop(intake, False, by=office.clerk, at=at)
    assert visiting.crawl(at, by=quick())[0] == 1
    actions.end_site(intake.site, by=office.office, at=at)
    assert visiting.crawl(at, by=quick()) == (0, 0)
    with pytest.raises(RuleBroken, match="不再去"):
        actions.begin_crawl(intake.site, by=office.clerk, at=at)


def test_a_private_network_is_not_entered_even_by_the_name_that_was_declared(office, server, at):
    intake = actions.begin_crawl(declared(office, server, at), by=office.clerk, at=at)
    visiting.crawl(at, by=quick(also=frozenset()))
    one = intake.addresses.get()
    assert one.state == "left" and "内部网络的地址" in one.reason and not server.asked


def test_a_site_that_no_longer_answers_is_left_alone(office, server, at, monkeypatch):
    monkeypatch.setattr(crawling, "IN_A_ROW", 3)
    server.answers = {"/": (200, {}, b"<a href=/1>1</a><a href=/2>2</a><a href=/3>3</a>"), "*": (503, {}, b"")}
    intake = actions.begin_crawl(declared(office, server, at), by=office.clerk, at=at)
    visiting.crawl(at, by=quick(unasked=frozenset(intake.site.hosts)))
    visiting.crawl(at, by=quick(unasked=frozenset(intake.site.hosts)))
    intake.refresh_from_db()
    assert intake.stopped and "连着3个网址没有取到（拒绝访问）" in intake.trouble


def test_a_page_without_end_is_bounded(office, server, at, monkeypatch):
    monkeypatch.setattr(crawling, "VARIANTS", 5)
    links = "".join(f"<a href='/day.asp?d={n}'>{n}</a>" for n in range(20)).encode()
    server.answers |= {"/": (200, {}, links), "/day.asp": (200, {}, links)}
    intake = crawled(office, server, at)
    left = intake.addresses.filter(state="left")
    assert left.count() <= 20 and all("自动生成" in one.reason for one in left)
    monkeypatch.setattr(crawling, "DEEPEST", 0)
    again = actions.begin_crawl(intake.site, by=office.clerk, at=at)
    through(at)
    assert all("超过0步" in one.reason for one in again.addresses.filter(depth=1))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"start": "ftp://old.example/"}, "不是网址"),
        ({"hosts": "http://x/"}, "不是主机名"),
        ({"start": "http://www.minghu.example/"}, "是本站"),
        ({"basis": " "}, "凭什么"),
    ],
)
def test_what_is_not_declared(office, server, at, values, why):
    with pytest.raises(RuleBroken, match=why):
        declared(office, server, at, **values)


def test_only_the_district_office_declares(office, server, at):
    with pytest.raises(PermissionDenied):
        actions.declare_site(office.agency, {"start": server.url}, by=office.clerk, at=at)


def test_old_addresses_lead_to_what_was_opened(office, server, at, client):
    intake = crawled(office, server, at)
    actions.read_waiting(at=at)
    items = list(intake.items.filter(old_path__startswith="/show").order_by("old_path"))
    assert client.get("/show.asp?id=1").status_code == 404
    batch = reviewed(office, at, [actions.confirm(one, {}, by=office.clerk, at=at) for one in items])
    actions.publish(batch, by=office.head, at=at)
    records = {one.old_path: one.record for one in Item.objects.exclude(record=None)}
    for path, to in (("/show.asp?id=1", 1), ("/show.asp?id=2", 2), ("/moved.htm", 2)):
        answer = client.get(path)
        assert answer.status_code == 301, path
        assert answer["Location"] == records[f"/show.asp?id={to}"].get_absolute_url()
    assert client.get("/show.asp?id=9").status_code == 404 and client.get("/files/3.txt").status_code == 404


def test_the_pages_of_the_desk(office, server, at, client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    client.force_login(office.office)
    given = {"agency": office.agency.pk, "name": "旧站", "start": server.url + "/", "basis": "备案号"}
    assert client.post(reverse("desk:backfile_declare"), given).status_code == 302
    old = OldSite.objects.get()
    client.force_login(office.clerk)
    assert "还没有收" in client.get(reverse("desk:backfile_sites")).content.decode()
    begun = client.post(reverse("desk:backfile_crawl", args=[old.pk]), {"fonds": ""})
    through(at)
    intake = old.intakes.get()
    assert begun["Location"] == intake.get_absolute_url()
    url = reverse("desk:backfile_visits", args=[intake.pk])
    shown = client.get(url + "?state=left").content.decode()
    assert "没有跟去" in shown and "/menu.htm" not in shown and "第1段" in shown
    table = b"".join(client.get(url + "?format=csv")).decode()
    assert len(table.splitlines()) == 1 + Address.objects.count()
    kept = client.get(reverse("desk:backfile_archive", args=[intake.pk, 1]))
    assert kept.content[:2] == b"\x1f\x8b" and kept["Cache-Control"] == "no-store"
    assert client.get(reverse("desk:backfile_archive", args=[intake.pk, 99])).status_code == 404
