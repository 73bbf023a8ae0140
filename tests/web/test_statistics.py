"""访问统计:数得准、读一半停下也不重数、不记是谁;按岗位看;新的一版从最热的写起;granian 写的日志也读得了。"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.records import actions as records
from gongkai.web import actions, logs, visits
from gongkai.web.models import LogReading, PageCount
from gongkai.web.publisher import pages, publisher
from tests.records.office import AT, Office
from tests.web.publisher.test_files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def visited(*addresses: str, day: str = "2026-11-26", status: int = 200, method: str = "GET") -> None:
    logs.folder().mkdir(parents=True, exist_ok=True)
    with logs.pages().open("a") as file:
        file.writelines(f"{day}T08:00:00+08:00 {method} {status} {quote(one, safe='/?=')}\n" for one in addresses)


def counted() -> dict[str, int]:
    actions.count_pages()
    return dict(PageCount.objects.order_by("path").values_list("path", "n"))


def test_what_is_counted(office):
    assert actions.count_pages() == 0
    edition = office.draft()
    actions_file = records.attach(edition, "附件 一.pdf", PDF, by=office.clerk, at=AT)
    record = office.sign(office.fresh(edition))
    own, file = record.get_absolute_url(), f"/files/{actions_file.pk}/附件 一.pdf"
    visited(
        "/",
        own,
        own,
        f"{own}print/",
        file,
        "/records/?q=张三",
        "/feeds/all.atom",
        "/records/99999999999999999999/",
    )
    visited("/", own, status=304)
    visited("/", status=500)
    visited("/old.html", status=404)
    visited("/", method="HEAD")
    visited("/desk/", "/account/login/", "/static/x.css", "/outside-review/token/", "/no/such/")
    wanted = {"/": 2, own: 3, f"{own}print/": 1, file: 1, "/records/": 1, "/feeds/all.atom": 1}
    assert counted() == wanted | {"/records/99999999999999999999/": 1}
    assert set(PageCount.objects.exclude(record=None).values_list("path", flat=True)) == {
        own,
        f"{own}print/",
        file,
    }


def test_each_line_once_also_after_a_failure_and_a_rotation(office, monkeypatch):
    visited("/", "/", "/places/")
    assert counted() == {"/": 2, "/places/": 1}
    visited("/")
    with monkeypatch.context() as patch:
        patch.setattr(actions.visits, "_add_pages", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.count_pages()
    logs.pages().rename(logs.folder() / "pages.log.1")
    visited("/places/", "/guide/")
    assert counted() == {"/": 3, "/guide/": 1, "/places/": 2}
    assert counted() == {"/": 3, "/guide/": 1, "/places/": 2}
    assert LogReading.objects.count() == 1


def test_the_day_is_that_of_the_office(office):
    logs.folder().mkdir(parents=True)
    logs.pages().write_text("2026-11-25 23:30:00 +0000 GET 200 /\n")
    actions.count_pages()
    assert PageCount.objects.get().day == date(2026, 11, 26)


def test_figures(office):
    other = Office(code="MH0112", name="明湖区住房和城乡建设局")
    mine, theirs = office.publish(title="甲"), other.publish("notice", title="乙")
    for day, times in (("2026-11-25", 1), ("2026-11-26", 3)):
        visited(*[mine.get_absolute_url()] * times, theirs.get_absolute_url(), "/", day=day)
    actions.count_pages()
    since, until = date(2026, 11, 24), date(2026, 11, 26)
    rows = PageCount.objects.between(since, until)

    def seen(by):
        return [(one.label, one.n, one.share) for one in visits.figures(rows, by, since, until)]

    assert seen("") == [("2026-11-26", 5, 100), ("2026-11-25", 3, 60), ("2026-11-24", 0, 0)]
    assert seen("agency") == [("明湖区人民政府办公室", 4, 100), ("明湖区住房和城乡建设局", 2, 50)]
    assert [n for _, n, _ in seen("column")] == [4, 2]
    assert seen("record") == [("甲", 4, 100), ("乙", 2, 50)]
    assert seen("page")[0] == (mine.get_absolute_url(), 4, 100)
    assert PageCount.objects.visible_to(office.office).count() == 6
    assert {one.record_id for one in PageCount.objects.visible_to(other.head)} == {theirs.pk}
    assert not PageCount.objects.visible_to(office.clerk)


def test_the_desk(client, office):
    record = office.publish(title="=甲")
    day = timezone.localdate().isoformat()
    visited(record.get_absolute_url(), record.get_absolute_url(), "/", day=day)
    client.force_login(office.office)
    assert "没有数到访问" in client.get(reverse("desk:statistics")).content.decode()
    actions.count_pages()
    page = client.get(reverse("desk:statistics"), {"by": "record", "duty": record.duty}).content.decode()
    assert "=甲" in page and '<span class="num">2</span>次' in page
    table = client.get(reverse("desk:statistics"), {"by": "record", "format": "csv"}).content.decode()
    assert "'=甲,2" in table
    assert (
        client.get(reverse("desk:statistics"), {"since": "1900-01-01", "until": "9999-12-31"}).status_code == 200
    )
    client.force_login(office.clerk)
    assert client.get(reverse("desk:statistics")).status_code == 403


def test_a_new_folder_is_filled_hottest_first(office, monkeypatch):
    made = [office.publish(title=f"第{n}件") for n in range(5)]
    cold, hot = made[4], made[1]
    visited(
        *[hot.get_absolute_url()] * 9,
        *[made[0].get_absolute_url()] * 4,
        *["/places/"] * 6,
        "/apply/online/",
        "/records/424242/",
    )
    actions.count_pages()
    monkeypatch.setattr(publisher, "version", lambda: "next")
    monkeypatch.setattr(publisher, "render", lambda address: order.append(address) or None)
    order: list[str] = []
    publisher.fill(AT + timedelta(hours=3))
    assert order[:3] == [hot.get_absolute_url(), "/places/", made[0].get_absolute_url()]
    publisher.fill(AT + timedelta(hours=3))
    assert set(pages.lists()) <= set(order) and cold.get_absolute_url() in order
    assert order.index(cold.get_absolute_url()) > max(order.index(one) for one in pages.lists())


APP = "def application(environ, start):\n    start('200 OK', [('Content-Length', '2')])\n    return [b'ok']\n"


def test_granian_writes_such_a_log(tmp_path, live_server_port):
    (tmp_path / "tiny.py").write_text(APP)
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(live_server_port),
            "--workers",
            "1",
            *logs.granian_options(),
            "tiny:application",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}", "PATH": "/usr/bin:/bin"},
    )
    try:
        base = f"http://127.0.0.1:{live_server_port}"
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/desk/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        for address in ("/", "/records/?q=1", quote("/files/1/附件 一.pdf")):
            urllib.request.urlopen(base + address, timeout=5).close()
        for _ in range(50):
            if logs.pages().is_file() and logs.pages().read_text().count("\n") >= 3:
                break
            time.sleep(0.1)
    finally:
        process.terminate()
        process.wait(10)
    text = logs.pages().read_text()
    assert "127.0.0.1" not in text and "q=1" not in text and "desk" not in text
    assert counted() == {"/": 1, "/files/1/附件 一.pdf": 1, "/records/": 1}


@pytest.fixture
def live_server_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_reach_of_policies_counts_pages_from_the_log(db, office):
    from gongkai.policies import reach

    record = office.publish()
    days = (date(2026, 1, 1), date(2026, 1, 31))
    assert reach._page_count([record.get_absolute_url()], *days) is None, "没有读过日志,不是零次"
    LogReading.objects.create(log="n:pages.log")
    assert visits.opened([record.get_absolute_url()], *days) == 0
    for day, path, n in (
        (date(2026, 1, 2), record.get_absolute_url(), 3),
        (date(2026, 1, 9), "/", 7),
        (date(2026, 2, 1), record.get_absolute_url(), 5),
    ):
        PageCount.objects.create(day=day, path=path, n=n)
    assert reach._page_count([record.get_absolute_url()], *days) == 3
