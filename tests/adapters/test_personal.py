"""个人信息:全角的、逐字隔开的、夹着看不见的字符的、带国际区号的都认得出,位置是原文的;附件里的每一处都看,读不出的说没有查。"""

import io
import zipfile

import pytest
from docx import Document
from PIL import Image

from gongkai.adapters import redact, render
from gongkai.adapters.files import concerns, kind_of
from gongkai.adapters.personal import personal_data
from tests.adapters.scan_samples import scanned
from tests.adapters.test_files import sheet

ID = "11010519491231002X"  # 国家标准里的例号
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (ID, ["身份证号"]),
        (ID.translate(WIDE), ["身份证号"]),
        (" ".join(ID), ["身份证号"]),
        ("　".join(ID.translate(WIDE)), ["身份证号"]),
        ("\u200b".join(ID), ["身份证号"]),
        ("110105 19491231 002X", ["身份证号"]),
        ("110105-1949-1231-002X", ["身份证号"]),
        ("13800000000", ["手机号"]),
        ("１３８００００００００", ["手机号"]),
        ("1 3 8 0 0 0 0 0 0 0 0", ["手机号"]),
        ("138-0000-0000", ["手机号"]),
        ("+86 138 0000 0000", ["手机号"]),
        ("008613800000000", ["手机号"]),
        ("（＋８６）１３８００００００００", ["手机号"]),
        ("138\u200b0000\u200d0000", ["手机号"]),
        ("138\u00ad0000\u00ad0000", ["手机号"]),
        ("١٣٨٠٠٠٠٠٠٠٠", ["手机号"]),
        ("①③⑧⓪⓪⓪⓪⓪⓪⓪⓪", ["手机号"]),
        ("一三八〇〇〇〇〇〇〇〇", ["手机号"]),
        ("幺三八零零零零零零零零，13900000000", ["手机号", "手机号"]),
        ("联系人之一13800000000", ["手机号"]),
        ("138_0000_0000", ["手机号"]),
        ("138/0000/0000", ["手机号"]),
        ("138\u31640000\u28000000", ["手机号"]),
        ("11010519491231002×", ["身份证号"]),
        ("11010519491231002Х", ["身份证号"]),
        ("一一〇一〇五一九四九一二三一〇〇二X", ["身份证号"]),
        ("二〇二四年一月一日印发第一三八号", []),
        ("1380,0000,0000元", []),
        ("11010519491231002１", []),
        ("1\t3\t8\t0\t0\t0\t0\t0\t0\t0\t0", []),
        ("1 1 1 0 0 0 0 0 0 0 0", []),
        ("0571-00000000", []),
        ("2024年1月1日，共13800000000元的预算", []),
        ("金额13800000000元", []),
        ("金额１３８００００００００元", []),
        ("金额：13800000000", []),
        ("总投资13800000000.00元", []),
        ("￥13800000000", []),
        ("共计13800000000", []),
        ("发电13800000000千瓦时", []),
        ("访问13800000000人次", []),
        ("产量13800000000吨", []),
        ("一三八〇〇〇〇〇〇〇〇元", []),
        ("受理编号：13800000000", []),
        ("明政办发〔2024〕13800000000号", []),
        ("第13800000000号", []),
        ("金额4000000000000002元", []),
        ("手机13800000000元旦期间开机", ["手机号"]),
        ("共计三人，电话13800000000", ["手机号"]),
        ("编号001，手机13800000000", ["手机号"]),
        ("手机13800000000号", ["手机号"]),
        ("13800000000，13900000000", ["手机号", "手机号"]),
        ("电话13800000000户主李某", ["手机号"]),
        ("110105491231002", ["身份证号"]),
        ("１１０１０５４９１２３１００２", ["身份证号"]),
        ("110105 491231 002", ["身份证号"]),
        ("一一〇一〇五四九一二三一〇〇二", ["身份证号"]),
        ("110105491331002", []),
        ("990105491231002", []),
        ("1101054912310021", []),
        ("110105491231002，13800000000", ["身份证号", "手机号"]),
    ],
)
def test_every_way_of_writing_it(text, labels):
    assert [place.label for place in personal_data(f"联系：{text}。")] == labels


def test_positions_are_those_of_the_text_as_given():
    text = f"甲\u200b的号码是{' '.join(ID)}，完。"
    place = personal_data(text)[0]
    assert text[place.start : place.end] == place.text == " ".join(ID)


def test_a_long_honest_list_is_read_in_one_pass():
    """8,500 numbers once took minutes inside the write transaction."""
    text = "\n".join(f"第{number}户 138{number:08d}" for number in range(8500))
    assert len(personal_data(text)) == 8500


def docx(**parts):
    """A Word file with text in the body and, by name, in other parts."""
    document = Document()
    document.add_paragraph(parts.get("body", "正文。"))
    if "header" in parts:
        document.sections[0].header.paragraphs[0].text = parts["header"]
    if "nested" in parts:
        outer = document.add_table(1, 1).cell(0, 0)
        outer.add_table(1, 1).cell(0, 0).text = parts["nested"]
    out = io.BytesIO()
    document.save(out)
    data = out.getvalue()
    if "footnote" not in parts:
        return data
    note = f'<w:footnotes xmlns:w="x"><w:footnote><w:p><w:r><w:t>{parts["footnote"]}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    again = io.BytesIO(data)
    with zipfile.ZipFile(again, "a") as archive:
        archive.writestr("word/footnotes.xml", note)
    return again.getvalue()


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def said(data, name):
    return concerns(data, kind_of(data), name)


@pytest.mark.parametrize("number", [ID, ID.translate(WIDE), "\u200b".join(ID)])
@pytest.mark.parametrize("part", ["body", "header", "nested", "footnote"])
def test_each_part_of_a_word_file(part, number):
    assert "里面像有身份证号1处" in said(docx(**{part: f"甲某 {number}"}), "名单.docx")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"姓名,证件\n甲某,{ID}\n".encode(), "名单.csv"),
        (f"甲某 {ID.translate(WIDE)}".encode(), "名单.txt"),
        (packed(a_csv=f"姓名,证件\n甲某,{ID}\n", b_txt="没有。"), "包.zip"),
        (packed(a_docx=docx(footnote=ID)), "包.zip"),
        (packed(inner_zip=packed(a_txt=ID)), "包.zip"),
        (render.pdf(render.Paper("名单", (f"甲某 {ID}",)), render.Fonts.find()), "名单.pdf"),
    ],
    ids=["csv", "full-width-text", "zip", "docx-in-zip", "zip-in-zip", "pdf"],
)
def test_each_kind_of_file(data, name):
    assert "里面像有身份证号1处" in said(data, name)


def test_what_cannot_be_read_is_said_and_never_taken_for_clean():
    picture = io.BytesIO()
    Image.new("L", (40, 40), 255).save(picture, "PNG")
    scan = scanned(render.pdf(render.Paper("名单", (f"甲某 {ID}",)), render.Fonts.find()))
    for data, name in (
        (picture.getvalue(), "身份.png"),
        (scan, "扫描.pdf"),
        (packed(a_png=picture.getvalue()), "包.zip"),
        (b"%PDF-1.7 broken", "坏.pdf"),
    ):
        assert any("没有查个人信息" in phrase for phrase in said(data, name)), name


def test_a_clean_file_says_nothing():
    assert said("没有个人信息的一段话。".encode(), "a.txt") == []
    assert not [phrase for phrase in said(sheet(), "a.xlsx") if "个人信息" in phrase or "像有" in phrase]


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("张　三　丰", "张三丰"),
        ("张 三 丰", "张三丰"),
        ("１３８００００００００", "13800000000"),
        ("1 3 8 0 0 0 0 0 0 0 0", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("11010519491231002X", "１１０１０５１９４９１２３１００２ｘ"),
    ],
)
def test_what_is_covered_is_found_in_any_spelling(printed, word):
    pdf = render.pdf(render.Paper("调查表", (f"申请人{printed}，其余可以公开。",)), render.Fonts.find())
    done = redact.redact(pdf, "a.pdf", [word])
    assert done.counts == {word: 1} and done.areas


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("我叫张三，住处另说", "我叫张*，住处另说"),
        ("申请人：李四，女", "申请人：李*，女"),
        ("联系人:艾力·买买提 电话另告", "联系人:艾***** 电话另告"),
        ("微信号：wx_abc123", "微信号：wx*****23"),
        ("ＱＱ　１２３４５６７８９", "ＱＱ　１２*****８９"),
        ("邮箱 a.b@example.com，谢谢", "邮箱 a.***********om，谢谢"),
        ("固话0574-86000000", "固话05*********00"),
        ("军官证军字第1234567号", "军官证军字第*******号"),
        ("卡号：6222 0212 3456 7890 123", "卡号：62*******************23"),
        ("台胞证12345678", "台胞证12****78"),
        ("按明政办发〔2024〕12号第3条，共30000元", "按明政办发〔2024〕12号第3条，共30000元"),
        ("申请人：应当在20日内提出", "申请人：应当在20日内提出"),
    ],
)
def test_what_a_person_says_of_himself_is_masked_in_lists(said, shown):
    from gongkai.adapters.personal import masked

    assert masked(said, own=True) == shown
    assert masked("咨询电话：0574-86000000，gk@example.com") == "咨询电话：0574-86000000，gk@example.com", (
        "机关的照写"
    )
