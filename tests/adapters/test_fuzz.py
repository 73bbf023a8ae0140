"""一万份改坏了的文件:读文件只会成功或者给出一句话,读要素从不出错。种子固定。"""

import contextlib
import io
import random
import zipfile

import pytest

from gongkai.adapters import files
from gongkai.adapters.files import Unreadable
from gongkai.adapters.paper import body_html, extract, from_text
from tests.adapters.paper_samples import STYLES, VALUES
from tests.adapters.test_files import HTML, TEXT, sheet, word, zipped

ROUNDS = 2000


def small_pdf():
    """A hand-made one-page PDF, cheap to read."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj "
        b"4 0 obj<</Length 60>>stream\nBT /F 12 Tf 20 100 Td (Notice 2026 of the office) Tj ET\nendstream endobj "
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def undated(data):
    """The same archive without the time of its making, so that each run changes the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


BASES = {
    "text": [TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16")],
    "html": [HTML.format(TEXT).encode(), *(style(VALUES[0]).encode() for style in STYLES)],
    "docx": [undated(word())],
    "zip": [zipped({"a.txt": TEXT, "b.html": HTML.format(TEXT)}), sheet()],
    "pdf": [small_pdf()],
}


def mutate(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not data:
            break
        kind, at = chance.randrange(6), chance.randrange(len(data))
        if kind == 0:
            del data[at:]
        elif kind == 1:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 2:
            del data[at : at + chance.randint(1, 40)]
        elif kind == 3:
            data[at:at] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 30)))
        elif kind == 4:
            data[at:at] = data[at : at + chance.randint(1, 200)]
        else:
            data[at : at + 4] = chance.choice(
                [b"\x00\x00\x00\x00", b"\xff\xff\xff\xff", b"<<<<", b"&#0;", "〔〕".encode()[:4]]
            )
    return bytes(data)


@pytest.mark.parametrize("kind", BASES)
def test_mutated_files_never_crash(kind):
    chance = random.Random(kind)
    good = 0
    for _ in range(ROUNDS):
        data = mutate(chance.choice(BASES[kind]), chance)
        try:
            document = files.read(data, "x")
        except Unreadable as error:
            assert str(error).endswith("。")
        else:
            paper = extract(document)
            body_html(paper.blocks)
            paper.row()
            good += 1
        files.hidden(data)
        if kind == "zip":
            try:
                for _, inner in files.members(data, "x"):
                    assert isinstance(inner, bytes | Unreadable)
            except Unreadable:
                pass
    if kind in ("text", "html"):
        assert good > ROUNDS // 4, "改坏的多数应当仍读得出"


def test_any_text_gives_a_row():
    chance = random.Random(1)
    alphabet = "索引号文发布机构日期：: \n\t〔〕2021年月日号<td></td>各镇人民政府无—(a)"
    for _ in range(1500):
        text = "".join(chance.choice(alphabet) for _ in range(chance.randint(0, 300)))
        row = from_text(text, None).row()
        assert {"索引号", "文号", "title"} <= set(row)


def test_a_zip_member_without_a_name_is_passed_over():
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("a.txt", "公开")
        archive.writestr("b.txt", "公示")
    raw = memory.getvalue().replace(b"a.txt", b"\0.txt")
    assert [name for name, _ in files.members(raw, "x")] == ["b.txt"]


def test_a_zip_that_lies_about_its_size():
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("a.txt", "x" * 100)
    raw = memory.getvalue().replace((100).to_bytes(4, "little"), (2**31).to_bytes(4, "little"))
    with contextlib.suppress(Unreadable):
        list(files.members(raw, "x"))
