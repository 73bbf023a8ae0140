"""任务十 年度报告:在样本区里,信息员编制、负责人和区政府办审核、照常公布;公布的每个数都另外数一遍,全区等于各单位之和。"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from gongkai.adapters.annual import read
from gongkai.foi.models import Application, Remedy
from gongkai.law import replies
from gongkai.law.report import Severity, check, from_row
from gongkai.org.models import Agency, User
from gongkai.records import actions as records
from gongkai.records.models import Edition, Record
from gongkai.records.terms import ReviewKind, Verdict
from gongkai.reports import actions
from gongkai.reports.models import AnnualReport
from gongkai.web.demo.load import PASSWORD
from tests.foi.desk import moment
from tests.stories.windows import Windows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = moment("2026-11-02")
KINDS = ["person", "business", "research", "welfare", "legal", "other"]


def tally(cases) -> list[int]:
    kinds = Counter(one.applicant_kind for one in cases)
    line = [kinds[kind] for kind in KINDS]
    return [*line, sum(line)]


def recount(year: int, agencies) -> dict[str, list[int]]:
    """Table 3 by plain loops over every case: nothing of the counting code is used."""
    cases = [one for one in Application.objects.all() if one.agency_id in agencies]
    first, last = date(year, 1, 1), date(year, 12, 31)
    closed = [one for one in cases if one.counted_on and first <= one.counted_on <= last]
    return {
        "一、本年新收": tally(one for one in cases if first <= one.received_on <= last),
        "二、上年结转": tally(
            one for one in cases if one.received_on < first and not (one.counted_on and one.counted_on < first)
        ),
        "(一)予以公开": tally(one for one in closed if replies.outcomes()[one.counted_outcome].cell == "r1"),
        "(四)1不掌握": tally(one for one in closed if replies.outcomes()[one.counted_outcome].cell == "r4_1"),
        "(七)总计": tally(closed),
        "四、结转下年度": tally(
            one for one in cases if one.received_on <= last and not (one.counted_on and one.counted_on <= last)
        ),
    }


@pytest.fixture
def windows(chromium, district):
    opened = Windows(chromium, district, PASSWORD)
    yield opened
    opened.close()


def test_a_report_from_the_registers_to_the_public(district, windows, tmp_path, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    office = Agency.objects.get(code="MH0101")
    clerk = windows.desk(User.objects.get(username="clerk"))
    clerk.goto(district + reverse("desk:reports_list"))
    clerk.click("summary:has-text('开始编制')")
    clerk.select_option("#id_agency", str(office.pk))
    clerk.select_option("#id_year", "2024")
    clerk.click("button:has-text('开始编制')")
    clerk.wait_for_url(re.compile(r"/desk/reports/\d+/$"))
    one = clerk.url

    clerk.click("a:has-text('写文字')")
    first = clerk.input_value("#id_part0")
    clerk.fill("#id_part0", first + "建成专栏3个。收到{没有的数}件。")
    clerk.click("button:text-is('保存')")
    assert "不是可以引用的数" in clerk.inner_text("main")
    clerk.fill("#id_part0", first + "建成专栏3个。")
    clerk.fill(
        "#id_part1",
        "存在的问题：政策解读形式单一，图解只有2件；答复书说理不够。改进措施：解读同文件一并起草，"
        "答复书由法制机构逐件审核，每季度讲评一次，组织培训2次，栏目按周更新并由专人负责。",
    )
    clerk.click("button:text-is('保存')")
    clerk.wait_for_url(one)

    clerk.goto(one + "cell/2/licence/0/")
    clerk.fill("#id_number", "37")
    clerk.fill("#id_source", "政务服务平台")
    clerk.click("button:text-is('填报')")
    clerk.wait_for_url(one)
    assert "手工填报" in clerk.inner_text("table.t2")
    clerk.click("button:text-is('送审')")
    clerk.wait_for_selector(".tag:has-text('待单位负责人审核')")

    for who, after in (("head", "待区政府办审核"), ("office", "已核定")):
        page = windows.desk(User.objects.get(username=who))
        page.goto(one)
        page.check("input[value=agree]")
        page.click("button:text-is('提交')")
        page.wait_for_selector(f".tag:has-text('{after}')")
    clerk.goto(one)
    clerk.click("button:has-text('起草公布稿')")
    clerk.wait_for_url(re.compile(r"/desk/records/\d+/"))

    record = publish(AnnualReport.objects.get(agency=office, year=2024).record)
    visitor = windows.phone
    visitor.goto(district + reverse("public:annual_reports") + "?year=2024")
    visitor.click(f"a:has-text('{record.title}')")
    assert "建成专栏3个" in visitor.inner_text("main")
    counted = recount(2024, {office.pk})
    for suffix in (".pdf", ".docx", ".xlsx"):
        with visitor.expect_download() as waiting:
            visitor.click(f"a:has-text('{suffix}')")
        path = tmp_path / f"report{suffix}"
        waiting.value.save_as(path)
        found = read(path.read_bytes(), path.name)
        assert {key: found.cells()[key] for key in counted} == counted
        assert found.disclosures()["行政许可"] == 37
    answer = visitor.request.get(
        district + reverse("public:annual_data", args=[AnnualReport.objects.get(record=record).pk])
    )
    # 2024年度的到2026年才公布:除了逾期,一处错误也没有。
    errors = [one.id for one in check(from_row(answer.json())) if one.severity is Severity.ERROR]
    assert errors == ["E11"]


def publish(record: Record) -> Record:
    """Through the usual reviews of information, by the office's people; then the report notes its day."""
    edition, at = Edition.objects.get(record=record), NOW
    by = {who: User.objects.get(username=who) for who in ("clerk", "first", "second", "secrecy", "final")}
    records.submit(edition, by=by["clerk"], at=at)
    for kind in ("secrecy", "first", "second", "final"):
        records.judge(edition, ReviewKind(kind), Verdict.PASS, "同意公开。", by=by[kind], at=at)
    record = Record.objects.get(pk=record.pk)
    actions.published(record, at=at)
    return record


def test_the_district_rolled_up_equals_every_case_counted(district):
    whole = from_row(AnnualReport.objects.get(agency__kind="government", year=2025).frozen)
    everyone = set(Agency.objects.values_list("pk", flat=True))
    counted = recount(2025, everyone)
    assert {key: whole.cells()[key] for key in counted} == counted and counted["一、本年新收"][6] > 100
    disputes = [one for one in Remedy.objects.all() if one.kind == "review"]
    ended = [one for one in disputes if one.decided_on and one.decided_on.year == 2025]
    pending = [
        one
        for one in disputes
        if one.filed_on.year <= 2025 and not (one.decided_on and one.decided_on.year <= 2025)
    ]
    assert whole.remedies()["行政复议"][4] == len(ended) + len(pending)
    units = [
        from_row(one.frozen)
        for one in AnnualReport.objects.filter(year=2025).exclude(agency__kind="government").exclude(frozen={})
    ]
    assert len(units) >= 7
    for unit in units:
        own = recount(
            2025,
            {
                Agency.objects.get(name=unit.org).pk,
                *Agency.objects.filter(successor__name=unit.org).values_list("pk", flat=True),
            },
        )
        assert {key: unit.cells()[key] for key in own} == own, unit.org
