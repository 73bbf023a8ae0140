"""别处拿来的样子:OFD、邮件样的网页存档、前面多出字节的压缩包、三栏的 PDF、登录页和等待页、坏了几个字节的文字。"""

import io
import quopri
import zipfile

import pytest

from gongkai.adapters.files import Kind, Unreadable, kind_of
from gongkai.adapters.files.concerns import concerns
from gongkai.adapters.files.pages import pages
from gongkai.adapters.files.reading import read
from gongkai.adapters.paper import extract, from_text

from .pdf_samples import pdf, put
from .word_samples import p, word

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def texts(*rows):
    """Text objects of an OFD page: (text, x, y, size) in millimetres, or XML as it is."""
    return "".join(
        row
        if isinstance(row, str)
        else f'<ofd:TextObject ID="{n}" Boundary="{row[1]} {row[2]} 150 8" Size="{row[3]}">'
        f'<ofd:TextCode X="0" Y="6" DeltaX="g {len(row[0]) - 1} {row[3]}">{row[0]}</ofd:TextCode></ofd:TextObject>'
        for n, row in enumerate(rows)
    )


def ofd(*contents, more=()):
    """An OFD of pages."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        root = "<ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {_SPACE}>{root}</ofd:OFD>")
        rows = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(contents)))
        paper = "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        template = '<ofd:TemplatePage ID="t" BaseLoc="t.xml"/>'
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {_SPACE}><ofd:CommonData>{paper}{template}</ofd:CommonData><ofd:Pages>{rows}</ofd:Pages></ofd:Document>",
        )
        for number, inner in enumerate(contents):
            archive.writestr(f"Doc_0/Pages/{number}.xml", f"<ofd:Page {_SPACE}>{inner}</ofd:Page>")
        for name, inner in more:
            archive.writestr(name, inner)
    return memory.getvalue()


NOTICE = texts(
    ("请于月底前完成整改。", 30, 70, 5),
    ("关于整治户外广告的通知", 60, 40, 7),
    ("各镇人民政府：", 20, 60, 5),
    ("明执法〔2025〕11号", 80, 52, 5),
)
SIGNED = texts(("明湖区综合行政执法局", 120, 40, 5), ("2025年8月8日", 130, 50, 5))


def test_an_ofd_is_read_by_its_places_not_by_the_order_of_its_parts():
    found = read(ofd(NOTICE, SIGNED), "a.ofd")
    paper = extract(found)
    assert found.kind is Kind.OFD and paper.title == "关于整治户外广告的通知"
    assert paper.get("文号") == "明执法〔2025〕11号" and paper.day("成文日期").isoformat() == "2025-08-08"
    assert found.text.index("各镇人民政府：") < found.text.index("请于月底前完成整改。")
    assert [page.label for page in pages(ofd(NOTICE, SIGNED), "a.ofd")] == ["第1页", "第2页"]


def test_what_an_ofd_does_not_show_is_left_out_and_pictures_are_told_of():
    hidden = '<ofd:TextObject Boundary="20 90 9 9" Size="5" Visible="false"><ofd:TextCode X="0" Y="6">内部掌握</ofd:TextCode></ofd:TextObject>'
    found = read(ofd(NOTICE + hidden + '<ofd:ImageObject ID="9" Boundary="0 0 9 9"/>'), "a.ofd")
    assert "内部掌握" not in found.text and "有图片1幅" in "".join(found.notes)


def test_what_an_ofd_hides_is_looked_into_and_what_comes_with_it_is_told_of():
    number = "11010519491231002X"  # 国家标准里的例号
    hidden = f'<ofd:TextObject Boundary="20 90 9 9" Size="5" Visible="false"><ofd:TextCode X="0" Y="6">{number}</ofd:TextCode></ofd:TextObject>'
    found = concerns(
        ofd(NOTICE + hidden, more=[("Doc_0/Res/1.png", "x"), ("Doc_0/Attachs/a.xlsx", "x")]), Kind.OFD, "a.ofd"
    )
    said = "；".join(found)
    assert "图片1幅" in said and "附着的文件1个" in said
    assert "身份证号1处" in said


def test_the_template_of_a_page_belongs_to_it():
    template = f"<ofd:Page {_SPACE}>{texts(('明湖区人民政府文件', 50, 20, 9))}</ofd:Page>"
    found = read(ofd(f'<ofd:Template TemplateID="t"/>{NOTICE}', more=[("Doc_0/t.xml", template)]), "a.ofd")
    assert found.text.startswith("明湖区人民政府文件")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (ofd('<ofd:ImageObject ID="9" Boundary="0 0 9 9"/>'), "只有图片"),
        (ofd(NOTICE, more=[("Encryptions.xml", "<a/>")]), "加了密"),
        (
            ofd(
                '<ofd:TextObject Boundary="x" Size="nan"><ofd:TextCode DeltaX="g g g">甲</ofd:TextCode></ofd:TextObject>'
            ),
            "只有图片",
        ),
    ],
)
def test_an_ofd_that_cannot_be_read_says_why(data, why):
    with pytest.raises(Unreadable, match=why):
        read(data, "a.ofd")


def test_a_page_saved_as_mail_is_read():
    body = "<p align=center>关于换发老年优待证的通知</p><p>旧证有效期延至年底。</p>".encode("gb2312")
    data = (
        b'From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
        b'--B\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        + quopri.encodestring(body)
        + b"\r\n--B--\r\n"
    )
    assert "旧证有效期延至年底。" in read(data, "a.doc").text


def test_bytes_before_a_word_file_do_not_matter():
    data = b"\r\n\r\n" + word(p("关于防汛的通知") + p("做好防汛。"))
    assert kind_of(data) is Kind.DOCX and "做好防汛。" in read(data, "a.docx").text


def test_three_columns_are_read_one_after_another_and_a_table_is_not():
    rows = [
        put(f"{name}栏第{n}行文字共有十二个字", x, 760 - n * 24, 10)
        for n in range(1, 9)
        for name, x in (("左", 50), ("中", 225), ("右", 400))
    ]
    text = read(pdf(put("关于充电设施的说明", 200, 800, 18) + "".join(rows)), "a.pdf").text
    at = [text.index(f"{name}栏第{n}行") for name in "左中右" for n in (1, 8)]
    assert at == sorted(at)
    cells = [
        put(word_, x, 760 - n * 24, 10)
        for n in range(1, 9)
        for word_, x in ((f"村{n}", 50), (f"{n}户", 225), ("合格", 400))
    ]
    table = read(pdf(put("关于核查结果的公示", 200, 800, 18) + "".join(cells)), "a.pdf").text
    assert table.index("1户") < table.index("村2")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<title>统一身份认证</title><body><form>用户名<input>密码<input type=password></form>", "登录页"),
        ("<title>请稍候</title><body><noscript>请启用JavaScript</noscript><div>正在加载，请稍候…</div>", "等待页"),
    ],
)
def test_what_stands_in_for_the_paper_is_refused(page, why):
    with pytest.raises(Unreadable, match=why):
        read(f"<html><meta charset=utf-8>{page}</html>".encode(), "a.doc")


def test_a_few_damaged_bytes_are_told_of():
    data = "关于停电的通告\n5月6日停电。\n".encode("gbk") + b"\xff\xfe\x80" + "请做好准备。\n".encode("gbk")
    found = read(data, "a.txt")
    assert "请做好准备。" in found.text and "损坏" in "".join(found.notes)


def test_a_title_of_two_lines_above_its_number_goes_before_the_name_of_what_it_forwards():
    text = "明湖区人民政府办公室关于印发明湖区\n公共自行车管理办法的通知\n明政办发〔2024〕31号\n各镇人民政府：\n现印发给你们。\n明湖区公共自行车管理办法\n第一条 甲。"
    assert from_text(text).title == "明湖区人民政府办公室关于印发明湖区公共自行车管理办法的通知"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("第九条 本办法自2025年1月10日起施行，有效期五年。", "2025-01-10"),
        ("本通知从2025年3月1日起执行。", "2025-03-01"),
        ("自2024年7月1日起施行。", "2024-07-01"),
        ("本办法自2025年1月1日起施行。第八条的规定自2026年1月1日起施行。", "2025-01-01"),
        ("自2025年1月1日起施行。以上标准自2026年1月1日起执行。", None),
        ("新修订的国家标准自2025年1月1日起施行。", None),
        ("依照自2019年5月15日起施行的条例办理。", None),
    ],
)
def test_the_day_of_effect_is_the_papers_own(sentence, day):
    paper = from_text(f"关于甲的通知\n各单位：\n{sentence}\n明湖区民政局\n2024年6月1日")
    found = paper.day("施行日期")
    assert (found and found.isoformat()) == day


def test_a_title_set_sign_by_sign_without_its_issuer_is_found():
    head = p("明湖区人民政府文件") + p("明政发〔2025〕21号")
    body = p("各镇人民政府：") + p("现将办法印发给你们，请认真贯彻执行。")
    spread = "关 于 印 发 明 湖 区 校 车 安 全 管 理 办 法 的 通 知"
    paper = extract(read(word(head + p(spread) + body), "a.docx"))
    assert paper.title == "关于印发明湖区校车安全管理办法的通知" and "关 于" not in paper.text
    assert paper.get("文号") == "明政发〔2025〕21号"


def test_utf8_read_as_latin_is_refused_or_restored_never_a_draft():
    text = "明湖区人民政府关于印发校车安全管理办法的通知。请认真贯彻执行。" * 3
    misread = text.encode().decode("latin-1").encode()
    with pytest.raises(Unreadable, match="乱码"):
        read(misread, "a.txt")
    assert (
        "Müller, façade, déjà vu, naïve" in read(("Müller, façade, déjà vu, naïve. " * 9).encode(), "a.txt").text
    )


def test_the_one_heading_of_a_page_whose_body_a_script_shows_is_its_title():
    body = "<p>现将办法印发给你们，请认真贯彻执行。学校应当配备随车照管人员。校车每天检查一次。</p>" * 4
    page = f'<h1>明湖区教育局关于校车安全的通知</h1><div id="z" style="display:none">{body}</div><p style="text-decoration:line-through">旧</p>'
    assert (
        extract(read(f"<html><body>{page}</body></html>".encode(), "a.html")).title
        == "明湖区教育局关于校车安全的通知"
    )


def test_what_a_style_strikes_out_is_told_of():
    page = '<h1>关于校车安全的通知</h1><p>第一句照办。<span style="text-decoration: line-through">旧句。</span>新句。</p>'
    document = read(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert any("删除线" in note for note in document.notes)
