"""读 Word:读者看见什么就是什么——自动编号、文本框一次、修订、隐藏、脚注、套着的表、公式。"""

import pytest

from gongkai.adapters import files
from gongkai.adapters.files.counting import written
from tests.adapters.word_samples import level, listed, numbering, p, t, table, word


def lines(body, **parts):
    return files.read(word(body, **parts), "x.docx").text.split("\n")


CHINESE = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
ARTICLES = level(0, "chineseCountingThousand", "第%1章") + level(
    1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'
)


def test_automatic_numbers_stand_in_the_text():
    body = listed("总体要求") + listed("巡查。", 1) + listed("值班。", 1) + listed("保障") + listed("经费。", 1)
    found = lines(body, numbering=numbering(CHINESE))
    assert found == ["一、总体要求", "（一）巡查。", "（二）值班。", "二、保障", "（一）经费。"]


def test_articles_go_on_through_chapters():
    body = listed("总则", 0) + listed("甲。", 1) + listed("附则", 0) + listed("乙。", 1)
    assert lines(body, numbering=numbering(ARTICLES)) == [
        "第一章\u3000总则",
        "第一条\u3000甲。",
        "第二章\u3000附则",
        "第二条\u3000乙。",
    ]


def test_lists_of_one_definition_go_on_unless_started_anew():
    more = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = listed("甲") + listed("乙", 0, 8) + listed("丙", 0, 9) + listed("丁", 0, 9)
    assert lines(body, numbering=numbering(CHINESE, more=more)) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_numbers_that_a_style_brings_and_several_places_in_a_label():
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="x"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="y"/><w:basedOn w:val="b"/></w:style>'
    )
    levels = level(0, "upperRoman", "%1", '<w:pStyle w:val="a"/>') + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = (
        p("总则", '<w:pStyle w:val="a"/>')
        + p("目的", '<w:pStyle w:val="b"/>')
        + p("依据", '<w:pStyle w:val="c"/>')
    )
    body += p("没有号", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    document = files.read(word(body, numbering=numbering(levels), styles=styles), "x")
    assert document.text.split("\n") == ["I 总则", "1.1 目的", "1.2 依据", "没有号"]
    assert document.blocks[0] == files.Heading("I 总则", 1)


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (101, "chineseCounting", "一〇一"),
        (101, "chineseCountingThousand", "一百〇一"),
        (110, "chineseCountingThousand", "一百一十"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "ideographTraditional", "乙"),
        (28, "lowerLetter", "bb"),
        (9, "upperRoman", "IX"),
        (5, "decimalZero", "05"),
        (5, "noSuchFormat", "5"),
        (12, "decimalFullWidth", "１２"),
    ],
)
def test_numbers_are_written_in_every_form(number, form, wanted):
    assert written(number, form) == wanted


def box(text):
    inner = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once():
    assert lines(p(box("明政办发〔2024〕7号")) + p(t("正文。") + box("上限5000元。"))) == [
        "明政办发〔2024〕7号",
        "上限5000元。",
        "正文。",
    ]
    only_vml = f"<w:r><w:pict><v:textbox><w:txbxContent>{p('旧式')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert lines(p(only_vml)) == ["旧式"]


def test_tracked_changes_are_taken_as_accepted():
    gone, come = "<w:del>" + t("800") + "</w:del>", "<w:ins>" + t("1200") + "</w:ins>"
    moved = f"<w:moveFrom>{p('移走')}</w:moveFrom>" + f"<w:moveTo>{p('移来')}</w:moveTo>"
    joined = p("上半句，", "<w:rPr><w:del/></w:rPr>") + p("下半句。")
    whole = f"<w:ins>{p('整段插入')}</w:ins>" + f"<w:del>{p('整段删去')}</w:del>"
    document = files.read(word(p(t("每户") + gone + come + t("元。")) + moved + joined + whole), "x")
    assert document.text.split("\n") == ["每户1200元。", "移来", "上半句，下半句。", "整段插入"]
    assert any("修订" in note for note in document.notes)


def test_a_cell_deleted_with_tracking_is_gone():
    gone = f'<w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>{p("删格")}</w:tc>'
    body = f"<w:tbl><w:tr>{gone}<w:tc>{p('留格')}</w:tc></w:tr></w:tbl>"
    assert "".join(lines(body)) == "留格"


def test_what_a_reader_cannot_see_is_left_out_and_said():
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        p(t("看得见") + t("内部", "<w:vanish/>"))
        + p(t("藏", '<w:rStyle w:val="h"/>'))
        + p(t("不藏", '<w:vanish w:val="0"/>'))
    )
    body += p(t("白字", '<w:color w:val="FFFFFF"/>')) + p(
        t("底色上的白字", '<w:color w:val="FFFFFF"/><w:shd w:fill="FF0000"/>')
    )
    document = files.read(word(body, styles=styles), "x")
    assert document.text.split("\n") == ["看得见", "不藏", "底色上的白字"]
    assert any("隐藏文字2处" in note for note in document.notes) and any("白色" in note for note in document.notes)


def test_tables_within_tables_and_merged_cells():
    inner = table(("甲镇", "120万元"), ("乙镇", "80万元"))
    (found,) = files.read(word(table(("区", inner + p("合计")))), "x").blocks
    assert found.rows[0][1].text == "甲镇\u3000120万元\n乙镇\u300080万元\n合计"
    top, below = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>"
    wide = '<w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>'
    (found,) = files.read(
        word(table((top + p("甲镇"), "120"), (below + p(), "35"), (wide + p("合计"),))), "x"
    ).blocks
    assert found.rows[0] == (files.Cell("甲镇", rowspan=2), files.Cell("120"))
    assert found.rows[1] == (files.Cell("35"),) and found.rows[2] == (files.Cell("合计", colspan=64),)


def test_notes_come_at_the_end_with_their_marks():
    notes = f'<w:footnote w:id="0" w:type="separator">{p("线")}</w:footnote><w:footnote w:id="2">{p("不含配套资金。")}</w:footnote>'
    body = p(t("每户1200元") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + t("。")) + p(
        '<w:r><w:endnoteReference w:id="1"/></w:r>'
    )
    found = lines(body, footnotes=notes, endnotes=f'<w:endnote w:id="1">{p("见附表。")}</w:endnote>')
    assert found == ["每户1200元[1]。", "[2]", "[1] 不含配套资金。", "[2] 见附表。"]


FRACTION = "<m:f><m:num><m:r><m:t>A+B</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
POWER = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>"


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (t("0571") + "<w:r><w:noBreakHyphen/></w:r>" + t("0000"), "0571-0000"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>" + t("同意"), "☑同意"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>zhèn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>镇</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "镇",
        ),
        (f"<m:oMath>{FRACTION}</m:oMath>", "(A+B)/2"),
        (f"<m:oMath>{POWER}</m:oMath>", "10⁴"),
        (t("m") + t("3", '<w:vertAlign w:val="superscript"/>'), "m³"),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
            + t("附件1")
            + "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            "附件1",
        ),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
            + t("项"),
            "③项",
        ),
        (f"<w:sdt><w:sdtContent>{t('控件')}</w:sdtContent></w:sdt>", "控件"),
        (f"<w:hyperlink>{t('链接')}</w:hyperlink>", "链接"),
        (f"<w:fldSimple>{t('域')}</w:fldSimple>", "域"),
        ("<w:r><w:t>甲</w:t><w:softHyphen/><w:t>乙</w:t></w:r>", "甲乙"),
    ],
)
def test_what_stands_within_a_line(inner, wanted):
    assert lines(p(inner)) == [wanted]


def test_red_heads_in_headers_come_first_and_running_heads_do_not():
    reference = '<w:headerReference r:id="header" w:type="default"/>'
    assert lines(p("正文"), header=p("明政办发〔2024〕7号"), section=reference) == ["明政办发〔2024〕7号", "正文"]
    document = files.read(word(p("正文"), header=p("某某办法汇编"), footer=p("- 1 -"), section=reference), "x")
    assert document.text == "正文" and any("某某办法汇编" in note for note in document.notes)
    first = reference.replace("default", "first")
    assert lines(
        p("正文"),
        header=p("明政办发〔2024〕7号"),
        footer=p("抄送：区委办"),
        section=first + '<w:footerReference r:id="footer"/>',
    ) == ["正文", "抄送：区委办"]


def test_strict_files_controls_and_pictures():
    assert lines(f"<w:sdt><w:sdtContent>{p('整段控件')}</w:sdtContent></w:sdt>", strict=True) == ["整段控件"]
    document = files.read(word(p("见图") + p("<w:r><w:drawing><w:blip/></w:drawing></w:r>")), "x")
    assert any("图片1幅" in note for note in document.notes)
