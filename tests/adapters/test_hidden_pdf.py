"""PDF 里看不见的文字和批注:白的、同底色的、被盖住的、页面以外的、太小的,都说出来;看得见的不说。"""

import pytest

from gongkai.adapters.files import Kind
from gongkai.adapters.files.hidden import hidden

NUMBER = b"BT /F 12 Tf 100 700 Td (13800000000) Tj ET "
WORDS = b"BT /F 12 Tf 100 600 Td (words that are seen) Tj ET "
BOX = b"90 690 200 30 re f "
IMAGE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\n\x00\nendstream"
SQUARE = b"<</Type/Annot/Subtype/Square/Rect[90 690 290 720]/IC[0 0 0]/C[0 0 0]/F 4>>"


def pdf(content: bytes, *, page: bytes = b"", resources: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """A file of one page; further objects are numbered from 6."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>"
        % (resources, page),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    rest = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return out + rest % (len(objects) + 1, table, len(objects) + 1, len(out))


@pytest.mark.parametrize(
    "data",
    [
        pdf(WORDS + b"1 1 1 rg " + NUMBER),
        pdf(WORDS + b"0 0 0 0 k " + NUMBER),
        pdf(WORDS + b"0.98 g " + NUMBER),
        pdf(WORDS + b"3 Tr " + NUMBER),
        pdf(WORDS + b"/G gs " + NUMBER, resources=b"/ExtGState<</G<</ca 0>>>>"),
        pdf(WORDS + NUMBER + b"0 g " + BOX),
        pdf(WORDS + NUMBER + b"1 g " + BOX),
        pdf(WORDS + b"0 g " + BOX + NUMBER),
        pdf(WORDS + b"0.2 0.3 0.4 rg " + BOX + NUMBER),
        pdf(WORDS + NUMBER + b"20 w 90 704 m 300 704 l S"),
        pdf(WORDS + NUMBER + b"q 200 0 0 30 90 690 cm /I Do Q", resources=b"/XObject<</I 6 0 R>>", more=(IMAGE,)),
        pdf(WORDS + NUMBER, page=b"/Annots[6 0 R]", more=(SQUARE,)),
        pdf(WORDS + NUMBER, page=b"/CropBox[0 0 595 650]"),
        pdf(WORDS + NUMBER.replace(b"100 700", b"700 900")),
        pdf(WORDS + NUMBER.replace(b"/F 12", b"/F 0.3")),
    ],
    ids=[
        "white",
        "cmyk",
        "pale",
        "ink",
        "clear",
        "boxed",
        "whited",
        "ground",
        "colour",
        "line",
        "picture",
        "note",
        "crop",
        "beside",
        "tiny",
    ],
)
def test_unseen_text_is_reported(data):
    assert hidden(data, Kind.PDF) == ["有看不见的文字1处（白色、被遮住、在页面以外或者太小）"]


@pytest.mark.parametrize(
    "data",
    [
        pdf(WORDS + NUMBER),
        pdf(WORDS + b"0 g " + BOX + b"1 g " + NUMBER),
        pdf(WORDS + b"0.9 g " + BOX + b"0 g " + NUMBER),
        pdf(WORDS + NUMBER + b"1 w 90 698 m 300 698 l S"),
        pdf(WORDS + NUMBER, page=b"/Annots[6 0 R]", more=(b"<</Type/Annot/Subtype/Link/Rect[90 690 290 720]>>",)),
    ],
    ids=["plain", "inverse", "shaded", "underlined", "link"],
)
def test_what_is_seen_is_not(data):
    assert hidden(data, Kind.PDF) == []


def test_notes_are_reported():
    note = b"<</Type/Annot/Subtype/Text/Rect[90 690 110 720]/Contents(13800000000)>>"
    assert hidden(pdf(WORDS, page=b"/Annots[6 0 R]", more=(note,)), Kind.PDF) == ["有批注1处"]
