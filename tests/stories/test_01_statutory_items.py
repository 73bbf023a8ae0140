"""任务一 严格落实法定公开事项:从一份真实的公文到一张合法的公开页,再到撤下;覆盖、年度评估、转为公开。"""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from gongkai.law import calendar, disclosure
from gongkai.law.errors import LawError
from gongkai.org.chain import verify
from gongkai.org.models import LogEntry
from gongkai.records import actions, catalogue
from gongkai.records.models import Edition, Record
from gongkai.records.terms import WithdrawalKind
from tests.records.office import moment

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).parents[1] / "data" / "five-year-plan.txt"


def run_import(office, *paths, report, **options):
    call_command(
        "import",
        *map(str, paths),
        agency=office.agency.code,
        report=report,
        stderr=io.StringIO(),
        stdout=io.StringIO(),
        **options,
    )
    return list(csv.DictReader(report.read_text("utf-8-sig").splitlines()))


def test_a_real_paper_becomes_a_lawful_page_and_is_gone_when_withdrawn(client, office, tmp_path):
    # 信息员带来一份方案;同一份再来一次认得出
    rows = run_import(office, PLAN, report=tmp_path / "1.csv")
    assert [row["结果"] for row in rows] == ["已建草稿"]
    assert rows[0]["文号"] == "明政办发〔2021〕51号"
    again = run_import(office, PLAN, report=tmp_path / "2.csv")
    assert [row["结果"] for row in again] == ["重复"] and "导入过" in again[0]["原因或者提示"]
    edition = Edition.objects.select_related("record").get()
    assert (edition.made_on, edition.stage, edition.author) == (date(2021, 9, 26), "draft", office.clerk)
    assert edition.record.publication_due_on == date(2021, 10, 28)

    # 没有审完,公众看不到
    url = edition.record.get_absolute_url()
    assert client.get(url).status_code == 404
    # 三审一查,各由不同的人;起草人不能审,没有保密审查不能签发
    at = moment(2021, 9, 28)
    actions.submit(edition, by=office.clerk, at=at)
    office.judge(edition, "first", at=at)
    office.judge(edition, "second", at=at)
    with pytest.raises(LawError, match="保密审查"):
        office.judge(edition, "final", at=at)
    office.judge(edition, "secrecy", at=at)
    office.judge(edition, "final", at=at)

    page = client.get(url).content.decode()
    for wanted in (
        "明政办发〔2021〕51号",
        "2021-09-26",
        office.agency.name,
        "一、总体目标</h2>",
        "(十二)全面规范依申请公开</h3>",
        edition.record.index_number,
    ):
        assert wanted in page
    record = Record.objects.get()
    assert not record.late
    assert record.title in client.get(reverse("public:records")).content.decode()

    # 每一种撤下
    def gone(kind, status, **options):
        actions.withdraw(
            record,
            kind,
            reason="因故撤下",
            on=date(2021, 10, 8),
            by=office.office,
            at=moment(2021, 10, 8),
            **options,
        )
        response = client.get(url)
        assert response.status_code == status
        listed = client.get(reverse("public:records")).content.decode()
        assert (record.title in listed) is (kind is WithdrawalKind.REPEALED)
        actions.lift(record, reason="恢复", by=office.office, at=moment(2021, 10, 9))
        assert client.get(url).status_code == 200

    gone(WithdrawalKind.RETRACTED, 410)
    gone(WithdrawalKind.CONFIDENTIAL, 404)
    gone(WithdrawalKind.REPEALED, 200, basis="镇政办发〔2021〕60号")
    gone(WithdrawalKind.MOVED, 301, address="https://www.minghu.example/new/")
    assert verify().faults == ()
    assert set(LogEntry.objects.filter(object_id=str(record.pk)).values_list("action", flat=True)) >= {
        "records.create",
        "records.submit",
        "records.first",
        "records.second",
        "records.secrecy",
        "records.final",
        "records.withdraw",
        "records.lift",
    }


def test_a_folder_with_good_and_bad_files_loses_nothing(office, tmp_path):
    folder = tmp_path / "旧公文"
    folder.mkdir()
    (folder / "1.txt").write_text(
        "关于绿化工作的通知\n明政办发〔2019〕3号\n各单位：\n请做好绿化。\n明湖区人民政府办公室\n2019年3月1日",
        "utf-8",
    )
    (folder / "2.html").write_bytes(
        "<html><body><h1>关于植树的公告</h1><p>请大家植树，爱护绿化成果。</p></body></html>".encode("gb18030")
    )
    (folder / "3.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "4.png").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    (folder / "5.txt").write_text(
        "关于绿化工作的通知\n明政办发〔2019〕3号\n\n各单位：\n请做好绿化。\n明湖区人民政府办公室\n2019年3月1日",
        "utf-8",
    )
    with zipfile.ZipFile(folder / "6.zip", "w") as archive:
        archive.writestr("内/7.txt", "关于防汛的通知\n各单位：\n请做好防汛。")
        archive.writestr("内/8.bin", b"\x00\x01\x02\x03" * 50)
    (folder / ".hidden").write_text("x")
    rows = run_import(office, folder, report=tmp_path / "r.csv", type="document")
    results = {row["文件"].rpartition("/")[2]: row for row in rows}
    assert {name: row["结果"] for name, row in results.items()} == {
        "1.txt": "已建草稿",
        "2.html": "已建草稿",
        "3.pdf": "没有建",
        "4.png": "没有建",
        "5.txt": "重复",
        "7.txt": "已建草稿",
        "8.bin": "没有建",
        ".hidden": "跳过",
    }
    assert all(row["原因或者提示"] for row in rows if row["结果"] != "已建草稿")
    assert Record.objects.count() == 3
    first = Record.objects.get(doc_number="明政办发〔2019〕3号")
    assert (first.made_on, first.number_seq, first.type) == (date(2019, 3, 1), 3, "document")


def test_coverage_shows_empty_overdue_and_late(office):
    on = date(2024, 9, 10)
    office.publish("document", made_on=date(2024, 8, 26), at=moment(2024, 9, 3))
    office.publish(
        "budget", made_on=date(2022, 1, 5), at=moment(2022, 3, 20), fields={"year": "2022", "scope": "部门预算"}
    )
    table = catalogue.matrix(on=on)
    row = next(row for row in table.rows if row.agency == office.agency)
    cells = {cell.duty: cell for cell in row.cells if cell}
    assert (cells["normative"].count, cells["normative"].state, cells["normative"].late) == (1, "ok", 0)
    assert (cells["budget"].count, cells["budget"].state, cells["budget"].late) == (1, "overdue", 1)
    assert cells["fees"].state == "empty"
    assert "waterworks" not in cells, "乡镇的增项不适用于部门"
    behind = catalogue.rows(office.agency, "budget", at=moment(2024, 9, 10))
    assert behind.count() == cells["budget"].count
    assert catalogue.late(behind).count() == 1
    due = disclosure.publication_due(date(2022, 1, 5)).due
    assert behind.get().publication_due_on == due == calendar.add(date(2022, 1, 5), 20)


def test_yearly_reassessment_turns_withheld_into_public(client, office):
    withheld = office.publish(
        "document",
        title="某规划初稿",
        openness="withheld",
        ground="过程性信息",
        ground_note="依据《条例》第十六条第二款。",
        made_on=date(2023, 5, 8),
        at=moment(2023, 5, 10),
    )
    assert client.get(withheld.get_absolute_url()).status_code == 404
    ledger = catalogue.reassessments(Record.objects.visible_to(office.clerk), 2024)
    assert (ledger.total, ledger.done) == (1, 0)
    assert catalogue.reassessments(Record.objects.visible_to(office.clerk), 2023).total == 0, "当年的不算"

    actions.reassess(withheld, 2024, "keep", "规划还没有确定。", by=office.clerk, at=moment(2024, 11, 1))
    with pytest.raises(LawError, match="已经评估过"):
        actions.reassess(withheld, 2024, "open", "再来一次", by=office.clerk, at=moment(2024, 11, 2))
    found = actions.reassess(
        withheld, 2025, "open", "规划已经批准，可以公开。", by=office.clerk, at=moment(2025, 11, 1)
    )
    released = found.released
    assert client.get(released.get_absolute_url()).status_code == 404, "转为公开也要经过审核"
    office.sign(released.draft, at=moment(2025, 11, 5))
    page = client.get(released.get_absolute_url()).content.decode()
    assert "某规划初稿" in page
    assert client.get(withheld.get_absolute_url()).status_code == 404
    ledger = catalogue.reassessments(Record.objects.visible_to(office.clerk), 2025)
    assert (ledger.total, ledger.done, ledger.opened) == (1, 1, 1)
    # 两边相连(C109)
    assert released.relations_out.get().target == withheld
    assert withheld.relations_in.get().source == released
