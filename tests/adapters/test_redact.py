"""遮盖:新文件里取不出文字,涂黑处每个像素都黑,别处原样;元数据、批注不带过去(C70)。"""

import io
import weakref
import zlib

import pypdfium2 as pdfium
import pytest
from PIL import Image

from gongkai.adapters import redact, render
from gongkai.adapters.files import Unreadable
from gongkai.adapters.redact import Area, NotClean

NAME, NUMBER = "张三丰", "330211196002300010"


@pytest.fixture(scope="module")
def paper():
    """A two-page letter with a name and a number in it."""
    body = (f"申请人{NAME}，证件号码{NUMBER}。", *["本页其余内容可以公开。"] * 40, f"第二页再写一次{NAME}。")
    one = render.Paper(
        title="入户调查表", body=body, head="明湖区民政局", signer="明湖区民政局", day="二〇二六年一月一日"
    )
    return render.pdf(one, render.Fonts.find())


def text_of(data):
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data))


def test_the_words_are_gone_by_text_and_by_pixels(paper):
    assert NAME in text_of(paper).replace("\r\n", "")
    done = redact.redact(paper, "a.pdf", [NAME, NUMBER])
    assert done.counts == {NAME: 2, NUMBER: 1} and len(done.areas) >= 3
    assert text_of(done.data).strip() == ""
    assert NAME.encode() not in done.data and NUMBER.encode() not in done.data
    redact.verify(done.data, done.areas)
    assert len(pdfium.PdfDocument(done.data)) == len(pdfium.PdfDocument(paper))


def test_the_rest_looks_the_same(paper):
    done = redact.redact(paper, "a.pdf", [NAME])

    def grey(data):
        return pdfium.PdfDocument(data)[0].render(scale=0.5).to_pil().convert("L")

    before, after = grey(paper), grey(done.data)
    boxes = [area for area in done.areas if area.page == 1]
    changed = sum(
        abs(a - b) > 100 for a, b in zip(before.tobytes(), after.resize(before.size).tobytes(), strict=True)
    )
    covered = sum((b.right - b.left) * (b.bottom - b.top) for b in boxes) * before.width * before.height
    assert 0 < changed <= covered * 2 + 200


def test_metadata_do_not_come_over(paper):
    done = redact.redact(paper, "a.pdf", [NAME])
    meta = pdfium.PdfDocument(done.data).get_metadata_dict()
    assert not meta["Title"] and not meta["Author"] and not meta["Subject"]


def test_an_area_by_hand(paper):
    area = Area(1, 0.1, 0.1, 0.5, 0.2)
    done = redact.redact(paper, "a.pdf", areas=[area])
    image = pdfium.PdfDocument(done.data)[0].render(scale=1).to_pil().convert("L")
    middle = (int(image.width * 0.3), int(image.height * 0.15))
    assert image.getpixel(middle) < 40


def test_words_that_are_not_there_are_told(paper):
    assert redact.redact(paper, "a.pdf", ["没有的词", " "]).counts == {"没有的词": 0}


def test_a_result_that_is_not_clean_is_refused(paper):
    with pytest.raises(NotClean, match="文字"):
        redact.verify(paper, [])
    plain = redact.redact(paper, "a.pdf")
    with pytest.raises(NotClean, match="涂黑"):
        redact.verify(plain.data, [Area(1, 0.1, 0.05, 0.9, 0.9)])


def test_a_picture():
    buffer = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(buffer, "PNG")
    done = redact.redact(buffer.getvalue(), "a.png", areas=[Area(1, 0, 0, 0.5, 0.5)])
    image = pdfium.PdfDocument(done.data)[0].render(scale=1).to_pil().convert("L")
    assert image.getpixel((20, 20)) < 40 and image.getpixel((image.width - 20, image.height - 20)) > 240


@pytest.mark.skipif("redact.program() is None", reason="没有 LibreOffice")
def test_a_word_file():
    data = render.docx(render.Paper(title="表", body=(f"姓名：{NAME}",)))
    done = redact.redact(data, "a.docx", [NAME])
    assert done.counts == {NAME: 1} and text_of(done.data).strip() == ""


@pytest.mark.parametrize("data", [b"%PDF-1.4 broken", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04x", b"GIF89a..."])
def test_what_cannot_be_read(data):
    with pytest.raises(Unreadable):
        redact.redact(data, "a")


def test_a_preview_is_a_small_picture(paper):
    document = redact.pages_of(paper, "a.pdf")
    image = Image.open(io.BytesIO(redact.preview(document, 1, [])))
    assert image.format == "PNG" and image.width <= 700


def test_a_picture_of_too_many_pixels_is_refused_by_its_header():
    """C7:一万三千见方的图要一点八个吉字节。"""
    ihdr = b"\x00\x00\x00\rIHDR" + (13_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    data = b"\x89PNG\r\n\x1a\n" + ihdr + zlib.crc32(ihdr[4:]).to_bytes(4, "big") + b"\x00\x00\x00\x01IDAT"
    with pytest.raises(Unreadable, match="13000×13000个像素，太大"):
        redact.redact(data, "大图.png", ["张三"])


def test_a_huge_page_is_drawn_coarser_and_is_as_large_as_before():
    page = pdfium.PdfDocument.new()
    page.new_page(14_000, 14_000)
    out = io.BytesIO()
    page.save(out)
    done = redact.redact(out.getvalue(), "大页.pdf", areas=[Area(1, 0.1, 0.1, 0.5, 0.5)])
    with pdfium.PdfDocument(done.data) as new:
        assert [round(side, -2) for side in new[0].get_size()] == [14_000, 14_000]


def test_pages_are_drawn_one_at_a_time(monkeypatch, paper):
    """C7:三百页从前一起留着,要两个多吉字节。"""
    alive, most = set(), []
    real = redact._blackened

    def counted(page, number, areas):
        image = real(page, number, areas)
        alive.add(number)
        weakref.finalize(image, alive.discard, number)
        most.append(len(alive))
        return image

    monkeypatch.setattr(redact, "_blackened", counted)
    many = pdfium.PdfDocument.new()
    with pdfium.PdfDocument(paper) as source:
        for _ in range(4):
            many.import_pages(source)
    out = io.BytesIO()
    many.save(out)
    redact.redact(out.getvalue(), "多页.pdf", [NAME])
    assert len(most) == 8 and max(most) <= 2
