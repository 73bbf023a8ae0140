"""附件里人写的字不只在正文:替代文字、属性、图表、链接、页眉、批注、嵌着的文件、文件名,到处都查个人信息。"""

import io
import zipfile

import pytest
import xlsxwriter
from docx import Document
from PIL import Image

from gongkai.adapters import redact
from gongkai.adapters.files import concerns, kind_of
from gongkai.adapters.folding import fold
from tests.adapters.pdf_samples import pdf, put
from tests.adapters.test_personal import packed

NUMBER = "13800000000"
FOUND = "里面像有手机号1处"


def said(data, name):
    return concerns(data, kind_of(data), name)


def word(change=None, **parts):
    """A Word file changed by a function, with further parts: ``a__b`` stands for ``a/b``."""
    document = Document()
    document.add_paragraph("正文一段。")
    if change:
        change(document)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        for path, text in parts.items():
            archive.writestr(path.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def picture(size):
    out = io.BytesIO()
    Image.effect_noise((size, size), 90).save(out, "PNG")
    out.seek(0)
    return out


def described(document):
    shape = document.add_picture(picture(8))
    shape._inline.docPr.set("descr", f"电话{NUMBER}")


def titled(document):
    document.core_properties.title = f"名单{NUMBER}"


def in_runs(document):
    paragraph = document.add_paragraph()
    for sign in NUMBER:
        paragraph.add_run(sign).bold = sign == "8"


def linked(document):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    document.part.relate_to(f"tel:{NUMBER}", kind, is_external=True)


@pytest.mark.parametrize("change", [described, titled, in_runs, linked])
def test_a_word_file_beside_its_text(change):
    assert FOUND in said(word(change), "名单.docx")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docProps__custom_xml", f"<p name='电话'><vt:lpwstr>{NUMBER}</vt:lpwstr></p>"),
        ("customXml__item9_xml", f"<r><a>{NUMBER}</a></r>"),
        ("word__charts__chart1_xml", f"<c:chart><c:v>{NUMBER}</c:v></c:chart>"),
        ("word__diagrams__data1_xml", "<a:p><a:r><a:t>138</a:t></a:r><a:r><a:t>00000000</a:t></a:r></a:p>"),
        ("word__glossary__document_xml", f"<w:p><w:r><w:t>{NUMBER}</w:t></w:r></w:p>"),
    ],
)
def test_every_part_of_a_word_file(path, text):
    assert FOUND in said(word(**{path: text}), "名单.docx")


def book(change):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        change(made, made.add_worksheet())
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda made, sheet: sheet.set_header(f"&C{NUMBER}"),
        lambda made, sheet: made.add_worksheet(NUMBER),
        lambda made, sheet: sheet.data_validation(3, 3, 3, 3, {"validate": "list", "source": [NUMBER, "x"]}),
        lambda made, sheet: sheet.insert_textbox(3, 3, NUMBER),
        lambda made, sheet: sheet.write_formula(3, 3, f'="电话{NUMBER}"'),
        lambda made, sheet: made.define_name("tel", f'="{NUMBER}"'),
        lambda made, sheet: made.set_properties({"comments": NUMBER}),
        lambda made, sheet: sheet.write_url(4, 4, f"mailto:{NUMBER}@example.com", string="邮箱"),
        lambda made, sheet: sheet.write_number(1, 1, int(NUMBER)),
    ],
    ids=["header", "sheet-name", "list", "textbox", "formula", "name", "property", "link", "number"],
)
def test_a_workbook_beside_its_cells(change):
    assert FOUND in said(book(change), "名单.xlsx")


@pytest.mark.parametrize("inner", ["名单.xlsx", "名单.docx"])
def test_a_file_within_a_file(inner):
    inside = (
        book(lambda made, sheet: sheet.write(0, 0, NUMBER))
        if inner.endswith("xlsx")
        else word(lambda one: one.add_paragraph(NUMBER))
    )
    assert FOUND in said(word(**{f"word__embeddings__{inner}": inside}), "a.docx")


def test_a_picture_large_enough_for_a_card_is_said_not_to_be_read():
    assert any("图片1幅读不出" in one for one in said(word(lambda one: one.add_picture(picture(400))), "a.docx"))
    assert not any("图片" in one for one in said(word(lambda one: one.add_picture(picture(8))), "a.docx"))


@pytest.mark.parametrize(
    "html",
    [
        f"<img alt='电话{NUMBER}'>",
        f"<!-- 电话{NUMBER} -->",
        f"<div style='display:none'>电话{NUMBER}</div>",
        f"<input value='{NUMBER}'>",
        "".join(f"<span>{sign}</span>" for sign in NUMBER),
    ],
)
def test_a_web_page_beside_its_text(html):
    assert FOUND in said(f"<html><body><p>正文一段,很多字。</p>{html}</body></html>".encode(), "a.html")


def noted(note):
    page = pdf(put("正文一段，很多字。", 100, 700))
    return page.replace(b"/Type /Page /Parent", f"/Annots [{note}] /Type /Page /Parent".encode(), 1)


@pytest.mark.parametrize(
    "data",
    [
        noted(f"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents ({NUMBER}) >>"),
        noted(f"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (tel:{NUMBER}) >> >>"),
        noted(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (tel) /V ({NUMBER}) /Rect [0 0 9 9] >>"),
        pdf(put("正文一段。", 100, 700) + "1 1 1 rg " + put(NUMBER, 100, 600)),
        pdf(put("正文一段。", 100, 700) + put(NUMBER, 300, 600, turn="0 1 -1 0")),
    ],
    ids=["note", "link", "form", "white", "turned"],
)
def test_a_pdf_beside_its_text(data):
    assert FOUND in said(data, "名单.pdf")


def test_names_of_files_and_what_lies_too_deep_or_too_far():
    assert "文件名里像有手机号1处" in said(word(), f"甲某{NUMBER}.docx")
    assert FOUND in said(packed(**{f"{NUMBER}_txt": "x"}), "包.zip")
    deep = packed(d_zip=packed(c_zip=packed(b_zip=packed(a_txt=NUMBER))))
    assert any("没有查个人信息" in one for one in said(deep, "包.zip"))
    long = book(lambda made, sheet: sheet.write(50_001, 0, "x"))
    assert any("超过5万行，后面的没有查" in one for one in said(long, "表.xlsx"))


def test_a_sign_that_grows_when_folded_moves_no_place():
    """“ß”的小写形式是两个字:以前后面的黑块都错开。"""

    def covered(before):
        page = pdf(put(f"{before}甲某某乙", 50, 700))
        return redact.redact(page, "a.pdf", ["甲某某"]).areas

    assert covered("ßßßß") == covered("aaaa")


def test_folding_keeps_the_places():
    folded = fold("a\u200b１\u200b２")
    assert (folded.text, folded.span(1, 3)) == ("a12", (2, 5))
    assert fold("平常的字").span(1, 3) == (1, 3)
