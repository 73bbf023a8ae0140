"""同上级平台交换:列名和写法按对照表,一件一件对账,再导一次不多,退回的说明原因,本系统导出的自己读得回来。"""

import csv
import io
import json
from datetime import date

import pytest
import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.foi import exchange
from gongkai.foi.models import Application
from gongkai.law.errors import RuleBroken
from tests.foi.desk import Desk, moment

pytestmark = pytest.mark.django_db
HEAD = [
    "申请单号",
    "受理单位",
    "申请渠道",
    "申请日期",
    "申请人",
    "申请内容",
    "延期日期",
    "延期天数",
    "答复日期",
    "处理结果",
]
ROW = [
    "ZJ-1",
    "明湖区民政局",
    "网上申请",
    "2022/9/30",
    "李某",
    "低保资金支出",
    "",
    "",
    "2022年12月1日",
    "信息不存在",
]
AT = moment("2023-01-10")


@pytest.fixture
def desk():
    return Desk()


def as_csv(*rows, encoding="utf-8-sig"):
    buffer = io.StringIO()
    csv.writer(buffer).writerows([HEAD, *rows])
    return buffer.getvalue().encode(encoding)


def as_xlsx(*rows):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEAD, *rows]):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def as_json(*rows):
    return json.dumps([dict(zip(HEAD, row, strict=True)) for row in rows], ensure_ascii=False).encode()


def take(desk, content, *, dry=False, name="a"):
    return exchange.reconcile(exchange.read(content, name), "省平台", by=desk.clerk, at=AT, dry=dry)


@pytest.mark.parametrize("make", [as_csv, lambda *r: as_csv(*r, encoding="gb18030"), as_xlsx, as_json])
def test_a_case_comes_in_and_our_clock_judges_it(desk, make):
    report = take(desk, make(ROW))
    one = Application.objects.get()
    assert report.counts["新增"] == 1 and report.lines[0].number == one.number
    assert (one.received_on, one.due_on, one.answered_on) == (
        date(2022, 9, 30),
        date(2022, 11, 2),
        date(2022, 12, 1),
    )
    assert one.late and one.outcome == "not_held" and one.cell == "r4_1"


def test_the_same_file_again_changes_nothing(desk):
    take(desk, as_csv(ROW))
    before = list(Application.objects.values())
    assert take(desk, as_csv(ROW)).counts["相同"] == 1
    assert list(Application.objects.values()) == before


def test_a_dry_run_writes_nothing(desk):
    assert take(desk, as_csv(ROW), dry=True).counts["新增"] == 1
    assert not Application.objects.exists()


def test_a_reply_that_came_later_is_added(desk):
    take(desk, as_csv([*ROW[:8], "", ""]))
    assert Application.objects.get().is_open
    assert take(desk, as_csv(ROW)).counts["有变化"] == 1
    assert Application.objects.get().outcome == "not_held"
    assert take(desk, as_csv(ROW)).counts["相同"] == 1


def test_differences_are_left_to_a_person(desk):
    take(desk, as_csv(ROW))
    report = take(desk, as_csv([*ROW[:8], "2022-12-05", "公开"]))
    assert report.counts["不一致"] == 1
    assert "答复日期：我方2022-12-01，对方2022-12-05" in report.lines[0].note
    assert Application.objects.get().answered_on == date(2022, 12, 1)


def test_what_only_we_have_is_listed(desk):
    take(desk, as_csv(ROW))
    report = take(desk, as_csv(["ZJ-2", *ROW[1:]]))
    assert report.counts == {"新增": 1, "有变化": 0, "相同": 0, "不一致": 0, "退回": 0, "仅本系统有": 1}


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        (0, "", "编号"),
        (1, "没有的局", "没有“没有的局”"),
        (2, "飞鸽", "飞鸽"),
        (3, "昨天", "日期"),
        (3, "", "提交日期"),
        (4, "", "申请人"),
        (5, "", "所需信息"),
        (9, "胡乱", "胡乱"),
        (3, "2999-01-01", "今天以后"),
        (8, "2022-01-01", "早于"),
    ],
)
def test_a_row_that_cannot_be_is_sent_back_with_its_reason(desk, place, value, said):
    row = [*ROW]
    row[place] = value
    report = take(desk, as_csv(row, ["ZJ-9", *ROW[1:]]))
    assert report.counts["退回"] == 1 and said in report.lines[0].note and report.counts["新增"] == 1
    assert Application.objects.count() == 1


def test_an_extension_is_kept(desk):
    take(desk, as_csv([*ROW[:6], "2022-10-20", "20", "2022-11-25", "公开"]))
    one = Application.objects.get()
    assert not one.late and one.due_on > date(2022, 11, 25)


def test_twice_in_one_file(desk):
    report = take(desk, as_csv(ROW, ROW))
    assert report.counts["退回"] == 1 and "重复" in report.lines[1].note


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4 x", b"{broken", b"[1, 2]", b"PK\x03\x04broken", b'{"applications": 3}']
)
def test_what_is_no_table(desk, content):
    with pytest.raises(RuleBroken):
        take(desk, content)


def test_only_for_agencies_within_reach(desk):
    other = Desk(code="MH0113", name="明湖区交通运输局", short="明湖交通")
    with pytest.raises(PermissionDenied):
        exchange.reconcile(exchange.read(as_csv(ROW), "a"), "省平台", by=other.clerk, at=AT, dry=False)


def test_the_office_s_own_table(desk, settings):
    (settings.GONGKAI_DATA / "exchange.toml").write_text(
        '[columns]\nsource_id=["甲"]\nagency=["乙"]\nname=["丙"]\ndescription=["丁"]\narrived_on=["戊"]\n[values.agency]\n"民政"="MH0112"\n',
        "utf-8",
    )
    content = "甲,乙,丙,丁,戊\n1,民政,李某,低保,2022-09-30\n".encode()
    assert take(desk, content).counts["新增"] == 1
    (settings.GONGKAI_DATA / "exchange.toml").write_text("x", "utf-8")
    with pytest.raises(RuleBroken, match="对照表"):
        take(desk, content)


def test_the_page_looks_first_and_takes_when_told(client, desk):
    client.force_login(desk.clerk)
    url = reverse("desk:foi_exchange")

    def post(**more):
        return client.post(url, {"source": "省平台", "file": SimpleUploadedFile("a.csv", as_csv(ROW)), **more})

    assert "还没有收下" in post().content.decode() and not Application.objects.exists()
    book = CalamineWorkbook.from_filelike(io.BytesIO(post(report="1").content))
    assert book.get_sheet_by_name("明细").to_python()[1][:3] == ["2", "ZJ-1", "新增"]
    assert "已经收下" in post(take="1").content.decode() and Application.objects.count() == 1
    bad = client.post(url, {"source": "x", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")})
    assert "不是表格" in bad.content.decode()


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_what_we_export_we_can_read(client, desk, suffix):
    application = desk.case("2025-02-20", applicant_kind="business", personal={"name": "明湖某某有限公司"})
    desk.provide(application, "2025-03-14")
    client.force_login(desk.clerk)
    response = client.get(reverse(f"desk:foi_export_{suffix}"))
    content = b"".join(response) if response.streaming else response.content
    found = exchange.reconcile(
        exchange.read(content, "a"), "别处", by=desk.clerk, at=moment("2025-04-01"), dry=False
    )
    assert found.counts["新增"] == 1
    copy = Application.objects.get(source="别处")
    assert (copy.outcome, copy.answered_on, copy.due_on, copy.applicant) == (
        "provided",
        date(2025, 3, 14),
        date(2025, 3, 20),
        "明湖某某有限公司",
    )


def test_the_command(desk, tmp_path, capsys):
    file = tmp_path / "a.csv"
    file.write_bytes(as_csv(ROW, ["", *ROW[1:]]))
    with pytest.raises(SystemExit):
        call_command("foi_import", str(file), "--source", "省平台", "--by", desk.clerk.username, "--take")
    out = capsys.readouterr().out
    assert "新增1" in out and "退回1" in out and Application.objects.count() == 1
