"""坏的、怪的、大的:每个文件说清楚怎么了,别的一件不少,没有看过的一件也不公开。"""

import io
import os
import struct
import zipfile
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from gongkai.adapters import pagescan
from gongkai.adapters.files import Unreadable
from gongkai.adapters.pagescan import Scanned, Spot
from gongkai.backfile import actions
from gongkai.backfile.actions import reading, taking
from gongkai.backfile.management.commands import backfile_take
from gongkai.backfile.models import Intake, Item
from gongkai.backfile.terms import Way
from gongkai.law.errors import RuleBroken
from tests.adapters.test_other_papers import NOTICE, SIGNED, ofd
from tests.backfile.paper import archive, paper, taken
from tests.records.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def office(db):
    return Office()


def reasons(intake) -> dict[str, tuple[str, str]]:
    return {one.path: (one.state, one.reason) for one in intake.items.all()}


def test_archives_in_archives_down_to_a_depth(office, at):
    inner = archive({"最里.txt": paper(4).encode()})
    for name in ("丙", "乙", "甲"):
        inner = archive({f"{name}.zip": inner, f"{name}.txt": paper(ord(name) % 50 + 5).encode()})
    found = reasons(taken(office, at, {"外.zip": inner}))
    assert found["外.zip/甲.zip/乙.txt"][0] == "checking"
    assert found["外.zip/甲.zip/乙.zip"] == ("refused", "压缩包套得太深。请解开后再导入。")


def test_an_ofd_is_read_and_one_that_is_none_is_told(office, at):
    content = ofd(NOTICE, SIGNED)
    found = taken(office, at, {"甲.ofd": content, "乙.ofd": content[:200]})
    assert found.items.get(path="甲.ofd").title == "关于整治户外广告的通知"
    state, reason = reasons(found)["乙.ofd"]
    assert state == "refused" and reason.endswith("。")


def test_names_in_gbk_two_of_one_name_and_one_that_is_too_long(office, at):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made, pytest.warns(UserWarning, match="Duplicate name"):
        for number, name in enumerate(("二〇〇六年/通知.txt", "二〇〇六年/通知.txt", "长" * 500 + ".txt"), 1):
            entry = zipfile.ZipInfo(name.encode("gb18030").decode("cp437"))
            made.writestr(entry, paper(number).encode())
    raw = zipfile.ZipFile(io.BytesIO(buffer.getvalue())).infolist()
    content = _unmarked(raw)
    intake = actions.begin(office.agency, Way.ZIP, "a.zip", content=content, by=office.clerk, at=at)
    assert actions.unpack(intake, at=at) == 3
    paths = set(intake.items.values_list("path", flat=True))
    assert {"二〇〇六年/通知.txt", "二〇〇六年/通知.txt（同名的第2份）"} < paths
    assert all(len(one) <= 400 for one in paths)
    assert actions.unpack(intake, at=at) == 0 and Item.objects.count() == 3


def _unmarked(entries) -> bytes:
    """An archive as old tools wrote it: names in GBK, not marked as UTF-8."""
    local, central, texts = b"", b"", [paper(n).encode() for n in range(1, len(entries) + 1)]
    for entry, text in zip(entries, texts, strict=True):
        name, crc, start = entry.filename.encode("cp437"), zipfile.crc32(text), len(local)
        sizes = (crc, len(text), len(text), len(name))
        local += struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, *sizes, 0) + name + text
        rest = (0, 0, 0, 0, 0, start)
        central += struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 33, *sizes, *rest) + name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(entries), len(entries), len(central), len(local), 0)
    return local + central + end


def test_what_came_before_an_archive_breaks_off_is_there(office, at, monkeypatch):
    monkeypatch.setattr(taking, "LIMITS", replace(taking.LIMITS, members=5))
    monkeypatch.setattr(taking, "_CHUNK", 3)
    inner = archive({f"{n}.txt": paper(n).encode() for n in range(1, 4)})
    both = {"a.zip": inner, "b.txt": paper(9).encode(), "c.txt": paper(10).encode()}
    intake = taken(office, at, both)
    assert intake.items.filter(state="checking").count() == 4 and "文件过多" in intake.trouble


def test_a_file_too_large_for_an_archive_does_not_use_up_its_room(office, at, monkeypatch):
    """大的一份按大小退回,不解开,也不占解开后的总量:后面的照收。"""
    small = replace(taking.LIMITS, file_bytes=2000, unpacked_bytes=4000)
    monkeypatch.setattr(taking, "LIMITS", small)
    given = {"大图.tif": b"II*\0" + b"\0" * 2_500, "1.txt": paper(1).encode(), "2.txt": paper(2).encode()}
    intake = taken(office, at, given)
    assert intake.trouble == "" and intake.items.filter(state="checking").count() == 2
    assert reasons(intake)["大图.tif"] == (
        "refused",
        "文件有1 MB，超过0 MB。请拆开，或者按200至300点每英寸重新扫描。",
    )


def test_a_picture_of_two_gigabytes_is_never_read(office, tmp_path, monkeypatch, capsys):
    folder = tmp_path / "旧"
    folder.mkdir()
    (folder / "1.txt").write_bytes(paper(1).encode())
    with (folder / "大图.tif").open("wb") as file:
        file.write(b"II*\0")
        os.truncate(file.name, 2 * 1024**3)
    (folder / "链接.txt").symlink_to("/etc/hostname")
    monkeypatch.setattr("pathlib.Path.read_bytes", _small_only(backfile_take.Path.read_bytes))
    call_command("backfile_take", str(folder), agency=office.agency.code, by=office.clerk.username)
    found = reasons(Intake.objects.get())
    assert found["大图.tif"] == (
        "refused",
        "文件有2,048 MB，超过100 MB。请拆开，或者按200至300点每英寸重新扫描。",
    )
    assert found["链接.txt"][0] == "refused" and "没有跟去" in found["链接.txt"][1]
    assert found["1.txt"][0] == "checking" and "大图.tif\t没有收下" in capsys.readouterr().out


def _small_only(read):
    def guarded(path):
        assert path.stat().st_size < 1024**3, path
        return read(path)

    return guarded


def test_names_of_a_folder_in_gbk(office, tmp_path):
    folder = os.fsencode(tmp_path / "旧")
    os.mkdir(folder)
    with open(os.path.join(folder, "通知.txt".encode("gb18030")), "wb") as file:
        file.write(paper(1).encode())
    call_command("backfile_take", os.fsdecode(folder), agency=office.agency.code, by=office.clerk.username)
    assert Item.objects.get().path == "通知.txt"


def test_an_archive_too_large_for_the_memory_says_what_to_do(office, tmp_path, monkeypatch):
    path = tmp_path / "旧.zip"
    path.write_bytes(archive({"1.txt": paper(1).encode()}))
    monkeypatch.setattr(backfile_take, "_LARGEST", 10)
    with pytest.raises(CommandError, match="请解成文件夹"):
        call_command("backfile_take", str(path), agency=office.agency.code, by=office.clerk.username)


@pytest.mark.parametrize("size", [(60_000, 60_000), (0, 10)])
def test_a_picture_that_says_it_is_huge_is_not_opened(size):
    width, height = size
    fields = (
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (279, 4, 1, 1),
    )
    entries = b"".join(struct.pack("<HHII", *one) for one in fields)
    data = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(fields)) + entries + b"\0" * 4
    with pytest.raises(Unreadable, match=r"图片(太大|已经损坏)"):
        pagescan.page_count(data, "大图.tif")


CARD = "姓名 张某某\n性别 男 民族 汉\n出生 1990年1月1日\n住址 明湖区望湖路1号\n公民身份号码\n33021119900101123"


def scanned(office, at, monkeypatch, texts, *, sure=0.95):
    """A scan of these pages, recognised."""
    pages = {
        number: Scanned(
            tuple(
                Spot(one, sure, (200, 50 + 40 * n, 800, 80 + 40 * n)) for n, one in enumerate(text.splitlines())
            ),
            (1000, 1414),
        )
        for number, text in enumerate(texts, 1)
    }

    def recognise(data, name, number):
        if not texts[number - 1]:
            raise Unreadable(name, f"第{number}页识别不出来", "请重新扫描后再试")
        return pages[number]

    monkeypatch.setattr(reading.pagescan, "page_count", lambda data, name: len(texts))
    monkeypatch.setattr(reading.pagescan, "recognise", recognise)
    monkeypatch.setattr(reading.ocr, "installed", lambda: True)
    item = taken(office, at, {"7.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 64}).items.get()
    actions.recognise(at=at)
    return actions.confirm(Item.objects.get(pk=item.pk), {}, by=office.clerk, at=at)


@pytest.mark.parametrize(
    ("second", "sure", "why"),
    [(CARD, 0.95, "说到“身份号码”"), ("", 0.95, ""), ("字迹模糊的附件", 0.7, "")],
)
def test_no_page_is_published_unseen(office, at, monkeypatch, second, sure, why):
    """An identity card in a scan, a page that cannot be read, one that is unclear: none is opened in bulk."""
    item = scanned(office, at, monkeypatch, [paper(7), second], sure=sure)
    batch = actions.open_batch(office.agency, "一批", [item], by=office.clerk, at=at)
    opening = batch.openings.get()
    assert why in "".join(opening.hints.get("personal", []))
    with pytest.raises(RuleBroken, match="没有可以一起审的"):
        actions.answer_together(batch, by=office.clerk, at=at)
    with pytest.raises(RuleBroken, match="还有1件没有审"):
        actions.hand_in(batch, by=office.clerk, at=at)
    assert Item.objects.get().record is None


def test_a_clear_scan_is_reviewed_together(office, at, monkeypatch):
    item = scanned(office, at, monkeypatch, [paper(7), "附件：养护里程表"])
    batch = actions.open_batch(office.agency, "一批", [item], by=office.clerk, at=at)
    assert actions.answer_together(batch, by=office.clerk, at=at) == 1
