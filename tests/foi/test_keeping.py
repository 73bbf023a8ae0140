"""归档、清除、遮盖:案卷包齐全、校验和对;期满才清、清得干净、留下记录;遮盖后的文件里没有原来的字。"""

import csv
import hashlib
import io
import zipfile
from datetime import date

import pypdfium2 as pdfium
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse

from gongkai.adapters import render
from gongkai.foi import actions, archive, store
from gongkai.foi.models import Application, File
from gongkai.foi.terms import RemedyKind
from gongkai.law.errors import RuleBroken
from gongkai.org.models import LogEntry
from tests.foi.desk import IDENTITY, Desk, fresh, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def closed(desk):
    application = desk.case("2010-02-22")
    actions.amend_contact(application, {"phone": "0571-00007777"}, at=moment("2010-02-23"))
    desk.provide(application, "2010-03-10")
    return fresh(application)


def test_c93_the_archive_holds_everything_and_its_checksums_are_right(closed):
    content = archive.package(closed)
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        rows = list(csv.reader(io.StringIO(found.read(archive.CONTENTS).decode("utf-8-sig"))))[1:]
        assert {row[1] for row in rows} == set(found.namelist()) - {archive.CONTENTS}
        for _, name, size, digest in rows:
            data = found.read(name)
            assert (str(len(data)), hashlib.sha256(data).hexdigest()) == (size, digest)
        names = " ".join(found.namelist())
        assert "答复书" in names and "明细.pdf" in names and "操作记录.csv" in names
        assert "张三丰" in found.read("申请.json").decode()


def test_taking_the_archive_is_logged_and_not_for_everyone(client, desk, closed):
    url = reverse("desk:foi_archive", args=[closed.pk])
    for person, status in ((desk.legal, 403), (desk.clerk, 200)):
        client.force_login(person)
        assert client.post(url).status_code == status
    assert LogEntry.objects.get(action="foi.archive").by == desk.clerk


def test_c75_erasing_leaves_nothing_personal_and_says_so(closed, desk):
    paths = [store.read(file) for file in closed.files.all()]
    assert paths
    actions.erase(closed, by=desk.head, at=moment("2021-01-04"))
    closed = fresh(closed)
    values = str(Application.objects.values().get()) + str(list(closed.steps.values()))
    values += str(list(closed.items.values())) + str(list(closed.letters.values()))
    values += str(list(closed.contacts.values())) + str(list(closed.opinions.values()))
    assert "张" not in values and IDENTITY not in values and "低保" not in values
    assert not File.objects.exists() and closed.erased_at
    assert (closed.outcome, closed.number, closed.counted_on) == (
        "provided",
        "MH0112-2010-0001",
        date(2010, 3, 10),
    )
    assert LogEntry.objects.filter(action="foi.erase").exists()
    with pytest.raises(RuleBroken, match="已经清除"):
        actions.erase(closed, by=desk.head, at=moment("2021-01-04"))


@pytest.mark.django_db(transaction=True)
def test_the_content_of_erased_files_is_gone_from_the_disk(settings):
    desk = Desk()
    application = desk.case("2010-02-22")
    desk.provide(application, "2010-03-10")
    other = desk.case("2020-02-24")
    actions.add_file(
        other, "evidence", "别件.txt", b"other text of another case", by=desk.clerk, at=moment("2020-02-24")
    )
    before = {path.name for path in settings.CASE_FILES_ROOT.rglob("*") if path.is_file()}
    actions.erase(application, by=desk.head, at=moment("2021-01-04"))
    after = {path.name for path in settings.CASE_FILES_ROOT.rglob("*") if path.is_file()}
    assert len(before) == 2 and after == {other.files.get().sha256}


def test_c80_what_may_not_be_erased(closed, desk):
    with pytest.raises(RuleBroken, match="还没有满"):
        actions.erase(closed, by=desk.head, at=moment("2020-12-31"))
    with pytest.raises(PermissionDenied):
        actions.erase(closed, by=desk.clerk, at=moment("2021-01-04"))
    actions.remedy(
        desk.agency,
        RemedyKind.REVIEW,
        date(2010, 4, 1),
        "明湖区人民政府",
        by=desk.legal,
        at=moment("2010-04-01"),
        application=closed,
    )
    with pytest.raises(RuleBroken, match="没有审结"):
        actions.erase(closed, by=desk.head, at=moment("2021-01-04"))
    running = desk.case("2010-02-22")
    with pytest.raises(RuleBroken, match="还在办"):
        actions.erase(running, by=desk.head, at=moment("2021-01-04"))


def test_the_command_lists_first_and_erases_only_when_told(closed, capsys):
    call_command("foi_erase")
    assert closed.number in capsys.readouterr().out and not fresh(closed).erased_at
    call_command("foi_erase", "--yes")
    assert fresh(closed).erased_at and "清除了1件" in capsys.readouterr().out


def text_of(data):
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data))


def test_c70_c71_covering_a_file_at_the_desk(client, desk):
    application = desk.case("2025-02-20")
    paper = render.Paper(title="表", body=("申请救助人李四光，手机13800000000。", "可以公开的部分。"))
    data = render.pdf(paper, render.Fonts.find())
    source = actions.add_file(application, "source", "原件.pdf", data, by=desk.clerk, at=moment("2025-02-21"))
    client.force_login(desk.clerk)
    url = reverse("desk:foi_cover", args=[application.pk, source.pk])
    assert "13800000000" in client.get(url).content.decode()
    looked = client.post(url, {"words": "李四光\n13800000000\n没有的", "areas": ""}).content.decode()
    assert "没有找到" in looked and "生成遮盖后的文件" in looked
    assert not application.files.filter(role="reply").exists()
    refused = client.post(url, {"words": "李四光\n没有的", "areas": "", "make": "1"})
    assert "一处也没有找到，没有盖住" in refused.content.decode()
    assert not application.files.filter(role="reply").exists()
    client.post(url, {"words": "李四光\n13800000000", "areas": "1 0 90 100 100", "make": "1"})
    made = application.files.get(role="reply")
    assert made.redacted_from == source and text_of(store.read(made)).strip() == ""
    client.post(reverse("desk:foi_remove_file", args=[application.pk, source.pk]))
    assert application.files.filter(pk=source.pk).exists()


@pytest.mark.parametrize("areas", ["x", "1 2 3", "1 50 10 40 20", "0 1 1 2 2", "1 0 0 200 200"])
def test_areas_that_make_no_sense(client, desk, areas):
    application = desk.case("2025-02-20")
    data = render.pdf(render.Paper(title="表", body=("字",)), render.Fonts.find())
    source = actions.add_file(application, "source", "原件.pdf", data, by=desk.clerk, at=moment("2025-02-21"))
    client.force_login(desk.clerk)
    response = client.post(
        reverse("desk:foi_cover", args=[application.pk, source.pk]), {"areas": areas, "make": "1"}
    )
    assert "areas" in response.context["form"].errors and not application.files.filter(role="reply").exists()


def test_a_file_that_cannot_be_covered_is_told(client, desk):
    application = desk.case("2025-02-20")
    source = actions.add_file(
        application, "source", "坏.pdf", b"%PDF-1.4 broken", by=desk.clerk, at=moment("2025-02-21")
    )
    client.force_login(desk.clerk)
    response = client.get(reverse("desk:foi_cover", args=[application.pk, source.pk]), follow=True)
    assert "已经损坏" in response.content.decode()
