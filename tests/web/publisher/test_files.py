"""文件怎样发:与当场给的一样,认得 304、压缩、HEAD、Range;该交给应用程序的都交给它。"""

from __future__ import annotations

import os

import pytest

from gongkai.records import actions
from gongkai.web.publisher import pages, publisher, rendering
from tests.records.office import AT

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def filled(at=AT) -> None:
    publisher.check(at)
    while publisher.fill(at):
        pass


def test_a_file_is_what_the_application_gives(office, reader):
    record = office.publish()
    address = record.get_absolute_url()
    before = reader(address)
    assert before.status == 200 and not before.from_file
    filled()
    after = reader(address)
    assert after.from_file and after.text == before.text
    for name in (
        "Cache-Control",
        "Content-Security-Policy",
        "Permissions-Policy",
        "X-Frame-Options",
        "Vary",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Content-Type",
    ):
        assert after.headers[name] == before.headers[name], name
    assert "Set-Cookie" not in after.headers
    assert set(after.headers) >= set(before.headers)


def test_every_list_is_a_file_and_the_same(office, reader):
    office.publish()
    fresh = {address: reader(address) for address in pages.lists()}
    assert all(one.status == 200 and "Set-Cookie" not in one.headers for one in fresh.values())
    filled()
    for address, one in fresh.items():
        assert reader(address).from_file and reader(address).text == one.text, address


def test_gzip_only_for_who_takes_it(office, reader):
    address = office.publish().get_absolute_url()
    filled()
    for given, packed in (
        ("gzip, br", True),
        ("br", False),
        ("gzip;q=0", False),
        ("*", True),
        ("", False),
        ("gzip;q=x", False),
    ):
        got = reader(address, accept_encoding=given)
        assert (got.headers.get("Content-Encoding") == "gzip") is packed, given
        assert "绿化" in got.text and got.from_file


def test_an_unchanged_page_costs_a_304_and_a_changed_one_does_not(office, reader):
    record = office.publish()
    address = record.get_absolute_url()
    filled()
    tag = reader(address).headers["ETag"]
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        assert reader(address, if_none_match=given).status == 304, given
    edition = actions.revise(record, change_note="更正", by=office.clerk, at=AT)
    actions.save(
        edition, {"title": "明湖区人民政府办公室关于做好春季绿化工作的通知"}, revision=1, by=office.clerk, at=AT
    )
    office.sign(office.fresh(edition))
    assert not reader(address, if_none_match=tag).from_file
    filled()
    again = reader(address, if_none_match=tag)
    assert again.status == 200 and again.from_file and "春季" in again.text
    # 同一秒里写了两版,网页服务器看的秒数也不同
    assert again.headers["ETag"] != tag


def test_head_sends_no_body(office, reader):
    address = office.publish().get_absolute_url()
    filled()
    head, get = reader(address, method="HEAD"), reader(address)
    assert head.body == b"" and head.headers["Content-Length"] == get.headers["Content-Length"]


def test_attachments_in_parts(office, reader):
    edition = office.draft()
    actions.attach(edition, "附件 一.pdf", PDF, by=office.clerk, at=AT)
    office.sign(office.fresh(edition))
    filled()
    (address,) = pages.files_of(AT)
    whole = reader(address)
    assert whole.from_file and whole.body == PDF and whole.headers["Content-Type"] == "application/pdf"
    assert "attachment" in whole.headers["Content-Disposition"]
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    size = len(PDF)
    for given, first, last in (
        ("bytes=0-3", 0, 3),
        ("bytes=5-", 5, size - 1),
        ("bytes=-4", size - 4, size - 1),
        ("bytes=2-9999", 2, size - 1),
    ):
        part = reader(address, range=given)
        assert part.status == 206 and part.body == PDF[first : last + 1], given
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{size}"
    for given in (f"bytes={size}-", "bytes=-0", "bytes=9-2"):
        assert reader(address, range=given).status == 416, given
    assert reader(address, range="lines=1-2").status == 200
    assert reader(address, range="bytes=0-3", if_range='"old"').status == 200
    assert reader(address, if_none_match=whole.headers["ETag"]).status == 304


@pytest.mark.parametrize(
    "address",
    [
        "/../secret.key",
        "/records/../../manifest.sqlite3",
        "//etc/passwd",
        "/.current",
        "/records/%00/",
        "/files/1/../../x",
        "/files/1/.new-0",
        "/%ff/",
    ],
)
def test_no_way_out_of_the_folder(office, reader, address):
    office.publish()
    filled()
    (publisher.root().parent / "secret.key").write_text("secret")
    answer = reader(address)
    assert not answer.from_file and answer.status in (400, 404)


def test_a_link_in_the_tree_is_not_followed(office, reader):
    address = office.publish().get_absolute_url()
    filled()
    path = publisher.tree().path(address)
    path.unlink()
    path.symlink_to("/etc/hostname")
    assert not reader(address).from_file


def test_questions_and_posts_go_to_the_application(office, reader):
    office.publish()
    filled()
    assert reader("/records/").from_file
    assert not reader("/records/?year=2024").from_file
    assert not reader("/records/", method="POST").from_file
    assert not reader("/apply/").from_file


@pytest.mark.parametrize("seconds", [-publisher.TRUST - 5, 3600, 40 * 86400])
def test_without_a_living_worker_no_file_is_trusted(office, reader, seconds):
    """A sign of life from long ago, or from a time still to come, left by a clock that ran ahead."""
    address = office.publish().get_absolute_url()
    filled()
    assert reader(address).from_file
    alive = publisher.root() / "alive"
    then = alive.stat().st_mtime + seconds
    os.utime(alive, (then, then))
    assert not reader(address).from_file and reader(address).status == 200


def test_what_bears_a_cookie_or_another_type_never_becomes_a_file(office):
    for address in ("/account/login/", "/apply/form.docx"):
        with pytest.raises(rendering.NotAPage):
            rendering.render(address)
    assert rendering.render("/records/9999/") is None


def test_another_node_takes_away_what_it_reads_of_in_the_log(office, reader, settings, tmp_path):
    """Each node keeps its own folder; the one that made the change has already taken its files away."""
    record = office.publish()
    address = record.get_absolute_url()
    here, there = tmp_path / "here", tmp_path / "there"
    for node in (here, there):
        settings.GONGKAI_DATA = node
        filled()
        assert reader(address).from_file
    settings.GONGKAI_DATA = here
    actions.withdraw(record, "retracted", reason="发错", on=AT.date(), by=office.office, at=AT)
    assert reader(address).status == 410
    settings.GONGKAI_DATA = there
    publisher.want(pages.touched([record.pk]), AT)
    assert reader(address).status == 410 and record.title in reader(address).text and not reader("/").from_file
    filled()
    assert reader(address).status == 410 and reader("/").from_file and record.title not in reader("/").text


def test_a_restored_backup_or_new_templates_begin_an_empty_folder(office, reader, monkeypatch):
    from gongkai.org.models import LogHead

    address = office.publish().get_absolute_url()
    filled()
    folder = publisher.tree().folder
    publisher.fit()
    assert publisher.tree().folder == folder
    # 从备份恢复:清单记着的链的末端,库里没有
    publisher.manifest().set("head", f"{LogHead.objects.get().seq}:{'0' * 64}")
    publisher.fit()
    assert publisher.tree().folder != folder and not reader(address).from_file
    filled()
    folder = publisher.tree().folder
    monkeypatch.setattr(publisher, "version", lambda: "other")
    publisher.fit()
    assert publisher.tree().folder != folder and not reader(address).from_file
    filled()
    assert reader(address).from_file and [
        one.name for one in publisher.root().iterdir() if one.is_dir() and not one.is_symlink()
    ] == [publisher.tree().folder]


def test_what_cannot_be_taken_away_stops_the_change(office, reader, monkeypatch):
    from gongkai.adapters.publictree import PublicTree

    record = office.publish()
    filled()

    def refused(self, addresses):
        raise PermissionError("只读")

    monkeypatch.setattr(PublicTree, "drop", refused)
    with pytest.raises(PermissionError):
        actions.withdraw(record, "retracted", reason="发错", on=AT.date(), by=office.office, at=AT)
    record.refresh_from_db()
    assert record.withdrawn == "" and reader(record.get_absolute_url()).from_file


def test_one_page_that_cannot_be_written_does_not_stop_the_others(office, reader, monkeypatch):
    broken, fine = office.publish(), office.publish(title="另一件")
    honest = publisher.render

    def render(address):
        if address == broken.get_absolute_url():
            raise RuntimeError("坏了")
        return honest(address)

    with monkeypatch.context() as patch:
        patch.setattr(publisher, "render", render)
        filled()
        assert reader(fine.get_absolute_url()).from_file
        assert not reader(broken.get_absolute_url()).from_file and reader(broken.get_absolute_url()).status == 200
    filled()
    assert reader(broken.get_absolute_url()).from_file
