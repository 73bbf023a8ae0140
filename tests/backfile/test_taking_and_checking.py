"""收进来、读出来、核对:每个文件一行一个理由,断了接着收,人说的程序不改,日期写到哪里留到哪里。"""

import time
from dataclasses import replace

import pytest
from django.urls import reverse

from gongkai.adapters.pagescan import Scanned, Spot
from gongkai.backfile import actions
from gongkai.backfile.actions import reading, taking
from gongkai.backfile.actions.pairing import likely
from gongkai.backfile.models import Holding, Intake, Item, Page, Pair
from gongkai.backfile.terms import Kind, Likely, Ruling, Way
from gongkai.law.agencies import Role
from gongkai.law.errors import RuleBroken
from gongkai.records import held, sealed_files
from tests.backfile.paper import archive, paper, taken
from tests.records.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def office(db):
    return Office()


def test_every_file_has_a_row_and_a_reason(office, at):
    members = {
        "旧/1.txt": paper(1).encode("gb18030"),
        "旧/again.txt": paper(1).encode("gb18030"),
        "旧/3.html": f"<html><body>{paper(3)}</body></html>".encode(),
        "旧/list.xlsx": archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}),
        "旧/empty.txt": b"",
        "旧/run.exe": b"MZ" + b"\0" * 100,
        "旧/inner.zip": archive({"2.txt": paper(2).encode()}),
    }
    intake = taken(office, at, members)
    states = {item.path: (item.state, item.reason) for item in intake.items.all()}
    assert states["旧/1.txt"] == ("checking", "") and states["旧/inner.zip/2.txt"][0] == "checking"
    assert states["旧/again.txt"] == ("copy", "同“旧/1.txt”一字不差")
    assert all(
        state == "refused" and why
        for path, (state, why) in states.items()
        if path.endswith(("xlsx", "exe", "empty.txt"))
    )
    one = intake.items.get(path="旧/1.txt")
    assert (one.doc_number, one.number_seq, one.formed_on.isoformat(), one.kind) == (
        "明政办发〔2006〕1号",
        1,
        "2006-02-05",
        "numbered",
    )
    assert one.sure("doc_number") > 0.9 and one.read["doc_number"]["where"]


def test_a_power_cut_loses_nothing_and_makes_nothing_twice(office, at, monkeypatch):
    members = {f"{n}.txt": paper(n).encode() for n in range(1, 8)}
    intake = actions.begin(office.agency, Way.ZIP, "a.zip", content=archive(members), by=office.clerk, at=at)
    monkeypatch.setattr(taking, "_CHUNK", 3)
    whole, calls = taking.entered, []

    def cut(*given):
        calls.append(given)
        if len(calls) == 2:
            raise OSError("没有电了")
        return whole(*given)

    monkeypatch.setattr(taking, "entered", cut)
    with pytest.raises(OSError):
        actions.unpack(intake, at=at)
    assert intake.items.count() == 3
    actions.unpack(intake, at=at)
    assert intake.items.count() == 7 and Intake.objects.get().opened
    with pytest.raises(RuleBroken, match="收过了"):
        actions.begin(office.agency, Way.ZIP, "a.zip", content=archive(members), by=office.clerk, at=at)


def test_a_stopped_intake_rests(office, at):
    intake = actions.begin(
        office.agency, Way.ZIP, "a.zip", content=archive({"1.txt": paper(1).encode()}), by=office.clerk, at=at
    )
    actions.unpack(intake, at=at)
    actions.stop(intake, True, by=office.clerk, at=at)
    assert actions.read_waiting(at=at) == 0
    actions.stop(intake, False, by=office.clerk, at=at)
    assert actions.read_waiting(at=at) == 1
    with pytest.raises(RuleBroken, match="已经收完、读完"):
        actions.stop(intake, True, by=office.clerk, at=at)


def test_only_what_has_something_left_offers_to_stop(office, at, client):
    intake = actions.begin(
        office.agency, Way.ZIP, "a.zip", content=archive({"1.txt": paper(1).encode()}), by=office.clerk, at=at
    )
    client.force_login(office.clerk)
    button, again = "停下</button>", "接着收</button>"
    assert button in client.get(intake.get_absolute_url()).content.decode()
    actions.unpack(intake, at=at)
    actions.stop(intake, True, by=office.clerk, at=at)
    shown = client.get(intake.get_absolute_url()).content.decode()
    assert again in shown and button not in shown
    actions.stop(intake, False, by=office.clerk, at=at)
    actions.read_waiting(at=at)
    shown = client.get(intake.get_absolute_url()).content.decode()
    assert button not in shown and again not in shown


def test_what_a_person_said_is_never_overwritten(office, at):
    item = taken(office, at, {"1.txt": paper(1).encode()}).items.get()
    actions.confirm(
        item, {"title": "照原件的题名", "date_text": "20060000", "issuer": "明湖县政府办"}, by=office.clerk, at=at
    )
    again = actions.read_again(Item.objects.get(), by=office.clerk, at=at)
    assert (again.title, again.issuer, again.state) == ("照原件的题名", "明湖县政府办", "confirmed")
    assert (again.date_text, again.precision, again.formed_on, again.year) == ("20060000", "year", None, 2006)
    assert again.read["title"]["value"] == "关于做好农村道路养护工作的通知"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"title": ""}, "没有填题名"),
        ({"date_text": "20188927"}, "读不懂"),
        ({"date_text": "2030-01-01"}, "在将来"),
        ({"date_text": "2011-01-01"}, "文号是2006年的"),
    ],
)
def test_a_slip_of_the_pen_is_said_at_once(office, at, values, why):
    item = taken(office, at, {"1.txt": paper(1).encode()}).items.get()
    with pytest.raises(RuleBroken, match=why):
        actions.confirm(item, values, by=office.clerk, at=at)
    assert Item.objects.get().state == "checking" and Item.objects.get().said == {}


def test_one_code_one_paper(office, at):
    one, two = taken(office, at, {"1.txt": paper(1).encode(), "2.txt": paper(2).encode()}).items.order_by("pk")
    actions.confirm(one, {"reference_code": "1031-WS2006-Y-0001"}, by=office.clerk, at=at)
    assert Item.objects.get(pk=one.pk).reference_code == "1031-WS·2006-Y-0001"
    with pytest.raises(RuleBroken, match="已经有一件"):
        actions.confirm(two, {"reference_code": "1031-WS·2006-Y-0001"}, by=office.clerk, at=at)


def test_a_list_taken_twice_makes_nothing_twice_and_keeps_what_was_confirmed(office, at):
    head = "序号,档号,文号,责任者,题名,日期,密级,页数,备注\n"
    lines = "1,1031-WS·2006-Y-0001,明工字[2006]25事情,明湖区总工会,夫于评选先进的通知,20060000,,006,00UUU\n2,,,,没有档号的,20188927,,,\n3,,,,,,,,\n"
    actions.take_list(office.agency, (head + lines).encode(), "目录.csv", fonds="1031", by=office.clerk, at=at)
    one = Item.objects.get(reference_code="1031-WS·2006-Y-0001")
    assert (one.doc_number, one.title, one.precision) == ("明工字〔2006〕25号", "关于评选先进的通知", "year")
    assert any("夫于" in note for note in one.notes)
    assert any("20188927" in note for note in Item.objects.get(title="没有档号的").notes)
    actions.confirm(one, {"title": "人定的题名"}, by=office.clerk, at=at)
    actions.take_list(office.agency, (head + lines).encode(), "目录.csv", fonds="1031", by=office.clerk, at=at)
    assert Item.objects.filter(state="checking").count() == 1 and Item.objects.counted().count() == 2
    assert Item.objects.get(pk=one.pk).title == "人定的题名"
    with pytest.raises(RuleBroken, match="没有“题名”一列"):
        actions.take_list(office.agency, b"a,b\n1,2\n", "x.csv", by=office.clerk, at=at)


JPG = b"\xff\xd8\xff\xe0" + b"\0" * 64


def scan(text, number):
    lines = [*text.splitlines(), f"— {number} —"]
    return Scanned(
        tuple(Spot(one, 0.9, (200, 50 + 40 * n, 800, 80 + 40 * n)) for n, one in enumerate(lines)), (1000, 1414)
    )


def test_a_scan_waits_for_its_pages_and_says_what_is_wrong_with_them(office, at, monkeypatch):
    pages = {1: scan(paper(7), 1), 2: Scanned((), (1000, 1414), blank=True), 3: scan("续页。", 4)}
    monkeypatch.setattr(reading.pagescan, "page_count", lambda data, name: 3)
    monkeypatch.setattr(reading.pagescan, "recognise", lambda data, name, number: pages[number])
    monkeypatch.setattr(reading.ocr, "installed", lambda: False)
    item = taken(office, at, {"7.jpg": JPG}).items.get()
    assert item.state == "scanning" and actions.recognise(at=at) == 0, "没有装识别的,留在队里"
    monkeypatch.setattr(reading.ocr, "installed", lambda: True)
    assert actions.recognise(at=at, limit=2) == 2 and Item.objects.get().state == "scanning"
    assert actions.recognise(at=at) == 1
    item = Item.objects.get()
    assert item.state == "checking" and item.doc_number == "明政办发〔2006〕7号"
    assert item.read["doc_number"]["page"] == 1 and 0 < item.sure("doc_number") < 0.9
    assert "第2页：空白页" in item.notes and "印着的页码从1跳到4，疑缺页" in item.notes
    assert item.page_count == "3"


def test_a_clerk_need_not_wait_for_the_recogniser(office, at, monkeypatch):
    monkeypatch.setattr(reading.pagescan, "page_count", lambda data, name: 1)
    item = taken(office, at, {"7.jpg": JPG}).items.get()
    actions.by_hand(item, by=office.clerk, at=at)
    actions.confirm(Item.objects.get(), {"title": "照原件录的"}, by=office.clerk, at=at)
    assert Page.objects.get().state == "hand" and Item.objects.get().state == "confirmed"


def test_a_likely_copy_is_shown_and_only_a_person_joins_it(office, at):
    long = "各镇要落实专人，" + "；".join(f"第{n}段由第{n}组养护并于{n}日前报告情况" for n in range(30))
    worn = paper(1, extra=long).replace("养护工作，", "养护工怍，")
    taken(
        office,
        at,
        {
            "1.txt": paper(1, extra=long).encode(),
            "1-scan.txt": worn.encode(),
            "other.txt": paper(9, about="防汛").encode(),
        },
    )
    assert actions.find_pairs(at=at) == 1 and actions.find_pairs(at=at) == 0
    pair = Pair.objects.get()
    assert pair.likeness > 0.9 and pair.likely == Likely.SAME and Item.objects.counted().count() == 3
    actions.rule(pair, Ruling.COPY, by=office.clerk, at=at)
    copy = Item.objects.get(state="copy")
    assert copy.copy_of and copy.sha256 and Item.objects.counted().count() == 2
    actions.reopen(copy, by=office.clerk, at=at)
    assert Item.objects.get(pk=copy.pk).state == "checking"


def test_pairs_are_found_exported_and_several_are_told_apart_at_once(office, at, client):
    long = "各镇要落实专人，" + "；".join(f"第{n}段由第{n}组养护并于{n}日前报告情况" for n in range(30))
    texts = {f"{n}.txt": paper(n, extra=long).replace("养护工作，", f"养护工{n}，").encode() for n in (1, 2, 3)}
    taken(office, at, texts)
    assert actions.find_pairs(at=at) == 3
    client.force_login(office.clerk)
    listed = reverse("desk:backfile_pairs")
    first = Pair.objects.order_by("-likeness", "-pk").first()
    number = first.item.doc_number
    assert number and number in client.get(listed, {"q": number}).content.decode()
    assert "没有这样的" in client.get(listed, {"q": "飞船"}).content.decode()
    lines = b"".join(client.get(listed + "?format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 4 and number in "".join(lines)
    many, given = reverse("desk:backfile_pairs_many"), {"ruling": "apart", "pk": [first.pk]}
    assert "认定1对" in client.post(many, given).content.decode() and not Pair.objects.exclude(ruling="").exists()
    assert "办好了" in client.post(many, given | {"confirmed": "1"}).content.decode()
    assert Pair.objects.get(ruling="apart") == first and Item.objects.counted().count() == 3
    assert client.post(many, given | {"ruling": "copy"}).status_code == 404, "认作副本的要并排看过"
    assert client.post(many, given | {"confirmed": "1"})["Location"] == listed, "办过的不再办"
    client.force_login(office.people[Role.FIRST_REVIEWER])
    assert "导出" not in client.get(listed).content.decode()
    assert client.get(listed + "?format=csv").status_code == client.post(many, given).status_code == 403


def test_numbers_dates_and_titles_decide_what_a_pair_is(on):
    day, later = on.replace(year=2006), on.replace(year=2008)
    assert likely("甲〔2006〕1号", "甲〔2006〕1号", day, day, "a", "b", 0.5, on) is Likely.SAME
    assert likely("甲〔2006〕1号", "甲〔2006〕1号", day, later, "a", "a", 0.9, on) is Likely.MISTAKEN
    assert likely("甲〔2006〕1号", "甲〔2008〕4号", day, later, "a", "a", 0.9, on) is Likely.NEWER
    assert likely("", "甲〔2008〕4号", None, later, "a", "a", 0.98, on) is Likely.SAME
    assert likely("", "甲〔2008〕4号", None, later, "a", "a", 0.7, on) is Likely.ALIKE


def test_the_denominator_is_the_largest_count_and_keeps_its_versions(office, at):
    taken(office, at, {f"{n}.txt": paper(n).encode() for n in (3, 9, 14, 22, 40, 60)})
    assert actions.count_numbers(office.agency, by=office.clerk, at=at) == 1
    assert actions.count_numbers(office.agency, by=office.clerk, at=at) == 0
    one = Holding.objects.get()
    assert (one.estimated, one.due) == (69, 69) and "60×(1+1/6)−1=69" in one.formula
    given = {"registered": 72, "lost": 2}
    with pytest.raises(RuleBroken, match="2件找不到，没有写理由"):
        actions.save_holding(office.agency, 2006, Kind.NUMBERED, given, reason="清点", by=office.clerk, at=at)
    given["lost_reason"] = "搬迁遗失"
    with pytest.raises(RuleBroken, match="没有写理由"):
        actions.save_holding(office.agency, 2006, Kind.NUMBERED, given, reason="", by=office.clerk, at=at)
    one = actions.save_holding(
        office.agency, 2006, Kind.NUMBERED, given, reason="清点登记簿", by=office.clerk, at=at
    )
    assert one.due == 72 and one.differences == ["登记簿72件，文号推算69件，差3件"]
    assert list(one.versions.values_list("due", "reason")) == [(72, "清点登记簿"), (69, "由文号推算")]


def test_a_huge_file_in_an_archive_is_refused_before_it_is_read(office, at, monkeypatch):
    monkeypatch.setattr(taking, "LIMITS", replace(taking.LIMITS, file_bytes=2000))
    members = {"1.txt": paper(1).encode(), "huge.tif": b"II*\x00" + bytes(range(256)) * 10}
    intake = taken(office, at, members)
    huge = intake.items.get(path="huge.tif")
    assert huge.state == "refused" and "超过0 MB" in huge.reason and huge.sha256 == ""
    assert intake.items.get(path="1.txt").state == "checking"


def test_the_original_of_an_old_paper_outlives_the_nightly_sweep(office, at):
    intake = taken(office, at, {"1.txt": paper(1).encode()})
    item = intake.items.exclude(sha256="").first()
    assert held.sweep(time.time() + 10 * 24 * 3600) == 0
    assert sealed_files.read(item.sha256), "旧文件的原件不在案卷里，也不能清掉"
