"""读公文的题目和版头:分几行的、拉开字距的、表里的红头,令,丢了标签的要素。"""

import pytest

from gongkai.adapters import files
from gongkai.adapters.files import Kind
from gongkai.adapters.paper import extract, from_text


def blocks(*lines):
    """Lines marked ^ are centred in 22 points, | stands for an empty line before."""
    made = []
    for line in lines:
        centred = "^" in line
        made.append(
            files.Paragraph(line.strip("^|"), "center" if centred else "", 22 if centred else 16, "|" in line)
        )
    return files.Document("", Kind.DOCX, tuple(made))


@pytest.mark.parametrize(
    ("lines", "title", "other"),
    [
        (
            (
                "某某文件",
                "明政办发〔2024〕3号",
                "^区政府办公室关于印发",
                "^养老服务三年行动",
                "^计划（2024—2026年）的通知",
                "各镇：",
            ),
            "区政府办公室关于印发养老服务三年行动计划（2024—2026年）的通知",
            "",
        ),
        (
            ("^明湖区人民政府办公室", "^关于做好防汛工作的通知", "各镇："),
            "明湖区人民政府办公室关于做好防汛工作的通知",
            "",
        ),
        (
            ("^明湖区民政局", "^明湖区财政局", "^关于调整低保标准的通知", "各镇："),
            "明湖区民政局 明湖区财政局关于调整低保标准的通知",
            "",
        ),
        (
            ("明湖区人民政府办公室关于印发明湖区工作规则", "（试行）的通知", "各镇："),
            "明湖区人民政府办公室关于印发明湖区工作规则（试行）的通知",
            "",
        ),
        (
            ("^明湖区小微权力清单管理办法", "^（试行）", "第一条　为了规范，制定本办法。"),
            "明湖区小微权力清单管理办法（试行）",
            "",
        ),
        (("^明湖区防汛应急预案", "|^明湖区防汛指挥部", "第一章　总则"), "明湖区防汛应急预案", ""),
        (
            ("^明湖区2024年工作要点", "^政务公开部分", "各镇："),
            "明湖区2024年工作要点",
            "明湖区2024年工作要点政务公开部分",
        ),
        (("明湖区2024年政府信息公开工作", "年度报告", "一、总体情况"), "明湖区2024年政府信息公开工作年度报告", ""),
        (
            (
                "明湖区第十五届人民代表大会第三次会议",
                "关于明湖区2024年计划的决议",
                "（2024年1月20日通过）",
                "会议同意。",
            ),
            "明湖区第十五届人民代表大会第三次会议关于明湖区2024年计划的决议",
            "",
        ),
        (
            ("中共明湖区委办公室", "明湖区人民政府办公室", "印发《关于加强治理的意见》的通知", "各镇："),
            "中共明湖区委办公室 明湖区人民政府办公室印发《关于加强治理的意见》的通知",
            "",
        ),
        (
            ("明民〔2024〕5号　　　签发人：甲某", "明湖区民政局关于低保工作的报告", "区人民政府："),
            "明湖区民政局关于低保工作的报告",
            "",
        ),
        (
            ("关于印发《明湖区甲办法》", "《明湖区乙办法》的通知", "各镇："),
            "关于印发《明湖区甲办法》《明湖区乙办法》的通知",
            "",
        ),
        (
            ("^关于举办第三届", "^明湖文化节", "各镇：", "现将有关事项说明如下。"),
            "关于举办第三届明湖文化节",
            "关于举办第三届",
        ),
    ],
)
def test_titles_over_several_lines(lines, title, other):
    paper = extract(blocks(*lines))
    assert (paper.title, paper.other_title) == (title, other)
    assert not any(part.strip("^|") in paper.text for part in lines if "^" in part and part.strip("^|") in title)


def test_a_title_set_sign_by_sign_is_closed_up():
    found = from_text("关 于 做 好 防 汛 工 作 的 通 知\n各镇人民政府：\n请做好。", "")
    assert found.title == "关于做好防汛工作的通知"


def test_red_heads_and_signatures_in_tables():
    head = files.Table(
        (
            (files.Cell("明湖区民政局\n明湖区财政局"), files.Cell("文件")),
            (files.Cell("明民发〔2024〕7号"), files.Cell("签发人：甲某某")),
        )
    )
    foot = files.Table(((files.Cell("明湖区民政局"), files.Cell("明湖区财政局")),))
    lines = [
        files.Paragraph(line) for line in ("关于调整低保标准的通知", "各镇人民政府：", "现将有关事项通知如下。")
    ]
    paper = extract(files.Document("", Kind.DOCX, (head, *lines, foot, files.Paragraph("2024年5月8日"))))
    assert (paper.get("文号"), paper.issuers, paper.get("成文日期")) == (
        "明民发〔2024〕7号",
        ("明湖区民政局", "明湖区财政局"),
        "2024-05-08",
    )
    assert "签发人" not in paper.text and "文件" not in paper.text
    data = files.Table(
        ((files.Cell("明湖区民政局"), files.Cell("3件")), (files.Cell("明湖区财政局"), files.Cell("5件")))
    )
    assert data in extract(files.Document("", Kind.DOCX, (*lines, data, files.Paragraph("2024年5月8日")))).blocks


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        (
            "明湖区人民政府令\n第3号\n《明湖区犬类管理办法》已经审议通过，现予公布。\n区长　甲某\n2024年5月8日",
            "明湖区犬类管理办法",
            "明湖区人民政府令第3号",
        ),
        ("明湖区人民政府令（第12号）\n现予公布。", "明湖区犬类管理办法", "明湖区人民政府令第12号"),
        (
            "(已废止)明政办字〔2019〕24号 关于印发方案的通知\n各镇：",
            "(已废止)明政办字〔2019〕24号 关于印发方案的通知",
            "明政办字〔2019〕24号",
        ),
        (
            "明政发〔2022〕60 号 明湖区人民政府 关于修订预案的通知 各村：",
            "明湖区人民政府关于修订预案的通知",
            "明政发〔2022〕60号",
        ),
        ("• 明政发〔2022〕60号\n• 有效\n各镇：", "关于修订预案的通知", "明政发〔2022〕60号"),
        ("依据：\n《办法》（国令第711号）\n国发〔2014〕45号文件精神要落实。", "目录编制说明", None),
    ],
)
def test_the_papers_own_number_and_no_cited_one(text, title, number):
    assert from_text(text, title).get("文号") == number


def test_an_order_names_who_gave_it_and_a_mark_in_the_title_its_validity():
    order = from_text("明湖区人民政府令\n第3号\n现予公布。\n区长　甲某\n2024年5月8日", "明湖区犬类管理办法")
    assert (order.get("发布机构"), order.get("成文日期")) == ("明湖区人民政府", "2024-05-08")
    chinese = from_text("明湖区人民政府令\n第十三号\n现予公布。\n2024年5月8日", "明湖区犬类管理办法")
    assert chinese.get("文号") == "明湖区人民政府令第13号"
    assert from_text("各镇：", "（已废止）关于印发方案的通知").get("有效性") == "已废止"


def test_a_block_that_lost_its_labels_is_read_by_the_shape_of_its_values():
    text = "首页 > 政务公开\n  • 736916953/2024-000372\n  • 2024-01-12 15:30:00\n  • 明政办规〔2024〕1号\n  • 现行有效\n\n各镇：\n现印发。\n\n明湖区民政局\n\n2024110"
    row = from_text(text, "关于印发供热应急预案的通知").row()
    assert (row["索引号"], row["文号"], row["有效性"]) == (
        "736916953/2024-000372",
        "明政办规〔2024〕1号",
        "现行有效",
    )
    assert (row["发布日期"], row["成文日期"]) == ("2024-01-12", "2024-01-10")


def test_a_date_of_the_metadata_block_is_no_signature_and_a_period_no_publication():
    text = "文号\n明政发〔2022〕24号\n发布日期\n2022-08-12\n信息名称\n关于印发预案的通知\n各镇：\n现印发。\n\n2022年8月3日\n（此件公开发布）"
    row = from_text(text, "关于印发预案的通知").row()
    assert (row["成文日期"], row["发布日期"]) == ("2022-08-03", "2022-08-12")
    assert from_text("现公示。\n公示日期：2022年7月12日至2022年7月20日", "关于名单的公示").get("发布日期") is None


def test_a_numbered_heading_of_the_text_is_not_the_title():
    lines = [
        files.Paragraph("明湖区人民政府关于公布", "center"),
        files.Paragraph("目录的公告", "center"),
        files.Heading("一、总体", 1),
    ]
    assert (
        extract(files.Document("", Kind.DOCX, (*lines, files.Paragraph("各镇做好。")))).title
        == "明湖区人民政府关于公布目录的公告"
    )
