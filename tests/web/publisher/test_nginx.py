"""真的 nginx,照 ``deploy/`` 的配置:有文件就发,没有就到应用程序,头与程序自己发的一样。"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.engagement import actions as engagement
from gongkai.engagement.models import Interview
from gongkai.records import actions as records
from gongkai.web import actions, headers, logs
from gongkai.web.models import PageCount
from gongkai.web.publisher import pages, publisher
from tests.engagement.test_interviews import END, START, under_way
from tests.records.office import AT, Office
from tests.web.publisher.test_files import PDF, filled

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


def test_the_headers_are_those_of_the_program():
    from tests.web.publisher.nginx import DEPLOY

    wanted = [f'add_header {name} "{value}";' for name, value in headers.PUBLIC.items()]
    lines = (DEPLOY / "gongkai-headers.conf").read_text("utf-8").splitlines()
    assert sorted(line for line in lines if line.startswith("add_header")) == sorted(wanted)


def test_what_the_configuration_includes_is_deployed():
    """Every file that nginx includes from beside itself is in the folder, in the compose file and in the guide."""
    import re

    from tests.web.publisher.nginx import DEPLOY

    text = "".join((DEPLOY / name).read_text("utf-8") for name in ("nginx.conf", "gongkai-page.conf"))
    named = set(re.findall(r"include (gongkai-[\w-]+\.conf);", text))
    assert named == {"gongkai-headers.conf", "gongkai-page.conf"}
    guide = (DEPLOY.parent / "docs" / "how-to" / "deploy.md").read_text("utf-8")
    for name in named:
        assert (DEPLOY / name).is_file() and f"/etc/nginx/{name}" in guide
        assert f"/etc/nginx/{name}" in (DEPLOY / "compose.yml").read_text("utf-8")


def test_files_first_then_the_application(nginx):
    office = Office()
    edition = office.draft()
    records.attach(edition, "附件 一.pdf", PDF, by=office.clerk, at=AT)
    record = office.sign(office.fresh(edition))
    address = record.get_absolute_url()
    before = nginx(address)
    assert before.status == 200 and not before.from_file
    filled()
    plain, packed = nginx(address), nginx(address, accept_encoding="gzip")
    assert plain.from_file and plain.text == before.text == packed.text
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Type"] == before.headers["Content-Type"]
    for name, value in headers.PUBLIC.items():
        assert packed.headers[name] == before.headers[name] == value
    assert "Set-Cookie" not in packed.headers and packed.headers["Vary"] == "Accept-Encoding"
    assert nginx(address, accept_encoding="gzip", if_none_match=packed.headers["ETag"]).status == 304
    assert nginx(address, method="HEAD").body == b""
    for one in pages.lists():
        assert nginx(one).from_file, one
    # 带查询串的、不是 GET 的、文件名、别的网页,都到应用程序
    assert nginx("/records/?year=2024").status == 200 and not nginx("/records/?year=2024").from_file
    assert nginx(address, method="POST", content_length="0").status in (200, 403, 405)
    for alias in (
        f"{address[:-1]}.html",
        f"{address[:-1]}.html.gz",
        "/index.html",
        "/manifest.sqlite3",
        "/../manifest.sqlite3",
    ):
        assert nginx(alias).status in (400, 404), alias
    (file,) = pages.files_of(AT)
    whole = nginx(file)
    assert whole.body == PDF and whole.from_file and whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Content-Disposition"] == "attachment"
    assert nginx(file, range="bytes=0-3").body == PDF[:4]


def test_gone_the_moment_it_is_withdrawn(nginx):
    office = Office()
    edition = office.draft()
    records.attach(edition, "附件.pdf", PDF, by=office.clerk, at=AT)
    record = office.sign(office.fresh(edition))
    filled()
    address, (file,) = record.get_absolute_url(), pages.files_of(AT)
    assert nginx(address).from_file and nginx(file).from_file
    records.withdraw(record, "retracted", reason="发错", on=AT.date(), by=office.office, at=AT)
    assert nginx(address).status == 410 and nginx(file).status == 404
    assert record.title not in nginx("/").text and record.title not in nginx("/records/").text
    filled()
    assert nginx(address).status == 410 and nginx(file).status == 404 and nginx("/records/").from_file


def test_an_interview_under_way_is_two_files_that_go_with_every_line(nginx):
    """A reader's page asks for the small file every ten seconds: nginx gives it, and never one that lacks a line."""
    office = Office()
    made, *_ = under_way(office)
    now = timezone.now()  # 网站照真的时刻说:过了那一天就不是正在进行
    Interview.objects.filter(pk=made.pk).update(starts_at=now, ends_at=now + timedelta(hours=1))
    made.refresh_from_db()
    page, live = (reverse(f"public:{name}", args=[made.pk]) for name in ("interview", "interview_live"))
    before = nginx(live)
    assert before.status == 200 and not before.from_file
    filled()
    first = nginx(live, accept_encoding="gzip")
    assert first.from_file and first.headers["Content-Type"] == before.headers["Content-Type"]
    assert nginx(live).text == before.text and json.loads(before.text)["state"] == "live"
    for name, value in headers.PUBLIC.items():
        assert first.headers[name] == value
    assert nginx(live, accept_encoding="gzip", if_none_match=first.headers["ETag"]).status == 304
    assert nginx(page).from_file
    engagement.say(made, "主持人", "再问一句。", by=office.clerk, at=START)
    for address in (page, live):
        again = nginx(address, if_none_match=first.headers["ETag"])
        assert again.status == 200 and not again.from_file and "再问一句。" in again.text
    filled()
    again = nginx(live, accept_encoding="gzip", if_none_match=first.headers["ETag"])
    assert (again.status, again.from_file) == (200, True) and "再问一句。" in nginx(live).text
    engagement.close_interview(made, by=office.clerk, at=END)
    filled()
    assert json.loads(nginx(live).text)["state"] == "over" and nginx(live).from_file


def test_without_the_link_everything_is_given_by_the_application(nginx):
    """What the guard does when the worker has died."""
    office = Office()
    address = office.publish().get_absolute_url()
    filled()
    publisher.tree().current.unlink()
    assert nginx(address).status == 200 and not nginx(address).from_file
    filled()
    assert nginx(address).from_file


def test_the_log_names_no_visitor_and_is_counted(nginx):
    record = Office().publish()
    filled()
    for address in ("/", record.get_absolute_url(), "/records/?q=张三", "/desk/", "/outside-review/secret-token/"):
        nginx(address)
    nginx.flush()
    text = logs.pages().read_text()
    assert len(text.splitlines()) == 3
    for word in ("127.0.0.1", "?", "%E5", "desk", "token"):
        assert word not in text, word
    assert actions.count_pages() == 3
    assert dict(PageCount.objects.values_list("path", "n")) == {
        "/": 1,
        record.get_absolute_url(): 1,
        "/records/": 1,
    }
