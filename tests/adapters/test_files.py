"""读文件:按内容认类型,编码写错也行,坏文件说清为什么;隐藏内容、文件名、个人信息。"""

import io
import zipfile
from datetime import datetime

import docx
import pytest
import xlsxwriter

from gongkai.adapters import annual, files
from gongkai.adapters.files import Kind, Unreadable
from gongkai.adapters.files.office import program
from gongkai.adapters.personal import is_card_number, is_id_number, personal_data
from tests.outside import shared

TEXT = "各镇人民政府：\n现将《办法》印发给你们，请认真贯彻执行。\n明湖区人民政府\n2026年1月5日"


def word(text=TEXT, *, comment=False):
    memory = io.BytesIO()
    document = docx.Document()
    document.core_properties.author = "陈某" if comment else ""
    document.add_heading("关于印发办法的通知", 1)
    for line in text.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "补助标准"
    table.cell(1, 0).text = "四层"
    table.cell(1, 1).text = "20万元"
    document.save(memory)
    return memory.getvalue()


def sheet():
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory)
    book.set_properties({"created": datetime(2026, 1, 6, 8)})
    book.add_worksheet("公开").set_row(3, None, None, {"hidden": True})
    hidden = book.add_worksheet("名单")
    hidden.hide()
    book.close()
    return memory.getvalue()


def zipped(members):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, content in members.items():
            # ZipInfo 不带当前时间:同样的内容,每次压出同样的字节
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


HTML = "<html><head><meta charset='gb2312'><title>t</title><meta name='PubDate' content='2026-01-06'></head><body><div class='nav'>首页</div><div><h1>标题</h1><p>{}</p></div><script>x</script></body></html>"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("gb18030"),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        HTML.format(TEXT).encode(),
        HTML.format(TEXT).encode("gb18030"),
        word(),
    ],
    ids=["utf-8", "gb18030", "bom", "utf-16", "html", "mislabelled", "docx"],
)
def test_the_same_text_from_every_kind(data):
    assert "请认真贯彻执行" in files.read(data, "x").text


def test_html_keeps_the_article_and_drops_the_chrome():
    document = files.read(HTML.format("正文文字很长，" * 20).encode(), "x.html")
    assert "首页" not in document.text and "x" not in document.text.split("\n")
    assert document.meta["PubDate"] == "2026-01-06"


def test_docx_keeps_headings_and_merged_cells():
    blocks = files.read(word(), "x.docx").blocks
    assert blocks[0] == files.Heading("关于印发办法的通知", 1)
    table = next(block for block in blocks if isinstance(block, files.Table))
    assert table.rows[0] == (files.Cell("补助标准", colspan=2),)


def test_pdf_with_text():
    data = shared("data/annual-report-hongze-2024.pdf").read_bytes()
    document = files.read(data, "x.pdf")
    assert document.kind is Kind.PDF
    assert any(
        "本报告由淮安市洪泽区人民政府办公室根据《中华人民共和国政府信息公开条例》" in block.text.replace(" ", "")
        for block in document.blocks
    )


@pytest.mark.skipif(program() is None, reason="没有安装 LibreOffice")
def test_rtf_through_libreoffice():
    rtf = (
        "{\\rtf1\\ansi\\ansicpg936 "
        + "".join(f"\\u{ord(mark)}?" if ord(mark) > 127 else mark for mark in "各镇人民政府请执行")
        + "}"
    )
    assert "各镇人民政府请执行" in files.read(rtf.encode(), "x.rtf").text


def test_a_broken_old_file_that_converts_into_gibberish_is_refused(monkeypatch, here):
    broken = docx.Document()
    broken.add_paragraph("탏ᇠꆱ\u1ae1쏷뫾쟸죋" * 10)
    memory = io.BytesIO()
    broken.save(memory)
    monkeypatch.setattr("gongkai.adapters.files.office.program", lambda: "soffice")
    monkeypatch.setattr("gongkai.adapters.files.office.convert", lambda *given: memory.getvalue())
    with pytest.raises(Unreadable, match="转换出来的是乱码"):
        files.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xfe\xff" * 600, "x.doc")


def test_old_formats_without_libreoffice_say_what_to_install(monkeypatch, here):
    monkeypatch.setattr("gongkai.adapters.files.office.program", lambda: None)
    with pytest.raises(Unreadable, match="libreoffice"):
        files.read(b"{\\rtf1 x}", "x.rtf")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"   \n", "空的"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "图片"),
        (b"MZ\x90\x00" + b"\x00" * 60, "程序"),
        (b"%PDF-1.4\ngarbage", "损坏"),
        (zipped({"a.txt": "x"}), "压缩包"),
        (sheet(), "表格"),
        (b"\x00\x01\x02" * 100, "类型"),
        (b"PK\x03\x04" + b"word/document.xml" + b"0" * 40, "损坏"),
        (b"<html><body><script>x</script></body></html>", "没有文字"),
    ],
)
def test_what_cannot_be_read_says_why(data, words):
    with pytest.raises(Unreadable, match=words) as error:
        files.read(data, "某文件")
    assert str(error.value).startswith("《某文件》读不出来：") and str(error.value).endswith("。")


def test_limits_are_told():
    with pytest.raises(Unreadable, match="超过"):
        files.read(b"a" * 100, "x", limits=files.Limits(file_bytes=10))
    with pytest.raises(Unreadable, match="炸弹"):
        files.read(word("0" * 3_000_000), "x", limits=files.Limits(unpacked_ratio=5))


def test_zip_members_come_out_safely():
    data = zipped(
        {
            "../../etc/passwd": "x",
            "a/公文.txt": TEXT,
            ".hidden": "x",
            "__MACOSX/b": "x",
            "inner.zip": zipped({"c.txt": "深处"}),
        }
    )
    found = dict(files.members(data, "x.zip"))
    assert set(found) == {"etc/passwd", "a/公文.txt", "inner.zip/c.txt"}


def test_zip_names_in_gbk():
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(zipfile.ZipInfo("公文.txt".encode("gb18030").decode("cp437")), "x")
    raw = bytearray(memory.getvalue())
    assert [name for name, _ in files.members(bytes(raw), "x")] in (
        ["公文.txt"],
        ["公文.txt".encode("gb18030").decode("cp437")],
    )


def test_zip_bombs_and_depth_are_refused():
    bomb = zipped({"big.txt": b"0" * 5_000_000})
    ((_, found),) = files.members(bomb, "x.zip")
    assert isinstance(found, Unreadable)
    with pytest.raises(Unreadable, match="过大"):
        list(files.members(bomb, "x.zip", limits=files.Limits(unpacked_bytes=100)))
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": "x"})})})})
    assert any(isinstance(found, Unreadable) for _, found in files.members(deep, "x.zip"))
    with pytest.raises(Unreadable, match="损坏"):
        list(files.members(b"PK\x03\x04xx", "x.zip"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 x", Kind.PDF),
        (word(), Kind.DOCX),
        (sheet(), Kind.XLSX),
        (zipped({"a": "x"}), Kind.ZIP),
        (TEXT.encode("gb18030"), Kind.TXT),
        (b"<!DOCTYPE html><html></html>", Kind.HTML),
        (b"a,b\n1,2\n3,4\n", Kind.CSV),
        ("<关于修路的通知>".encode(), Kind.TXT),
        (b"\xff\xd8\xff\xe0xx", Kind.JPG),
        (b"GIF89a..", Kind.GIF),
        (b"\x00\x00\x00\x20ftypisom", Kind.MP4),
        (b"RIFF0000WEBP", Kind.WEBP),
        (b"\x7fELF", Kind.EXE),
        (b"Rar!\x1a\x07", Kind.RAR),
    ],
)
def test_kind_by_content(data, kind):
    assert files.kind_of(data) is kind


def test_hidden_things_are_found():
    findings = files.hidden(sheet())
    assert any("隐藏的工作表：名单" in one for one in findings) and any("隐藏的行" in one for one in findings)
    assert any("作者：陈某" in one for one in files.hidden(word(comment=True)))
    assert files.hidden(b"PK\x03\x04broken", Kind.DOCX) == ["隐藏内容没有查成，请打开核对"]
    assert files.hidden(TEXT.encode()) == []


@pytest.mark.parametrize(
    ("name", "kind", "wanted", "warned"),
    [
        ("C:\\tmp\\补助 标准表.DOC", Kind.DOCX, "补助 标准表.docx", False),
        ("../../a<b>.pdf", Kind.PDF, "ab.pdf", False),
        ("", Kind.PDF, "附件.pdf", False),
        ("王某某身份证.jpg", Kind.JPG, "王某某身份证.jpg", True),
        ("名单13800000000.xlsx", Kind.XLSX, "名单13800000000.xlsx", True),
    ],
)
def test_file_names(name, kind, wanted, warned):
    clean, warnings = files.clean_name(name, kind)
    assert clean == wanted and bool(warnings) is warned


def id_number(body="11010119000101001"):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]


def test_personal_data_is_found_and_checked():
    right = id_number()
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    assert is_id_number(right) and not is_id_number(wrong) and not is_id_number("110101199913010010")
    spaced = f"{right[:6]} {right[6:14]} {right[14:]}"
    labels = [
        one.label
        for one in personal_data(
            f"证号{right}，又{spaced}，错{wrong}，电话138-0000-0000，卡6222 0000 0000 0000 000"
        )
    ]
    assert labels.count("身份证号") == 2 and "手机号" in labels
    assert (
        is_card_number("6011000990139424")
        and not is_card_number("6011000990139425")
        and not is_card_number("0000000000000000")
    )
    assert [one.label for one in personal_data("家住望湖路12号3单元501室")] == ["住址"]
    assert personal_data("国办发〔2019〕54号，2021年9月26日，共12345678元") == []


SIMPLE = "明湖区人民政府办公室文件\n明政办发〔2023〕34号\n明湖区人民政府办公室关于信息公开的通知\n各镇人民政府：\n现将有关事项通知如下，请遵照执行。\n"
TRADITIONAL = "明湖區人民政府辦公室文件\n關於資訊公開的通知\n各鎮人民政府：\n現將有關事項通知如下，請遵照辦理。\n"


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (TRADITIONAL.encode("big5"), TRADITIONAL, "Big5"),
        (SIMPLE.encode("utf-16-le"), SIMPLE, "UTF-16"),
        (SIMPLE.encode("utf-16-be"), SIMPLE, "UTF-16"),
        (SIMPLE.encode("gb18030"), SIMPLE, ""),
        ("王鑫垚、赵喆、李昱霖\n".encode("gbk") * 5, "王鑫垚、赵喆、李昱霖\n" * 5, ""),
        (SIMPLE.encode() + "附件一份".encode("gbk") + SIMPLE.encode(), SIMPLE + "附件一份" + SIMPLE, "第6行"),
        (SIMPLE.encode().decode("gb18030", "ignore").encode(), None, "乱码"),
        (SIMPLE.encode("gbk").decode("latin-1").encode(), SIMPLE, "还原"),
        (SIMPLE.encode().decode("latin-1").encode(), None, ""),
        (SIMPLE.replace("政", "\ufffd").encode(), SIMPLE.replace("政", "\ufffd"), "4个字已经损坏"),
        (
            (SIMPLE + "联系人：???，地址：????。\n" * 3).encode(),
            SIMPLE + "联系人：???，地址：????。\n" * 3,
            "问号",
        ),
    ],
    ids=[
        "big5",
        "utf16le",
        "utf16be",
        "gbk",
        "rare",
        "mixed",
        "utf8-as-gbk",
        "gbk-as-latin",
        "utf8-as-latin",
        "fffd",
        "marks",
    ],
)
def test_encodings_are_told_apart_and_damage_is_said(data, text, note):
    try:
        document = files.read(data, "x.txt")
    except Unreadable:
        assert text is None
        return
    assert text is None or document.page == text
    assert (note in "".join(document.notes)) if note or text is None else not document.notes


@pytest.mark.parametrize("text", ["?" * 300 + "\n2023?5?8?", "锟斤拷" * 40, "现将\ufffd\ufffd" * 30])
def test_text_that_was_lost_is_refused(text):
    with pytest.raises(Unreadable, match=r"问号|乱码"):
        files.read(text.encode(), "x.txt")


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_names_within_a_zip(encoding):
    name = "通知文件/關於防汛的通知.txt"
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(zipfile.ZipInfo("x" * len(name.encode(encoding))), "x")
    raw = memory.getvalue().replace(b"x" * len(name.encode(encoding)), name.encode(encoding))
    assert [found for found, _ in files.members(raw, "x.zip")] == [name]


def test_a_web_archive_saved_as_doc():
    page = "<html><body><p>各镇人民政府：</p></body></html>"
    data = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n"
    assert files.read(data.encode(), "x.doc").text == "各镇人民政府："


def spread(far: str, value: str = "<v>2</v>") -> bytes:
    """A workbook of two cells, the second one far away; without a value only its format is there."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        book.add_worksheet().write(0, 0, 1)
    cell = f'<c r="{far}">{value}</c>' if value else f'<c r="{far}" s="0"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one).replace(b"</c></row>", f"</c>{cell}</row>".encode()))
    return out.getvalue()


@pytest.mark.parametrize("far", ["XFD1048576", "AAA900000", "xfd1000000"])
def test_a_cell_far_away_is_told_and_costs_nothing(far):
    """C1:读法按最远的一格留地方,从前要几十 GB,整个进程没了。"""
    data = spread(far)
    with pytest.raises(Unreadable, match="太大，多半是很远的地方误填了一格"):
        annual.read_foreign(io.BytesIO(data), "x.xlsx", scans=annual.Scans(10, 40, 5), may_scan=lambda: True)
    assert files.pages(data, "x.xlsx") == []


def test_a_far_cell_with_only_a_format_is_no_matter():
    assert "2" in files.pages(spread("B2"), "x.xlsx")[0].text
    assert "1" in files.pages(spread("XFD1048576", value=""), "x.xlsx")[0].text


def test_a_directory_of_many_entries_is_counted_and_not_opened(monkeypatch):
    """C7:三十万项的目录,认类型要十秒;现在看到限度就停。"""
    entry = b"PK\x01\x02" + b"\x00" * 24 + (1).to_bytes(2, "little") + b"\x00" * 16 + b"a"
    many = entry * 300_000
    end = b"PK\x05\x06" + b"\x00" * 4 + (300_000 % 65536).to_bytes(2, "little") * 2
    end += len(many).to_bytes(4, "little") + (30).to_bytes(4, "little") + b"\x00\x00"
    data = b"PK\x03\x04" + b"\x00" * 26 + many + end
    monkeypatch.setattr("zipfile.ZipFile", None)  # 没有人打开它
    assert files.kind_of(data) is Kind.ZIP
    with pytest.raises(Unreadable, match="文件过多"):
        list(files.members(data, "x.zip"))
