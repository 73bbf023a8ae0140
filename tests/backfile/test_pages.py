"""工作台和公众一侧的网页:热力图、核对一件接一件、开放审核、移交的文件、公众看到的补录说明。"""

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from gongkai.backfile import actions
from gongkai.backfile.models import Batch, Holding, Intake, Item, Transfer
from gongkai.backfile.terms import Kind
from gongkai.records.models import Record
from tests.backfile.paper import archive, confirmed, paper, taken
from tests.backfile.test_opening_and_handover import SPAN, reviewed
from tests.records.office import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("here")]


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture
def now(monkeypatch, at):
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    return at


def text(response):
    return (b"".join(response) if response.streaming else response.content).decode()


def test_the_heat_map_tells_what_is_behind_and_exports_with_differences(office, client, now):
    values = {"registered": 40, "filed": 38}
    actions.save_holding(office.agency, 2006, Kind.NUMBERED, values, reason="清点", by=office.clerk, at=now)
    confirmed(office, now, 4)
    client.force_login(office.clerk)
    shown = text(client.get(reverse("desk:backfile_stock")))
    assert "应梳理40件，已著录4件，应于2025-12-31以前完成" in shown and "1个单位没有完成" in shown
    table = list(csv.reader(io.StringIO(text(client.get(reverse("desk:backfile_stock") + "?format=csv")))))
    line = next(row for row in table if row[2] == "2006" and row[3] == "其他发文")
    assert (
        line[4:6] == ["40", "38"] and line[8:10] == ["40", "4"] and line[15] == "登记簿40件，归档目录38件，差2件"
    )


def test_a_cell_is_registered_on_its_page_and_an_old_page_is_refused(office, client, now):
    client.force_login(office.clerk)
    url = reverse("desk:backfile_holding", args=[office.agency.code, 2006, "normative"])
    assert client.post(url, {"registered": "12", "lost": "0"}).status_code == 302
    assert Holding.objects.get().due == 12
    again = client.post(url, {"registered": "13", "lost": "0", "reason": "补登", "seen": "x"})
    assert again.status_code == 422 and "不是最新的" in text(again)
    assert client.get(reverse("desk:backfile_holding", args=[office.agency.code, 2006, "none"])).status_code == 404


def test_checking_goes_from_paper_to_paper_by_enter_alone(office, client, now):
    intake = taken(office, now, {f"{n}.txt": paper(n).encode() for n in (1, 2)})
    one, two = intake.items.order_by("pk")
    client.force_login(office.clerk)
    page = client.get(one.get_absolute_url())
    shown = text(page)
    assert "autofocus" in shown and "把握" in shown and "宁波公开规定" in shown
    given = {
        name: field.value() or ""
        for name, field in ((name, page.context["form"][name]) for name in page.context["form"].fields)
    }
    answer = client.post(one.get_absolute_url(), given | {"title": "照原件的题名"})
    assert answer["Location"] == two.get_absolute_url()
    assert Item.objects.get(pk=one.pk).title == "照原件的题名"
    page = client.get(two.get_absolute_url())
    given = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert client.post(two.get_absolute_url(), given)["Location"] == intake.get_absolute_url()
    assert client.get(reverse("desk:backfile_original", args=[one.pk])).content == paper(1).encode()


def test_an_archive_is_taken_in_by_upload_and_its_results_are_exported(office, client, now):
    client.force_login(office.clerk)
    upload = io.BytesIO(archive({"一.txt": paper(1).encode(), "二.mp3": b"ID3" + b"\0" * 20}))
    upload.name = "旧.zip"
    answer = client.post(
        reverse("desk:backfile_take"), {"agency": office.agency.pk, "fonds": "1031", "file": upload}
    )
    intake = Intake.objects.get()
    assert answer["Location"] == intake.get_absolute_url()
    actions.unpack(intake, at=now)
    actions.read_waiting(at=now)
    rows = list(csv.reader(io.StringIO(text(client.get(intake.get_absolute_url() + "?format=csv")))))
    assert [row[1] for row in rows[1:]] == ["待核对", "没有收下"] and "不作旧文件收" in rows[2][2]
    bad = io.BytesIO(b"hello")
    bad.name = "x.zip"
    refused = client.post(reverse("desk:backfile_take"), {"agency": office.agency.pk, "file": bad})
    assert refused.status_code == 422 and "不是 ZIP 压缩包" in text(refused)


def test_a_batch_is_answered_on_its_pages(office, client, now):
    confirmed(office, now, 2)
    confirmed(office, now, 1, year=2007, extra="附：低保户名单和银行账户。")
    client.force_login(office.clerk)
    given = {"agency": office.agency.pk, "name": "旧件", "since": 2006, "until": 2007, "most": 10}
    client.post(reverse("desk:backfile_new_batch"), given)
    batch = Batch.objects.get()
    act = reverse("desk:backfile_act_batch", args=[batch.pk, "together"])
    client.post(act)
    last = batch.openings.get(conclusion="")
    url = reverse("desk:backfile_opening", args=[last.pk])
    page = client.get(url)
    assert page.context["form"]["personal"].value() == "yes" and "程序查到" in text(page)
    wrong = client.post(url, {"seen": last.mark, "personal": "yes", "conclusion": "active"})
    assert wrong.status_code == 422 and "不能整件主动公开" in text(wrong)
    client.post(url, {"seen": last.mark, "personal": "yes", "conclusion": "withheld", "ground": "third_party"})
    last.refresh_from_db()
    assert last.conclusion == "withheld" and client.get(batch.get_absolute_url()).status_code == 200


def test_the_public_sees_the_note_the_catalogue_and_nothing_that_was_not_opened(office, client, now):
    hidden = taken(office, now, {"secret.txt": paper(99, about="不该看到的事").encode()}, name="b.zip").items.get()
    actions.publish(reviewed(office, now, confirmed(office, now, 3)), by=office.head, at=now)
    record = Record.objects.order_by("pk").first()
    assert "补录说明" in text(client.get(record.get_absolute_url()))
    transfer = actions.open_transfer(office.agency, SPAN, by=office.clerk, at=now)
    actions.fill(transfer, by=office.clerk, at=now)
    private = actions.save_row(
        transfer,
        None,
        {"title": "关于李某某处分的决定", "opinion": "controlled", "disclosed": "not", "secrecy_change": "无密级"},
        by=office.clerk,
        at=now,
    )
    assert client.get(transfer.get_absolute_url()).status_code == 404
    actions.hand_over(transfer, now.date(), "馆员某", by=office.clerk, at=now)
    assert client.get(transfer.get_absolute_url()).status_code == 404
    actions.publish_catalogue(transfer, by=office.clerk, at=now)
    shown = text(client.get(transfer.get_absolute_url())) + text(client.get(reverse("public:handovers")))
    assert record.get_absolute_url() in shown and private.title not in shown
    sheet = text(client.get(reverse("public:handover_catalogue", args=[transfer.pk, "csv"])))
    assert sheet.count("\n") == 4 and private.title not in sheet
    assert record.title not in text(client.get("/feeds/all.atom")), "成批补录的不挤进订阅"
    history = text(client.get(reverse("public:history") + "?year=2006"))
    assert record.title in history and hidden.title not in history
    found = {"q": record.doc_number, "year": "2006", "agency": office.agency.code}
    assert [row.pk for row in client.get(reverse("public:history"), found).context["page"].rows] == [record.pk]
    assert "没有找到这样的旧文件" in text(client.get(reverse("public:history"), {"q": "没有的词"}))
    assert "全宗号1031，档号1031-WS·2006-Y-0001" in text(client.get(record.get_absolute_url()))


def test_the_papers_of_a_hand_over(office, client, now):
    confirmed(office, now, 2)
    transfer = actions.open_transfer(office.agency, SPAN, by=office.clerk, at=now)
    actions.fill(transfer, by=office.clerk, at=now)
    client.force_login(office.clerk)
    for part in ("inner", "outer"):
        for suffix in ("docx", "xlsx", "csv", "pdf"):
            answer = client.get(reverse("desk:backfile_paper", args=[transfer.pk, part, suffix]))
            assert answer.status_code == 200 and len(answer.content) > 80, (part, suffix)
    document = client.get(reverse("desk:backfile_paper", args=[transfer.pk, "inner", "docx"])).content
    with zipfile.ZipFile(io.BytesIO(document)) as word:
        inside = word.read("word/document.xml").decode()
    assert "到期开放意见" in inside and "1031-WS·2006-Y-0002" in inside
    row = transfer.rows.first()
    letter = reverse("desk:backfile_letter", args=[row.pk])
    assert client.get(letter).status_code == 404, "还没有移交"
    Transfer.objects.update(state="handed", handed_on=now.date())
    assert client.get(letter)["Content-Disposition"].endswith(".docx") or client.get(letter).status_code == 200
    assert "由档案馆答复" in text(client.get(reverse("desk:backfile_row", args=[row.pk])))


def test_every_page_of_the_desk_opens_with_something_on_it(office, client, now):
    confirmed(office, now, 2)
    client.force_login(office.head)
    for name in ("stock", "intakes", "items", "pairs", "batches", "transfers"):
        for query in ("", "?sort=title&state=confirmed&year=2006&q=农村&list=todo"):
            assert client.get(reverse(f"desk:backfile_{name}") + query).status_code == 200, name


def test_an_exported_register_comes_back_as_it_was_and_a_wrong_row_stops_all(office, client, now):
    client.force_login(office.clerk)
    url = reverse("desk:backfile_register", args=[office.agency.code])

    def send(lines):
        upload = io.BytesIO(lines.encode())
        upload.name = "清册.csv"
        return client.post(url, {"file": upload, "reason": "清点"})

    head = "单位,年,类别,登记簿,归档目录,找不到,找不到的理由,当时的名称\n"
    rows = f"{office.agency},2006,其他发文,40,38,1,遗失,明湖县政府办公室\n别的局,2006,其他发文,9,,,,\n"
    assert send(head + rows).status_code == 302
    one = Holding.objects.get()
    assert (one.due, one.lost, one.former_name) == (40, 1, "明湖县政府办公室")
    exported = text(client.get(reverse("desk:backfile_stock") + "?format=csv"))
    assert send(exported).status_code == 302 and one.versions.count() == 1
    wrong = send(head + f"{office.agency},2007,其他发文,四十,,,,\n" + rows.replace(",40,", ",41,"))
    assert wrong.status_code == 422 and "第1行“四十”" in text(wrong)
    assert Holding.objects.get().due == 40
