"""检索附件:PDF 说第几页、工作簿说哪张表、Word 只说文件;换下的、撤下的附件不出现;读一次就存着;坏文件不碍事。"""

import io
import json

import docx
import pytest
import xlsxwriter
from django.urls import reverse

from gongkai.adapters import render
from gongkai.adapters.files import pages
from gongkai.foi import papers
from gongkai.records import actions, store
from gongkai.records.models import Attachment, Record
from gongkai.records.terms import WithdrawalKind
from gongkai.search import attachments, finding, index, jobs
from tests.records.office import AT, Office

pytestmark = pytest.mark.django_db


def pdf(*texts):
    """A page for each text."""
    import pypdfium2 as pdfium

    whole = pdfium.PdfDocument.new()
    for text in texts:
        whole.import_pages(pdfium.PdfDocument(render.pdf(render.Paper("附表", (text,)), papers.fonts())))
    memory = io.BytesIO()
    whole.save(memory)
    return memory.getvalue()


def workbook(**sheets):
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return memory.getvalue()


def word(text):
    memory = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph(text)
    paper.save(memory)
    return memory.getvalue()


@pytest.fixture
def office():
    return Office()


def published(office, name, content, **description):
    draft = office.draft(doc_number="", **description)
    actions.attach(draft, name, content, by=office.clerk, at=AT)
    record = office.sign(office.fresh(draft))
    jobs.rebuild(on=AT.date(), at=AT)
    return record


def found(text):
    return finding.find(text, AT, AT.date()).rows


def test_each_page_of_a_pdf_and_each_sheet_of_a_workbook():
    assert [one.label for one in pages(pdf("甲是第一", "乙是第二"), "a.pdf")] == ["第1页", "第2页"]
    sheets = pages(workbook(收入=[["税收", 3.0]], 支出=[["教育支出", 12.5]]), "a.xlsx")
    assert [(one.label, one.text) for one in sheets] == [
        ("工作表“收入”", "税收\t3"),
        ("工作表“支出”", "教育支出\t12.5"),
    ]
    assert [(one.label, one.text) for one in pages(word("承诺书"), "a.docx")] == [("", "承诺书")]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 broken", b"PK\x03\x04xl/workbook.xml", b"\x89PNG\r\n\x1a\n", b"\x00" * 40]
)
def test_what_cannot_be_read_has_no_pages(data):
    assert pages(data, "x") == []


def test_a_hit_in_a_pdf_names_the_file_and_the_page(office, client):
    record = published(office, "图表.pdf", pdf("第一页讲绿化", "飞行汽车牌照的发放"))
    one = found("飞行汽车牌照")[0]
    assert one.record == record and [(p.attachment.name, p.page) for p in one.places] == [("图表.pdf", "第2页")]
    assert any(hit for _, hit in one.places[0].excerpt)
    page = client.get(reverse("public:search"), {"q": "飞行汽车牌照"}).content.decode()
    assert "第2页" in page and reverse("public:attachment", args=[one.places[0].attachment.pk, "图表.pdf"]) in page


def test_a_hit_in_a_workbook_and_a_word_file(office):
    published(office, "附表.xlsx", workbook(收支总表=[["飞行汽车补贴", 20]]))
    assert found("飞行汽车")[0].places[0].page == "工作表“收支总表”"
    published(office, "申请表.docx", word("时光机登记"), title="关于登记的通知")
    assert (found("时光机登记")[0].places[0].attachment.name, found("时光机登记")[0].places[0].page) == (
        "申请表.docx",
        "",
    )


def test_the_text_of_the_record_comes_before_that_of_an_attachment(office):
    published(office, "附表.xlsx", workbook(表=[["垃圾分类"]]), title="关于其他的通知", body="<p>其他。</p>")
    office.publish(title="关于卫生的通知", body="<p>做好垃圾分类。</p>", doc_number="")
    jobs.rebuild(on=AT.date(), at=AT)
    assert [one.record.title for one in found("垃圾分类")] == ["关于卫生的通知", "关于其他的通知"]


def test_withdrawn_drafts_and_replaced_attachments_do_not_show(office):
    record = published(office, "附表.xlsx", workbook(表=[["飞行汽车"]]))
    draft = office.draft(title="另一件草稿", doc_number="")
    actions.attach(draft, "草稿.xlsx", workbook(表=[["飞行汽车"]]), by=office.clerk, at=AT)
    index.refresh([draft.record_id], AT, AT.date())
    assert [one.record for one in found("飞行汽车")] == [record]
    Attachment.objects.filter(edition__record=record).delete()  # 检索库还没有跟上
    assert found("飞行汽车")[0].places == []
    actions.withdraw(record, WithdrawalKind.RETRACTED, by=office.final, at=AT, reason="有误", on=AT.date())
    assert found("飞行汽车") == []


def test_read_once_and_kept(office, monkeypatch):
    record = published(office, "附表.xlsx", workbook(表=[["飞行汽车"]]))
    monkeypatch.setattr(attachments, "pages", lambda *_: pytest.fail("又读了一遍"))
    assert jobs.rebuild(on=AT.date(), at=AT) and found("飞行汽车")[0].record == record


def test_what_kills_the_reader_is_not_tried_for_ever(office, monkeypatch, settings):
    record = office.publish(doc_number="")
    edition = record.live
    sha256 = store.keep(workbook(表=[["飞行汽车"]]))
    row = Attachment.objects.create(edition=edition, name="a.xlsx", sha256=sha256, size=1, kind="xlsx")

    def dies(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(attachments, "pages", dies)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            attachments.read(row)
    assert attachments.read(row) == []


def test_a_missing_file_and_a_damaged_note(office, settings):
    record = published(office, "附表.xlsx", workbook(表=[["飞行汽车"]]))
    row = record.live.attachments.get()
    kept = next((settings.GONGKAI_DATA / "search" / "texts").rglob("*.json"))
    kept.write_text("{", "utf-8")
    assert attachments.read(row)[0].text == "飞行汽车"
    kept.write_text(json.dumps({"make": attachments.MAKE - 1, "pages": []}), "utf-8")
    store.path_of(row.sha256).unlink()
    assert attachments.read(row) == []


def test_an_index_of_an_older_make_is_built_anew_not_in_part(office, settings):
    office.publish(title="关于甲的通知", doc_number="")
    second = office.publish(title="关于乙的通知", doc_number="")
    index.refresh([second.pk], AT, AT.date())
    assert {one.record.title for one in found("通知")} == {"关于甲的通知", "关于乙的通知"}
    assert Record.objects.count() == 2
