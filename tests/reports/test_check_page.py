"""公众的年报校验页:上传得发现和订正表;什么也不存;大小、类型、次数都有限;表里的文字不会变成标签。"""

import io
import json
from contextlib import ExitStack

import pypdfium2 as pdfium
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongkai.adapters import ocr
from gongkai.law.report import form, from_row
from gongkai.org.models import LogEntry
from gongkai.reports import output
from gongkai.reports.views import check as view
from tests.adapters import annual_samples as samples
from tests.adapters import scan_samples
from tests.outside import shared

pytestmark = [pytest.mark.django_db, pytest.mark.once]
USED = form("2021")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def table(**changes):
    lines = {row.key: [0] * 7 for row in USED.rows}
    for key in ("new", "r1", "tot"):
        lines[key] = [2, 0, 0, 0, 0, 0, 2]
    return lines | changes


def page_of(lines, title="明湖区民政局2025年政府信息公开工作年度报告", other=""):
    rows = "".join(
        f"<tr><td>{row.label}</td>{''.join(f'<td>{cell}</td>' for cell in lines[row.key])}</tr>"
        for row in USED.rows
    )
    head = "".join(f"<td>{column.label}</td>" for column in USED.columns)
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{other}"
        f"<p>三、收到和处理政府信息公开申请情况</p><table><tr><td>申请人情况</td>{head}</tr>{rows}</table></body></html>"
    ).encode()


def post(client, content, name="年报.html", **more):
    return client.post(reverse("public:annual_check"), {"report": SimpleUploadedFile(name, content), **more})


def test_the_page_asks_for_a_file_and_sets_no_cookie(client):
    response = client.get(reverse("public:annual_check"))
    assert "上传年度报告" in response.content.decode() and not response.cookies
    assert "reports/annual_check" not in response.headers.get("Set-Cookie", "")


def test_findings_and_a_corrected_table(client):
    before = LogEntry.objects.count()
    response = post(client, page_of(table(new=[2, 0, 0, 0, 0, 0, 3])))
    text = response.content.decode()
    assert "明湖区民政局2025年度报告" in text and "E1" in text and "原为3" in text
    assert response.headers["Cache-Control"] == "no-store" and not response.cookies
    assert LogEntry.objects.count() == before


def test_without_errors_it_says_so(client):
    response = post(client, page_of(table()))
    assert response.context["counted"] is not None
    assert not [finding for finding in response.context["findings"] if finding.id in ("E1", "E2", "E3")]


def test_the_year_before_is_used(client):
    before = SimpleUploadedFile(
        "上年.html",
        page_of(
            table(car=[5, 0, 0, 0, 0, 0, 5], new=[7, 0, 0, 0, 0, 0, 7]),
            "明湖区民政局2024年政府信息公开工作年度报告",
        ),
    )
    found = post(client, page_of(table()), previous=before).context["findings"]
    assert any(finding.id == "E4" and finding.expected == 5 for finding in found)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.html", "空"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "a.pdf", "不能直接读"),
        ("<p>没有表</p>".encode(), "a.html", "三张表"),
        (b"%PDF-1.4 broken", "a.pdf", "《a.pdf》"),
        (b"PK\x03\x04broken", "a.docx", "《a.docx》"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_on_its_field(client, content, name, said):
    response = post(client, content, name)
    assert response.status_code == 200
    assert said in "".join(response.context["form"].errors["report"])
    assert "report" not in response.context


def test_a_file_that_is_too_large(client, monkeypatch):
    from gongkai.adapters.files import Limits

    monkeypatch.setattr("gongkai.reports.forms.DEFAULT", Limits(file_bytes=1024 * 1024))
    response = post(client, b"x" * (1024 * 1024 + 1))
    assert "超过1 MB" in "".join(response.context["form"].errors["report"])


def test_what_the_file_says_never_becomes_markup(client):
    evil = "<script>alert(1)</script>"
    lines = table(new=["&lt;b&gt;x&lt;/b&gt;", 0, 0, 0, 0, 0, 2])
    text = post(client, page_of(lines, f"明湖区民政局2025年政府信息公开工作年度报告{evil}")).content.decode()
    assert "<b>x</b>" not in text and evil not in text


def test_so_many_times_and_no_more(client, monkeypatch):
    monkeypatch.setattr(view, "TIMES", 2)
    content = page_of(table())
    assert [post(client, content).status_code for _ in range(3)] == [200, 200, 429]
    other = client.post(reverse("public:annual_check"), {}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200


def test_when_all_places_are_taken_the_next_is_told_at_once_and_nothing_is_read(client, monkeypatch):
    monkeypatch.setattr("gongkai.reports.forms.read_foreign", lambda *_, **__: pytest.fail("读了"))
    with ExitStack() as held:
        assert all(held.enter_context(view._places.occupy()) for _ in range(view.PLACES))
        response = post(client, page_of(table()))
    assert response.status_code == 503 and response.headers["Retry-After"] == "60"
    assert "现在同时校验的人多，网站正忙，您的报告没有读" in response.content.decode()


def test_a_place_is_free_again_after_a_check_that_failed(client, monkeypatch):
    monkeypatch.setattr(view, "TIMES", 99)
    for _ in range(view.PLACES + 1):
        assert post(client, b"%PDF-broken").status_code == 200


def test_the_proxy_on_this_machine_tells_the_address(client, monkeypatch):
    monkeypatch.setattr(view, "TIMES", 1)
    content = page_of(table())

    def status(**headers):
        file = SimpleUploadedFile("a.html", content)
        return client.post(reverse("public:annual_check"), {"report": file}, **headers).status_code

    assert status(HTTP_X_REAL_IP="203.0.113.1") == 200
    assert status(HTTP_X_REAL_IP="203.0.113.2") == 200
    assert status(HTTP_X_REAL_IP="203.0.113.1") == 429
    assert status(REMOTE_ADDR="203.0.113.5") == 200
    assert status(REMOTE_ADDR="203.0.113.5", HTTP_X_REAL_IP="203.0.113.77") == 429


def test_the_corrected_table_as_a_workbook(client):
    row = post(client, page_of(table(new=[2, 0, 0, 0, 0, 0, 3]))).context["row"]
    response = client.post(reverse("public:annual_table"), {"row": row})
    assert response.headers["Content-Type"] == XLSX
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    assert book.sheet_names == ["第二部分", "第三部分", "第四部分"]
    sheet = book.get_sheet_by_name("第三部分").to_python()
    assert sheet[3][0] == "一、本年新收政府信息公开申请数量" and sheet[3][3:10] == [2, 0, 0, 0, 0, 0, 2]


@pytest.mark.parametrize("row", ["", "x", "[]", "1", "{" * 5000, "[" * 100000, '{"cells":' + "9" * 200_001])
def test_broken_data_for_the_workbook(client, row):
    response = client.post(reverse("public:annual_table"), {"row": row})
    assert response.status_code == 400 and "重新上传" in response.content.decode()


def test_a_cell_of_the_workbook_is_never_a_formula():
    report = from_row({"year": 2025, "cells": {"一、本年新收": ["=1+1", 0, 0, 0, 0, 0, 0]}})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(output.xlsx(report))).get_sheet_by_name("第三部分")
    assert sheet.to_python()[3][3] == "=1+1"


@pytest.mark.measured
def test_a_real_report(client):
    content = shared("data/annual-report-hongze-2024.pdf").read_bytes()
    response = post(client, content, "年报.pdf")
    assert response.context["report"].year == 2024
    assert json.loads(response.context["row"])["cells"]


def scan() -> bytes:
    """A page with nothing on it but a picture."""
    pdf = scan_samples.as_pdf(samples.figures(3))
    with pdfium.PdfDocument(pdf) as document:
        image = document[1].render(scale=2).to_pil().convert("L")
    out = io.BytesIO()
    image.save(out, "PDF", resolution=144)
    return out.getvalue()


def test_a_scan_is_read_and_said_to_be_one(client):
    response = post(client, scan(), "扫描.pdf")
    assert response.context["report"].cells()
    assert "文字和数字由程序识别" in response.content.decode()
    assert "扫描的不超过10页" in client.get(reverse("public:annual_check")).content.decode()


def test_so_many_scans_and_no_more(client, monkeypatch):
    monkeypatch.setattr(view, "SCANS", 1)
    assert "report" in post(client, scan(), "扫描.pdf").context
    said = "".join(post(client, scan(), "扫描.pdf").context["form"].errors["report"])
    assert "短时间内识别的扫描件太多" in said
    assert post(client, page_of(table())).context["report"].year == 2025


def test_a_scan_where_nothing_reads_scans(client, monkeypatch, here):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    monkeypatch.setattr("gongkai.adapters.annual.scan.load", lambda: None)
    said = "".join(post(client, scan(), "扫描.pdf").context["form"].errors["report"])
    assert "本站没有装文字识别" in said and "pip" not in said
    assert "PDF（有文字的）" in client.get(reverse("public:annual_check")).content.decode()


def test_only_posting_gives_a_workbook(client):
    assert client.get(reverse("public:annual_table")).status_code == 405
