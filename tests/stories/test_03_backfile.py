"""任务三 历史信息梳理和移交档案:在 Chromium 里,一个压缩包、两百份各式旧文件,到公众看得到的目录和里程碑。

信息员登记底数、收压缩包、只用键盘核对、认副本、逐项审;另一个人抽检、审定、公开;再编目、移交、公布目录。
"""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from docx import Document

from gongkai.backfile import actions
from gongkai.backfile.jobs import pairs as compare
from gongkai.backfile.jobs import read
from gongkai.backfile.models import Batch, Intake, Item, Pair, Transfer
from gongkai.law.agencies import Role
from gongkai.org.models import Agency
from tests.backfile.paper import archive, paper
from tests.records.office import Office, moment
from tests.stories.windows import Windows, let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("here")]
NOW = moment(2026, 10, 12)
COUNT = 200
#: 信息员在页上逐件核对的;其余的照程序读出的确认。
BY_KEYBOARD = 3


class People(Windows):
    """The people of an office, and somebody with a phone."""

    def __init__(self, chromium, base, office) -> None:
        super().__init__(chromium, base)
        self.office = office
        let_in(office.people.values())

    def at(self, role, url):
        return self.visit(self.office.people[role], url)

    def press(self, role, url, label):
        """A button of a page, and what stands there afterwards."""
        page = self.at(role, url)
        with page.expect_navigation():
            page.click(f"main button:has-text('{label}')")
        return page.inner_text("main")


@pytest.fixture
def people(chromium, live_server, transactional_db, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    cache.clear()
    made = People(chromium, live_server.url, Office())
    yield made
    made.close()


def old_files():
    """Two hundred files as they lie about: plain text in GBK and UTF-8, web pages, Word, copies, things that are none."""
    members = {}
    for number in range(1, COUNT - 8):
        year, text = 2006 + number % 3, paper(number, 2006 + number % 3, about=f"第{number}项")
        if number % 10 == 0:
            members[f"{year}/{number}.html"] = (
                f"<html><meta charset=gbk><body><pre>{text}</pre></body></html>".encode("gbk")
            )
        elif number == 7:
            members[f"{year}/{number}.docx"] = _word(text)
        else:
            members[f"{year}/{number}.txt"] = text.encode("gb18030" if number % 2 else "utf-8")
    named = paper(500, 2006, about="低保救助", extra="附：低保救助对象花名册，户主张某。")
    members["2006/救助.txt"] = named.encode()
    again = paper(3, 2006, about="第3项").replace("现就", "现将").replace("第3项有关", "第3项有关的").encode()
    members |= {
        "2006/再录.txt": again,
        "副本/1.txt": members["2007/1.txt"],
        "空.txt": b"",
        "曲.mp3": b"ID3" + bytes(40),
    }
    members |= {f"便笺/{n}.exe": b"MZ" + bytes(60 + n) for n in range(3)}
    members["套着.zip"] = archive({"2008/套着的.txt": paper(900, 2008, about="套着的工作").encode()})
    return members


def _word(text):
    document, buffer = Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(buffer)
    return buffer.getvalue()


def test_from_an_archive_of_old_files_to_the_public_catalogue(people, tmp_path):
    office, clerk = people.office, Role.CLERK
    stock = reverse("desk:backfile_holding", args=[office.agency.code, 2006, "numbered"])
    members = old_files()
    assert len(members) == COUNT

    # 底数
    page = people.at(clerk, stock)
    page.fill("[name=registered]", "66")
    page.click("main .actions button")
    page.wait_for_url(re.compile("/units/"))

    # 收
    packed = tmp_path / "旧文件.zip"
    packed.write_bytes(archive(members))
    page = people.at(clerk, reverse("desk:backfile_take"))
    page.fill("[name=fonds]", "1031")
    page.set_input_files("[name=file]", packed)
    page.click("main .actions button")
    page.wait_for_url(re.compile(r"/intakes/\d+/"))
    assert read(at=NOW) and not read(at=NOW)
    intake = Intake.objects.get()
    shown = people.at(clerk, intake.get_absolute_url()).inner_text("main")
    assert f"{COUNT}份" in shown
    counts = {state: intake.items.filter(state=state).count() for state in ("checking", "copy", "refused")}
    assert counts == {"checking": COUNT - 6, "copy": 1, "refused": 5}

    _checked_by_keyboard(people, intake)
    _joined(people)
    batch = _reviewed(people)
    shown = people.press(Role.HEAD, batch.get_absolute_url(), "成批公开")
    assert "已公开" in shown
    _handed_over(people)

    # 公众
    history = people.read(reverse("public:history"))
    assert "2005年以来" in history and "补录" in history
    assert "低保救助" not in people.read(reverse("public:history") + "?year=2006")
    transfer = Transfer.objects.get()
    catalogue = people.read(transfer.get_absolute_url())
    assert "花名册" not in catalogue and "关于做好第3项工作的通知" in catalogue
    record = Item.objects.get(path="2006/3.txt").record
    assert "原件已于2026-10-12移交明湖区档案馆" in people.read(record.get_absolute_url()).replace(
        "年", "-"
    ).replace("月", "-").replace("日", "")
    shown = people.at(clerk, reverse("desk:backfile_stock")).inner_text("main")
    assert "著录／审查／上网" in shown and "2005年以来" in shown


def _checked_by_keyboard(people, intake):
    """The first ones by the keyboard alone; the others as the program read them."""
    office = people.office
    page = people.at(Role.CLERK, intake.get_absolute_url())
    with page.expect_navigation():
        page.click("main a:has-text('逐件核对')")
    for _ in range(BY_KEYBOARD):
        before = page.url
        page.focus("[name=reference_code]")
        page.keyboard.press("Enter")
        page.wait_for_function("before => location.href !== before", arg=before)
    done = Item.objects.filter(state="confirmed")
    assert done.count() == BY_KEYBOARD and not done.exclude(confirmed_by=office.clerk).exists()
    for item in intake.items.filter(state="checking"):
        actions.confirm(item, {}, by=office.clerk, at=NOW)


def _joined(people):
    """The one that was keyed in again is found, shown beside its paper, and joined by a person."""
    assert compare(at=NOW)
    pair = Pair.objects.filter(likely="same").get(item__path__in=("2006/3.txt", "2006/再录.txt"))
    page = people.at(Role.CLERK, reverse("desk:backfile_pairs"))
    with page.expect_navigation():
        page.click(f"main a[href='{pair.get_absolute_url()}']")
    assert page.locator("ins").count()
    page.check("[name=ruling][value=copy]")
    with page.expect_navigation():
        page.click("main form[method=post] .actions button")
    assert Item.objects.filter(state="copy").count() == 2


def _reviewed(people):
    """One person answers, the other looks again; the paper that names people is kept back."""
    office = people.office
    page = people.at(Role.CLERK, reverse("desk:backfile_new_batch"))
    for name, value in {"name": "2006年以来", "since": "2006", "until": "2008", "most": "500"}.items():
        page.fill(f"[name={name}]", value)
    page.click("main .actions button")
    page.wait_for_url(re.compile(r"/batches/\d+/"))
    batch = Batch.objects.get()
    home = batch.get_absolute_url()
    people.press(Role.CLERK, home, "没有提示的一起审")
    left = batch.openings.filter(conclusion="")
    assert [one.item.path for one in left] == ["2006/救助.txt"]
    page = people.at(Role.CLERK, reverse("desk:backfile_opening", args=[left.get().pk]))
    page.select_option("[name=conclusion]", "withheld")
    page.select_option("[name=ground]", "third_party")
    with page.expect_navigation():
        page.click("main form.panel .actions button")
    people.press(Role.CLERK, home, "交复核")
    assert "不能自己审定" not in people.at(Role.HEAD, home).inner_text("main")
    drawn = batch.openings.filter(sampled=True)
    assert drawn.count() == 21
    for opening in drawn:
        actions.second(opening, True, by=office.head, at=NOW)
    people.press(Role.HEAD, home, "审定")
    return Batch.objects.get()


def _handed_over(people):
    """The list, its findings put right, the hand-over, the catalogue."""
    page = people.at(Role.CLERK, reverse("desk:backfile_new_transfer"))
    given = {
        "fonds": "1031",
        "archive": "明湖区档案馆",
        "since": "2006",
        "until": "2006",
        "tested": "检测通过",
        "items_said": "9",
    }
    for name, value in given.items():
        page.fill(f"[name={name}]", value)
    page.click("main .actions button")
    page.wait_for_url(re.compile(r"/handovers/\d+/"))
    transfer = Transfer.objects.get()
    home = reverse("desk:backfile_transfer", args=[transfer.pk])
    assert "HO09" in people.press(Role.CLERK, home, "编进旧件")
    page = people.at(Role.CLERK, reverse("desk:backfile_edit_transfer", args=[transfer.pk]))
    page.fill("[name=items_said]", str(transfer.rows.count()))
    with page.expect_navigation():
        page.click("main .actions button")
    page = people.at(Role.CLERK, reverse("desk:backfile_hand_over", args=[transfer.pk]))
    page.fill("[name=on]", date(2026, 10, 12).isoformat())
    page.fill("[name=receiver]", "方某")
    with page.expect_navigation():
        page.click("main .actions button")
    assert "HO01" in page.inner_text("main")
    with page.expect_download() as paper_file:
        page.click("main a:has-text('DOCX')")
    assert paper_file.value.suggested_filename.endswith(".docx")
    assert "目录已公布" in people.press(Role.CLERK, home, "公布目录")
    assert Agency.objects.count() == 1
