"""没有字体、缺字,都不挡出文:缺的字印成编号并说出是哪个,原字留在 DOCX 里。"""

import io

import pypdfium2 as pdfium
import pytest
from docx import Document

from gongkai.adapters import render
from gongkai.adapters.render import Fonts

SHIPPED = Fonts.find()


def text_of(pdf: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


@pytest.mark.parametrize(
    ("text", "missing", "printed"),
    [
        ("关于骨直门的答复", (), "关于骨直门的答复"),
        ("申请人扎西ཀཁ", ("ཀ", "ཁ"), "申请人扎西〔U+0F40〕〔U+0F41〕"),
        ("姓名\ue000", ("\ue000",), "姓名〔U+E000〕"),
        ("坏\ufffe了", ("\ufffe",), "坏〔U+FFFE〕了"),
        ('引号"反斜\\线`', (), '引号"反斜\\线`'),
        ("彝文ꀀ", ("ꀀ",), "彝文〔U+A000〕"),
        ("孤立\ud800的", ("\ud800",), "孤立〔U+D800〕的"),
        ("国旗🇨🇳", ("🇨", "🇳"), "国旗〔U+1F1E8〕〔U+1F1F3〕"),
        ("空\x00字\x1f符\x07", (), "空字符"),
    ],
)
def test_a_character_that_no_font_has_is_printed_by_its_number(text, missing, printed):
    paper = render.Paper(title="答复书", body=(text,))
    assert render.missing_characters(paper, SHIPPED) == missing
    assert printed in text_of(render.pdf(paper, SHIPPED)).replace("\r\n", "")


@pytest.mark.parametrize(
    "text", ["一家👨\u200d👩\u200d👧人", "手👍🏽好", "异体邉\U000e0102字", "维吾尔ئۇ\u200cيغۇر", "❤️", "1️⃣"]
)
def test_signs_joined_to_one_still_give_a_paper(text):
    """几个表情连成的一个,缺的那一个说不出是哪个字:从前签发以后下载是500。"""
    paper = render.Paper(title="答复书", body=(f"前{text}后",))
    said = text_of(render.pdf(paper, SHIPPED)).replace("\r\n", "")
    assert said.startswith("答复书前") and "后— 1 —" in said
    assert all("〔" not in sign for sign in render.missing_characters(paper, SHIPPED))


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800", "\U0001fffe"])
def test_a_word_file_is_written_whatever_stands_in_the_text(sign):
    whole = render.docx(render.Paper(title=f"答{sign}复书", body=(f"前{sign}后",), signer=f"局{sign}"))
    text = "".join(part.text for part in Document(io.BytesIO(whole)).paragraphs)
    assert "前后" in text.replace("\n", "")


def test_very_many_missing_characters_still_give_a_paper():
    text = "".join(map(chr, range(0xA000, 0xA000 + 200)))
    assert render.pdf(render.Paper(title="答复书", body=(text,)), SHIPPED).startswith(b"%PDF")


def test_a_font_comes_with_the_dependencies(monkeypatch):
    """Without any font of the machine the shipped one sets Chinese."""
    fonts = Fonts(SHIPPED.folders, "Noto Sans CJK TC", "Noto Sans CJK TC")
    assert SHIPPED.folders
    assert "将关于骨" in text_of(render.pdf(render.Paper(title="题", body=("将关于骨",)), fonts))
