"""坏了的、种进去的、半途留下的文件:不发出去,核对时拿走;磁盘满了后台不退出。"""

from __future__ import annotations

import gzip
import os
import time
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import OperationalError

from gongkai.org import worker
from gongkai.records import actions, store
from gongkai.web.publisher import publisher
from tests.records.office import AT
from tests.web.publisher.test_files import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(office, reader):
    """The file of a public page and its address."""
    address = office.publish().get_absolute_url()
    filled()
    assert reader(address).from_file
    return address, publisher.tree().path(address)


@pytest.mark.parametrize(
    "content", [b"", b"not gzip", b"\x1f\x8b\x08\x00broken", gzip.compress(b"x" * 5000, mtime=0)[:20]]
)
def test_a_damaged_file_is_answered_by_the_application_and_taken_away(reader, page, content):
    """It once was an error 500 for as long as the file lay there."""
    address, path = page
    path.write_bytes(content)
    answer = reader(address, accept_encoding="")
    assert answer.status == 200 and not answer.from_file and "绿化" in answer.text
    assert not path.exists()
    filled()
    assert reader(address).from_file


def test_another_content_of_the_same_size_and_time_is_found_by_its_digest(reader, page):
    address, path = page
    about = path.stat()
    planted = gzip.compress(b"<p>planted</p>", mtime=0)
    path.write_bytes(planted + b"\0" * (about.st_size - len(planted)))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert publisher.check(AT) == 1 and not path.exists()
    filled()
    assert "绿化" in reader(address).text


def test_a_stranger_in_the_tree_is_removed(reader, page):
    _, path = page
    stranger = path.with_name("999999.html.gz")
    stranger.write_bytes(gzip.compress(b"planted"))
    assert publisher.check(AT) == 1 and not stranger.exists()


def test_a_damaged_attachment_is_neither_sent_nor_put_back(reader, office, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    edition = office.draft()
    content = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n" + b" " * 200
    attachment = actions.attach(edition, "名单.pdf", content, by=office.clerk, at=AT)
    office.sign(office.fresh(edition))
    filled()
    address = f"/files/{attachment.pk}/名单.pdf"
    assert reader(quote(address)).from_file
    stored = store.path_of(attachment.sha256)
    about = stored.stat()
    stored.chmod(0o640)
    with stored.open("r+b") as file:
        file.write(b"%PDF-1.4\nplanted")
    os.utime(stored, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert publisher.check(AT) >= 1
    filled()
    answer = reader(quote(address))
    assert not answer.from_file and answer.status == 404
    # 把原件再传一次就好了
    assert store.keep(content) == attachment.sha256
    publisher.manifest().want([address], 0)
    filled()
    assert reader(quote(address)).from_file


def test_leftovers_of_a_dead_writer_go_and_fresh_ones_stay(page, monkeypatch):
    _, path = page
    old = path.with_name(".new-0000000000000000")
    old.write_bytes(b"half")
    publisher.check(AT)
    assert old.exists()
    later = time.time() + 7200
    monkeypatch.setattr("gongkai.adapters.publictree.tree.time.time", lambda: later)
    publisher.check(AT)
    assert not old.exists()


@pytest.mark.parametrize(
    "trouble", [OSError(28, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_does_not_end_the_worker(monkeypatch, caplog, trouble):
    rounds = iter([trouble, KeyboardInterrupt()])

    def run(*args):
        raise next(rounds)

    monkeypatch.setattr(worker, "run", run)
    monkeypatch.setattr("gongkai.org.management.commands.worker.AFTER_TROUBLE", 0)
    call_command("worker")
    assert "这一轮没有做成" in caplog.text
